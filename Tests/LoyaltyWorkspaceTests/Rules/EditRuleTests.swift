import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// Rules edited in somebody's own editor.
@Suite("Editing a rule outside")
struct EditRuleTests {
  private let disk: MemoryDisk
  private let anna: LoyaltyWorkspace
  private let file: String
  private let stored: String

  init() throws {
    disk = try Shop.empty()
    anna = try Shop.open(disk)
    file = try #require(anna.rules().first).file
    stored = try #require(anna.ruleText(file))
  }

  /// Edits with an editor that writes a text behind the file's and ends with a status.
  private func edit(
    adding text: String, status: Int32 = 0, meanwhile: (String) -> Void = { _ in }
  ) throws -> RuleEditing {
    try anna.editRule(file: file, in: "/disk") { path, _ in
      meanwhile(path)
      try? disk.writeWhole(path, Array((stored + text).utf8), overwrite: true)
      return status
    }
  }

  @Test("what was written comes back when a colleague saved the rule meanwhile")
  func conflict() throws {
    let ben = try Shop.open(disk, user: "ben")
    let outcome = try edit(adding: "\n") { _ in _ = try? ben.switchRule(file: file, on: false) }
    guard case .notSaved(let text, let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(text == stored + "\n")
    #expect(reason.contains(file))
  }

  @Test("each copy stands in a folder of its own, for its owner alone, and goes at the end")
  func privacy() throws {
    var paths: [String] = []
    for _ in 0..<2 {
      _ = try anna.editRule(file: file, in: "/disk") { path, _ in
        paths.append(path)
        return 0
      }
    }
    #expect(Set(paths).count == 2)
    #expect(paths.allSatisfy { $0.hasSuffix("/" + file) && $0 != "/disk/" + file })
    #expect(!disk.files.contains { paths.contains($0) })
    #expect(try disk.list("/disk").allSatisfy { !$0.hasPrefix("ladder-") })
  }

  @Test("an editor that failed is told, and what was written before is handed back")
  func failure() throws {
    #expect(throws: WorkspaceError.editorFailed(127)) { try edit(adding: "", status: 127) }
    let failed = WorkspaceError.editorFailed(1).message(.english)
    #expect(try edit(adding: "\n", status: 1) == .notSaved(text: stored + "\n", reason: failed))
    #expect(anna.ruleText(file) == stored)
  }
}
