import LoyaltyWorkspace

extension MappedColumn {
  /// The pairs of a text such as `amount=Total customer="Customer No"`; a column with blanks stands
  /// in quotes, or the whole pair does.
  ///
  /// - Returns: The pairs; nil where the text is no such list.
  static func pairs(in text: String) -> [MappedColumn]? {
    var pairs: [MappedColumn] = []
    for word in words(text) {
      let sides = word.split(separator: "=", maxSplits: 1)
      guard sides.count == 2 else { return nil }
      pairs.append(MappedColumn(field: String(sides[0]), column: String(sides[1])))
    }
    return pairs
  }

  /// The pair as ``pairs(in:)`` reads it, in quotes where the column's name has blanks or quotes.
  var written: String {
    guard column.contains(where: { " '\"".contains($0) }) else { return "\(field)=\(column)" }
    let quote = column.contains("\"") ? "'" : "\""
    return "\(field)=\(quote)\(column)\(quote)"
  }

  /// The words between blanks that stand in no quotes, without the quotes.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var (word, quote): (String, Character?) = ("", nil)
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote == nil, character == " " {
        words.append(word)
        word = ""
      } else {
        word.append(character)
      }
    }
    return (words + [word]).filter { !$0.isEmpty }
  }
}
