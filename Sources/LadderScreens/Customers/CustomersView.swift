import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Where the parts of the customers' screen stand, for drawing and for paging alike.
struct CustomersLayout {
  let filter: Rect
  let table: Rect
  /// The card beside the table; empty when there is no room.
  let card: Rect
  /// The columns that are shown.
  let keys: [CustomerSortKey]

  init(_ body: Rect, _ state: CustomersState) {
    let rows = body.split(.vertical, [.fixed(state.filter.height), .min(1)])
    filter = rows[0]
    let isWide = body.width >= 100
    let parts = rows[1].split(.horizontal, isWide ? [.min(60), .fixed(44)] : [.min(1)])
    table = parts[0]
    card = isWide ? parts[1] : Rect(width: 0, height: 0)
    keys = Self.keys(width: parts[0].width)
  }

  /// Rows of customers that fit.
  var page: Int { max(1, table.height - 3) }

  private static func keys(width: Int) -> [CustomerSortKey] {
    switch width {
    case ..<50: [.name, .stage, .value12Months]
    case ..<70: [.name, .stage, .cohort, .recencyDays, .value12Months]
    case ..<100: [.name, .stage, .cohort, .purchaseDays, .recencyDays, .value12Months]
    default:
      [
        .id, .name, .stage, .cohort, .segment, .purchaseDays, .recencyDays, .value12Months,
        .valueTotal,
      ]
    }
  }
}

extension AppModel {
  /// Draws the list of customers and, where there is room, the card of the selected one.
  func drawCustomers(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let layout = CustomersLayout(rect, customers)
    let marks = programme.number(customers.marks.count)
    let marked = customers.marks.isEmpty ? "" : texts("list.marked", ["n": marks]) + ", "
    let count = programme.count(customers.rows.count, "count.customers")
    frame.draw(
      Pane(title: texts["screen.customers"], note: marked + count, isFocused: true),
      in: layout.table, context)
    frame.draw(
      customerTable(layout, programme, context), in: Pane.inner(of: layout.table), context)
    if !layout.card.isEmpty { drawCardBeside(&frame, layout.card, context) }
    frame.draw(
      FilterLineView(filter: customers.filter, placeholder: texts["filter.placeholder"]),
      in: layout.filter, context)
  }

  private func customerTable(
    _ layout: CustomersLayout, _ programme: ProgrammeFacts, _ context: RenderContext
  ) -> Table {
    let columns = layout.keys.map { column($0, layout) }
    let (rows, summaries, marks) = (customers.rows, customers.summaries, customers.marks)
    return Table(
      columns: columns, rowCount: rows.count, state: customers.table,
      isFocused: !customers.filter.isOpen,
      emptyText: " "
        + texts[customers.filter.text.isEmpty ? "customers.empty" : "customers.no-match"],
      isMarked: { marks.contains(rows[$0]) }
    ) { index in
      guard let summary = summaries[rows[index]] else { return [TableCell("…", .muted)] }
      return layout.keys.map { Self.cell($0, summary, programme) }
    }
  }

  private func column(_ key: CustomerSortKey, _ layout: CustomersLayout) -> TableColumn {
    let name = key.heading(texts)
    let heading = key == customers.column ? "[\(name)]" : name
    let isNumber = [.purchaseDays, .recencyDays, .value12Months, .valueTotal].contains(key)
    let width: Constraint =
      switch key {
      case .name: .min(12)
      case .id: .fixed(9)
      case .stage: .fixed(layout.table.width < 50 ? 8 : 10)
      case .cohort: .fixed(8)
      case .segment: .fixed(19)
      case .purchaseDays: .fixed(8)
      case .recencyDays: .fixed(10)
      case .value12Months, .valueTotal: .fixed(11)
      }
    let sort = customers.sort.flatMap { sort -> TableColumn.Sort? in
      sort.key == key ? (sort.descending ? .descending : .ascending) : nil
    }
    return TableColumn(
      heading, width, alignment: isNumber ? .trailing : .leading, sort: sort)
  }

  private static func cell(
    _ key: CustomerSortKey, _ summary: CustomerSummary, _ programme: ProgrammeFacts
  ) -> TableCell {
    switch key {
    case .id: TableCell(summary.id)
    case .name: TableCell(summary.shownName)
    case .stage:
      TableCell(
        programme.texts.title(summary.stage),
        summary.stage == .atRisk || summary.stage == .lapsed ? .warning : nil)
    case .cohort:
      TableCell(summary.cohort == .none ? "-" : programme.texts.title(summary.cohort))
    case .segment: TableCell(summary.segment.map { programme.texts.title($0) } ?? "-")
    case .purchaseDays: TableCell(programme.number(summary.purchaseDays))
    case .recencyDays: TableCell(summary.recencyDays.map { programme.number($0) } ?? "-")
    case .value12Months: TableCell(programme.amount(summary.value12Months))
    case .valueTotal: TableCell(programme.amount(summary.valueTotal))
    }
  }
}
