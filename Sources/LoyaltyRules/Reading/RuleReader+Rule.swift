import LoyaltyModel
import TextFormats

extension RuleReader {
  /// Every key of a rule, in the order in which rules are written.
  package static let keys = [
    "format", "id", "version", "status", "title", "audience", "aim", "side", "window", "move",
    "when", "unless", "offer", "score", "priority", "group", "campaign", "needs", "limits",
    "holdout", "why",
    "benefit", "tests",
  ]

  /// The whole rule; nil when anything is wrong.
  mutating func rule() -> Rule? {
    let (root, top) = (document.root, JSONPointer())
    let needs = ["format", "id", "version", "title", "offer", "score", "why"]
    guard object(root, top, keys: Self.keys, needs: needs) else { return nil }
    checkFormat(root)
    if root["audience"] == nil { missing("audience", in: root, top, .audience) }
    let id = identifier(root)
    let version = whole(root, "version", top, 1...1_000_000)
    let title = text(root, "title", top)
    let audience = word(root, "audience", top, as: RuleAudience.self)
    let window = window(root)
    let move = move(root)
    let when = conditions(root, "when")
    let unless = conditions(root, "unless")
    checkLeaves(when, unless)
    checkTogether(when, move)
    checkExceptions(when, unless)
    let offer = offer(root)
    let score = score(root, hasMove: root["move"] != nil)
    let channels = channels(root)
    let limits = limits(root)
    let holdOut = holdOut(root, id: id ?? "")
    let why = why(root, when: when)
    let benefits = benefits(root)
    let tests = tests(root)
    let status = word(root, "status", top, as: RuleStatus.self)
    let aim = word(root, "aim", top, as: RuleAim.self)
    let side = word(root, "side", top, as: RuleSide.self)
    let priority = whole(root, "priority", top, 0...1_000)
    let group = text(root, "group", top)
    let campaign = text(root, "campaign", top)
    guard !hasErrors, let id, let version, let title, let audience, let offer, let score, let why,
      let benefits
    else { return nil }
    return Rule(
      id: id, version: version, hash: RuleHash.hash(of: root), status: status ?? .active,
      title: title, audience: audience, aim: aim ?? .grow, side: side ?? .give, window: window,
      move: move, when: when, unless: unless, offer: offer, score: score,
      priority: priority ?? 50, group: group ?? "", campaign: campaign ?? "", channels: channels,
      limits: limits,
      holdOut: holdOut, why: why, customerBenefit: benefits.customer,
      businessBenefit: benefits.business, tests: tests, currency: currency)
  }

  private mutating func checkFormat(_ root: JSONNode) {
    guard let format = text(root, "format", JSONPointer()), let node = root["format"],
      format != Self.format
    else { return }
    tell(.unsupportedFormat(format), at: node, JSONPointer(["format"]))
  }

  private mutating func identifier(_ root: JSONNode) -> String? {
    guard let id = text(root, "id", JSONPointer()), let node = root["id"] else { return nil }
    let isPlain = id.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || [45, 46, 95].contains($0)
    }
    if isPlain, id.utf8.count <= 60 { return id }
    tell(.identifier(id), at: node, JSONPointer(["id"]))
    return nil
  }

  private mutating func window(_ root: JSONNode) -> RuleWindow {
    let pointer = JSONPointer(["window"])
    guard let node = root["window"], object(node, pointer, keys: ["from", "until"]) else {
      return RuleWindow()
    }
    let window = RuleWindow(from: day(node, "from", pointer), until: day(node, "until", pointer))
    if let from = window.from, let until = window.until, until < from {
      tell(.windowReversed(from: "\(from)", until: "\(until)"), at: node, pointer)
    }
    return window
  }

  private mutating func move(_ root: JSONNode) -> CohortMove? {
    let pointer = JSONPointer(["move"])
    guard let node = root["move"],
      object(node, pointer, keys: ["from", "to"], needs: ["from", "to"])
    else { return nil }
    let to = word(node, "to", pointer, as: ValueCohort.self)
    let place = pointer.appending("from")
    guard let from = node["from"] else { return nil }
    guard let elements = from.elements else {
      tell(.wrongKind(expected: .list, found: from.kind), at: from, place)
      return nil
    }
    if elements.isEmpty { tell(.emptyList, at: from, place) }
    var cohorts: [ValueCohort] = []
    for (index, element) in elements.enumerated() {
      let spot = place.appending(index)
      guard let text = element.string else {
        tell(.wrongKind(expected: .text, found: element.kind), at: element, spot)
        continue
      }
      guard let cohort = word(text, at: element, spot, as: ValueCohort.self) else { continue }
      cohorts.append(cohort)
      if let to, cohort >= to {
        tell(.moveNotUp(from: cohort.rawValue, to: to.rawValue), at: element, spot)
      }
    }
    return to.map { CohortMove(from: cohorts, to: $0) }
  }

  private mutating func conditions(_ root: JSONNode, _ key: String) -> Condition? {
    root[key].flatMap { condition($0, JSONPointer([key])) }
  }

  private mutating func checkLeaves(_ when: Condition?, _ unless: Condition?) {
    let count = (when?.leafCount ?? 0) + (unless?.leafCount ?? 0)
    guard count > Self.leafLimit, let node = document.root["when"] ?? document.root["unless"]
    else { return }
    let key = document.root["when"] == nil ? "unless" : "when"
    tell(.tooManyLeaves(count, limit: Self.leafLimit), at: node, JSONPointer([key]))
  }

  private mutating func channels(_ root: JSONNode) -> [ContactChannel] {
    let pointer = JSONPointer(["needs"])
    guard let node = root["needs"], object(node, pointer, keys: ["consent", "channels"]) else {
      return [.till]
    }
    _ = words(node, "consent", pointer, as: ConsentPurpose.self)
    let channels = words(node, "channels", pointer, as: ContactChannel.self)
    return channels.isEmpty ? [.till] : channels
  }

  /// A list of words out of a closed list.
  private mutating func words<Word: RawRepresentable & CaseIterable>(
    _ parent: JSONNode, _ key: String, _ pointer: JSONPointer, as type: Word.Type
  ) -> [Word] where Word.RawValue == String {
    guard let node = parent[key] else { return [] }
    let place = pointer.appending(key)
    guard let elements = node.elements else {
      tell(.wrongKind(expected: .list, found: node.kind), at: node, place)
      return []
    }
    if elements.isEmpty, key == "channels" { tell(.emptyList, at: node, place) }
    var words: [Word] = []
    for (index, element) in elements.enumerated() {
      let spot = place.appending(index)
      guard let text = element.string else {
        tell(.wrongKind(expected: .text, found: element.kind), at: element, spot)
        continue
      }
      if let word = word(text, at: element, spot, as: type) { words.append(word) }
    }
    return words
  }

  private mutating func limits(_ root: JSONNode) -> RuleLimits {
    var limits = RuleLimits()
    let pointer = JSONPointer(["limits"])
    guard let node = root["limits"],
      object(node, pointer, keys: ["per customer", "total", "budget"])
    else { return limits }
    limits.total = whole(node, "total", pointer, 1...Int.max)
    limits.budget = amount(node, "budget", pointer, isPositive: true)
    let place = pointer.appending("per customer")
    if let each = node["per customer"],
      object(each, place, keys: ["times", "every"], needs: ["times"]),
      let times = whole(each, "times", place, 1...1_000)
    {
      limits.perCustomer = .init(times: times, every: span(each, "every", place))
    }
    return limits
  }

  private mutating func holdOut(_ root: JSONNode, id: String) -> HoldOut {
    let pointer = JSONPointer(["holdout"])
    guard let node = root["holdout"],
      object(node, pointer, keys: ["share", "salt"], needs: ["share"])
    else { return .nobody }
    let share = share(node, "share", pointer) ?? 0
    // Without a salt of its own each rule has another group.
    return HoldOut(
      share: Int((share * 10_000).rounded()), salt: text(node, "salt", pointer) ?? id)
  }

  private mutating func benefits(_ root: JSONNode) -> (customer: String, business: String)? {
    let pointer = JSONPointer(["benefit"])
    guard let node = root["benefit"] else {
      missing("benefit", in: root, JSONPointer(), .benefit)
      return nil
    }
    guard object(node, pointer, keys: ["customer", "business"]) else { return nil }
    for key in ["customer", "business"] where node[key] == nil {
      missing(key, in: node, pointer, .benefit)
    }
    guard let customer = text(node, "customer", pointer),
      let business = text(node, "business", pointer)
    else { return nil }
    return (customer, business)
  }
}

/// What a consent is for.
///
/// Every channel but the till asks for its own permission anyway; naming the purpose says so to the
/// reader of the file.
private enum ConsentPurpose: String, CaseIterable { case marketing }
