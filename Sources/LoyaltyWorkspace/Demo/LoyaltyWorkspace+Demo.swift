package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

/// A programme of invented people.
package enum InventedKind: Sendable {
  /// The demo: known as such for ever, and its rules have suggested offers.
  case demo
  /// People and purchases alone, in what passes for somebody's own programme: to try and measure
  /// the program on.
  case bare

  /// The profile of the import that brought the people in, by which a demo is known.
  fileprivate var profile: String { self == .demo ? Self.demoProfile : "invented" }
  fileprivate static let demoProfile = "demo"
}

extension LoyaltyWorkspace {
  /// Whether the programme is a demo: among its people are invented ones.
  var isDemo: Bool { state.batches.contains { $0.profile == InventedKind.demoProfile } }

  /// Whether nothing was brought in but the demo's own people.
  var isInventedAlone: Bool {
    isDemo && state.batches.allSatisfy { $0.profile == InventedKind.demoProfile }
  }

  private static let demoCurrency = "EUR"
  private static let demoTimeZone = "Europe/Berlin"

  /// Makes a store of invented people; the same number, seed and language give the same bytes.
  ///
  /// A demo has offers that wait: its rules have run once.
  /// It is made in a folder beside its place and moved there when it is whole: a store that stands
  /// at the path is always a finished one. Folders above the path are made where they are missing.
  ///
  /// - Parameters:
  ///   - path: The folder to be; it must be missing or empty.
  ///   - customers: How many people.
  ///   - seed: The seed of the random numbers.
  ///   - language: The language of what they read.
  ///   - environment: The disk, the clock and who works.
  ///   - kind: Whether it is the demo.
  ///   - progress: Is told how far it is; false stops it, and then nothing is left.
  /// - Returns: The demo, open.
  /// - Throws: An error when something stands at the path already or is being made there, or it
  ///   cannot be written.
  package static func createDemo(
    at path: String, customers: Int, seed: UInt64, language: Language = .english,
    environment: WorkspaceEnvironment, kind: InventedKind = .demo,
    progress: @escaping ProgressHandler
  ) throws(WorkspaceError) -> LoyaltyWorkspace {
    var fixed = environment
    // The demo happened at a fixed time under a fixed name, or its journal would differ by run.
    fixed.user = "demo"
    fixed.today = { _ in DemoPopulation.lastDay }
    fixed.now = { Timestamp(seconds: Int64(DemoPopulation.lastDay.number) * 86_400 + 64_800) }
    guard let currency = Currency(code: demoCurrency) else { preconditionFailure("ISO 4217") }
    var folder = UnfinishedFolder(for: path, disk: environment.disk)
    do throws(WorkspaceError) { try folder.prepare() } catch {
      throw hasStore(at: folder.target, environment) ? .demoExists(folder.target) : error
    }
    do {
      let demo = try create(
        at: folder.path, currency: currency, timeZone: demoTimeZone, language: language,
        environment: fixed)
      try demo.addCampaign(customers: customers)
      let activity = environment.texts["job.inventing"]
      let people = DemoPopulation(customers: customers, seed: seed, currency: currency)
      try demo.fill(people, as: kind) { progress(WorkProgress(activity, fraction: $0)) }
      if kind == .demo { _ = try demo.suggest(SuggestOptions(), progress: progress) }
      try folder.finish()
    } catch {
      folder.remove()
      throw error
    }
    return try open(at: folder.target, environment: environment)
  }

  /// Whether a programme stands at a path, as the demo of an earlier day does.
  private static func hasStore(at path: String, _ environment: WorkspaceEnvironment) -> Bool {
    (try? environment.disk.status(path + "/settings/programme.json"))?.map { $0.kind == .file }
      ?? false
  }

  /// The rules of the demo that lead up a cohort belong to a campaign.
  private static let campaignRules = [
    "low-mid.bigger-basket", "low-mid.return", "low-mid.second-category",
    "mid-high.gift-above-basket",
  ]

  /// Makes a campaign with dates and a budget: about what its rules want to spend.
  private func addCampaign(customers: Int) throws(WorkspaceError) {
    let day = DemoPopulation.lastDay
    let campaign = Campaign(
      name: "Summer 2026", from: day - 15, until: day + 62,
      budget: Int64(customers / 250 + 1) * 10 * currency.minorUnitsPerMajor,
      note: "One step up the ladder before the holidays end")
    let before = state.programme
    var after = before
    after.campaigns = [campaign]
    var changes: [Change] = [.settings(from: before, to: after)]
    for (file, reading) in readRules() {
      guard let rule = reading.rule, Self.campaignRules.contains(rule.id),
        let text = ruleText(file)
      else { continue }
      var edit = RuleEdit(text)
      edit.put(["campaign"], json: "\"\(campaign.name)\"")
      changes.append(.rule(file: file, from: text, to: edit.text))
    }
    _ = try commit(changes)
  }

  private func fill(
    _ population: DemoPopulation, as kind: InventedKind, _ progress: (Double) -> Bool
  ) throws(WorkspaceError) {
    do throws(StoreError) {
      let writer = try store.beginImport(source: "demo", profile: kind.profile)
      if let counts = try Self.write(population, to: writer, progress) {
        _ = try writer.commit(counts: counts, at: environment.now())
        return
      }
      writer.cancel()
    } catch {
      throw .store(error)
    }
    throw .cancelled
  }

  /// Writes everybody, and counts; nil when somebody asked to stop.
  private static func write(
    _ population: DemoPopulation, to writer: any ImportWriter, _ progress: (Double) -> Bool
  ) throws(StoreError) -> ImportCounts? {
    var counts = ImportCounts()
    for product in population.products { try writer.add(product) }
    for (index, member) in population.enumerated() {
      if index % 1000 == 0 {
        let share = Double(index) / Double(population.count)
        guard progress(share) else { return nil }
      }
      try writer.add(member.customer)
      counts.newCustomers += 1
      for purchase in member.purchases {
        counts.read += 1
        counts.new += 1
        try writer.add(purchase, row: counts.read)
      }
    }
    return counts
  }
}
