import Foundation
import LoyaltyModel
import LoyaltyStore
import TestSupport
import Testing

@testable import LoyaltyWorkspace

/// UCI Online Retail from its packed file: invoice lines, cancellations and anonymous sales.
@Suite("Online Retail, end to end")
struct FiguresOnlineRetailTests {
  @Test(
    "dropout is not identified: it is said, and stages go by the rhythm",
    .enabled(if: SharedData.isPresent, "\(SharedData.reason)"))
  func importedToStages() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ladder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("online_retail.csv")
    try unpack(SharedData.url("online_retail/online_retail.csv.gz"), to: file)
    let environment = WorkspaceEnvironment(
      disk: SystemDisk(), user: "anna", now: { Shop.now }, today: { _ in Shop.today })
    let workspace = try LoyaltyWorkspace.create(
      at: folder.appendingPathComponent("store").path,
      currency: try #require(Currency(code: "GBP")), timeZone: "Europe/London",
      environment: environment)
    let report = try workspace.importFile(file.path, ImportRequest(), progress: { _ in true })
    #expect(report.profile == "online-retail" && report.counts.read == 541_909)

    let model = try workspace.model()
    #expect(model.mbgNBD == nil && !model.isTrusted(.mbgNBD))
    #expect(model.warnings.contains { $0.contains("dropout is not identified") })
    #expect(
      model.warnings.contains(
        "Stages go by each customer's rhythm alone; P(alive) and CLV are unknown."))
    #expect(try workspace.stages().reduce(0) { $0 + $1.count } == report.customers)
    #expect(try workspace.customers(matching: "p_alive >= 0").isEmpty)
    // The curve is that of buyers; with those who only gave back it adds up to the cohorts.
    let pareto = try workspace.pareto(value: .lifetime)
    let cohorts = try workspace.cohorts(value: .lifetime).reduce(0) { $0 + $1.value }
    // 8,300,065.81 is the sum of quantity times price over all lines of the file with a customer.
    #expect((pareto.value, cohorts) == (831_114_141, 830_006_581))
    #expect(pareto.value + pareto.othersValue == cohorts)
    #expect(workspace.sum(of: pareto)?.contains("less 11,075.60") == true)
    let attrition = try workspace.attrition()
    #expect(attrition.model == nil && !attrition.rows.isEmpty)
    let products = try workspace.products(by: .product)
    #expect(products.rows.count > 3_000)
    #expect(products.value == (try workspace.customerValue()))
  }

  private func unpack(_ packed: URL, to file: URL) throws {
    #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", packed.path]
    process.standardOutput = try FileHandle(forWritingTo: file)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
