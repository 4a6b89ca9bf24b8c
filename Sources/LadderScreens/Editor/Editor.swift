/// An editor in the terminal, such as the one that `$EDITOR` names.
package struct Editor: Sendable {
  /// The folder in which copies to be edited are put.
  package let folder: String
  /// The program's name where nobody chose it, who may not know how to leave it; else nil.
  package let unchosen: String?
  /// Runs the editor on a file at a line, in the terminal, until it ends; answers its exit status.
  package let run: @Sendable (_ path: String, _ line: Int?) -> Int32

  /// An editor.
  package init(
    folder: String, unchosen: String? = nil,
    run: @escaping @Sendable (_ path: String, _ line: Int?) -> Int32
  ) {
    (self.folder, self.unchosen, self.run) = (folder, unchosen, run)
  }
}

/// Which editor is to be used.
package struct EditorChoice: Sendable, Hashable {
  /// The command that runs it, options included.
  package let command: String
  /// The program's name where nobody chose it; else nil.
  package let unchosen: String?

  /// The one that `$VISUAL` or `$EDITOR` names, as git and crontab have it; else what Debian's
  /// `sensible-editor` would take: that of `select-editor`, `editor`, nano, and vi at last.
  ///
  /// `sensible-editor` itself is passed over, since it may ask a question of its own first, and
  /// nobody could be told before how to leave what it opens.
  ///
  /// - Parameters:
  ///   - variables: The environment.
  ///   - selected: What `~/.selected_editor` holds; nil where there is none.
  ///   - program: The file that a command runs, links followed; nil where there is no such command.
  package init(
    variables: [String: String], selected: String?, program: (String) -> String?
  ) {
    let named = [variables["VISUAL"], variables["EDITOR"]].compactMap(\.self)
      .first { $0.contains { !$0.isWhitespace } }
    if let named {
      (command, unchosen) = (named, nil)
      return
    }
    let picked = selected?.split(separator: "=").last?.filter { !"\"'\n".contains($0) }
    let commands = [picked, "editor", "nano"].compactMap(\.self)
    command = commands.first { program($0) != nil } ?? "vi"
    unchosen = (program(command) ?? command).split(separator: "/").last.map { String($0) }
  }
}

/// The editors of which it is known how they are left.
enum KnownEditor: String, CaseIterable {
  case nano, vi, emacs, micro

  /// The editor of a program's name: `vim.basic` is a vi.
  init?(_ program: String) {
    let others = ["nvim": Self.vi, "pico": .nano]
    let known =
      others.first { program.hasPrefix($0.key) }?.value
      ?? Self.allCases.first { program.hasPrefix($0.rawValue) }
    guard let known else { return nil }
    self = known
  }
}
