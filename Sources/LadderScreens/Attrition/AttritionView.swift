import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Rows of the list that fit on the screen.
  var attritionPage: Int {
    max(1, AttritionLayout(Chrome(bounds: bounds).body).table.height - 3)
  }

  /// Draws who slips away, how overdue they are, and what may be lost.
  func drawAttrition(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let layout = AttritionLayout(rect)
    frame.draw(
      Pane(
        title: AttritionWords.title(attrition),
        note: slipping.map { AttritionWords.note($0.report, programme) } ?? "", isFocused: true),
      in: layout.table, context)
    let inner = Pane.inner(of: layout.table)
    guard let report = slipping?.report else {
      return drawPending(shelf[attrition.query].failure, &frame, inner, context)
    }
    frame.draw(attritionTable(report, programme, layout), in: inner, context)
    drawAttritionWords(report, programme, &frame, layout.words, context)
  }

  private func attritionTable(
    _ report: AttritionReport, _ programme: ProgrammeFacts, _ layout: AttritionLayout
  ) -> Table {
    let columns = AttritionColumn.shown(width: layout.table.width, isTrusted: report.model != nil)
    return Table(
      columns: columns.map(\.column), rowCount: report.rows.count, state: attrition.table,
      emptyText: AttritionWords.nobody(report.cohort)
    ) { index in
      let row = report.rows[index]
      return columns.map { $0.cell(row, programme) }
    }
  }

  private func drawAttritionWords(
    _ report: AttritionReport, _ programme: ProgrammeFacts, _ frame: inout Frame, _ rect: Rect,
    _ context: RenderContext
  ) {
    guard rect.height > 0 else { return }
    var lines = CardLines(width: rect.width - 2)
    if report.rows.indices.contains(attrition.table.selected) {
      lines.text(AttritionWords.sentence(report.rows[attrition.table.selected], programme))
    }
    for note in report.notes {
      lines.text(note, report.model == nil ? .warning : .muted, first: "- ")
    }
    frame.draw(
      CardLinesView(lines: lines, skipping: 0), in: rect.inset(dx: 1, dy: 0), context)
  }
}

/// Where the parts of the screen stand.
struct AttritionLayout {
  let table: Rect
  let words: Rect

  init(_ body: Rect) {
    let words = body.height >= 30 ? 6 : body.height >= 18 ? 5 : 0
    let parts = body.split(.vertical, [.min(4), .fixed(words)])
    (table, self.words) = (parts[0], parts[1])
  }
}

/// The columns of the list of those who slip away.
enum AttritionColumn {
  case name, branch, daysAgo, gap, overdue, chance, atRisk, value

  static func shown(width: Int, isTrusted: Bool) -> [AttritionColumn] {
    let money: [AttritionColumn] = isTrusted ? [.atRisk] : [.value]
    switch width {
    case ..<50: return [.name, .overdue] + money
    case ..<72: return [.name, .daysAgo, .overdue] + money
    case ..<100:
      return [.name, .daysAgo, .gap, .overdue, .chance] + money + (isTrusted ? [.value] : [])
    default:
      return [.name, .branch, .daysAgo, .gap, .overdue, .chance]
        + money + (isTrusted ? [.value] : [])
    }
  }

  var column: TableColumn {
    switch self {
    case .name: TableColumn("Name", .min(12))
    case .branch: TableColumn("Branch", .fixed(14))
    case .daysAgo: TableColumn("Days ago", .fixed(8), alignment: .trailing)
    case .gap: TableColumn("Usually", .fixed(8), alignment: .trailing)
    case .overdue: TableColumn("Overdue", .fixed(8), alignment: .trailing)
    case .chance: TableColumn("Chance", .fixed(7), alignment: .trailing)
    case .atRisk: TableColumn("May lose", .fixed(11), alignment: .trailing)
    case .value: TableColumn("12 months", .fixed(11), alignment: .trailing)
    }
  }

  func cell(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> TableCell {
    switch self {
    case .name: TableCell(row.name.isEmpty ? row.id : row.name)
    case .branch: TableCell(row.branch)
    case .daysAgo: TableCell(programme.number(row.daysSince))
    case .gap: TableCell(AttritionWords.gap(row, programme))
    case .overdue: TableCell(AttritionWords.times(row, programme), .warning)
    case .chance: TableCell(row.alive.map { programme.display.percent($0) } ?? "-")
    case .atRisk: TableCell(row.valueAtRisk.map { programme.amount($0) } ?? "-", .accent)
    case .value: TableCell(programme.amount(row.value12Months))
    }
  }
}

/// The words of the screen of those who slip away.
enum AttritionWords {
  static let noBranches = "No branches are known."
  static let sinceTitle = "Who is new since when?"
  static let sinceMessage = "Only those who became overdue after that day."
  static let everybody = "everybody"
  static let otherDay = "another day"
  static let branchTitle = "Which branch?"
  static let branchMessage = "Only the customers of that branch."
  static let allBranches = "all branches"

  static func since(_ day: Day) -> String { "new since \(day)" }

  static func title(_ state: AttritionState) -> String {
    let narrowed = [state.branch, state.since.map { since($0) }].compactMap(\.self)
    return (["\(state.cohort.title) value"] + narrowed)
      .joined(separator: ", ")
  }

  static func note(_ report: AttritionReport, _ programme: ProgrammeFacts) -> String {
    let people = programme.count(report.rows.count, "customer", "customers")
    return report.valueAtRisk.map { "\(people), \(programme.money($0)) a year" } ?? people
  }

  static func nobody(_ cohort: ValueCohort) -> String {
    " Nobody of \(cohort.title.lowercased()) value is overdue."
  }

  /// The rhythm they are measured by; in brackets when it is the common one.
  static func gap(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> String {
    let days = programme.number(Int(row.gapDays.rounded())) + " d"
    return row.isOwnGap ? days : "(\(days))"
  }

  /// How many of their usual gaps have passed.
  static func times(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> String {
    let tenths = Int((10 * Double(row.daysSince) / max(1, row.gapDays)).rounded())
    let (whole, rest) = tenths.quotientAndRemainder(dividingBy: 10)
    return "\(programme.number(whole))\(programme.display.decimalSeparator)\(rest) x"
  }

  static func sentence(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> String {
    let gap = programme.number(Int(row.gapDays.rounded()))
    let rhythm =
      row.isOwnGap ? "usually every \(gap) days" : "the common gap is \(gap) days, no own one yet"
    var text = """
      Bought \(programme.number(row.daysSince)) days ago, \(rhythm): overdue since \
      \(row.overdueSince).
      """
    if let alive = row.alive, let risk = row.valueAtRisk, let given = row.valueGivenAlive {
      text += """
         Chance of still being a customer \(programme.display.percent(alive)); yearly sales we \
        may lose \(programme.money(risk)) of \(programme.money(given)).
        """
    }
    return text
  }
}
