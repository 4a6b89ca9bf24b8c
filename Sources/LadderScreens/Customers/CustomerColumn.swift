import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// A column of the list of customers on the screen.
enum CustomerColumn: String, Sendable, CaseIterable {
  case id, name, stage, cohort, segment, purchaseDays, recencyDays, alive, lifetimeValue
  case value12Months, valueTotal

  /// What sorting by it goes by.
  var key: CustomerSortKey {
    switch self {
    case .id: .id
    case .name: .name
    case .stage: .stage
    case .cohort: .cohort
    case .segment: .segment
    case .purchaseDays: .purchaseDays
    case .recencyDays: .recencyDays
    case .alive: .alive
    case .lifetimeValue: .lifetimeValue
    case .value12Months: .value12Months
    case .valueTotal: .valueTotal
    }
  }

  /// The columns that fit into a width.
  static func shown(width: Int) -> [CustomerColumn] {
    switch width {
    case ..<50: [.name, .stage, .value12Months]
    case ..<64: [.name, .stage, .cohort, .value12Months]
    case ..<70: [.name, .stage, .cohort, .recencyDays, .value12Months]
    case ..<96: [.name, .stage, .cohort, .recencyDays, .alive, .value12Months]
    case ..<120: [.name, .stage, .cohort, .recencyDays, .alive, .lifetimeValue, .value12Months]
    default:
      [
        .id, .name, .stage, .cohort, .segment, .purchaseDays, .recencyDays, .alive,
        .lifetimeValue, .value12Months, .valueTotal,
      ]
    }
  }

  /// The heading.
  func heading(_ texts: Texts) -> String { texts["customers.column.\(name)"] }

  /// Its part of a key of texts.
  private var name: String {
    switch self {
    case .id: "number"
    case .name: "name"
    case .stage: "stage"
    case .cohort: "cohort"
    case .segment: "segment"
    case .purchaseDays: "visits"
    case .recencyDays: "days-ago"
    case .alive: "chance"
    case .lifetimeValue: "next-twelve-months"
    case .value12Months: "twelve-months"
    case .valueTotal: "all-time"
    }
  }

  var isNumber: Bool {
    switch self {
    case .id, .name, .stage, .cohort, .segment: false
    case .purchaseDays, .recencyDays, .alive, .lifetimeValue, .value12Months, .valueTotal: true
    }
  }

  /// Its width in a table of a width.
  func width(in table: Int) -> Constraint {
    switch self {
    case .name: .min(12)
    case .id: .fixed(9)
    case .stage: .fixed(table < 50 ? 8 : 10)
    case .cohort, .purchaseDays, .alive: .fixed(8)
    case .segment: .fixed(19)
    case .recencyDays: .fixed(10)
    case .lifetimeValue, .value12Months, .valueTotal: .fixed(11)
    }
  }

  func cell(_ summary: CustomerSummary, _ programme: ProgrammeFacts) -> TableCell {
    switch self {
    case .id: TableCell(summary.id)
    case .name: TableCell(summary.shownName)
    case .stage:
      TableCell(
        programme.texts.title(summary.stage),
        summary.stage == .atRisk || summary.stage == .lapsed ? .warning : nil)
    case .cohort: TableCell(summary.cohort == .none ? "-" : programme.texts.title(summary.cohort))
    case .segment: TableCell(summary.segment.map { programme.texts.title($0) } ?? "-")
    case .purchaseDays: TableCell(programme.number(summary.purchaseDays))
    case .recencyDays: TableCell(summary.recencyDays.map { programme.number($0) } ?? "-")
    case .alive: TableCell(summary.alive.map { programme.display.percent($0) } ?? "-")
    case .lifetimeValue:
      TableCell(summary.lifetimeValue12Months.map { programme.amount($0) } ?? "-")
    case .value12Months: TableCell(programme.amount(summary.value12Months))
    case .valueTotal: TableCell(programme.amount(summary.valueTotal))
    }
  }
}
