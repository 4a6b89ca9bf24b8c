import LoyaltyModel
package import TerminalKit

extension AppModel {
  /// The frame that shows the model.
  package func view(_ context: RenderContext) -> Frame {
    var frame = Frame(size)
    frame.fill(frame.bounds, style: context[.text])
    guard !isTooSmall else {
      drawTooSmall(&frame, context)
      return frame
    }
    let chrome = Chrome(bounds: frame.bounds)
    frame.draw(ScreenBar(screen: screen, texts: texts), in: chrome.bar, context)
    drawBody(&frame, chrome.body, context)
    drawStatus(&frame, chrome.status, context)
    let hints = bindings.hints(
      unicode: context.capabilities.unicode, whyDisabled: { whyDisabled($0) },
      label: { $0 == .back && trail.isEmpty ? texts["keys.leaving.leave"] : nil })
    frame.draw(Footer(fieldHints ?? hints), in: chrome.footer, context)
    drawOverlay(&frame, chrome.body, context)
    return frame
  }

  /// The offer that a frame of this model shows; nil when it shows none, nil inside nil when an
  /// overlay leaves open what was seen before.
  var offerInView: Int?? {
    guard !isTooSmall, screen == .review else { return .some(nil) }
    if overlay != nil { return nil }
    guard let id = review.currentID, review.cards[id] != nil, !review.groups.isOpen else {
      return .some(nil)
    }
    return id
  }

  private func drawTooSmall(_ frame: inout Frame, _ context: RenderContext) {
    frame.draw(Paragraph(texts["app.too-small"]), in: frame.bounds, context)
    frame.cursor = Position(x: 0, y: 0)
  }

  private func drawBody(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    switch screen {
    case .welcome: drawWelcome(&frame, rect, context)
    case _ where showsKeptOverview: drawOverview(&frame, rect, context)
    case _ where opening != nil: drawOpening(&frame, rect, context)
    case .importing: drawImport(&frame, rect, context)
    case .activity: drawActivity(&frame, rect, context)
    case _ where !isPrepared: drawPreparing(&frame, rect, context)
    case .overview: drawOverview(&frame, rect, context)
    case .customers: drawCustomers(&frame, rect, context)
    case .card: drawCard(&frame, rect, context)
    case .stages: drawStages(&frame, rect, context)
    case .cohorts: drawCohorts(&frame, rect, context)
    case .attrition: drawAttrition(&frame, rect, context)
    case .review: drawReview(&frame, rect, context)
    case .rules: drawRules(&frame, rect, context)
    case .ruleForm: drawRuleForm(&frame, rect, context)
    case .whatIf: drawWhatIf(&frame, rect, context)
    case .backtest: drawBacktest(&frame, rect, context)
    case .closest: drawClosest(&frame, rect, context)
    case .campaigns: drawCampaigns(&frame, rect, context)
    case .campaignForm: drawCampaignForm(&frame, rect, context)
    case .export: drawExport(&frame, rect, context)
    }
    if frame.cursor == nil { frame.cursor = Position(x: rect.x, y: rect.y) }
  }

  private func drawPreparing(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let box = rect.centered(width: min(60, rect.width - 2), height: 3)
    let text = texts[isPreparationHeld ? "app.not-computed" : "app.computing"]
    frame.draw(Paragraph(text), in: box, context)
  }

  private func drawOverlay(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    if overlay != nil { frame.clearTargets() }
    switch overlay {
    case nil: break
    case .finder(let finder):
      let title = texts[finder.kind == .help ? "finder.help" : "keys.everywhere.commands"]
      frame.draw(
        FinderView(finder: finder, title: title, entries: finderEntries(finder), texts: texts),
        in: rect, context)
    case .dialog(let dialog, _): frame.draw(dialog, in: rect, context)
    case .text(let sheet):
      frame.draw(TextSheetView(sheet: sheet, texts: texts), in: rect, context)
    case .offer(let form):
      guard let programme else { return }
      frame.draw(OfferFormView(form: form, programme: programme), in: rect, context)
    }
  }

  /// What the keys do while a field is typed into.
  private var fieldHints: [KeyHint]? {
    let isTyping =
      switch screen {
      case .customers: customers.filter.isOpen
      case .review: review.filter.isOpen
      case .rules: rules.form.isEditing
      case .ruleForm: ruleForm.form.isEditing
      case .campaignForm: campaignForm.form.isEditing
      case .export: export.form.isEditing
      case .importing: importing.form.isEditing
      case .welcome: welcome.form.isEditing
      default: false
      }
    guard isTyping, overlay == nil else { return nil }
    let isFilter = screen == .customers || screen == .review
    let isPath = screen == .importing && importing.isWritingPath
    let completion = KeyHint(key: "Tab", label: texts["importing.complete"], priority: 4)
    return (isPath ? [completion] : []) + [
      KeyHint(key: "Enter", label: texts[isFilter ? "filter.keep" : "app.done"], priority: 3),
      KeyHint(key: "Esc", label: texts[isFilter ? "filter.clear" : "app.done"], priority: 2),
    ]
  }
}

/// The parts of every screen: the bar of screens, the body, the status line and the key hints.
struct Chrome {
  let bar: Rect
  let body: Rect
  let status: Rect
  let footer: Rect

  init(bounds: Rect) {
    let parts = bounds.split(.vertical, [.fixed(1), .min(1), .fixed(1), .fixed(1)])
    (bar, body, status, footer) = (parts[0], parts[1], parts[2], parts[3])
  }
}

/// The names of the screens with their numbers; the present one stands in brackets.
struct ScreenBar: Widget {
  let screen: ScreenID
  let texts: Texts

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    guard screen != .welcome else {
      frame.draw(Label("Ladder", .title), in: rect, context)
      return
    }
    let isFull = rect.width >= (screen.number == nil ? 90 : 76)
    var x = rect.x
    for target in ScreenID.numbered + (screen.number == nil ? [screen] : []) {
      let isHere = target == screen
      let title = texts["screen.\(target.rawValue)"]
      let number = target.number.map { String($0) } ?? ""
      let named = number.isEmpty ? title : "\(number) \(title)"
      let name = isFull || isHere ? named : number
      let text = isHere ? "[\(name)]" : isFull ? "\(name) " : " \(name)"
      guard x + TextWidth.of(text) <= rect.maxX || isHere else { continue }
      if let digit = target.number {
        let place = Rect(x: x, y: rect.y, width: TextWidth.of(text), height: 1)
        frame.addTarget(.key(.character(Character(String(digit)))), in: place)
      }
      x += frame.put(
        text, x: x, y: rect.y, style: context[isHere ? .title : .muted], width: rect.maxX - x)
    }
  }
}

/// Draws text to read over the screen.
struct TextSheetView: Widget {
  let sheet: TextSheet
  let texts: Texts

  /// Where a sheet stands on a screen, and the part of it that its text has.
  private static func place(_ sheet: TextSheet, in rect: Rect) -> (box: Rect, parts: [Rect]) {
    let width = min(76, rect.width)
    let wanted = Paragraph(sheet.text).height(width: width - 4) + 4
    let box = rect.centered(width: width, height: min(rect.height, wanted))
    return (box, box.inset(dx: 2, dy: 1).split(.vertical, [.min(1), .fixed(1)]))
  }

  /// How far a sheet can be scrolled on a screen, and how many lines of it are seen.
  static func extent(_ sheet: TextSheet, in rect: Rect) -> (most: Int, page: Int) {
    let place = place(sheet, in: rect).parts[0]
    let height = Paragraph(sheet.text).height(width: place.width)
    return (max(0, height - place.height), max(1, place.height))
  }

  func render(into frame: inout Frame, in rect: Rect, context: RenderContext) {
    let (box, parts) = Self.place(sheet, in: rect)
    frame.fill(box, style: context[.text])
    frame.draw(Pane(title: sheet.title, isFocused: true), in: box, context)
    let skipping = min(sheet.skipping, Self.extent(sheet, in: rect).most)
    frame.draw(Paragraph(sheet.text, skipping: skipping), in: parts[0], context)
    frame.draw(
      Footer([
        KeyHint(key: "Esc", label: texts["app.close"], priority: 2),
        KeyHint(key: context.symbol("↑↓", ascii: "Up/Down"), label: texts["app.scroll"]),
      ]), in: parts[1], context)
    frame.cursor = Position(x: parts[0].x, y: parts[0].y)
  }
}
