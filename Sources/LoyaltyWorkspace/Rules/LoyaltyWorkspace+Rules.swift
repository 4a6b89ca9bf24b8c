import LoyaltyModel
import LoyaltyRules
import LoyaltyStore
import Synchronization
import TextFormats

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

  /// A rule's text as it is read, remembered by it.
  func read(_ rule: RuleFile) -> RuleReading {
    if let known = memo.withLock({ $0.rules[rule] }) { return known }
    let reading = RuleReader.read(
      Array(rule.text.utf8), file: "rules/" + rule.file, catalogue: .customers,
      currency: currency)
    memo.withLock { $0.rules[rule] = reading }
    return reading
  }

  /// The rules as a list shows them, by priority.
  package func rules() throws(WorkspaceError) -> [RuleLine] {
    let offers = offerLines { $0.counts { $0 == .suggested } }
    let lines = readRules().map { file, reading in
      let outcome = offerLines { $0.outcome(ofRule: reading.rule?.id ?? "") }
      return RuleLine(
        file: file, id: reading.rule?.id ?? file, version: reading.rule?.version ?? 0,
        title: reading.rule.map { texts.ruleText($0.title) } ?? wording["rules.unreadable"],
        status: reading.rule?.status.rawValue ?? "broken", priority: reading.rule?.priority ?? 0,
        offers: reading.rule.map { offers[$0.id] ?? 0 } ?? 0, used: outcome.used,
        unused: outcome.unused, problems: reading.issues.count)
    }
    return lines.sorted { ($1.priority, $0.id) < ($0.priority, $1.id) }
  }

  /// Checks rules' files: those of the store, or others by their paths.
  ///
  /// Others are seen together with the store's rules, as if they stood beside them; one with the id of
  /// a stored rule stands in its place. Of each that has no mistakes it is told whom it would reach.
  package func checkRules(
    files: [String] = [], progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> [RuleCheck] {
    let stop = StopCheck(progress)
    try stop.check(texts["job.rules"])
    return try checkRules(files: files, pace: stop.pace, stop)
  }

  func checkRules(
    files: [String] = [], pace: Pace<WorkspaceError>, _ stop: StopCheck
  ) throws(WorkspaceError) -> [RuleCheck] {
    let stored = state.rules.map { rule in
      RuleText(file: "rules/" + rule.file, bytes: Array(rule.text.utf8), reading: read(rule))
    }
    let texts =
      files.isEmpty
      ? stored
      : try files.map { path throws(WorkspaceError) in
        try ruleText(at: path)
      }
    let given = Set(texts.compactMap(\.reading.rule?.id))
    let others = files.isEmpty ? [] : stored.filter { !given.contains($0.reading.rule?.id ?? "") }
    let analysis =
      state.customers.count > 0 ? try prepared(stop, pace.part(0, 0.1)) : nil
    let facts = analysis.map { factsWithOffers($0) }
    let together = try issuesTogether(others + texts, facts, pace.part(0.1, 0.8))
    return try texts.enumerated().map { index, text throws(WorkspaceError) in
      let part = pace.part(0.8, 1).part(index, of: texts.count)
      let issues = text.reading.issues + text.placed(together.filter { $0.file == text.file })
      let matched = files.isEmpty ? nil : try reached(text, facts, part)
      return RuleCheck(
        file: text.name, issues: issues.map { RuleCheck.Issue($0, wording) }, matched: matched,
        reach: matched.map { [reach(text, $0)] } ?? [])
    }
  }

  /// A rule's file from anywhere, as it is read.
  private func ruleText(at path: String) throws(WorkspaceError) -> RuleText {
    do throws(DiskError) {
      let bytes = try environment.disk.readWhole(path, .read)
      return RuleText(file: path, bytes: bytes, reading: readRule(bytes, file: path))
    } catch {
      throw .disk(error)
    }
  }

  /// How many a rule without mistakes would match, were it active.
  private func reached(
    _ text: RuleText, _ facts: FactTable?, _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> Int? {
    guard var rule = text.reading.rule, let facts else { return nil }
    rule.status = .active
    return try matches(rule, facts, pace: pace).population
  }

  private func reach(_ text: RuleText, _ matched: Int) -> String {
    wording(
      "rules.matched-file",
      [
        "file": text.name, "title": texts.ruleText(text.reading.rule?.title ?? ""),
        "n": display.number(matched), "all": display.number(state.customers.count),
        "day": wording.day(asOf),
      ])
  }

  /// Reads a rule by the programme's facts and currency.
  func readRule(_ bytes: [UInt8], file: String) -> RuleReading {
    RuleReader.read(bytes, file: file, catalogue: .customers, currency: currency)
  }

  /// What only shows when rules are seen together, and beside the present customers.
  private func issuesTogether(
    _ texts: [RuleText], _ facts: FactTable?, _ pace: Pace<WorkspaceError>
  ) throws(WorkspaceError) -> [RuleIssue] {
    let rules = texts.compactMap { text in text.reading.rule.map { (text.file, $0) } }
    return try RuleChecker.check(
      rules, facts: facts, margin: state.programme.margin,
      templates: CustomerWords.templateNames, pace: pace)
      + RuleChecker.checkCampaigns(rules, state.programme.campaigns, asOf: asOf)
  }

  /// Puts rules into sentences.
  var ruleWords: RuleWords { RuleWords(wording, currency) }

  /// Runs the tests inside the rules: those of the store, or others by their paths.
  ///
  /// A file that a test of another names is looked for beside it, then beside the store's rules.
  package func testRules(
    files: [String] = []
  ) throws(WorkspaceError) -> [RuleTestOutcome] {
    if files.isEmpty {
      return readRules().flatMap { file, reading in
        outcomes(reading, file: file, fixtures: besideRules)
      }
    }
    var all: [RuleTestOutcome] = []
    for path in files {
      let text = try ruleText(at: path)
      let folder = path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex)
      let beside = path.contains("/") ? String(folder) : ""
      all += outcomes(text.reading, file: text.name) { [self] name in
        guard staysBelow(name) else { return nil }
        return (try? environment.disk.readWhole(beside + name, .read)) ?? besideRules(name)
      }
    }
    return all
  }

  private func outcomes(
    _ reading: RuleReading, file: String, fixtures: (String) -> [UInt8]?
  ) -> [RuleTestOutcome] {
    guard let rule = reading.rule else {
      return [
        RuleTestOutcome(
          rule: file, test: "", passed: false,
          text: wording("rules.test-unreadable", ["file": file]))
      ]
    }
    return RuleTester.run(rule, file: fixtures).map {
      RuleTestOutcome(
        rule: rule.id, test: $0.name, passed: $0.passed, text: "\(rule.id): \($0.message(wording))")
    }
  }

  /// The bytes of a file that a test names, by its path beside the rules; nil where there is none, or
  /// the path leads out of the folder.
  func besideRules(_ path: String) -> [UInt8]? {
    guard staysBelow(path) else { return nil }
    return try? environment.disk.readWhole(self.path + "/rules/" + path, .read)
  }

  /// Whether a path leads to something below where it begins.
  private func staysBelow(_ path: String) -> Bool {
    !path.split(separator: "/", omittingEmptySubsequences: false)
      .contains { $0.isEmpty || $0 == ".." || $0 == "." }
  }

  /// A rule in plain sentences.
  ///
  /// - Parameters:
  ///   - id: The rule's identifier, or the path of a rule's file.
  ///   - progress: Is told how far it is; false stops it.
  /// - Returns: The sentences, with whom it matches.
  /// - Throws: An error when there is no such rule.
  package func describeRule(
    _ id: String, progress: @escaping ProgressHandler = { _ in true }
  ) throws(WorkspaceError) -> RuleDescription {
    let rule = try rule(id)
    var description = RuleDescription(
      rule: rule.id, version: rule.version, title: texts.ruleText(rule.title),
      status: rule.status.rawValue, priority: rule.priority, asOf: asOf,
      lines: ruleWords.lines(rule))
    guard state.customers.count > 0 else { return description }
    var active = rule
    active.status = .active
    let stop = StopCheck(progress)
    try stop.check(texts["job.rules"])
    let facts = factsWithOffers(try prepared(stop, stop.pace.part(0, 0.3)))
    let matched = try matches(active, facts, pace: stop.pace.part(0.3, 1)).population
    description.matched = matched
    description.lines.append(
      wording("rules.match-on", ["n": display.number(matched), "day": wording.day(asOf)]))
    if let power = power(of: rule, chosen: matched) {
      description.lines.append(wording("rules.if-all", ["power": power]))
    }
    return description
  }

  /// The manual of the rule format: every key, comparison and fact, with an example.
  package static func ruleManual() -> [String] {
    RuleManual.lines(
      .customers, example: Resources.text("rules/low-mid.bigger-basket.json") ?? "")
  }

  /// The rule of a file from anywhere; its first mistake is thrown.
  private func rule(at path: String) throws(WorkspaceError) -> Rule {
    let reading = try ruleText(at: path).reading
    guard let rule = reading.rule else {
      let mistake = reading.issues.first { $0.severity == .error }
      throw .brokenFile(path, message: mistake?.description(wording) ?? "")
    }
    return rule
  }

  /// The rule of an id; of a path to a JSON file the rule in it, so that one that is being written can
  /// be asked as any other.
  func rule(_ id: String) throws(WorkspaceError) -> Rule {
    let rules = readRules().compactMap(\.reading.rule)
    guard let rule = rules.first(where: { $0.id == id }) else {
      if id.hasSuffix(".json") { return try rule(at: id) }
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

/// A rule's file: its path as it was named, its bytes, and how they are read.
private struct RuleText {
  let file: String
  let bytes: [UInt8]
  let reading: RuleReading

  /// The last part of the path.
  var name: String { file.split(separator: "/").last.map(String.init) ?? file }

  /// What was found of the rule beside others, with its places in the file, in their order.
  func placed(_ issues: [RuleIssue]) -> [RuleIssue] {
    // Only what has something to be told is read once more for its places.
    guard !issues.isEmpty, let document = try? JSONDocument(parsing: bytes) else { return issues }
    let placed = issues.map { issue in
      var placed = issue.placed(in: document)
      // A file that is not in the store yet is asked by its path.
      if case .matchesNobody = issue.cause, file.hasSuffix(".json"), !file.hasPrefix("rules/") {
        placed.cause = .matchesNobody(file)
      }
      return placed
    }
    return placed.byPlace
  }
}
