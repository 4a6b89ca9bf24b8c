import LadderScreens
import LoyaltyStore
import LoyaltyWorkspace

extension NewProgramme {
  /// A programme to be made on a disk in memory.
  static func example(on disk: MemoryDisk = MemoryDisk(), customers: Int = 60) -> NewProgramme {
    NewProgramme(
      path: SmallProgramme.path, currency: "EUR", timeZone: "Europe/Berlin",
      demoCustomers: customers, environment: SmallProgramme.environment(disk, "anna"),
      isTimeZone: { ["Europe/Berlin", "Asia/Jakarta"].contains($0) })
  }
}
