/// Why the terminal could not be taken over.
package enum CursesError: Error, Equatable, Sendable {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// The terminal's type is unknown, and so is xterm's.
  case unknownType
  /// The terminal cannot place its cursor, as `dumb` cannot.
  case tooSimple
  /// The system refused; the number is `errno`'s.
  case system(Int32)
}
