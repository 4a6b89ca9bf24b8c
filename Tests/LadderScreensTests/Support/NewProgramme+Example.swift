import LadderScreens
import LoyaltyModel
import LoyaltyStore
import LoyaltyWorkspace

extension NewProgramme {
  /// A programme to be made on a disk in memory.
  static func example(
    on disk: MemoryDisk = MemoryDisk(), customers: Int = 60, language: Language = .english
  ) -> NewProgramme {
    let zones = ["Europe/Berlin", "Asia/Jakarta"]
    return NewProgramme(
      path: SmallProgramme.path, demoPath: "/disk/demo", currency: "EUR", timeZone: "Europe/Berlin",
      demoCustomers: customers,
      environment: SmallProgramme.environment(disk, "anna").speaking(language),
      timeZones: TimeZoneNames(zones) { zones.contains($0) })
  }
}
