import LoyaltyModel
import TerminalKit

extension AppModel {
  private static let mostRecent = 20

  /// Keeps the name of a command; never what was typed.
  mutating func remember(_ command: Command) {
    let name = bindings.bindings.first { $0.command == command }?.name ?? "command"
    recent.append(name)
    if recent.count > Self.mostRecent { recent.removeFirst() }
  }

  /// What the report of a crash says of the screens: nothing of customers, nothing that was typed.
  var crashNote: String {
    var lines = ["screen: \(screen.rawValue), \(size.width) x \(size.height)"]
    if let work { lines.append("work: \(work.job.name)") }
    lines.append("last commands: \(recent.joined(separator: ", "))")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Job {
  /// Its kind, without what it works on.
  fileprivate var name: String {
    switch self {
    case .open: "opening"
    case .prepare: "figures"
    case .suggest: "rules"
    case .importFile: "import"
    case .export: "export"
    case .outcomes: "results"
    case .makeDemo: "demo"
    case .makeProgramme: "programme"
    default: "other"
    }
  }
}
