import Dispatch
package import LoyaltyModel
package import LoyaltyWorkspace
import Synchronization
import TerminalKit

/// What the program begins with.
package enum Start: Sendable {
  /// A programme that is open.
  case programme(LoyaltyWorkspace)
  /// No programme yet: the welcome screen.
  case welcome(NewProgramme)

  /// The words of the screens.
  package var texts: Texts {
    switch self {
    case .programme(let workspace): workspace.texts
    case .welcome(let new): new.environment.texts
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
  private let open: OpenProgramme
  private var stop = StopFlag()
  private let queue = DispatchQueue(label: "ladder.work")
  private let asideQueue = DispatchQueue(label: "ladder aside")
  private let aside = Turn()
  private let observer: (@Sendable (WorkProgress) -> Void)?

  init(
    _ start: Start, waker: Waker, watchesFiles: Bool,
    observer: (@Sendable (WorkProgress) -> Void)?
  ) {
    let mailbox = Mailbox(waker: waker)
    (self.mailbox, self.observer) = (mailbox, observer)
    let tell: @Sendable () -> Void = { mailbox.tell(.filesChanged) }
    let onChange = watchesFiles ? tell : nil
    switch start {
    case .programme(let workspace):
      (open, new) = (OpenProgramme(workspace, onChange: onChange), nil)
    case .welcome(let new): (open, self.new) = (OpenProgramme(nil, onChange: onChange), new)
    }
  }

  /// What screens need to know of the open programme.
  var facts: ProgrammeFacts? { open.workspace.map { ProgrammeFacts($0) } }

  /// Where the user was in the screens the last time.
  func recall() -> RecalledMemory { open.workspace?.recall() ?? .nothing }

  /// Keeps where the user is in the screens.
  func remember(_ memory: ScreenMemory) { open.workspace?.remember(memory) }

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
      return try Self.answer(effect, workspace).map { [.answer($0)] } ?? []
    } catch {
      return [.failed(effect, error.message(workspace.wording))]
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
        suspended { editor.run(path, line) }
      }
      return [.answer(.ruleEdited(file: file, outcome))]
    } catch {
      return [.failed(effect, error.message(workspace.wording))]
    }
  }

  private func begin(_ job: Job) {
    let flag = StopFlag()
    stop = flag
    mailbox.begin()
    let (mailbox, observer, open, new) = (mailbox, observer, open, new)
    queue.async {
      let progress: ProgressHandler = { progress in
        mailbox.report(.progress(progress))
        observer?(progress)
        return !flag.isRaised
      }
      do throws(WorkspaceError) {
        let result = try JobRunner(open: open, new: new, progress: progress).run(job)
        mailbox.finish(.jobDone(job, result))
      } catch {
        let wording: Wording = open.workspace?.wording ?? new?.environment.wording ?? .english
        mailbox.finish(.jobFailed(job, error.message(wording), wasStopped: flag.isRaised))
      }
    }
  }
}

/// The programme that is open, shared with the background work that may open one.
final class OpenProgramme: Sendable {
  private let slot: Mutex<LoyaltyWorkspace?>
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
