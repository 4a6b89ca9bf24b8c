import Foundation
@testable import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TestSupport
import TerminalKit

/// Whoever works in Indonesian finds no English sentence on any screen, whatever part of the program
/// it comes from; only data stay as somebody wrote them.
@Suite struct NoEnglishTests {
  /// The ways of the snapshots, and how each figure was computed, errors and messages beside.
  static let ways = SnapshotTests.places.map(\.keys) + others

  private static let others: [[String]] =
    [
      ["1", "h"], ["2", "h"], ["3", "h"], ["3", "right", "h"], ["5", "h"], ["5", "t", "h"],
      ["5", "T", "h"], ["W", "h"], ["6", "h"], ["7", "h"], ["7", "f", "h"], ["C", "h"],
      ["7", "B", "h"], ["6", "b"], ["6", "b", "B"], ["6", "x", "1", "u"],
      ["6", "z", "1", "u", "U"], ["6", "a", "S"],
      ["7", "w", "h"], ["2", "right", "right", "right", "h"], ["7", "down", "down", "m"],
      ["7", "b", "x", "enter", "d", "!"], ["7", "s"], ["7", "space"], ["7", "right", "space", "L"],
      ["6", "a", "8", "w"], ["6", "t", "t"], ["6", "/", "c", "o", "enter"], ["3", "y"],
      ["2", "/", "x", "=", "enter"], ["2", "/", "c", "o", "h", "o", "r", "t", "=", "?", "enter"],
    ]

  /// Words that hardly an English sentence does without, and no Indonesian one has.
  private static let telling: Set<Substring> = [
    "the", "and", "is", "are", "of", "was", "were", "with", "for", "not", "on", "by", "has",
    "have", "had", "this", "that", "they", "their", "who", "which", "when", "from", "than", "at",
    "least", "most", "days", "value", "purchase", "purchases", "customer", "customers", "rule",
    "offer", "offers", "cohort", "stage", "to", "or", "it",
  ]

  /// English sentences and names of the program, long enough to be no chance.
  private static let sentences: [String] = {
    let indonesian = Texts(embedded: .indonesian)
    return Texts.english.keys.flatMap { key -> [String] in
      guard let entry = Texts.english.entry(key), entry != indonesian.entry(key) else { return [] }
      return entry.forms.filter { $0.count >= 12 && !$0.contains("{") }
    }
  }()

  /// What keys and fields are called in English and nowhere in Indonesian.
  private static let labels: Set<String> = {
    let indonesian = Texts(embedded: .indonesian)
    let own = Set(indonesian.keys.flatMap { indonesian.entry($0)?.forms ?? [] })
    return Set(
      Texts.english.keys.filter { !$0.hasPrefix("segment.") && !$0.hasPrefix("cohort.") }
        .flatMap { Texts.english.entry($0)?.forms ?? [] }
        .filter { $0.count >= 4 && $0.first?.isUppercase == true && !$0.contains("{") }
    ).subtracting(own)
  }()

  @Test(arguments: ways)
  func standsOn(_ keys: [String]) throws {
    let session = try Session(
      SmallProgramme(), width: 120, height: 40, language: .indonesian)
    keys.forEach { session.press($0) }
    try Self.expectNoEnglish(session)
  }

  /// Files that are no tables, and rows that cannot be used.
  @Test(arguments: [
    "", "PK\u{3}\u{4}", "%PDF-1.7", "<!DOCTYPE html><html>", "a,b\n\"c", "x,y\n1,2\n",
    """
    kunde,datum,betrag
    A1,19971301,1.00
    A1,1997-02-29,1.00
    A1,3/4/2025,1.00
    A1,30/11/25,1.00
    A1,kapan,1.00
    A1,2025-11-30 25:00,1.00
    A1,,1.00
    A1,2025-11-30,abc
    A1,2025-11-30,
    A1,2025-11-30,1.005
    A1,2025-11-30,"1,23,4.00"
    A1,2025-11-30
    A1,2025-11-30,1.00,9
    A1,2025-11-30,1"0
    A1,2100-01-01,1.00
    """,
  ])
  func standsOnAnImport(of text: String) throws {
    let programme = try SmallProgramme()
    programme.disk.put("/disk/file.csv", Array(text.utf8))
    let session = try Session(programme, width: 120, height: 60, language: .indonesian)
    session.press("i", "enter")
    session.paste("/disk/file.csv")
    session.press("enter")
    try Self.expectNoEnglish(session)
    if text.hasPrefix("kunde") {
      session.press("down", "down", "enter")
      session.paste("customer=kunde date=datum amount=betrag")
      session.press("enter", "d")
      #expect(session.screen.contains("bukan tanggal"), "\(session.screen)")
    }
    session.press("w", "!")
    try Self.expectNoEnglish(session)
  }

  /// Mistakes in a rule's file.
  @Test(arguments: [
    "", "{", "{\"a\": 1,}", "{\"a\": 01}", "{\"rule\": \"x\" \"y\"}", "[]", "{\"rule\": true}",
    "{ // x\n}", "{\"title\": \"a\tb\"}",
  ])
  func standsOnAMistakeInARule(_ text: String) throws {
    let programme = try SmallProgramme()
    let disk = programme.disk
    let editor = Editor(folder: "/disk") { path, _ in
      disk.put(path, Array(text.utf8))
      return 0
    }
    let session = try Session(
      programme, width: 120, height: 40, language: .indonesian, editor: editor)
    session.press("7", "e")
    try Self.expectNoEnglish(session)
  }

  private static func expectNoEnglish(_ session: Session) throws {
    let data = try Self.data(session)
    for line in session.lines {
      for piece in Self.pieces(line) where !data.contains(where: { $0.contains(piece) }) {
        let words = piece.lowercased().split { !$0.isLetter && $0 != "_" }
        let told = words.filter { Self.telling.contains($0) }
        #expect(told.count < 2, "\(piece)")
        let known = Self.sentences.first { piece.contains($0) }
        #expect(known == nil, "\(piece)")
        // A hint is a key and what it does.
        let label = piece.firstIndex(of: " ").map { String(piece[piece.index(after: $0)...]) }
        #expect(!Self.labels.contains(piece), "\(piece)")
        #expect(!Self.labels.contains(label ?? ""), "\(piece)")
      }
    }
  }

  /// The parts of a line between frames and wide gaps; what a customer reads is left out.
  private static func pieces(_ line: String) -> [String] {
    line.split { "│┌┐└┘─█".contains($0) }
      .filter { !$0.contains(" | ") }
      .flatMap { $0.split(separator: "  ") }
      .map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " ‹›")) }
  }

  /// What stands in the data: the rules' files as the form shows them, and notes of campaigns.
  private static func data(_ session: Session) throws -> [String] {
    guard let workspace = session.workspace else { return [] }
    let rules =
      try workspace.rules().compactMap { try? workspace.ruleDraft(of: $0.id) }
      + [workspace.newRuleDraft()]
    // How purchases are written in the form, as filters are, in whatever language.
    var notes = try workspace.campaigns().map(\.campaign.note)
    // What a customer reads is in their language, also where somebody changes it.
    if case .offer(let form) = session.app.model.overlay { notes.append(form.editing.text) }
    return rules.flatMap { draft in RuleDraft.Field.allCases.map { draft[$0] } }
      + notes + [Texts(embedded: .indonesian)["rule-form.purchases.hint"]]
  }
}
