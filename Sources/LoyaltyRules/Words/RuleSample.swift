/// One construct of the rule format by example: the manual prints them, a test reads them all.
package struct RuleSample: Sendable {
  /// What the example says.
  package let says: String
  /// The condition, or the members of a rule, as JSON.
  package let json: String
  /// The key of the rule's part that it shows; empty for a condition.
  package let key: String

  private init(_ says: String, _ json: String, key: String = "") {
    (self.says, self.json, self.key) = (says, json, key)
  }

  /// All examples: of conditions, then of the other parts of a rule.
  package static let all = conditions + parts

  private static let conditions: [RuleSample] = [
    RuleSample(
      "The stage is new or repeat (one of a list)",
      #"{ "fact": "stage", "is": "one of", "value": ["new", "repeat"] }"#),
    RuleSample(
      "The stage is not lapsed",
      #"{ "fact": "stage", "is": "is not", "value": "lapsed" }"#),
    RuleSample(
      "The stage is none of these",
      #"{ "fact": "stage", "is": "none of", "value": ["lapsed", "at risk"] }"#),
    RuleSample(
      "The value cohort is low",
      #"{ "fact": "cohort", "is": "is", "value": "low" }"#),
    RuleSample(
      "At least 100.00 in twelve months (money, in quotes)",
      #"{ "fact": "value_12m", "is": "at least", "value": "100.00" }"#),
    RuleSample(
      "A basket between 15.00 and 40.00, both included",
      #"{ "fact": "average_basket", "is": "between", "value": ["15.00", "40.00"] }"#),
    RuleSample(
      "More than 30 days since the last purchase",
      #"{ "fact": "recency_days", "is": "more than", "value": 30 }"#),
    RuleSample(
      "Fewer than three days with a purchase",
      #"{ "fact": "purchase_days", "is": "less than", "value": 3 }"#),
    RuleSample(
      "At most four categories",
      #"{ "fact": "categories", "is": "at most", "value": 4 }"#),
    RuleSample(
      "Exactly one category",
      #"{ "fact": "categories", "is": "exactly", "value": 1 }"#),
    RuleSample(
      "Recency score 4 or 5",
      #"{ "fact": "r_score", "is": "one of", "value": [4, 5] }"#),
    RuleSample(
      "Probably still a customer (a probability, 0 to 1)",
      #"{ "fact": "p_alive", "is": "at least", "value": 0.55 }"#),
    RuleSample(
      "First bought before July 2026",
      #"{ "fact": "first_purchase", "is": "before", "value": "2026-07-01" }"#),
    RuleSample(
      "First bought on 1 July 2026 or later",
      #"{ "fact": "first_purchase", "is": "on or after", "value": "2026-07-01" }"#),
    RuleSample(
      "Bought within the last 90 days",
      #"{ "fact": "last_purchase", "is": "within last", "value": "90 days" }"#),
    RuleSample(
      "Did not buy within the last 12 months",
      #"{ "fact": "last_purchase", "is": "not within last", "value": "12 months" }"#),
    RuleSample(
      "A complaint is open",
      #"{ "fact": "complaint_open", "is": "yes" }"#),
    RuleSample(
      "They may be e-mailed, or may not",
      """
      { "any": [
        { "fact": "consent_email", "is": "yes" },
        { "fact": "consent_email", "is": "no" } ] }
      """),
    RuleSample(
      "The predicted value is known; it is not known",
      """
      { "any": [
        { "fact": "clv_12m", "is": "known" },
        { "fact": "clv_12m", "is": "unknown" } ] }
      """),
    RuleSample(
      "Has the tag club or press",
      #"{ "fact": "tag", "is": "has any of", "value": ["club", "press"] }"#),
    RuleSample(
      "Has both tags",
      #"{ "fact": "tag", "is": "has all of", "value": ["club", "press"] }"#),
    RuleSample(
      "Has neither tag",
      #"{ "fact": "tag", "is": "has none of", "value": ["staff", "press"] }"#),
    RuleSample(
      "All must hold, and of the inner two one",
      """
      { "all": [
        { "fact": "cohort", "is": "is", "value": "low" },
        { "any": [
          { "fact": "web_share", "is": "at least", "value": 0.5 },
          { "fact": "favourite_category", "is": "is", "value": "Tea" } ] } ] }
      """),
    RuleSample(
      "None may hold",
      """
      { "none": [
        { "fact": "do_not_contact", "is": "yes" },
        { "fact": "segment", "is": "is", "value": "Hibernating" } ] }
      """),
    RuleSample(
      "At least two purchases of 15.00 or more within 90 days",
      """
      { "count": "purchases", "is": "at least", "value": 2, "where": { "all": [
        { "fact": "date", "is": "within last", "value": "90 days" },
        { "fact": "amount", "is": "at least", "value": "15.00" } ] } }
      """),
    RuleSample(
      "Spent 50.00 or more on tea",
      """
      { "sum": "purchases.amount", "is": "at least", "value": "50.00",
        "where": { "fact": "category", "is": "is", "value": "Tea" } }
      """),
    RuleSample(
      "The same on everything, with the field named apart",
      #"{ "sum": "purchases", "of": "amount", "is": "at least", "value": "50.00" }"#),
    RuleSample(
      "The smallest purchase was below 10.00",
      #"{ "min": "purchases.amount", "is": "less than", "value": "10.00" }"#),
    RuleSample(
      "The newest purchase was within 30 days",
      #"{ "max": "purchases.date", "is": "within last", "value": "30 days" }"#),
    RuleSample(
      "Bought in one category only within 12 months",
      """
      { "distinct": "purchases.category", "is": "exactly", "value": 1,
        "where": { "fact": "date", "is": "within last", "value": "12 months" } }
      """),
    RuleSample(
      "Buys for a child up to 12",
      #"{ "some": "consumers", "where": { "fact": "age", "is": "between", "value": [0, 12] } }"#),
    RuleSample(
      "Everybody they buy for is grown up",
      #"{ "every": "consumers", "where": { "fact": "age", "is": "at least", "value": 18 } }"#),
    RuleSample(
      "Somebody they buy for needs something gluten-free",
      """
      { "some": "consumers", "where": {
        "fact": "need", "is": "has any of", "value": ["gluten-free"] } }
      """),
    RuleSample(
      "Got an offer within the last 30 days",
      """
      { "count": "offers", "is": "at least", "value": 1,
        "where": { "fact": "sent", "is": "within last", "value": "30 days" } }
      """),
    RuleSample(
      "Redeemed an offer before",
      #"{ "some": "offers", "where": { "fact": "state", "is": "is", "value": "redeemed" } }"#),
    RuleSample(
      "Rated us 9 or 10 and never complained",
      """
      { "all": [
        { "max": "feedback.score", "is": "at least", "value": 9,
          "where": { "fact": "kind", "is": "is", "value": "rating" } },
        { "count": "feedback", "is": "exactly", "value": 0,
          "where": { "fact": "kind", "is": "is", "value": "complaint" } } ] }
      """),
  ]

  private static let parts: [RuleSample] = [
    RuleSample(
      "In the summer of 2026 only",
      #""window": { "from": "2026-07-01", "until": "2026-09-30" }"#, key: "window"),
    RuleSample(
      "From low or mid to high",
      #""move": { "from": ["low", "mid"], "to": "high" }"#, key: "move"),
    RuleSample(
      "For those who use what is bought; somebody must be known",
      #""audience": "consumer""#, key: "audience"),
    RuleSample(
      "Not while a complaint is open, nor where nobody knows",
      #""unless": { "fact": "complaint_open", "is": "yes" }"#, key: "unless"),
    RuleSample(
      "15 % off from 1.3 times their usual basket, rounded up to 5.00",
      """
      "offer": { "template": "bigger-basket", "kind": "discount", "percent": 15, "valid": "21 days",
        "threshold": { "times": 1.3, "of": "average_basket", "round": "5.00" } }
      """, key: "offer"),
    RuleSample(
      "A voucher of 5.00 that costs 0.80 to send",
      """
      "offer": { "template": "return", "kind": "voucher", "amount": "5.00", "valid": "1 month",
        "cost": { "contact": "0.80", "redeemed": "4.10" } }
      """, key: "offer"),
    RuleSample(
      "A trial in a category that is new to each customer",
      """
      "offer": { "template": "second-category", "kind": "trial", "role": "engage", "valid": "2 weeks",
        "params": { "category": { "pick": "next-best-category" } } }
      """, key: "offer"),
    RuleSample(
      "Early access to one product",
      """
      "offer": { "template": "early-access", "kind": "early-access", "valid": "14 days",
        "params": { "product": "4711" } }
      """, key: "offer"),
    RuleSample(
      "6 % respond, we think; a response is worth the move to the next cohort",
      #""score": { "propensity": { "prior": 0.06, "weight": 200 }, "value": "clv-gain", "lever": 1.2 }"#,
      key: "score"),
    RuleSample(
      "A response saves half a year's sales",
      #""score": { "propensity": { "prior": 0.1 }, "value": "year-at-risk", "share": 0.5 }"#,
      key: "score"),
    RuleSample(
      "A response is worth 12.00",
      #""score": { "propensity": { "prior": 0.02 }, "value": "stated", "amount": "12.00" }"#,
      key: "score"),
    RuleSample(
      "A response is one more basket",
      #""score": { "propensity": { "prior": 0.2 }, "value": "next-basket" }"#, key: "score"),
    RuleSample(
      "A thank-you, which is not counted in money",
      #""score": { "propensity": { "prior": 0.2 }, "value": "nothing" }"#, key: "score"),
    RuleSample(
      "By e-mail with consent, else at the till",
      #""needs": { "consent": ["marketing"], "channels": ["email", "till"] }"#, key: "needs"),
    RuleSample(
      "Once in 60 days a customer, 5,000 in all, for 12,000.00 at most",
      """
      "limits": { "per customer": { "times": 1, "every": "60 days" }, "total": 5000,
        "budget": "12000.00" }
      """, key: "limits"),
    RuleSample(
      "One in ten is left out, the same people as in other rules with this salt",
      #""holdout": { "share": 0.10, "salt": "2026H2" }"#, key: "holdout"),
    RuleSample(
      "Goes before rules of its group with less, in the summer campaign",
      #""priority": 60, "group": "next-purchase", "campaign": "Summer 2026""#, key: "group"),
  ]
}
