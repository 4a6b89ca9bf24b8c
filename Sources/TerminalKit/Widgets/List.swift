/// A table of one column without a heading.
package struct List: Widget {
  /// How many items there are.
  package var count: Int
  /// An item, asked only when it is on the screen.
  package var item: @Sendable (Int) -> TableCell
  /// Where the reader is.
  package var state: TableState
  /// Whether the keyboard is in it.
  package var isFocused: Bool
  /// What is said when there is no item.
  package var emptyText: String

  /// A list.
  package init(
    count: Int, state: TableState, isFocused: Bool = true, emptyText: String = "",
    item: @escaping @Sendable (Int) -> TableCell
  ) {
    self.count = count
    self.item = item
    self.state = state
    self.isFocused = isFocused
    self.emptyText = emptyText
  }

  package func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let table = Table(
      columns: [TableColumn("", .min(1))], rowCount: count, state: state, isFocused: isFocused,
      showsHeader: false, emptyText: emptyText
    ) { [item] in [item($0)] }
    frame.draw(table, in: rect, context)
  }
}
