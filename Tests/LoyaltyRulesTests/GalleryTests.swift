import Foundation
import LoyaltyModel
import LoyaltyWorkspace
import TestSupport
import Testing
import TextFormats

@testable import LoyaltyRules

/// Every message has a file that provokes it: `Gallery/NAME.json`, and beside it `NAME.txt` with the
/// text that people read.
///
/// With `LADDER_RECORD=1` in the environment the texts are written anew; the test then fails once,
/// so that a new text is looked at before it counts.
struct GalleryTests {
  static let folder = SharedData.packageRoot
    .appendingPathComponent("Tests/LoyaltyRulesTests/Gallery")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test(arguments: names)
  func saysWhatIsWrongWhereAndWhatToDo(name: String) throws {
    let file = name + ".json"
    let bytes = try Data(contentsOf: Self.folder.appendingPathComponent(file))
    let reading = RuleReader.read(
      Array(bytes), file: file, catalogue: .customers, currency: Fixtures.euro)
    let text = reading.issues.map { $0.description(.english) + "\n" }.joined()
    let url = Self.folder.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["LADDER_RECORD"] != nil {
      try Data(text.utf8).write(to: url)
      Issue.record("recorded \(name).txt anew")
    }
    let expected = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    #expect(text == expected)
    #expect(!reading.issues.isEmpty)
    // A rule comes out exactly when nothing but warnings was said.
    #expect((reading.rule == nil) == reading.issues.contains { $0.severity == .error })
  }

  @Test func thereAreTextsForAllFilesAndNoOthers() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let texts = files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }.sorted()
    #expect(texts == Self.names)
  }

  // MARK: Rules seen together, and beside people

  static let together = folder.appendingPathComponent("Together")

  static let groups: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: together.path)) ?? []
    return files.filter { !$0.contains(".") }.sorted()
  }()

  /// The rules of a folder beside the people in it.
  private static func check(_ name: String) throws -> [RuleIssue] {
    let folder = together.appendingPathComponent(name)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let rules = try files.filter { $0.hasSuffix(".json") }.map { file in
      let bytes = try Array(Data(contentsOf: folder.appendingPathComponent(file)))
      let reading = Fixtures.read(String(decoding: bytes, as: UTF8.self), file: file)
      return (file, try #require(reading.rule, "\(reading.issues)"))
    }
    let text = try Data(contentsOf: folder.appendingPathComponent("people.txt"))
    let document = try JSONDocument(parsing: Array(text))
    let people = try document.root["customers"]?.elements?.map { node in
      var writer = JSONWriter()
      writer.node(node)
      let read = RuleReader.readFixture(
        writer.bytes, file: "people", catalogue: .customers, currency: Fixtures.euro)
      return try #require(read.customer, "\(read.issues)")
    }
    let day = Fixtures.day("2026-07-15")
    let campaigns = (document.root["campaigns"]?.elements ?? []).map { node in
      Campaign(
        name: node["name"]?.string ?? "", from: node["from"]?.string.flatMap { Day($0) },
        until: node["until"]?.string.flatMap { Day($0) })
    }
    let issues =
      RuleChecker.check(
        rules, facts: FactTable(try #require(people), asOf: day),
        margin: document.root["margin"]?.double,
        templates: document.root["templates"]?.elements?.compactMap(\.string))
      + RuleChecker.checkCampaigns(rules, campaigns, asOf: day)
    return try issues.map { issue in
      let bytes = try Array(Data(contentsOf: folder.appendingPathComponent(issue.file)))
      let placed = issue.placed(in: try JSONDocument(parsing: bytes))
      #expect(placed.position != nil)
      return placed
    }
  }

  @Test(arguments: groups)
  func saysWhatIsWrongWithRulesTogether(name: String) throws {
    let text = try Self.check(name).map { $0.description(.english) + "\n" }.joined()
    let url = Self.together.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["LADDER_RECORD"] != nil {
      try Data(text.utf8).write(to: url)
      Issue.record("recorded \(name).txt anew")
    }
    #expect(try text == String(decoding: Data(contentsOf: url), as: UTF8.self))
    #expect(!text.isEmpty)
  }

  // MARK: Every message is provoked

  /// The names of the cases of an enumeration in a source file.
  private static func cases(of name: String, in path: String) throws -> Set<String> {
    let source = try String(
      contentsOf: SharedData.packageRoot.appendingPathComponent(path), encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0.contains("enum \(name)") })
    let end = try #require(lines[start...].firstIndex { $0 == "  }" || $0.hasSuffix(" }") })
    var names: Set<String> = []
    for line in lines[start...end] {
      guard let range = line.range(of: "case ") else { continue }
      // `case a, b(c: D)`: names stand outside parentheses.
      var depth = 0
      var name = ""
      for character in line[range.upperBound...] {
        if character == "(" { depth += 1 }
        if depth == 0, character.isLetter || character.isNumber {
          name.append(character)
        } else if depth == 0, character == "," {
          names.insert(name)
          name = ""
        } else if character == "/" {
          break
        }
        if character == ")" { depth -= 1 }
      }
      names.insert(name)
    }
    return names.subtracting([""])
  }

  private static func label(_ value: Any) -> String {
    Mirror(reflecting: value).children.first?.label ?? "\(value)"
  }

  @Test func everyMessageOfTheReaderAndTheCheckerIsProvokedByAFile() throws {
    var (causes, syntax, kinds): (Set<String>, Set<String>, Set<String>) = ([], [], [])
    func note(_ issues: [RuleIssue]) {
      for issue in issues {
        causes.insert(Self.label(issue.cause))
        if case .wrongKind(let expected, _) = issue.cause { kinds.insert("\(expected)") }
        if case .missingKey(_, let purpose) = issue.cause { kinds.insert("\(purpose)") }
      }
    }
    for name in Self.names {
      let bytes = try Array(Data(contentsOf: Self.folder.appendingPathComponent(name + ".json")))
      note(
        RuleReader.read(bytes, file: name, catalogue: .customers, currency: Fixtures.euro).issues)
      do throws(JSONSyntaxError) {
        _ = try JSONDocument(parsing: bytes)
      } catch {
        syntax.insert(Self.label(error.cause))
        if case .number(let flaw) = error.cause { kinds.insert("\(flaw)") }
      }
    }
    for name in Self.groups { note(try Self.check(name)) }
    let issues = "Sources/LoyaltyRules/Reading/RuleIssue.swift"
    #expect(try Self.cases(of: "Cause", in: issues).subtracting(causes) == [])
    let expectations = try Self.cases(of: "Expectation", in: issues)
      .union(Self.cases(of: "Purpose", in: issues))
    #expect(expectations.subtracting(kinds) == [])
    let grammar = "Sources/TextFormats/JSON/JSONSyntaxError.swift"
    #expect(try Self.cases(of: "Cause", in: grammar).subtracting(syntax) == [])
    #expect(try Self.cases(of: "NumberFlaw", in: grammar).subtracting(kinds) == [])
  }
}
