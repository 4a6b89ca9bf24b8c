/// Compares and guesses the names of columns, and others that people write.
package enum HeaderName {
  /// A name without case, blanks, signs and accents of Latin letters: `Kunden-Nr.` → `kundennr`.
  package static func normalized(_ name: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in name.lowercased().unicodeScalars {
      if let folded = folds[scalar] {
        plain.append(contentsOf: folded.unicodeScalars)
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        plain.append(scalar)
      }
    }
    return String(plain)
  }

  private static let folds: [Unicode.Scalar: String] = {
    let groups = [
      "a": "áàâãåāą", "e": "éèêëēę", "i": "íìîïīı", "o": "óòôõøō", "u": "úùûū", "c": "çćč",
      "n": "ñń", "s": "śšş", "z": "źżž", "y": "ýÿ", "l": "ł", "g": "ğ", "ae": "äæ", "oe": "öœ",
      "ue": "ü", "ss": "ß",
    ]
    var folds: [Unicode.Scalar: String] = [:]
    for (plain, accented) in groups {
      for scalar in accented.unicodeScalars { folds[scalar] = plain }
    }
    return folds
  }()

  /// The entry of a list nearest to a name by edits, or nil when none is near.
  package static func nearest(to name: String, in candidates: [String]) -> String? {
    let wanted = Array(normalized(name).unicodeScalars)
    guard !wanted.isEmpty else { return nil }
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let scalars = Array(normalized(candidate).unicodeScalars)
      let distance = distance(wanted, scalars)
      guard distance <= max(1, min(wanted.count, scalars.count) / 3) else { continue }
      if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate) }
    }
    return best?.name
  }

  /// The optimal string alignment distance: insertions, deletions, replacements, swaps.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for (i, scalar) in left.enumerated() {
      var next = [i + 1]
      for (j, other) in right.enumerated() {
        var cost = min(row[j] + (scalar == other ? 0 : 1), row[j + 1] + 1, next[j] + 1)
        if i > 0, j > 0, scalar == right[j - 1], other == left[i - 1] {
          cost = min(cost, before[j - 1] + 1)
        }
        next.append(cost)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}
