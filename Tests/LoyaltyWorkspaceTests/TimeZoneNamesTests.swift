import LoyaltyWorkspace
import Testing

@Suite("Names of time zones")
struct TimeZoneNamesTests {
  @Test(
    "the one that was meant is the one whose town is named, else the nearest",
    arguments: [
      ("Etc/UTCBerlin", "Europe/Berlin"), ("berlin", "Europe/Berlin"),
      ("Europe/Berln", "Europe/Berlin"), ("Jakrata", "Asia/Jakarta"),
      ("new york", "America/New_York"),
      ("America/Salta", "America/Argentina/Salta"), ("", nil), ("Atlantis/Deep", nil),
    ] as [(String, String?)])
  func meant(written: String, name: String?) {
    let names = [
      "Asia/Jakarta", "Europe/Berlin", "America/New_York", "America/Argentina/Salta", "Europe/Rome",
    ]
    let zones = TimeZoneNames(names) { names.contains($0) }
    #expect(zones.meant(by: written) == name)
    #expect(zones.contains("Asia/Jakarta") && !zones.contains(written))
  }
}
