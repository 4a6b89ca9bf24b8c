import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace
import Testing
import TerminalKit

/// Screens over sales from which little can be learnt: a sentence, and never a senseless number.
@Suite struct DegenerateScreenTests {
  /// Sales as a file, and what the stages' screen says of them.
  struct Shop: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rows: [String]
    let sentence: String?
  }

  private static func each(_ customers: Int, _ days: [Int], _ amount: String) -> [String] {
    (1...customers).flatMap { customer in
      days.map { "C\(customer),2026-0\(1 + $0 / 28)-\(10 + $0 % 28 / 2),\(amount)" }
    }
  }

  static let shops = [
    Shop(testDescription: "nobody", rows: [], sentence: nil),
    Shop(
      testDescription: "one customer", rows: each(1, [0, 30, 60], "5.00"),
      sentence: "only 1 bought on a second day"),
    Shop(
      testDescription: "one-time buyers", rows: each(40, [4], "5.00"),
      sentence: "cannot be fitted"),
    Shop(
      testDescription: "identical customers", rows: each(40, [0, 30, 60], "5.00"),
      sentence: "the very same"),
    Shop(
      testDescription: "refunds alone", rows: each(40, [4], "-5.00"), sentence: nil),
    Shop(
      testDescription: "amounts of zero", rows: each(40, [0, 8, 60], "0.00"),
      sentence: "cannot be fitted"),
  ]

  /// Every screen that shows a figure, and the ways to all its parts.
  private static let walk = [
    ["1"], ["1", "right", "h"], ["2"], ["2", "h"], ["3"], ["3", "right"], ["3", "right", "enter"],
    ["4"], ["4", "h"], ["4", "right", "enter"], ["5"], ["5", "t"], ["5", "t", "right", "enter"],
    ["5", "t", "t"], ["5", "T"], ["5", "T", "right", "right"], ["5", "T", "enter"],
    ["5", "T", "h"],
    ["6", "h"], ["W"], ["W", "t"], ["W", "h"],
  ]

  private func open(_ shop: Shop) throws -> LoyaltyWorkspace {
    let disk = MemoryDisk()
    let environment = SmallProgramme.environment(disk, "anna")
    let currency = try #require(Currency(code: "EUR"))
    let workspace = try LoyaltyWorkspace.create(
      at: SmallProgramme.path, currency: currency, timeZone: "Europe/Berlin",
      environment: environment)
    guard !shop.rows.isEmpty else { return workspace }
    let text = "customer,date,amount\n" + shop.rows.joined(separator: "\n") + "\n"
    disk.put("/disk/sales.csv", Array(text.utf8))
    _ = try workspace.importFile("/disk/sales.csv", ImportRequest()) { _ in true }
    return workspace
  }

  @Test(arguments: shops, [Size(width: 80, height: 24), Size(width: 40, height: 12)])
  func showsNothingSenseless(_ shop: Shop, at size: Size) throws {
    let workspace = try open(shop)
    for keys in Self.walk {
      let session = Session(
        .programme(workspace), workspace, width: size.width, height: size.height)
      keys.forEach { session.press($0) }
      let senseless = session.screen.contains(
        /(?i)(^|[^\p{L}_])[-+]?(nan|inf|infinity)([^\p{L}_]|$)/)
      #expect(!senseless, "\(keys): \(session.screen)")
      #expect(!session.screen.contains("Computing"), "\(keys): \(session.screen)")
    }
  }

  @Test(arguments: shops.filter { $0.sentence != nil })
  func saysWhatCannotBeEstimated(_ shop: Shop) throws {
    let sentence = try #require(shop.sentence)
    let workspace = try open(shop)
    let session = Session(.programme(workspace), workspace, width: 120, height: 40)
    for keys in [["4"], ["W"], ["3", "right", "h"]] {
      keys.forEach { session.press($0) }
      let text = session.lines.joined(separator: " ")
      #expect(text.contains(sentence), "\(keys): \(session.screen)")
      session.press("esc")
    }
    session.press("3")
    #expect(session.screen.contains("unknown"))
  }
}
