import Dispatch
import LoyaltyModel
package import LoyaltyWorkspace
package import TerminalKit

/// The loop of the program: frames out, events in.
///
/// A turn is `present`, then `takeNext`. `present` draws, then takes everything that was waiting
/// already when the frame was drawn: such keys were pressed before it could be read, so they move
/// about but never decide. `takeNext` waits; a key that it gets came after the frame was on the
/// screen.
package final class Application<Screen: Terminal> {
  /// What is shown.
  package private(set) var model: AppModel
  /// Whether the user has left, or the terminal is gone.
  package var hasEnded: Bool { model.hasEnded }
  private let terminal: Screen
  private let capabilities: Capabilities
  private let runtime: Runtime
  /// What is on the screen, for clicks.
  private var shown: Frame?
  private var noted = ""
  /// Whether no key came for a while.
  private var isAtRest = false
  private let editor: Editor?

  /// The most events taken between two frames, so that a flood of them cannot stop the drawing.
  private static var mostTypedAhead: Int { 512 }
  /// How long the keyboard must rest before what is not needed for the next key is got.
  private static var restMilliseconds: Int { 60 }
  /// How long a frame waits for the card beside the list.
  private static var besideMilliseconds: Int { 5 }
  /// How long a programme is waited for before a frame says that it is being opened.
  private static var openingMilliseconds: Int { 100 }

  /// A program on a terminal.
  ///
  /// - Parameters:
  ///   - terminal: Where it is shown.
  ///   - start: A programme that is open or to be opened, or what the welcome screen needs to make
  ///     one.
  ///   - theme: The look; nil for the one that was chosen the last time, else the standard one.
  ///   - editor: Runs somebody's own editor on a file; nil where there is none.
  ///   - watchesFiles: Whether what others change in the programme's files is taken in at once.
  ///   - usesMouse: Whether clicks and the wheel count from the beginning.
  ///   - observer: Is told of progress on the thread of the work, before the work goes on.
  package init(
    terminal: Screen, start: Start, theme: Theme? = nil, editor: Editor? = nil,
    watchesFiles: Bool = false, usesMouse: Bool = true,
    observer: (@Sendable (WorkProgress) -> Void)? = nil
  ) {
    (self.terminal, self.editor) = (terminal, editor)
    capabilities = terminal.capabilities
    runtime = Runtime(
      start, waker: terminal.waker, watchesFiles: watchesFiles, observer: observer)
    model = AppModel(
      size: terminal.size, texts: start.texts, programme: runtime.facts,
      opening: runtime.opening)
    model.isMouseOn = usesMouse
    model.unchosenEditor = editor?.unchosen
    model.theme = theme ?? .standard
    model.hasColors = capabilities.colorDepth != .none
    if let new = start.new { model.welcome.take(new, start.texts) }
    switch runtime.recall() {
    case .nothing: break
    case .place(let memory):
      model.recall(memory)
      if theme == nil { model.recallTheme(memory) }
    case .damaged(let path): model.say(.hint(start.texts("memory.damaged", ["path": path])))
    }
    if let notice = model.programme?.openingNotice { model.say(.hint(notice)) }
  }

  /// Runs until the user leaves or the terminal is gone.
  package func run() {
    terminal.setMouse(enabled: model.isMouseOn)
    awaitFigures()
    present()
    while !model.hasEnded {
      takeNext()
      present()
    }
    leave()
  }

  /// Keeps what the next session begins with; nothing where this one never came to a programme.
  package func leave() {
    guard model.opening == nil else { return }
    runtime.leave(model.memory, isIdle: model.isPrepared && model.work == nil)
  }

  /// Waits a moment before the first frame, so that a small programme is shown at once as it is;
  /// a large one is not waited for.
  private func awaitFigures() {
    let deadline = DispatchTime.now() + .milliseconds(Self.openingMilliseconds)
    fill()
    while model.opening?.isLarge != true, !model.isPrepared, !model.hasEnded,
      runtime.mailbox.isBusy, runtime.mailbox.waitForNews(until: deadline)
    {
      runtime.mailbox.take().forEach(takeNews)
      fill()
    }
  }

  /// Why the programme could not be opened; the screens end at once then.
  package var failure: WorkspaceError? { runtime.failure }

  /// The programme that is open; nil where there is none.
  package var programme: LoyaltyWorkspace? { runtime.programme }

  /// What came of the session's decisions, to be read once the screen is gone, in lines that a
  /// terminal as wide as the screen need not break within a word; empty where nothing was decided.
  package var farewell: [String] {
    guard let programme = model.programme, let summary = runtime.summary(of: model.review.decided)
    else { return [] }
    return summary.lines(model.texts, programme.money, programme.number)
      .flatMap { TextWrap.lines($0, width: terminal.size.width) }
  }

  /// Draws, and takes what had been typed before the frame was on the screen.
  package func present() {
    guard !model.hasEnded else { return }
    repeat {
      draw()
      guard takeTypedAhead() else { return }
    } while !model.hasEnded
  }

  /// Waits for one event and takes it; when the keyboard rests for a moment, gets what was put off.
  package func takeNext() {
    let isPutOff = !runtime.isAsideBusy && !model.leisureNeeds().isEmpty
    let patience = isPutOff || !isAtRest ? Self.restMilliseconds : nil
    guard let event = terminal.nextEvent(timeout: patience) else { return rest() }
    take(event, isTypeAhead: false)
  }

  /// Gets what was put off until the keyboard rests.
  package func rest() {
    (isAtRest, model.isMoving) = (true, false)
    awaitCardBeside()
    for effect in model.leisureNeeds() {
      if effect.isLong {
        runtime.performAside(effect)
      } else {
        settleMessages(runtime.perform(effect))
      }
    }
  }

  /// Gets the card beside the list, so that it comes with the row it belongs to; one that takes
  /// long is shown when it is there.
  private func awaitCardBeside() {
    guard !runtime.isAsideBusy, let effect = model.cardBesideNeeds().first else { return }
    runtime.performAside(effect)
    let deadline = DispatchTime.now() + .milliseconds(Self.besideMilliseconds)
    while !model.cardBesideNeeds().isEmpty, runtime.mailbox.waitForNews(until: deadline) {
      runtime.mailbox.take().forEach(takeNews)
    }
  }

  /// Waits until no work runs in the background, taking what it says; never draws.
  package func settle() {
    fill()
    while runtime.mailbox.isBusy {
      let messages = runtime.mailbox.take()
      if messages.isEmpty { runtime.mailbox.waitForNews() }
      messages.forEach(takeNews)
      fill()
    }
  }

  private func draw() {
    fill()
    if !model.isMoving { awaitCardBeside() }
    let frame = model.view(RenderContext(theme: model.theme, capabilities: capabilities))
    terminal.draw(frame)
    shown = frame
    let note = model.crashNote
    if note != noted { terminal.note(note) }
    noted = note
    if let offer = model.offerInView { model.drawnOffer = offer }
  }

  /// Takes the events that are waiting; false when there are none.
  private func takeTypedAhead() -> Bool {
    var isAny = false
    for _ in 0..<Self.mostTypedAhead {
      guard !model.hasEnded, let event = terminal.nextEvent(timeout: 0) else { break }
      isAny = true
      // Behind a key that was refused, the rest was meant for a screen that never came.
      if case .key = event, model.refusedTypeAhead { continue }
      take(event, isTypeAhead: true)
    }
    model.refusedTypeAhead = false
    return isAny
  }

  private func take(_ event: TerminalEvent, isTypeAhead: Bool) {
    switch event {
    case .key(let key):
      // While keys come faster than anybody reads, the card stays behind the list.
      (isAtRest, model.isMoving) = (false, !isAtRest)
      dispatch(.key(key, isTypeAhead: isTypeAhead))
    case .paste(let text): dispatch(.paste(text))
    case .resize(let size): dispatch(.resize(size))
    case .resumed: dispatch(.resumed)
    case .wake: runtime.mailbox.take().forEach(takeNews)
    // What was on its way when the mouse was let go belongs to the terminal.
    case .mouse where !model.isMouseOn: break
    case .mouse(let mouse) where mouse.action != .click:
      dispatch(.wheel(down: mouse.action == .wheelDown))
    case .mouse(let mouse):
      guard let target = shown?.target(at: mouse.position) else { return }
      dispatch(.click(target, isTypeAhead: isTypeAhead))
    case .endOfInput, .terminate: dispatch(.terminate)
    }
  }

  /// Takes what background work has to say, unless the data changed since it looked.
  private func takeNews(_ message: Message) {
    if case .aside(_, let revision) = message, revision != runtime.revision { return }
    dispatch(runtime.checked(message))
  }

  private func dispatch(_ message: Message) { settleMessages([message]) }

  private func settleMessages(_ first: [Message]) {
    var queue = first
    while !queue.isEmpty {
      let effects = model.update(queue.removeFirst())
      for effect in effects {
        if case .setMouse(let isOn) = effect { terminal.setMouse(enabled: isOn) }
        queue += perform(effect)
      }
    }
  }

  /// Does an effect; one that needs the terminal for another program gives it away meanwhile.
  private func perform(_ effect: Effect) -> [Message] {
    guard case .editRule = effect else { return runtime.perform(effect) }
    return runtime.edit(effect, with: editor) { body in terminal.suspended(body) }
  }

  /// Gets what the screen lacks, so that no frame shows it half; once a frame, however many keys
  /// came before it.
  private func fill() {
    // What is got may show that more is lacking; a few rounds always suffice.
    for _ in 0..<8 {
      let effects = model.needs()
      if effects.isEmpty { return }
      settleMessages(effects.flatMap(runtime.perform))
    }
  }
}

/// Runs the screens on a terminal until the user leaves.
///
/// - Parameters:
///   - terminal: Where they are shown.
///   - start: A programme that is open or to be opened, or what the welcome screen needs to make one.
///   - theme: The look; nil for the one that was chosen the last time, else the standard one.
///   - editor: Runs somebody's own editor on a file; nil where there is none.
///   - usesMouse: Whether clicks and the wheel count from the beginning.
/// - Returns: What is left for whoever comes after.
/// - Throws: Why the programme could not be opened.
package func runScreens(
  on terminal: some Terminal, start: Start, theme: Theme? = nil, editor: Editor? = nil,
  usesMouse: Bool = true
) throws(WorkspaceError) -> Parting {
  let application = Application(
    terminal: terminal, start: start, theme: theme, editor: editor, watchesFiles: true,
    usesMouse: usesMouse)
  application.run()
  if let failure = application.failure { throw failure }
  return Parting(lines: application.farewell, programme: application.programme)
}

/// What is left when the screens are gone.
package struct Parting: Sendable {
  /// What came of the session's decisions, line by line; empty where nothing was decided.
  package let lines: [String]
  /// What was open: whoever ends the process keeps it, as giving it back takes time.
  package let programme: LoyaltyWorkspace?
}
