import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// Where the parts of the customers' screen stand, for drawing and for paging alike.
struct CustomersLayout {
  /// Whom the list is narrowed down to; empty when it shows all.
  let scope: Rect
  let filter: Rect
  let table: Rect
  /// The card beside the table; empty when there is no room.
  let card: Rect
  /// The columns that are shown.
  let columns: [CustomerColumn]

  init(_ body: Rect, _ state: CustomersState) {
    let rows = body.split(
      .vertical, [.fixed(state.scope == nil ? 0 : 1), .fixed(state.filter.height), .min(1)])
    (scope, filter) = (rows[0], rows[1])
    let isWide = body.width >= 100
    let parts = rows[2].split(.horizontal, isWide ? [.min(60), .fixed(44)] : [.min(1)])
    table = parts[0]
    card = isWide ? parts[1] : Rect(width: 0, height: 0)
    columns = CustomerColumn.shown(width: parts[0].width).filter { !state.hidden.contains($0) }
  }

  /// Rows of customers that fit.
  var page: Int { max(1, table.height - 3) }
}

extension AppModel {
  /// Draws the list of customers and, where there is room, the card of the selected one.
  func drawCustomers(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let layout = CustomersLayout(rect, customers)
    let marked = programme.marked(customers.marks.count, elsewhere: customers.marksElsewhere)
    let count = programme.count(customers.rows.count, "count.customers")
    let note = [marked, count].compactMap(\.self).joined(separator: ", ")
    frame.draw(
      Pane(title: texts["screen.customers"], note: note, isFocused: true),
      in: layout.table, context)
    frame.draw(
      customerTable(layout, programme, context), in: Pane.inner(of: layout.table), context)
    if !layout.card.isEmpty { drawCardBeside(&frame, layout.card, context) }
    if let scope = customers.scope {
      frame.draw(Label(scope.line(texts), .accent), in: layout.scope.inset(dx: 1, dy: 0), context)
    }
    frame.draw(
      FilterLineView(
        filter: customers.filter, placeholder: texts["filter.placeholder"], texts: texts),
      in: layout.filter, context)
  }

  private func customerTable(
    _ layout: CustomersLayout, _ programme: ProgrammeFacts, _ context: RenderContext
  ) -> Table {
    let columns = layout.columns.map { column($0, layout) }
    let (rows, summaries, marks) = (customers.rows, customers.summaries, customers.marks)
    var table = Table(
      columns: columns, rowCount: rows.count, state: customers.table,
      isFocused: !customers.filter.isOpen, emptyText: emptyText,
      isMarked: { marks.contains(rows[$0]) }
    ) { index in
      guard let summary = summaries[rows[index]] else { return [TableCell("…", .muted)] }
      return layout.columns.map { $0.cell(summary, programme) }
    }
    // A click into the list also counts while the filter is typed.
    table.takesClicks = true
    return table
  }

  private var emptyText: String {
    if let scope = customers.scope, customers.filter.text.isEmpty {
      let isComing = shelf.people(scope.group).isMissing
      return isComing ? texts["figures.coming"] : texts["figures.no-rows"]
    }
    return texts[customers.filter.text.isEmpty ? "customers.empty" : "customers.no-match"]
  }

  private func column(_ column: CustomerColumn, _ layout: CustomersLayout) -> TableColumn {
    let name = column.heading(texts)
    let heading = column == customers.column ? "[\(name)]" : name
    let sort = customers.sort.flatMap { sort -> TableColumn.Sort? in
      sort.key == column.key ? (sort.descending ? .descending : .ascending) : nil
    }
    return TableColumn(
      heading, column.width(in: layout.table.width),
      alignment: column.isNumber ? .trailing : .leading, sort: sort)
  }
}
