private let stages = LifecycleStage.allCases.map(\.rawValue)
private let cohorts = ValueCohort.allCases.map(\.rawValue)

extension FactCatalogue {
  /// What is known about a customer as of a date.
  static let customerFacts: [Fact] = [
    Fact("id", .text, "customer number", .fixed, "The identifier given by the source."),
    Fact("name", .text, "name", .fixed, "The name as given."),
    Fact("email", .text, "e-mail", .fixed, "The e-mail address as given."),
    Fact("phone", .text, "telephone", .fixed, "The telephone number as given."),
    Fact("city", .text, "town", .fixed, "The town of the address, as given."),
    Fact("country", .text, "country", .fixed, "The country of the address, as given."),
    Fact(
      "branch", .choice([]), "branch", .fixed,
      "The home branch: as given, else where the customer bought on most days of 12 months."),
    Fact("tag", .set, "tags", .actionable, "Words that staff or the source attached."),
    Fact(
      "stage", .choice(stages), "lifecycle stage", .actionable,
      "Where the customer stands in the relationship; exactly one stage each."),
    Fact(
      "stage_since", .date, "in this stage since", .passingTime,
      "The day on which the present stage began."),
    Fact(
      "cohort", .choice(cohorts), "value cohort", .actionable,
      "Low, mid or high by the programme's value measure and cut."),
    Fact(
      "segment", .choice(RFMSegment.allCases.map(\.rawValue)), "RFM segment", .actionable,
      "The segment of the recency and frequency scores."),
    Fact("r_score", .count(unit: "points"), "recency score", .passingTime, "1 to 5, 5 best."),
    Fact("f_score", .count(unit: "points"), "frequency score", .actionable, "1 to 5, 5 best."),
    Fact("m_score", .count(unit: "points"), "monetary score", .actionable, "1 to 5, 5 best."),
    Fact(
      "purchase_days", .count(unit: "days"), "days with a purchase", .actionable,
      "Days on which the customer bought; refunded purchases do not count."),
    Fact(
      "repeat", .count(unit: "days"), "repeat purchases", .actionable,
      "Purchase days after the first."),
    Fact(
      "recency_days", .count(unit: "days"), "days since last purchase", .passingTime,
      "Days from the last purchase day to the as-of date."),
    Fact(
      "tenure_days", .count(unit: "days"), "days since first purchase", .passingTime,
      "Days from the first purchase day to the as-of date."),
    Fact("first_purchase", .date, "first purchase", .fixed, "The first purchase day."),
    Fact("last_purchase", .date, "last purchase", .actionable, "The last purchase day."),
    Fact(
      "gap_days", .count(unit: "days"), "usual gap", .actionable,
      "The usual gap between purchase days: the customer's own, else the common one."),
    Fact("value_total", .money, "value, all time", .actionable, "Net value of all purchases."),
    Fact(
      "value_12m", .money, "value, 12 months", .actionable,
      "Net value of the trailing twelve months."),
    Fact(
      "average_basket", .money, "average basket", .actionable,
      "Net value of all purchases divided by the purchase days."),
    Fact(
      "to_next_cohort", .money, "missing to the next cohort", .actionable,
      "What the value lacks to reach the next cohort; unknown in the high one."),
    Fact(
      "favourite_category", .choice([]), "favourite category", .actionable,
      "The category with the most purchases, then the most value."),
    Fact(
      "categories", .count(unit: "categories"), "categories bought", .actionable,
      "Different categories bought so far."),
    Fact(
      "web_share", .probability, "share bought online", .actionable,
      "Purchases through the channels web and online, as a share of those with a channel."),
    Fact(
      "consent_email", .yesNo, "may be e-mailed", .actionable,
      "The newest consent for e-mail up to the as-of date."),
    Fact(
      "consent_sms", .yesNo, "may be texted", .actionable,
      "The newest consent for text messages up to the as-of date."),
    Fact(
      "consent_phone", .yesNo, "may be called", .actionable,
      "The newest consent for calls up to the as-of date."),
    Fact(
      "consent_post", .yesNo, "may be written to", .actionable,
      "The newest consent for letters up to the as-of date."),
    Fact(
      "do_not_contact", .yesNo, "do not contact", .actionable,
      "Asked not to be contacted in any way."),
    Fact(
      "complaint_open", .yesNo, "open complaint", .actionable,
      "A complaint received up to the as-of date and not settled by then."),
    Fact(
      "p_alive", .probability, "chance of still being a customer", .passingTime,
      "P(alive) by the fitted MBG/NBD model; unknown where the data do not determine it."),
    Fact(
      "expected_purchases_12m", .number(unit: "days with a purchase"),
      "purchases expected, 12 months", .passingTime,
      "Days with a purchase expected in the next 12 months by the fitted model."),
    Fact(
      "expected_value", .money, "expected value of a purchase day", .actionable,
      "What a future purchase day is expected to bring, by the fitted Gamma-Gamma model."),
    Fact(
      "clv_12m", .money, "predicted value, 12 months", .actionable,
      "The discounted value expected of the next 12 months, times the programme's margin if set."),
    Fact(
      "value_at_risk", .money, "value at risk", .passingTime,
      "The chance that the customer has left, times the 12-month value predicted if not."),
    Fact(
      "loyalty_score", .count(unit: "points"), "degree of loyalty", .actionable,
      "0 to 100 from rhythm, frequency, tenure and breadth; the card shows the parts."),
  ]

  /// The lists of a customer and the fields of their entries.
  static let customerLists: [(name: String, fields: [Fact])] = [
    (
      "purchases",
      [
        Fact("date", .date, "date", .fixed, "The day of the purchase."),
        Fact("amount", .money, "amount", .fixed, "The net amount after refunds."),
        Fact("units", .count(unit: "units"), "units", .fixed, "How many were bought."),
        Fact("category", .choice([]), "category", .fixed, "The product's category."),
        Fact("product", .choice([]), "product", .fixed, "The product's number."),
        Fact("branch", .choice([]), "branch", .fixed, "Where it was bought."),
        Fact("channel", .choice([]), "channel", .fixed, "How it was bought."),
      ]
    ),
    (
      "consumers",
      [
        Fact("age", .count(unit: "years"), "age", .passingTime, "Age by the year of birth."),
        Fact("need", .set, "needs", .fixed, "What they need."),
      ]
    ),
    (
      "offers",
      [
        Fact("sent", .date, "sent", .fixed, "The day of the export."),
        Fact("rule", .choice([]), "rule", .fixed, "The rule that suggested it."),
        Fact(
          "state", .choice(OfferState.allCases.map(\.rawValue)), "state", .fixed,
          "Where the offer stands."),
      ]
    ),
    (
      "feedback",
      [
        Fact("date", .date, "date", .fixed, "When it was received."),
        Fact(
          "kind", .choice(Feedback.Kind.allCases.map(\.rawValue)), "kind", .fixed,
          "Rating, complaint or wish."),
        Fact("score", .count(unit: "points"), "score", .fixed, "0 to 10, for ratings."),
      ]
    ),
  ]

  /// What is known about an offer beside its customer's facts.
  static let offerFacts: [Fact] = [
    Fact("offer", .count(unit: ""), "offer number", .fixed, "The number of the offer."),
    Fact("customer", .text, "customer number", .fixed, "The customer who receives the offer."),
    Fact(
      "state", .choice(OfferState.allCases.map(\.rawValue)), "state", .actionable,
      "Where the offer stands between suggestion and result."),
    Fact("rule", .choice([]), "rule", .fixed, "The rule that suggested it."),
    Fact(
      "campaign", .choice([]), "campaign", .fixed,
      "The campaign of the rule that suggested it, as the rule was then."),
    Fact(
      "kind", .choice(OfferKind.allCases.map(\.rawValue)), "kind of offer", .fixed,
      "What kind of offer it is."),
    Fact(
      "offer_channel", .choice(ContactChannel.allCases.map(\.rawValue)), "channel of the offer",
      .fixed, "How the offer reaches the customer."),
    Fact("cost", .money, "expected cost", .fixed, "What the offer is expected to cost."),
    Fact(
      "worth", .money, "expected gain", .fixed, "What the offer is expected to bring after cost."),
    Fact("valid_until", .date, "valid until", .fixed, "The last day of validity."),
    Fact("suggested_on", .date, "suggested as of", .fixed, "The date whose facts it rests on."),
  ]
}
