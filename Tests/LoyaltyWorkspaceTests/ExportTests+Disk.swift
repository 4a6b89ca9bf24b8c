import LoyaltyModel
import LoyaltyStore
import Testing

@testable import LoyaltyWorkspace

/// Lists on a disk that fails or is full.
extension ExportTests {
  @Test("a disk that fails at any moment leaves no half file, and no offer is exported without one")
  func failingDisk() throws {
    let base = disk.killed()
    let whole = try Self.open(base.killed())
    var (operation, failed) = (0, 0)
    while true {
      operation += 1
      let failing = base.killed()
      let workspace = try Self.open(failing)
      failing.fail(at: operation)
      let report = try? workspace.exportOffers(ExportOptions(file: "/disk/o.csv", format: .csv))
      let isDone = failing.operations < operation
      failing.mend()
      let found = failing.killed()
      let exported = try Self.open(found).ids("state = exported").count
      let isThere = found.files.contains("/disk/o.csv")
      #expect(exported == 0 || exported == 4, "at operation \(operation)")
      #expect(isThere == (exported == 4), "at operation \(operation)")
      if report != nil { #expect(isThere, "at operation \(operation)") }
      if isThere {
        #expect(try found.text("/disk/o.csv").hasSuffix("usually 90 days.,exported,,\r\n"))
      }
      #expect(found.files.filter { $0.hasPrefix("/disk/o.") }.count == (isThere ? 1 : 0))
      if report == nil { failed += 1 }
      if isDone { break }
    }
    #expect(failed > 4)
    #expect(try whole.ids("state = approved").count == 4)
  }

  @Test("a list that is replaced is back as it was when the new one is not recorded")
  func failingToReplace() throws {
    let base = disk.killed()
    base.put("/disk/o.csv", Array("mine".utf8))
    var options = ExportOptions(file: "/disk/o.csv", format: .csv)
    options.overwrites = true
    var (operation, failed) = (0, 0)
    while true {
      operation += 1
      let failing = base.killed()
      let workspace = try Self.open(failing)
      failing.fail(at: operation)
      let report = try? workspace.exportOffers(options)
      let isDone = failing.operations < operation
      failing.mend()
      let found = failing.killed()
      let exported = try Self.open(found).ids("state = exported").count
      let text = try found.text("/disk/o.csv")
      #expect(exported == 0 ? text == "mine" : text.hasPrefix("offer,"), "at \(operation)")
      #expect(exported == 0 || exported == 4, "at operation \(operation)")
      if report != nil { #expect(exported == 4, "at operation \(operation)") }
      if report == nil {
        failed += 1
        #expect(found.files.filter { $0.hasPrefix("/disk/o.") } == ["/disk/o.csv"])
      }
      if isDone { break }
    }
    #expect(failed > 4)
  }

  @Test("a full disk is told, and nothing is changed")
  func full() throws {
    disk.limitSpace(100)
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.exportOffers(ExportOptions(file: "/disk/o.csv", format: .csv))
    }
    #expect(
      error?.message(.english).hasSuffix(
        "the disk is full; nothing was written. Make room and try again.")
        == true, "\(error?.message(.english) ?? "")")
    disk.limitSpace(.max)
    #expect(!disk.files.contains { $0.hasPrefix("/disk/o.csv") })
    #expect(try workspace.ids("state = approved").count == 4)
  }
}
