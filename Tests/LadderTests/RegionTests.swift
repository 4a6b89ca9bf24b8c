import Testing

/// What a programme is offered to be counted in, where nobody says.
@Suite("The region's currency and time zone") struct RegionTests {
  /// The currencies after ISO 4217, by the regions of ISO 3166.
  @Test(arguments: [
    (["LANG": "id_ID.UTF-8"], "IDR"), (["LANG": "en_US.UTF-8"], "USD"), (["LANG": "en_GB"], "GBP"),
    (["LANG": "de_CH.UTF-8@variant"], "CHF"), (["LANG": "de_AT.UTF-8"], "EUR"),
    (["LANG": "bg_BG.UTF-8"], "EUR"), (["LANG": "uz_Latn_UZ"], "UZS"),
    (["LANG": "en_US.UTF-8", "LC_MONETARY": "ja_JP.UTF-8"], "JPY"),
    (["LANG": "en_US.UTF-8", "LC_MONETARY": "ja_JP.UTF-8", "LC_ALL": "pl_PL.UTF-8"], "PLN"),
    (["LANG": "en_US.UTF-8", "LC_ALL": ""], "USD"),
    // No region, or none that has a currency.
    (["LANG": "C.UTF-8"], "EUR"), (["LANG": "POSIX"], "EUR"), (["LANG": ""], "EUR"),
    (["LANG": "id"], "EUR"), (["LANG": "en_ZZ.UTF-8"], "EUR"), (["LANG": "en_150"], "EUR"),
  ])
  func currency(variables: [String: String], code: String) throws {
    let sandbox = try Sandbox()
    let refused = try sandbox.run(["init", "shop"], variables)
    #expect(refused.status == 2 && !sandbox.exists("shop"))
    #expect(
      refused.err.contains("ladder init shop --currency \(code) --time-zone "), "\(refused.err)")
  }

  @Test func whatWasSaidIsKept() throws {
    let sandbox = try Sandbox()
    let variables = ["LANG": "id_ID.UTF-8", "TZ": "Asia/Jakarta"]
    let zone = try sandbox.run(["init", "--store", "shop", "--currency", "EUR"], variables)
    #expect(
      zone.err.contains("ladder init --store shop --currency EUR --time-zone Asia/Jakarta"),
      "\(zone.err)")
    let money = try sandbox.run(["init", "shop", "--time-zone", "Asia/Tokyo"], variables)
    #expect(money.err.contains("ladder init shop --currency IDR --time-zone Asia/Tokyo"))
    // What is proposed can be taken as it stands.
    try sandbox.done("init", "shop", "--currency", "IDR", "--time-zone", "Asia/Jakarta")
  }
}
