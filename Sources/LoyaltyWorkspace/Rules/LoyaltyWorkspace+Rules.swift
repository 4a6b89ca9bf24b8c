import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Synchronization

extension LoyaltyWorkspace {
  /// Every rule's file as it was read, in the order of the files' names.
  func readRules() -> [(file: String, reading: RuleReading)] {
    let files = state.rules
    // The same array in memory is equal at once; hashing every text takes longer than a key may.
    if let known = memo.withLock({ $0.present }), known.files == files { return known.readings }
    let readings = files.map { rule in (file: rule.file, reading: read(rule)) }
    memo.withLock { $0.present = (files, readings) }
    return readings
  }

  private func read(_ rule: RuleFile) -> RuleReading {
    if let known = memo.withLock({ $0.rules[rule] }) { return known }
    let reading = RuleReader.read(
      Array(rule.text.utf8), file: "rules/" + rule.file, catalogue: .customers,
      currency: currency)
    memo.withLock { $0.rules[rule] = reading }
    return reading
  }

  /// The rules as a list shows them, by priority.
  package func rules() throws(WorkspaceError) -> [RuleLine] {
    let offers = offerLines { $0.counts { $0 == .suggested || $0 == .approved } }
    let lines = readRules().map { file, reading in
      RuleLine(
        file: file, id: reading.rule?.id ?? file, version: reading.rule?.version ?? 0,
        title: reading.rule.map { texts.ruleText($0.title) } ?? wording["rules.unreadable"],
        status: reading.rule?.status.rawValue ?? "broken", priority: reading.rule?.priority ?? 0,
        offers: reading.rule.map { offers[$0.id] ?? 0 } ?? 0, problems: reading.issues.count)
    }
    return lines.sorted { ($1.priority, $0.id) < ($0.priority, $1.id) }
  }

  /// Checks rules' files: those of the store, or others by their paths.
  ///
  /// Others are seen together with the store's rules, as if they stood beside them; one with the id of
  /// a stored rule stands in its place.
  package func checkRules(files: [String] = []) throws(WorkspaceError) -> [RuleCheck] {
    var readings: [(file: String, reading: RuleReading)] = []
    for path in files {
      do throws(DiskError) {
        let bytes = try environment.disk.readWhole(path, .read)
        readings.append((path, readRule(bytes, file: path)))
      } catch {
        throw .disk(error)
      }
    }
    let stored = readRules().map { ("rules/" + $0.file, $0.reading) }
    if files.isEmpty { readings = stored }
    let given = Set(readings.compactMap(\.reading.rule?.id))
    let others = files.isEmpty ? [] : stored.filter { !given.contains($0.1.rule?.id ?? "") }
    let together = issuesTogether(others + readings)
    return readings.map { file, reading in
      let issues = reading.issues + together.filter { $0.file == file }
      return RuleCheck(
        file: file.split(separator: "/").last.map(String.init) ?? file,
        errors: issues.count { $0.severity == .error },
        messages: issues.map { $0.description(wording) } + templateWarnings(reading.rule, file))
    }
  }

  /// Reads a rule by the programme's facts and currency.
  func readRule(_ bytes: [UInt8], file: String) -> RuleReading {
    RuleReader.read(bytes, file: file, catalogue: .customers, currency: currency)
  }

  /// What only shows when rules are seen together, and beside the present customers.
  private func issuesTogether(_ readings: [(file: String, reading: RuleReading)]) -> [RuleIssue] {
    let rules = readings.compactMap { file, reading in reading.rule.map { (file, $0) } }
    let analysis = state.customers.count > 0 ? analysis() : nil
    return RuleChecker.check(
      rules, facts: analysis.map(factsWithOffers), margin: state.programme.margin)
      + RuleChecker.checkCampaigns(rules, state.programme.campaigns, asOf: asOf)
  }

  private func templateWarnings(_ rule: Rule?, _ file: String) -> [String] {
    guard let rule, !OfferMessage.hasTemplate(rule.offer.template) else { return [] }
    return [
      wording(
        "rules.no-template",
        [
          "file": file, "name": rule.offer.template,
          "kind": texts.value(rule.offer.kind.rawValue),
          "known": OfferMessage.templateNames.joined(separator: ", "),
        ])
    ]
  }

  /// Puts rules into sentences.
  var ruleWords: RuleWords { RuleWords(wording, currency) }

  /// Runs the tests inside the rules.
  package func testRules() throws(WorkspaceError) -> [RuleTestOutcome] {
    readRules().flatMap { file, reading in
      guard let rule = reading.rule else {
        return [
          RuleTestOutcome(
            rule: file, passed: false, text: wording("rules.test-unreadable", ["file": file]))
        ]
      }
      return RuleTester.run(rule, file: besideRules).map {
        RuleTestOutcome(
          rule: rule.id, passed: $0.passed, text: "\(rule.id): \($0.message(wording))")
      }
    }
  }

  /// The bytes of a file that a test names, by its path beside the rules; nil where there is none, or
  /// the path leads out of the folder.
  func besideRules(_ path: String) -> [UInt8]? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !parts.contains(where: { $0.isEmpty || $0 == ".." || $0 == "." }) else { return nil }
    return try? environment.disk.readWhole(self.path + "/rules/" + path, .read)
  }

  /// A rule in plain sentences.
  package func describeRule(_ id: String) throws(WorkspaceError) -> [String] {
    let rule = try rule(id)
    var lines = ruleWords.lines(rule)
    guard state.customers.count > 0 else { return lines }
    var active = rule
    active.status = .active
    let matched = matches(active, factsWithOffers(analysis())).population
    lines.append(
      wording("rules.match-on", ["n": display.number(matched), "day": wording.day(asOf)]))
    if let power = power(of: rule, chosen: matched) {
      lines.append(wording("rules.if-all", ["power": power]))
    }
    return lines
  }

  /// The manual of the rule format: every key, comparison and fact, with an example.
  package static func ruleManual() -> [String] {
    RuleManual.lines(
      .customers, example: Resources.text("rules/low-mid.bigger-basket.json") ?? "")
  }

  func rule(_ id: String) throws(WorkspaceError) -> Rule {
    let rules = readRules().compactMap(\.reading.rule)
    guard let rule = rules.first(where: { $0.id == id }) else {
      let alike = rules.map(\.id).filter { $0.contains(id) || id.contains($0) }
      throw .noSuchRule(id, nearest: alike)
    }
    return rule
  }

  /// The version of a rule that an offer came from: the present one, or one that was kept.
  func rule(of offer: Offer) -> Rule? {
    let present = readRules().compactMap(\.reading.rule).first { $0.hash == offer.rule.hash }
    if let present { return present }
    guard let text = try? store.ruleVersion(hash: offer.rule.hash) else { return nil }
    return read(RuleFile(file: "history/\(offer.rule.hash).json", text: text)).rule
  }

  /// The priority of each rule, by identifier.
  var rulePriorities: [String: Int] {
    Dictionary(
      readRules().compactMap(\.reading.rule).map { ($0.id, $0.priority) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The title of each rule, by identifier.
  var ruleTitles: [String: String] {
    Dictionary(
      readRules().compactMap(\.reading.rule).map { ($0.id, texts.ruleText($0.title)) },
      uniquingKeysWith: { first, _ in first })
  }
}
