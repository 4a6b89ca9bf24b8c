import LoyaltyModel
import TextFormats

extension RuleReader {
  private static let offerKeys = [
    "template", "kind", "percent", "amount", "role", "params", "threshold", "cost", "valid",
  ]

  mutating func offer(_ root: JSONNode) -> RuleOffer? {
    let pointer = JSONPointer(["offer"])
    guard let node = root["offer"],
      object(node, pointer, keys: Self.offerKeys, needs: ["template", "kind", "valid"])
    else { return nil }
    let template = text(node, "template", pointer)
    let kind = word(node, "kind", pointer, as: OfferKind.self)
    let percent = whole(node, "percent", pointer, 1...100)
    let amount = amount(node, "amount", pointer, isPositive: true)
    if let kind { checkTerms(node, pointer, kind) }
    let role = word(node, "role", pointer, as: ProductRole.self)
    let (category, product) = subjects(node, pointer)
    let threshold = threshold(node, pointer)
    let cost = cost(node, pointer)
    let valid = span(node, "valid", pointer)
    guard let template, let kind, let valid else { return nil }
    return RuleOffer(
      template: template, kind: kind, percent: percent, amount: amount, role: role,
      category: category, product: product, threshold: threshold, contactCost: cost.contact,
      redeemedCost: cost.redeemed, valid: valid)
  }

  private mutating func checkTerms(_ node: JSONNode, _ pointer: JSONPointer, _ kind: OfferKind) {
    let terms = ["percent", "amount"].filter { node[$0] != nil }
    guard kind.isDiscount else {
      for key in terms {
        guard let value = node[key] else { continue }
        tell(.termsUnfit(key: key, kind), at: value, pointer.appending(key))
      }
      return
    }
    if terms.isEmpty { tell(.termsMissing(kind), at: node, pointer) }
    if terms.count == 2, let amount = node["amount"] {
      tell(.needlessTerm("amount", with: "percent"), at: amount, pointer.appending("amount"))
    }
  }

  private mutating func subjects(
    _ node: JSONNode, _ pointer: JSONPointer
  ) -> (RuleOffer.Subject?, String?) {
    let place = pointer.appending("params")
    guard let params = node["params"], object(params, place, keys: ["category", "product"]) else {
      return (nil, nil)
    }
    let product = text(params, "product", place)
    guard let category = params["category"] else { return (nil, product) }
    guard category.members != nil else {
      return (text(params, "category", place).map(RuleOffer.Subject.named), product)
    }
    let spot = place.appending("category")
    guard object(category, spot, keys: ["pick"], needs: ["pick"]) else { return (nil, product) }
    return (
      word(category, "pick", spot, as: CategoryPick.self).map(RuleOffer.Subject.picked), product
    )
  }

  private mutating func threshold(
    _ node: JSONNode, _ pointer: JSONPointer
  ) -> RuleOffer.Threshold? {
    let place = pointer.appending("threshold")
    guard let threshold = node["threshold"],
      object(threshold, place, keys: ["times", "of", "round"], needs: ["times", "of"])
    else { return nil }
    let times = number(threshold, "times", place, 0.1, 100)
    let round = amount(threshold, "round", place, isPositive: true) ?? 1
    guard let name = text(threshold, "of", place), let value = threshold["of"] else { return nil }
    guard let fact = catalogue.fact(name) else {
      let nearest = Nearest.fact(to: name, among: catalogue.facts)
      tell(.unknownFact(name, nearest: nearest), at: value, place.appending("of"))
      return nil
    }
    guard case .money = fact.type else {
      tell(.notMoneyFact(name), at: value, place.appending("of"))
      return nil
    }
    return times.map { RuleOffer.Threshold(times: $0, of: fact, round: round) }
  }

  private mutating func cost(
    _ node: JSONNode, _ pointer: JSONPointer
  ) -> (contact: Int64, redeemed: Int64?) {
    let place = pointer.appending("cost")
    guard let cost = node["cost"], object(cost, place, keys: ["contact", "redeemed"]) else {
      return (0, nil)
    }
    return (amount(cost, "contact", place) ?? 0, amount(cost, "redeemed", place))
  }

  mutating func score(_ root: JSONNode, hasMove: Bool) -> RuleScore? {
    let pointer = JSONPointer(["score"])
    let keys = ["propensity", "value", "lever", "share", "amount"]
    guard let node = root["score"],
      object(node, pointer, keys: keys, needs: ["propensity", "value"])
    else { return nil }
    let propensity = propensity(node, pointer)
    let lever = number(node, "lever", pointer, 0, 100) ?? 1
    guard let value = valueOfResponse(node, pointer, hasMove: hasMove), let propensity else {
      return nil
    }
    return RuleScore(
      prior: propensity.prior, weight: propensity.weight, value: value, lever: lever)
  }

  private mutating func propensity(
    _ node: JSONNode, _ pointer: JSONPointer
  ) -> (prior: Double, weight: Double)? {
    let place = pointer.appending("propensity")
    guard let propensity = node["propensity"],
      object(propensity, place, keys: ["prior", "weight"], needs: ["prior"])
    else { return nil }
    let weight = number(propensity, "weight", place, 1, 1_000_000) ?? 100
    return share(propensity, "prior", place).map { ($0, weight) }
  }

  private mutating func valueOfResponse(
    _ node: JSONNode, _ pointer: JSONPointer, hasMove: Bool
  ) -> ValueOfResponse? {
    guard let word = text(node, "value", pointer), let place = node["value"] else { return nil }
    let (share, amount) = (share(node, "share", pointer), amount(node, "amount", pointer))
    if word != "year-at-risk" { needless("share", node, pointer, with: word) }
    if word != "stated" { needless("amount", node, pointer, with: word) }
    switch word {
    case "clv-gain":
      if !hasMove { tell(.gainWithoutMove, at: place, pointer.appending("value")) }
      return .clvGain
    case "year-at-risk": return .yearAtRisk(share: share ?? 1)
    case "next-basket": return .nextBasket
    case "nothing": return .nothing
    case "stated":
      if node["amount"] == nil {
        tell(.statedWithoutAmount, at: place, pointer.appending("value"))
      }
      return amount.map(ValueOfResponse.stated)
    default:
      let nearest = Nearest.word(to: word, among: ValueOfResponse.words)
      tell(
        .unknownWord(word, nearest: nearest, known: ValueOfResponse.words), at: place,
        pointer.appending("value"))
      return nil
    }
  }

  private mutating func needless(
    _ key: String, _ node: JSONNode, _ pointer: JSONPointer, with word: String
  ) {
    guard let value = node[key] else { return }
    tell(.needlessTerm(key, with: word), at: value, pointer.appending(key))
  }
}
