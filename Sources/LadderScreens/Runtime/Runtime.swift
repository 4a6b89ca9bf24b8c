import Dispatch
package import LoyaltyModel
package import LoyaltyWorkspace
import Synchronization
import TerminalKit

/// What the program begins with.
package enum Start: Sendable {
  /// A programme that is open; where it is a demo, one's own can be begun from it.
  case programme(LoyaltyWorkspace, own: NewProgramme? = nil)
  /// A programme that is to be opened while the screens are shown already.
  case opening(ClosedProgramme, own: NewProgramme? = nil)
  /// No programme yet: the welcome screen.
  case welcome(NewProgramme)

  /// What the sentences of the screens are written with.
  package var wording: Wording {
    switch self {
    case .programme(let workspace, _): workspace.wording
    case .opening(let closed, _): closed.environment.wording
    case .welcome(let new): new.environment.wording
    }
  }

  /// The words of the screens.
  package var texts: Texts { wording.texts }

  /// The programme that can be begun.
  var new: NewProgramme? {
    switch self {
    case .programme(_, let own), .opening(_, let own): own
    case .welcome(let new): new
    }
  }
}

extension Start {
  /// How the screens are used as numbered lines, in one line.
  package var plainHint: String { texts["plain.how"] }
}

/// Does what `update` asked for, with the programme that is open.
///
/// Quick work is done at once and answered before the next frame; a decision is on disk by then.
/// Long work runs in the background, one at a time, and answers through the mailbox.
final class Runtime {
  let mailbox: Mailbox
  private let new: NewProgramme?
  private let closed: ClosedProgramme?
  private let open: OpenProgramme
  private var stop = StopFlag()
  private let queue = DispatchQueue(label: "ladder.work")
  private let asideQueue = DispatchQueue(label: "ladder aside")
  private let aside = Turn()
  private let observer: (@Sendable (WorkProgress) -> Void)?
  /// Which data the screens were told of last.
  private var toldMark: DataMark?
  /// What figures rested on as the present job began.
  private var begun: FigureMark?

  init(
    _ start: Start, waker: Waker, watchesFiles: Bool,
    observer: (@Sendable (WorkProgress) -> Void)?
  ) {
    let mailbox = Mailbox(waker: waker)
    (self.mailbox, self.observer) = (mailbox, observer)
    let tell: @Sendable () -> Void = { mailbox.tell(.filesChanged) }
    let onChange = watchesFiles ? tell : nil
    var parts: (open: LoyaltyWorkspace?, closed: ClosedProgramme?)
    switch start {
    case .programme(let workspace, _): parts.open = workspace
    case .opening(let programme, _): parts.closed = programme
    case .welcome: break
    }
    open = OpenProgramme(parts.open, onChange: onChange)
    (closed, new) = (parts.closed, start.new)
  }

  /// The programme that is open; nil where there is none.
  var programme: LoyaltyWorkspace? { open.workspace }

  /// What screens need to know of the open programme.
  var facts: ProgrammeFacts? { open.workspace.map { ProgrammeFacts($0) } }

  /// The programme that is to be opened, where there is one.
  var opening: Opening? { closed.map { Opening(name: $0.name) } }

  /// Why the programme could not be opened.
  var failure: WorkspaceError? { open.failure }

  /// Where the user was in the screens the last time.
  func recall() -> RecalledMemory { open.workspace?.recall() ?? closed?.recall() ?? .nothing }

  /// Keeps where the user is in the screens, and what is shown first the next time.
  func leave(_ memory: ScreenMemory, isIdle: Bool) {
    guard let workspace = open.workspace else {
      closed?.remember(memory)
      return
    }
    workspace.remember(memory)
    if isIdle { workspace.keepOverview() }
  }

  /// What came of decisions.
  func summary(of ids: Set<Int>) -> ReviewSummary? {
    ids.isEmpty ? nil : open.workspace?.reviewSummary(of: ids.sorted())
  }

  /// Does one effect.
  ///
  /// - Returns: What came of it, unless it goes on in the background.
  func perform(_ effect: Effect) -> [Message] {
    switch effect {
    case .start(let job):
      begin(job)
      return []
    case .stopWork:
      stop.raise()
      return []
    case .end: return []
    default: break
    }
    guard let workspace = open.workspace else { return [] }
    do throws(WorkspaceError) {
      let answer = try Self.answer(effect, workspace)
      return (answer.map { [.answer($0)] } ?? []) + newsOfData(workspace)
    } catch {
      let text = error.message(workspace.wording)
      return [.failed(effect, text, isHalfTyped: error.mayBecomeRight)] + newsOfData(workspace)
    }
  }

  /// Tells that the tables are others, as when a change was written behind a colleague's import:
  /// rows that the screens know are of no use then.
  private func newsOfData(_ workspace: LoyaltyWorkspace) -> [Message] {
    let mark = workspace.dataMark
    defer { toldMark = mark }
    return toldMark.map { $0 == mark } ?? true ? [] : [.answer(.refreshed(changed: true))]
  }

  /// What came of a job, unless it was done with data that have changed since it began.
  func checked(_ message: Message) -> Message {
    guard case .jobDone(let job, let result) = message, open.workspace?.figureMark != begun else {
      return message
    }
    return switch result {
    case .figures: .jobDone(job, .outdated)
    case .prepared where open.workspace?.isPrepared == false: .jobDone(job, .outdated)
    default: message
    }
  }

  /// Whether something is being done beside the keys.
  var isAsideBusy: Bool { aside.isTaken }

  /// The revision of the data as they are now.
  var revision: Int { open.workspace?.revision ?? 0 }

  /// Does an effect that changes nothing beside the keys, so that it never holds one up.
  ///
  /// The answer comes through the mailbox. One at a time: while it goes on, nothing else is begun.
  func performAside(_ effect: Effect) {
    guard let workspace = open.workspace, aside.take() else { return }
    mailbox.begin()
    let (mailbox, aside, revision) = (mailbox, aside, workspace.revision)
    asideQueue.async {
      let message: Message
      do throws(WorkspaceError) {
        let answer = try Self.answer(effect, workspace)
        message = answer.map { .aside($0, revision: revision) } ?? .resumed
      } catch {
        message = .failed(effect, error.message(workspace.wording))
      }
      aside.end()
      mailbox.finish(message, hadProgress: false)
    }
  }

  /// Has a rule's file edited outside.
  ///
  /// - Parameters:
  ///   - effect: Which file, from which text and at which line.
  ///   - editor: The editor; nil where there is none.
  ///   - suspended: Gives the terminal away while its body runs.
  /// - Returns: What came of it.
  func edit(
    _ effect: Effect, with editor: Editor?, suspended: (() -> Void) -> Void
  ) -> [Message] {
    guard case .editRule(let file, let text, let line) = effect, let workspace = open.workspace
    else { return [] }
    guard let editor else { return [.failed(effect, workspace.texts["rules.edit.none"])] }
    do throws(WorkspaceError) {
      let outcome = try workspace.editRule(file: file, text: text, line: line, in: editor.folder) {
        path, line in
        var status: Int32 = 0
        suspended { status = editor.run(path, line) }
        return status
      }
      return [.answer(.ruleEdited(file: file, outcome))]
    } catch {
      return [.failed(effect, error.message(workspace.wording))]
    }
  }

  private func begin(_ job: Job) {
    let flag = StopFlag()
    (stop, begun) = (flag, open.workspace?.figureMark)
    mailbox.begin()
    let (mailbox, observer, open) = (mailbox, observer, open)
    let (closed, new) = (closed, new)
    queue.async {
      let progress: ProgressHandler = { progress in
        mailbox.report(.progress(progress))
        observer?(progress)
        return !flag.isRaised
      }
      do throws(WorkspaceError) {
        let runner = JobRunner(
          open: open, closed: closed, new: new, progress: progress, tell: mailbox.tell)
        let result = try runner.run(job)
        mailbox.finish(.jobDone(job, result))
      } catch {
        if case .open = job, !flag.isRaised { open.fail(error) }
        let wording =
          open.workspace?.wording ?? closed?.environment.wording ?? new?.environment.wording
          ?? .english
        mailbox.finish(.jobFailed(job, error.message(wording), wasStopped: flag.isRaised))
      }
    }
  }
}

/// The programme that is open, shared with the background work that may open one.
final class OpenProgramme: Sendable {
  private let slot: Mutex<LoyaltyWorkspace?>
  private let whyNot = Mutex<WorkspaceError?>(nil)
  private let watch = Mutex<StoreWatch?>(nil)
  private let onChange: (@Sendable () -> Void)?

  /// A programme, or none yet.
  ///
  /// - Parameters:
  ///   - workspace: The programme.
  ///   - onChange: Is told, on another thread, when anybody changed its files; nil watches nothing.
  init(_ workspace: LoyaltyWorkspace?, onChange: (@Sendable () -> Void)?) {
    slot = Mutex(workspace)
    self.onChange = onChange
    if let workspace { observe(workspace) }
  }

  var workspace: LoyaltyWorkspace? { slot.withLock { $0 } }

  /// Why there is none, where opening it failed.
  var failure: WorkspaceError? { whyNot.withLock { $0 } }

  func fail(_ error: WorkspaceError) { whyNot.withLock { $0 = error } }

  func adopt(_ workspace: LoyaltyWorkspace) {
    slot.withLock { $0 = workspace }
    observe(workspace)
  }

  private func observe(_ workspace: LoyaltyWorkspace) {
    guard let onChange else { return }
    let new = workspace.watch(onChange)
    watch.withLock { old in
      old?.stop()
      old = new
    }
  }
}

/// Lets one piece of work go on at a time.
final class Turn: Sendable {
  private let taken = Atomic(false)

  var isTaken: Bool { taken.load(ordering: .acquiring) }

  /// Takes the turn; false when it is taken.
  func take() -> Bool {
    taken.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing)
      .exchanged
  }

  func end() { taken.store(false, ordering: .releasing) }
}

/// Asks work in the background to stop.
final class StopFlag: Sendable {
  private let flag = Atomic(false)

  var isRaised: Bool { flag.load(ordering: .relaxed) }

  func raise() { flag.store(true, ordering: .relaxed) }
}
