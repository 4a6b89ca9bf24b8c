import LoyaltyModel
package import LoyaltyWorkspace
import TerminalKit

/// A programme that is not there yet: where it would be and how it is made.
package struct NewProgramme: Sendable {
  /// The folder of the store to be.
  package var path: String
  /// The currency that is offered first: a three-letter code.
  package var currency: String
  /// The time zone that is offered first.
  package var timeZone: String
  /// How many invented customers the demo has.
  package var demoCustomers: Int
  /// The disk, the clock and who works.
  package var environment: WorkspaceEnvironment
  /// Whether there is a time zone of a name.
  package var isTimeZone: @Sendable (String) -> Bool

  /// A programme to be made at a path.
  package init(
    path: String, currency: String, timeZone: String, demoCustomers: Int = 2_000,
    environment: WorkspaceEnvironment, isTimeZone: @escaping @Sendable (String) -> Bool
  ) {
    (self.path, self.currency, self.timeZone) = (path, currency, timeZone)
    (self.demoCustomers, self.environment, self.isTimeZone) =
      (demoCustomers, environment, isTimeZone)
  }
}

/// The first start: the demo, or one's own sales.
struct WelcomeState: Sendable {
  enum FieldPlace { static let choice = 0, currency = 1, timeZone = 2 }

  var path = ""
  var form: Form
  var isTimeZone: @Sendable (String) -> Bool = { !$0.isEmpty }

  init(_ texts: Texts) {
    form = Form([
      Form.Field(
        label: texts["welcome.begin"],
        value: .choice([texts["welcome.begin.demo"], texts["welcome.begin.own"]], 0)),
      Form.Field(
        label: texts["welcome.currency"], value: .text(TextFieldState("EUR")), placeholder: "EUR"),
      Form.Field(
        label: texts["welcome.time-zone"], value: .text(TextFieldState("Europe/Berlin")),
        placeholder: "Europe/Berlin"),
    ])
  }

  /// Takes what is offered first.
  mutating func take(_ new: NewProgramme) {
    path = new.path
    form.set(FieldPlace.currency, to: new.currency)
    form.set(FieldPlace.timeZone, to: new.timeZone)
    isTimeZone = new.isTimeZone
  }
}

extension AppModel {
  /// Does a command of the welcome screen.
  mutating func performWelcome(_ command: Command) -> [Effect] {
    if command.motion != nil {
      welcome.form.move(command)
      return []
    }
    switch command {
    case .edit: welcome.form.edit()
    case .nextChoice, .right: welcome.form.choose(1)
    case .previousChoice, .left: welcome.form.choose(-1)
    // Enter on a text writes into it: it must not found a programme with what stands there.
    case .open where !welcome.form.isAtChoice: welcome.form.edit()
    case .open, .run: return beginProgramme()
    default: break
    }
    return []
  }

  private mutating func beginProgramme() -> [Effect] {
    if welcome.form.choice(WelcomeState.FieldPlace.choice) == 0 { return start(.makeDemo) }
    let code = welcome.form[WelcomeState.FieldPlace.currency].uppercased()
    guard let currency = Currency(inUse: code) else {
      say(.failed(texts("welcome.no-currency", ["code": code])))
      welcome.form.selected = WelcomeState.FieldPlace.currency
      return []
    }
    let zone = welcome.form[WelcomeState.FieldPlace.timeZone]
    guard welcome.isTimeZone(zone) else {
      say(.failed(texts("welcome.no-time-zone", ["zone": zone])))
      welcome.form.selected = WelcomeState.FieldPlace.timeZone
      return []
    }
    ask(
      .found(currency, timeZone: zone), title: texts["welcome.ask"],
      message: texts("welcome.ask.about", ["currency": currency.code, "zone": zone]),
      .confirm(yes: "y", label: texts["keys.welcome.begin"]))
    return []
  }

  /// Draws the welcome screen.
  func drawWelcome(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let box = rect.centered(width: min(72, rect.width), height: min(18, rect.height))
    let isOwn = welcome.form.choice(WelcomeState.FieldPlace.choice) == 1
    let intro = texts["welcome.intro"]
    let next = texts(isOwn ? "welcome.own" : "welcome.demo", ["path": welcome.path])
    let introHeight = rect.height >= 14 ? Paragraph(intro).height(width: box.width - 2) + 1 : 0
    let parts = box.split(
      .vertical,
      [.fixed(2), .fixed(introHeight), .fixed(welcome.form.fields.count), .fixed(1), .min(1)])
    frame.draw(Label(texts["welcome.title"], .title), in: parts[0].row(0), context)
    frame.draw(Paragraph(intro), in: parts[1], context)
    frame.draw(FormView(form: welcome.form), in: parts[2], context)
    frame.draw(Paragraph(next, .muted), in: parts[4], context)
  }
}

extension ScreenBindings {
  /// The keys of the welcome screen.
  static let welcome: [KeyBinding<Command>] = [
    KeyBinding([.character("b")], .run, "welcome.begin", priority: 10),
    KeyBinding([.enter], .open, "welcome.enter", priority: 9),
    KeyBinding([.right, .space], .nextChoice, "welcome.next-choice", priority: 8),
    KeyBinding([.left], .previousChoice, "welcome.previous-choice", priority: 0),
    KeyBinding([.character("e")], .edit, "welcome.change", priority: 6),
  ]
}
