/// Finds names by any part of them that was typed.
package enum PartMatch {
  /// The rank of a match of scattered letters, the weakest.
  package static let scattered = 4

  /// How well `query` fits `name`, ignoring case: 0 the whole, 1 its beginning, 2 the beginnings
  /// of words or a part in one piece, 3 every typed word somewhere, 4 its letters in order; nil
  /// when it does not fit.
  package static func rank(of query: String, in name: String) -> Int? {
    let wanted = Array(query.lowercased())
    let text = Array(name.lowercased())
    if wanted.isEmpty || wanted == text { return 0 }
    if text.starts(with: wanted) { return 1 }
    if contains(text, wanted) { return 2 }
    let words = wanted.split(separator: " ")
    if !words.isEmpty, words.allSatisfy({ contains(text, Array($0)) }) { return 3 }
    return isSubsequence(wanted.filter { $0 != " " }, of: text) ? scattered : nil
  }

  private static func contains(_ text: [Character], _ part: [Character]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  private static func isSubsequence(_ part: [Character], of text: [Character]) -> Bool {
    guard !part.isEmpty else { return false }
    var rest = part[...]
    for character in text where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
