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
  /// The folder of the demo: another one, so that it never stands in the place of one's own sales.
  package var demoPath: String
  /// Whether there is a demo already.
  package var hasDemo: Bool
  /// Whether something stands already where the programme would be.
  package var isTaken: Bool
  /// How many invented customers the demo has.
  package var demoCustomers: Int
  /// The disk, the clock and who works.
  package var environment: WorkspaceEnvironment
  /// The time zones that there are.
  package var timeZones: TimeZoneNames

  /// A programme to be made at a path, and a demo at another; looks what is there already.
  package init(
    path: String, demoPath: String, currency: String, timeZone: String,
    demoCustomers: Int = 2_000, environment: WorkspaceEnvironment,
    timeZones: TimeZoneNames
  ) {
    (self.path, self.currency, self.timeZone) = (path, currency, timeZone)
    self.demoPath = demoPath
    hasDemo = LoyaltyWorkspace.exists(at: demoPath, environment: environment)
    isTaken = LoyaltyWorkspace.exists(at: path, environment: environment)
    (self.demoCustomers, self.environment, self.timeZones) =
      (demoCustomers, environment, timeZones)
  }
}

/// The first start: the demo, or one's own sales.
struct WelcomeState: Sendable {
  enum FieldPlace { static let choice = 0, currency = 1, timeZone = 2, language = 3 }

  var path = ""
  var demoPath = ""
  /// Whether a demo is there to go on with.
  var hasDemo = false
  /// Whether a programme of one's own can be begun.
  var canBegin = false
  var form: Form
  var timeZones = TimeZoneNames([]) { !$0.isEmpty }

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
      Form.Field(
        label: texts["welcome.language"],
        value: .choice(Language.allCases.map { texts.title($0) }, 0)),
    ])
  }

  /// The currency's code as written, in capitals.
  var currencyCode: String { form[FieldPlace.currency].uppercased() }

  /// The language that customers are to read.
  var language: Language { Language.allCases[form.choice(FieldPlace.language)] }

  /// Which of the two is chosen.
  enum Choice { static let demo = 0, own = 1 }

  /// The demo is there: it is gone on with.
  mutating func goOnWithDemo(_ texts: Texts) {
    hasDemo = true
    let choices = [texts["welcome.begin.demo-there"], texts["welcome.begin.own"]]
    form.fields[FieldPlace.choice].value = .choice(choices, form.choice(FieldPlace.choice))
  }

  /// Takes what is offered first.
  mutating func take(_ new: NewProgramme, _ texts: Texts) {
    (path, demoPath) = (new.path, new.demoPath)
    (hasDemo, canBegin) = (new.hasDemo, !new.isTaken)
    if hasDemo { goOnWithDemo(texts) }
    form.set(FieldPlace.currency, to: new.currency)
    form.set(FieldPlace.timeZone, to: new.timeZone)
    let language = Language.allCases.firstIndex(of: texts.language) ?? 0
    form.set(FieldPlace.language, toChoice: language)
    timeZones = new.timeZones
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
    // Enter on another line changes it: it must not found a programme with what stands there.
    case .open where welcome.form.selected != WelcomeState.FieldPlace.choice: welcome.form.edit()
    case .open, .run: return beginProgramme()
    default: break
    }
    return []
  }

  private mutating func beginProgramme() -> [Effect] {
    if welcome.form.choice(WelcomeState.FieldPlace.choice) == WelcomeState.Choice.demo {
      // Whoever came here from the demo only goes back to it.
      return programme == nil ? start(.makeDemo(welcome.language)) : show(.overview)
    }
    for place in [WelcomeState.FieldPlace.currency, WelcomeState.FieldPlace.timeZone] {
      guard let wrong = whyNotInWelcome(place) else { continue }
      say(.failed(wrong))
      welcome.form.selected = place
      return []
    }
    let zone = welcome.form[WelcomeState.FieldPlace.timeZone]
    guard let currency = Currency(inUse: welcome.currencyCode) else { return [] }
    ask(
      .found(currency, timeZone: zone, welcome.language), title: texts["welcome.ask"],
      message: texts("welcome.ask.about", ["currency": currency.code, "zone": zone]),
      .confirm(yes: "y", label: texts["keys.welcome.begin"]))
    return []
  }

  /// What is wrong with what stands in a field; nil where nothing is.
  private func whyNotInWelcome(_ place: Int) -> String? {
    switch place {
    case WelcomeState.FieldPlace.currency:
      let code = welcome.currencyCode
      return Currency(inUse: code) == nil ? texts("welcome.no-currency", ["code": code]) : nil
    case WelcomeState.FieldPlace.timeZone:
      let zone = welcome.form[place]
      guard !welcome.timeZones.contains(zone) else { return nil }
      guard let meant = welcome.timeZones.meant(by: zone) else {
        return texts("welcome.no-time-zone", ["zone": zone])
      }
      return texts("welcome.no-time-zone.meant", ["zone": zone, "meant": meant])
    default: return nil
    }
  }

  /// Gives a key to the field that is written; what is wrong is told as soon as it is left.
  mutating func takeInWelcome(_ key: Key) {
    let place = welcome.form.selected
    guard welcome.form.handle(key), let wrong = whyNotInWelcome(place) else { return }
    say(.failed(wrong))
  }

  /// Leads from a demo to the form for a programme of one's own.
  mutating func beginOwn() {
    welcome.goOnWithDemo(texts)
    welcome.form.selected = WelcomeState.FieldPlace.choice
    if welcome.form.choice(WelcomeState.FieldPlace.choice) != WelcomeState.Choice.own {
      welcome.form.choose(1)
    }
    _ = show(.welcome, isDetour: true)
  }

  /// Why no programme of one's own can be begun now; nil when it can.
  var whyNotOwn: String? {
    guard programme?.status.isDemo == true else { return texts["welcome.not-in-demo"] }
    return welcome.canBegin ? nil : texts("welcome.taken", ["path": welcome.path])
  }

  /// Turns to another programme: nothing of the one before is kept.
  mutating func turn(to facts: ProgrammeFacts) {
    var next = AppModel(size: size, texts: texts, programme: facts)
    (next.isMouseOn, next.theme, next.hasColors) = (isMouseOn, theme, hasColors)
    (next.chosenTheme, next.unchosenEditor) = (chosenTheme, unchosenEditor)
    (next.recent, next.messages, next.welcome) = (recent, messages, welcome)
    self = next
  }

  /// Draws the welcome screen.
  func drawWelcome(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    let box = rect.centered(width: min(72, rect.width), height: min(18, rect.height))
    let isOwn =
      welcome.form.choice(WelcomeState.FieldPlace.choice) == WelcomeState.Choice.own
    let intro = texts["welcome.intro"]
    let next =
      isOwn
      ? texts("welcome.own", ["path": welcome.path])
      : texts(
        welcome.hasDemo ? "welcome.demo-there" : "welcome.demo", ["path": welcome.demoPath])
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
