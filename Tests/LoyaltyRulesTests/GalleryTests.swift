import Foundation
import LoyaltyModel
import TestSupport
import Testing

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
    let text = reading.issues.map { $0.description + "\n" }.joined()
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
    #expect(Self.names.count >= 60)
  }
}
