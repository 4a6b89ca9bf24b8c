import Foundation
import Testing

/// What a programme is made with, and the language of what its customers read.
@Suite("Settings", .enabled(if: Program.isBuilt, "\(Program.reason)"))
struct SettingsTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private static let indonesian = ["LANG": "id_ID.UTF-8"]

  /// Makes a programme in rupiah.
  private func make(
    _ options: [String] = [], _ variables: [String: String] = [:]
  ) throws -> Outcome {
    let place = ["shop", "--currency", "IDR", "--time-zone", "Asia/Jakarta"]
    return try sandbox.run(["init"] + place + options, variables)
  }

  private func language() throws -> String? {
    let outcome = try sandbox.run(["settings", "--format", "json"])
    let settings = try outcome.objects()
    #expect(
      settings.compactMap { $0["setting"] as? String } == ["currency", "time_zone", "language"])
    return settings.last?["value"] as? String
  }

  @Test("init takes the language from its option, else from the environment, else English")
  func made() throws {
    let calls: [(options: [String], variables: [String: String], language: String)] = [
      ([], [:], "en"), (["--lang", "id"], [:], "id"), ([], Self.indonesian, "id"),
      (["--lang", "en"], Self.indonesian, "en"),
    ]
    for call in calls {
      let made = try make(call.options, call.variables)
      #expect(made.status == 0, "\(made.err)")
      #expect(try language() == call.language, "\(call)")
      #expect(made.out.contains("Customers read Indonesian") == (call.language == "id"))
      try FileManager.default.removeItem(at: sandbox.url("shop"))
    }
    let wrong = try make(["--lang", "fr"])
    #expect(wrong.status == 2 && wrong.err.contains("give en (English) or id (Indonesian)"))
    #expect(!sandbox.exists("shop"))
  }

  @Test("it is set, logged and undone; letters follow")
  func set() throws {
    _ = try make()
    try sandbox.put("customer,date,amount\nC,2026-06-10,400000\nD,2026-06-30,250000\n", "s.csv")
    try sandbox.put("customer,channel,given,date\nC,post,yes,2026-01-31\n", "c.csv")
    try sandbox.put("customer,name,city\nC,Cahya,Bandung\n", "n.csv")
    for call in [["import", "s.csv", "c.csv", "n.csv"], ["suggest"], ["offers", "approve", "1"]] {
      #expect(try sandbox.run(call).status == 0, "\(call)")
    }
    #expect(
      try sandbox.run(["settings", "language", "id"]).out
        == "Customers read Indonesian from now on.\n")
    let export = ["export", "offers", "--where", "customer = C", "--as", "letters", "--to"]
    #expect(try sandbox.run(export + ["id.txt"]).status == 0)
    #expect(try sandbox.text("id.txt").contains("Terima kasih atas pembelian pertama Anda."))
    for _ in 1...2 { #expect(try sandbox.run(["undo"]).status == 0) }
    #expect(try language() == "en")
    #expect(try sandbox.run(export + ["en.txt"]).status == 0)
    #expect(try sandbox.text("en.txt").contains("Thank you for your first purchase."))
    let log = try sandbox.run(["log"]).out
    #expect(log.contains("set the language of what customers read to Indonesian"))
    #expect(try sandbox.run(["settings", "language", "fr"]).status == 2)
  }

  @Test("a demo speaks to its customers as it was asked to, and is the same everywhere")
  func demo() throws {
    let calls = [["--lang", "id"], []]
    for (index, options) in calls.enumerated() {
      let made = try sandbox.run(
        ["demo", "demo\(index)", "--customers", "60", "--no-open"] + options, Self.indonesian)
      #expect(made.status == 0, "\(made.err)")
      let shown = try sandbox.run(["--store", "demo\(index)", "settings", "--format", "csv"])
      #expect(shown.out.contains("language,\(index == 0 ? "id" : "en")"))
    }
  }
}
