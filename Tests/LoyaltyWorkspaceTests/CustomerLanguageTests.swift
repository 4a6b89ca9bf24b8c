import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// A shop in Jakarta whose customers read Indonesian, whatever its staff read.
@Suite("The language of what customers read")
struct CustomerLanguageTests {
  let disk = MemoryDisk()
  let workspace: LoyaltyWorkspace

  init() throws {
    let made = try LoyaltyWorkspace.create(
      at: Shop.path, currency: try #require(Currency(code: "IDR")), timeZone: "Asia/Jakarta",
      language: .indonesian, environment: Shop.environment(disk))
    let sales = "customer,date,receipt,amount\nC,2026-06-10,7,400000\nD,2026-06-30,8,250000\n"
    _ = try made.take(sales, as: "sales.csv", on: disk)
    _ = try made.take("customer,name,city\nC,Cahya,Bandung\n", as: "n.csv", on: disk)
    _ = try made.take(
      "customer,channel,given,date\nC,post,yes,2026-01-31\n", as: "c.csv", on: disk)
    workspace = try ExportTests.open(disk)
    try workspace.suggest()
  }

  private func offer() throws -> Offer {
    try #require(try workspace.offers(matching: "customer = C").first)
  }

  private func message(_ workspace: LoyaltyWorkspace) throws -> String {
    try workspace.offerCard(try offer().id).message.joined(separator: "\n")
  }

  static let text = """
    Yth. Bapak/Ibu Cahya,

    Terima kasih atas pembelian pertama Anda. Datanglah kembali paling lambat 21 Jul 2026 dan \
    nikmati potongan 10% untuk belanja minimal Rp 400.000.

    Kami menantikan kunjungan Anda berikutnya.
    """

  @Test("a programme made in Indonesian writes Indonesian letters, days and amounts alike")
  func letter() throws {
    let offer = try offer()
    try #require(offer.channel == .post)
    _ = try workspace.decide([offer.id], .approve)
    #expect(try message(workspace) == Self.text)
    let options = ExportOptions(file: "/disk/letters.txt", format: .letters)
    let preview = try workspace.previewExport(options, rows: 5)
    _ = try workspace.exportOffers(options)
    let letter = try disk.text("/disk/letters.txt")
    #expect(
      letter == """
        Cahya
        Bandung

        10 Jul 2026

        \(Self.text)

        Kode Anda: \(OfferCode(offer).text)

        """)
    #expect(preview.rows.first?.last == letter, "the preview is of the very file")
  }

  @Test("a list to be merged says in Indonesian what is said in words; its names stay")
  func list() throws {
    _ = try workspace.decide([try offer().id], .approve)
    _ = try workspace.exportOffers(ExportOptions(file: "/disk/list.csv", format: .csv))
    let text = try disk.text("/disk/list.csv")
    #expect(text.hasPrefix("offer,customer,name,"))
    #expect(text.contains(",Baru: pembelian kedua,\"Yth. Bapak/Ibu Cahya,"))
    #expect(text.contains(",Membeli sekali, ") || text.contains("\"Membeli sekali, "))
    #expect(text.contains(",new.second-purchase,"), "names that programs read stay as they are")
  }

  @Test("it does not depend on who looks, and what somebody wrote by hand stays")
  func eyes() throws {
    let english = Shop.environment(disk).speaking(.english)
    let other = try LoyaltyWorkspace.open(at: Shop.path, environment: english)
    #expect(try message(other) == Self.text)
    #expect(other.language == .indonesian)
    var draft = OfferDraft()
    draft.text = "Halo {{name}}, sampai {{valid_until}}!"
    _ = try workspace.edit(try offer().id, draft)
    _ = try workspace.setLanguage(.english)
    #expect(try message(workspace) == "Halo Cahya, sampai 21 Jul 2026!")
  }

  @Test("it is changed, told in the log, taken back and done again, and kept on the disk")
  func change() throws {
    let receipt = try workspace.setLanguage(.english)
    #expect(receipt.text == "Customers read English from now on." && receipt.events.count == 1)
    #expect(try message(workspace).hasPrefix("Dear Cahya,\n\nThank you for your first purchase."))
    #expect(
      try workspace.log(limit: 1).map(\.text)
        == ["set the language of what customers read to English"])
    #expect(try ExportTests.open(disk).language == .english)
    // Set once more, it is no change.
    #expect(try workspace.setLanguage(.english).events.isEmpty)
    _ = try workspace.undo()
    #expect(try ExportTests.open(disk).language == .indonesian)
    #expect(try message(workspace) == Self.text)
    _ = try workspace.redo()
    #expect(workspace.language == .english)
  }

  @Test("an undo leaves alone what a colleague set since")
  func beside() throws {
    let ben = try Shop.open(disk, user: "ben")
    _ = try workspace.setLanguage(.english)
    _ = try ben.refresh()
    _ = try ben.saveSegment("new ones", filter: "stage = new")
    _ = try workspace.refresh()
    _ = try workspace.undo()
    #expect(workspace.language == .indonesian && workspace.segments.count == 1)
  }

  @Test("an English programme's files name no language, as those of before")
  func english() throws {
    let disk = try Shop.empty()
    #expect(try Shop.open(disk).language == .english)
    #expect(try !disk.text(Shop.path + "/settings/programme.json").contains("language"))
    #expect(
      try self.disk.text(Shop.path + "/settings/programme.json").contains("\"language\": \"id\""))
  }
}
