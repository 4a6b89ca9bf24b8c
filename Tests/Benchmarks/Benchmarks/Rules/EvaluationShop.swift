import Foundation
import LoyaltyModel
import LoyaltyRules
import RulesWorkload
import TestSupport
import TextFormats

/// The workload's rules, ready to be evaluated.
struct EvaluationShop: Sendable {
  private let workload: Workload
  private let conditions: [(id: String, condition: Condition)]
  private let form: String

  init(form: String, customers: Int) throws {
    self.form = form
    workload = Workload(customers: customers)
    guard let currency = Currency(code: "EUR") else { preconditionFailure("EUR is a currency") }
    let document = try JSONDocument(parsing: Workload.rules(form))
    conditions = (document.root.elements ?? []).compactMap { node in
      guard let id = node["id"]?.string, let when = node["when"] else { return nil }
      var writer = JSONWriter()
      writer.node(when)
      let reading = RuleReader.readCondition(
        writer.bytes, catalogue: Workload.catalogue, currency: currency)
      return reading.condition.map { (id.uppercased(), $0) }
    }
    precondition(conditions.count == 20, "a rule of the workload cannot be read")
  }

  var evaluations: Double { Double(conditions.count * workload.facts.count) }

  /// How many match each rule.
  func counts() -> [Int] {
    let evaluator = Evaluator(facts: workload.facts)
    return conditions.map { evaluator.answer($0.condition).holds.population }
  }

  /// What differs from the reference's matches among the first 100,000; nil when nothing does.
  func fault(_ counts: [Int]) -> String? {
    guard counts == Workload.expected[form] else { return "\(form): the matches differ" }
    let evaluator = Evaluator(facts: workload.facts)
    let holds = conditions.map { evaluator.answer($0.condition).holds }
    var lines = SHA256()
    for row in 0..<workload.facts.count {
      let rules = zip(conditions, holds).filter { $1[row] }.map(\.0.id)
      lines.add(Array("\(workload.ids[row]) \(rules.joined(separator: ","))\n".utf8))
    }
    return lines.hexadecimal == Workload.checksums[form] ? nil : "\(form): the checksum differs"
  }

  /// All columns and lists, without the customers' numbers.
  var bytesEach: Int {
    let facts = workload.facts
    var bytes = facts.columns.values.reduce(0) { $0 + $1.bytes }
    for list in facts.lists.values {
      bytes += list.offsets.count * 4 + list.columns.values.reduce(0) { $0 + $1.bytes }
    }
    return bytes / max(1, facts.count)
  }
}

extension FactColumn {
  /// The bytes of the values.
  fileprivate var bytes: Int {
    switch self {
    case .int32(let values): values.count * 4
    case .int64(let values): values.count * 8
    case .double(let values): values.count * 8
    case .yesNo(let values): values.count
    case .choice(let values, _): values.count * 2
    case .set(let offsets, let members, _): offsets.count * 4 + members.count * 2
    case .text: 0
    }
  }
}

/// The plain evaluator in Python, run on the same customers as a program of its own.
struct PythonReference: Sendable {
  private let folder: URL
  private let form: String

  /// Nil where it does not lie beside the data sets.
  init?(form: String) {
    self.form = form
    folder = SharedData.folder.deletingLastPathComponent().appendingPathComponent("tools/rules")
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("ref.py").path)
    else { return nil }
  }

  /// What it says of itself: evaluations a second of its tree-walking form.
  func evaluationsPerSecond() throws -> Int {
    let work = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    func run(_ script: String, _ arguments: [String]) throws -> String {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3", folder.appendingPathComponent(script).path] + arguments
      process.currentDirectoryURL = work
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      let data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }
    _ = try run("make_rules.py", [])
    _ = try run("gen_facts.py", ["100000", "facts.ndjson"])
    let line = try run("ref.py", ["rules-\(form).json", "facts.ndjson", "walk"])
    let words = line.split(separator: " ").map(String.init)
    guard let place = words.firstIndex(where: { $0.hasPrefix("evals/s") }), place > 0 else {
      return 0
    }
    return Int(words[place - 1].filter(\.isNumber)) ?? 0
  }
}
