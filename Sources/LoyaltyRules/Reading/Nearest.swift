import LoyaltyModel

/// Finds the word that was probably meant.
enum Nearest {
  /// The known word that is nearest, or nil when none is near; the first of equally near ones.
  static func word(to text: String, among known: [String]) -> String? {
    let typed = text.lowercased()
    let limit = max(1, min(3, typed.count / 3))
    var best: (word: String, distance: Int)?
    for word in known {
      let distance = editDistance(typed, word.lowercased())
      if distance <= limit, distance < (best?.distance ?? .max) { best = (word, distance) }
    }
    return best?.word
  }

  /// The fact whose name, or whose label's words, are nearest.
  static func fact(to text: String, among facts: [Fact]) -> String? {
    if let id = word(to: text, among: facts.map(\.id)) { return id }
    let typed = text.lowercased()
    let begun = facts.first {
      (typed.count > 3 && $0.id.hasPrefix(typed)) || ($0.id.count > 3 && typed.hasPrefix($0.id))
    }
    if let begun { return begun.id }
    var labels: [(word: String, id: String)] = []
    for fact in facts {
      labels.append((fact.label, fact.id))
      let words = fact.label.split(separator: " ").filter { $0.count > 3 }
      labels += words.map { (String($0), fact.id) }
    }
    let near = word(to: text, among: labels.map(\.word))
    return near.flatMap { near in labels.first { $0.word == near }?.id }
  }

  /// The number of characters to insert, delete, replace or exchange with their neighbour (the
  /// optimal string alignment distance).
  static func editDistance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left), Array(right))
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var before = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(last[j] + 1, row[j - 1] + 1, replaced)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
