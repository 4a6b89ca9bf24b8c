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
        title: texts.title(attrition, slipping?.report, programme),
        note: slipping.map { texts.note($0.report, programme) } ?? "",
        isFocused: true),
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
      columns: columns.map { $0.column(texts) }, rowCount: report.rows.count,
      state: attrition.table,
      emptyText: texts.nobody(report.cohort)
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
      lines.text(texts.sentence(report.rows[attrition.table.selected], programme))
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
  case name, branch, stage, daysAgo, gap, overdue, chance, atRisk, value

  static func shown(width: Int, isTrusted: Bool) -> [AttritionColumn] {
    let money: [AttritionColumn] = isTrusted ? [.atRisk] : [.value]
    switch width {
    case ..<50: return [.name, .overdue] + money
    case ..<72: return [.name, .daysAgo, .overdue] + money
    case ..<100:
      return [.name, .daysAgo, .gap, .overdue, .chance] + money + (isTrusted ? [.value] : [])
    default:
      return [.name, .branch, .stage, .daysAgo, .gap, .overdue, .chance]
        + money + (isTrusted ? [.value] : [])
    }
  }

  func column(_ texts: Texts) -> TableColumn {
    switch self {
    case .name: TableColumn(texts["attrition.name"], .min(12))
    case .branch: TableColumn(texts["attrition.branch"], .fixed(12))
    case .stage: TableColumn(texts["customers.column.stage"], .fixed(9))
    case .daysAgo: TableColumn(texts["attrition.days-ago"], .fixed(8), alignment: .trailing)
    case .gap: TableColumn(texts["attrition.gap"], .fixed(8), alignment: .trailing)
    case .overdue: TableColumn(texts["attrition.overdue"], .fixed(8), alignment: .trailing)
    case .chance: TableColumn(texts["attrition.chance"], .fixed(7), alignment: .trailing)
    case .atRisk: TableColumn(texts["attrition.may-lose"], .fixed(11), alignment: .trailing)
    case .value: TableColumn(texts["attrition.value"], .fixed(11), alignment: .trailing)
    }
  }

  func cell(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> TableCell {
    switch self {
    case .name: TableCell(row.name.isEmpty ? row.id : row.name)
    case .branch: TableCell(row.branch)
    case .stage: TableCell(programme.texts.title(row.stage))
    case .daysAgo: TableCell(programme.number(row.daysSince))
    case .gap: TableCell(programme.texts.gap(row, programme))
    case .overdue: TableCell(programme.texts.times(row, programme), .warning)
    case .chance: TableCell(row.alive.map { programme.display.percent($0) } ?? "-")
    case .atRisk: TableCell(row.valueAtRisk.map { programme.amount($0) } ?? "-", .accent)
    case .value: TableCell(programme.amount(row.value12Months))
    }
  }
}

/// The words of the screen of those who slip away.
extension Texts {
  func since(_ day: Day) -> String { self("attrition.since", ["day": self.day(day)]) }

  /// Who is listed; how many of them have lapsed already is never left out.
  func title(
    _ state: AttritionState, _ report: AttritionReport?, _ programme: ProgrammeFacts
  ) -> String {
    let lapsed = report?.rows.count { $0.stage == .lapsed } ?? 0
    let narrowed = [
      lapsed == 0 ? nil : self("attrition.lapsed", ["n": programme.number(lapsed)]), state.branch,
      state.since.map { self.since($0) },
    ].compactMap(\.self)
    let title = self("attrition.title", ["cohort": self.title(state.cohort)])
    return ([title] + narrowed).joined(separator: ", ")
  }

  func note(_ report: AttritionReport, _ programme: ProgrammeFacts) -> String {
    let count = report.rows.count
    let people = self("attrition.people", count: count, ["n": programme.number(count)])
    return report.valueAtRisk.map {
      self("attrition.note", ["people": people, "amount": programme.money($0)])
    } ?? people
  }

  func nobody(_ cohort: ValueCohort) -> String {
    self("attrition.nobody", ["cohort": self.title(cohort).lowercased()])
  }

  /// The rhythm they are measured by; in brackets when it is the common one.
  func gap(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> String {
    let days = self("attrition.days", ["n": programme.number(Int(row.gapDays.rounded()))])
    return row.isOwnGap ? days : "(\(days))"
  }

  /// How many of their usual gaps have passed.
  func times(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> String {
    let tenths = Int((10 * Double(row.daysSince) / max(1, row.gapDays)).rounded())
    let (whole, rest) = tenths.quotientAndRemainder(dividingBy: 10)
    return "\(programme.number(whole))\(programme.display.decimalSeparator)\(rest) x"
  }

  func sentence(_ row: AttritionReport.Row, _ programme: ProgrammeFacts) -> String {
    let wording = Wording(self, programme.display)
    let overdue =
      title(row.stage) + ". "
      + self(
        row.isOwnGap ? "attrition.overdue.own" : "attrition.overdue.common",
        [
          "ago": wording.ago(row.daysSince), "gap": wording.days(Int(row.gapDays.rounded())),
          "day": self.day(row.overdueSince),
        ])
    guard let alive = row.alive, let risk = row.valueAtRisk, let given = row.valueGivenAlive else {
      return overdue
    }
    let risks = self(
      "attrition.risk",
      [
        "chance": programme.display.percent(alive), "risk": programme.money(risk),
        "value": programme.money(given),
      ])
    return overdue + " " + risks
  }
}
