import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

/// New terms for an offer while they are typed; cost and gain follow every key.
struct OfferForm: Sendable {
  let editing: OfferEditing
  /// The parts that are changed, in the order of ``OfferEditing/fields``.
  var fields: [TextFieldState]
  var selected = 0

  init(_ editing: OfferEditing) {
    self.editing = editing
    fields = editing.fields.map { field in
      var state = TextFieldState(editing.written(field))
      // A text is read from its beginning.
      if field == .text { _ = state.handle(.home) }
      return state
    }
    go(to: 0)
  }

  /// Whether keys go into the text, which has several rows; the other parts have one each.
  var isAtText: Bool { editing.fields[selected] == .text }

  /// How a key left it.
  enum Outcome { case goesOn, cancelled, saved }

  /// What was typed, where it differs from what stands.
  var draft: OfferDraft {
    var draft = OfferDraft()
    for (field, state) in zip(editing.fields, fields) where state.text != editing.written(field) {
      switch field {
      case .percent: draft.percent = state.text
      case .amount: draft.amount = state.text
      case .threshold: draft.threshold = state.text
      case .validUntil: draft.validUntil = state.text
      case .text: draft.text = state.text
      }
    }
    return draft
  }

  /// The offer as it would be, or the first thing that is wrong.
  var result: Result<Offer, OfferEditProblem> {
    do throws(OfferEditProblem) {
      return .success(try editing.offer(with: draft))
    } catch {
      return .failure(error)
    }
  }

  /// Takes a key: arrows and Tab go from part to part, within the text from row to row of a width;
  /// Enter saves what is right.
  mutating func handle(_ key: Key, textWidth: Int) -> Outcome {
    switch key {
    case .down where isAtText && fields[selected].moveRow(by: 1, width: textWidth): break
    case .up where isAtText && fields[selected].moveRow(by: -1, width: textWidth): break
    case .escape, .control("g"): return .cancelled
    case .enter:
      if case .success = result { return .saved }
      return .goesOn
    case .down, .tab: go(to: (selected + 1) % fields.count)
    case .up, .backtab: go(to: (selected + fields.count - 1) % fields.count)
    default: _ = fields[selected].handle(key)
    }
    return .goesOn
  }

  /// Goes to a part, whose value the first key takes the place of; a text is changed in words, so
  /// that nothing of it is lost to a key.
  private mutating func go(to place: Int) {
    fields[selected].unselect()
    selected = place
    if !isAtText { fields[selected].selectAll() }
  }

  mutating func paste(_ text: String) {
    fields[selected].insert(text, keepingLines: isAtText)
  }
}

/// Draws the form over the screen.
struct OfferFormView: Widget {
  let form: OfferForm
  let programme: ProgrammeFacts

  private var texts: Texts { programme.texts }

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let width = Self.innerWidth(in: rect)
    let lines = effects(width: width)
    let wanted = form.fields.count + textHeight(width) + lines.lines.count + 5
    let box = rect.centered(width: min(76, rect.width), height: min(rect.height, wanted))
    frame.fill(box, style: context[.text])
    let title = texts("review.edit.title", ["n": "\(form.editing.offer.id)"])
    frame.draw(Pane(title: title, isFocused: true), in: box, context)
    let inner = box.inset(dx: 2, dy: 1)
    let gap = inner.height >= 8 ? 1 : 0
    // The effects give way to some of the text, and the text to some of the effects.
    let room = inner.height - form.fields.count - gap - 1
    let most = max(room - lines.lines.count, min(room - 1, 3), 1)
    let parts = inner.split(
      .vertical,
      [
        .fixed(form.fields.count), .fixed(min(textHeight(width), most)), .fixed(gap), .min(1),
        .fixed(1),
      ])
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: parts[3], context)
    frame.draw(
      Footer([
        KeyHint(key: "Enter", label: texts["review.edit.save"], priority: 3),
        KeyHint(key: "Esc", label: texts["dialog.cancel"], priority: 3),
        KeyHint(
          key: context.symbol("↑↓", ascii: "Up/Down"), label: texts["review.edit.move"],
          priority: 1),
      ]), in: parts[4], context)
    drawFields(&frame, parts[0], context)
    frame.draw(textArea, in: parts[1], context)
  }

  private static func innerWidth(in rect: Rect) -> Int { min(76, rect.width) - 4 }

  /// The columns at which the text is broken when the form is drawn in a place.
  static func textWidth(in rect: Rect) -> Int { TextArea.textWidth(in: innerWidth(in: rect)) }

  private func textHeight(_ width: Int) -> Int { textArea.height(width: width) }

  /// The last part of all, below its name.
  private var textArea: TextArea {
    TextArea(
      form.fields.last ?? TextFieldState(), placeholder: texts["review.edit.text.placeholder"],
      isFocused: form.isAtText)
  }

  private func drawFields(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let names = form.editing.fields.map { texts["review.edit.\($0.key)"] }
    let width = min(rect.width / 2, (names.map { TextWidth.of($0) }.max() ?? 0) + 2)
    for (index, state) in form.fields.enumerated() where index < rect.height {
      let line = rect.row(index)
      let isSelected = index == form.selected
      let sign = isSelected ? context.symbol("›", ascii: ">") : " "
      frame.put(
        sign + " " + names[index], x: line.x, y: line.y,
        style: context[isSelected ? .title : .text], width: width + 2)
      guard form.editing.fields[index] != .text else { continue }
      let place = Rect(
        x: line.x + width + 2, y: line.y, width: line.width - width - 2, height: 1)
      let room = drawRange(
        of: form.editing.fields[index], in: place, isWide: rect.width >= Self.roomForRanges, &frame,
        context)
      frame.draw(TextField(state, isFocused: isSelected), in: room, context)
    }
  }

  /// The width of the form from which what the rule allows stands beside each field; below it, the
  /// range of the field that is typed into stands below the fields.
  private static let roomForRanges = 60

  /// Says at a field what the rule allows of it.
  ///
  /// - Returns: What is left for the field; all of it where there is no range, or no room for it.
  private func drawRange(
    of field: OfferField, in place: Rect, isWide: Bool, _ frame: inout Frame,
    _ context: RenderContext
  ) -> Rect {
    guard isWide, let range = range(of: field) else { return place }
    let parts = place.split(.horizontal, [.min(0), .fixed(TextWidth.of(range))], spacing: 2)
    frame.draw(Label(range, .muted), in: parts[1], context)
    return parts[0]
  }

  /// What the rule allows of a part.
  private func range(of field: OfferField) -> String? {
    form.editing.allowed(field).map {
      texts("review.edit.allowed", ["from": $0.from, "to": $0.to])
    }
  }

  /// What the new terms cost and bring beside the old ones, or what is wrong with them.
  private func effects(width: Int) -> CardLines {
    var lines = CardLines(width: width)
    if form.isAtText { lines.text(texts["review.edit.places"], .muted) }
    if width < Self.roomForRanges, let range = range(of: form.editing.fields[form.selected]) {
      lines.text(range, .muted)
    }
    switch form.result {
    case .failure(let problem): lines.text(texts.sentence(problem), .bad, first: "! ")
    case .success(let edited):
      let before = form.editing.offer
      let label = 24
      func pair(_ key: String, _ old: Int64?, _ new: Int64?) {
        guard let old, let new else { return }
        let text = programme.money(new)
        lines.pair(
          texts[key], old == new ? text : "\(programme.money(old)) > \(text)", labelWidth: label,
          old == new ? .text : .accent)
      }
      pair("review.edit.cost", before.expectedCost, edited.expectedCost)
      pair("review.edit.gain", before.expectedValue, edited.expectedValue)
      pair(
        "review.edit.margin", form.editing.marginLeft(before), form.editing.marginLeft(edited))
      if let left = form.editing.marginLeft(edited), left < 0 {
        lines.text(texts["review.edit.no-margin"], .bad, first: "! ")
      }
    }
    return lines
  }
}

extension OfferField {
  /// Its part of a key of texts.
  var key: String {
    switch self {
    case .percent: "percent"
    case .amount: "amount"
    case .threshold: "threshold"
    case .validUntil: "valid-until"
    case .text: "text"
    }
  }
}

extension Texts {
  /// What is wrong with new terms, and what may be written.
  func sentence(_ problem: OfferEditProblem) -> String {
    let field = self["review.edit.\(problem.field.key)"]
    return switch problem.kind {
    case .unreadable: self("review.edit.unreadable", ["field": field])
    case .notWhole(_, let from, let to):
      self("review.edit.not-whole", ["field": field, "from": from, "to": to])
    // The form has no field for a part that the offer has not.
    case .notOffered: self("review.edit.not-offered", ["field": field])
    case .outside(let from, let to):
      self("review.edit.outside", ["field": field, "from": from, "to": to])
    case .unknownPlace(let unknown, let allowed):
      self("review.edit.unknown-name", ["unknown": unknown, "known": allowed])
    case .tooLong(let most): self("review.edit.too-long", ["n": "\(most)"])
    }
  }
}
