/// A piece of a filter and the characters it stands on.
struct FilterToken: Equatable {
  enum Kind: Equatable {
    /// A word as typed.
    case word(String)
    /// Text that stood in quotes.
    case quoted(String)
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`, `:`, `(`, `)` or `,`.
    case sign(String)
  }

  let kind: Kind
  let range: Range<Int>

  /// The text of a word or quotation.
  var text: String? {
    switch kind {
    case .word(let text), .quoted(let text): text
    case .sign: nil
    }
  }

  /// As typed, for messages.
  var shown: String {
    switch kind {
    case .word(let text), .quoted(let text), .sign(let text): text
    }
  }

  /// The lower-case word, where it is one outside quotes.
  var keyword: String? { if case .word(let word) = kind { word.lowercased() } else { nil } }

  func isSign(_ sign: String) -> Bool { kind == .sign(sign) }
}

/// Cuts a filter into tokens.
enum FilterLexer {
  static func tokens(of text: String) throws(FilterIssue) -> [FilterToken] {
    let characters = Array(text)
    var tokens: [FilterToken] = []
    var index = 0
    while index < characters.count {
      let start = index
      let character = characters[index]
      if character.isWhitespace {
        index += 1
      } else if character == "\"" || character == "'" {
        guard let quotation = quotation(characters, from: start) else {
          throw FilterIssue(
            text: text, range: start..<characters.count, cause: .unclosedQuote)
        }
        index = quotation.end
        tokens.append(FilterToken(kind: .quoted(quotation.text), range: start..<index))
      } else if let sign = sign(characters[index...]) {
        index += sign.count
        // What others write for "not equal" and "equal".
        let usual = sign == "<>" ? "!=" : sign == "==" ? "=" : sign
        tokens.append(FilterToken(kind: .sign(usual), range: start..<index))
      } else {
        while index < characters.count, !endsWord(characters[index...]) { index += 1 }
        let word = String(characters[start..<index])
        tokens.append(FilterToken(kind: .word(word), range: start..<index))
      }
    }
    return tokens
  }

  /// The text between two quotes and the place after them; one that is written twice stands for
  /// itself, as in CSV and SQL.
  private static func quotation(
    _ characters: [Character], from start: Int
  ) -> (text: String, end: Int)? {
    let quote = characters[start]
    var (text, index) = ("", start + 1)
    while index < characters.count {
      if characters[index] == quote {
        guard index + 1 < characters.count, characters[index + 1] == quote else {
          return (text, index + 1)
        }
        index += 1
      }
      text.append(characters[index])
      index += 1
    }
    return nil
  }

  private static func endsWord(_ rest: ArraySlice<Character>) -> Bool {
    guard let first = rest.first else { return true }
    return first.isWhitespace || first == "\"" || sign(rest) != nil
  }

  private static func sign(_ rest: ArraySlice<Character>) -> String? {
    let two = String(rest.prefix(2))
    if ["!=", "<>", "<=", ">=", "=="].contains(two) { return two }
    guard let first = rest.first, "=<>:(),".contains(first) else { return nil }
    return String(first)
  }
}
