/// An amount taken apart: sign, digit groups and the separators between them.
struct AmountShape {
  /// What the separators say about the style.
  enum Evidence { case decimalPoint, decimalComma, both, none }

  let isNegative: Bool
  private let text: String
  /// The digits between separators; one more than there are separators.
  private var groups: [String] = [""]
  /// `.`, `,` or, for all that only separate thousands, a blank.
  private var separators: [Character] = []

  init(_ text: String) throws(AmountError) {
    self.text = text
    var body = text.unicodeScalars[...]
    let isBracketed = Self.takeBrackets(&body)
    let isSigned = Self.takeSignsAndCurrency(&body)
    guard !body.isEmpty else { throw text.allSatisfy(\.isWhitespace) ? .empty : .notAnAmount(text) }
    guard !(isBracketed && isSigned) else { throw .notAnAmount(text) }
    isNegative = isBracketed || isSigned
    for scalar in body {
      switch scalar {
      case "0"..."9": groups[groups.count - 1].unicodeScalars.append(scalar)
      case ".", ",": startGroup(after: Character(scalar))
      case " ", "'", "\u{2019}", "\u{A0}", "\u{202F}", "\u{2009}": startGroup(after: " ")
      default: throw .notAnAmount(text)
      }
    }
    guard groups.contains(where: { !$0.isEmpty }) else { throw .notAnAmount(text) }
    guard groups.dropFirst().allSatisfy({ !$0.isEmpty }) || isEndingInPoint else {
      throw .notAnAmount(text)
    }
  }

  private mutating func startGroup(after separator: Character) {
    separators.append(separator)
    groups.append("")
  }

  /// `12.` is 12.
  private var isEndingInPoint: Bool {
    groups.last == "" && separators.last != " "
      && groups.dropFirst().dropLast().allSatisfy { !$0.isEmpty }
  }

  // MARK: Around the digits

  private static func takeBrackets(_ body: inout Substring.UnicodeScalarView) -> Bool {
    trim(&body)
    guard body.first == "(", body.last == ")", body.count > 2 else { return false }
    body = body.dropFirst().dropLast()
    trim(&body)
    return true
  }

  /// Takes off signs and currency names at both ends; true when there is one minus.
  private static func takeSignsAndCurrency(_ body: inout Substring.UnicodeScalarView) -> Bool {
    var signs = 0
    var letters = 0
    var isNegative = false
    func takes(_ scalar: Unicode.Scalar) -> Bool {
      if scalar == "-" || scalar == "\u{2212}" || scalar == "+" {
        signs += 1
        isNegative = scalar != "+"
        return signs == 1
      }
      if scalar.properties.isAlphabetic { letters += 1 }
      // Room for "EUR", "US$" or "euro", but "Room 12" is no amount.
      return letters <= 4 && (isCurrency(scalar) || isBlank(scalar))
    }
    while let first = body.first, takes(first) { body = body.dropFirst() }
    while let last = body.last, takes(last) { body = body.dropLast() }
    return isNegative
  }

  private static func isCurrency(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .currencySymbol || scalar.properties.isAlphabetic
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace
  }

  private static func trim(_ body: inout Substring.UnicodeScalarView) {
    while let first = body.first, isBlank(first) { body = body.dropFirst() }
    while let last = body.last, isBlank(last) { body = body.dropLast() }
  }

  // MARK: What the separators mean

  /// What this amount tells about how decimals are written.
  var evidence: Evidence {
    let marks = separators.filter { $0 != " " }
    guard let last = marks.last else { return .none }
    let asLast: Evidence = last == "." ? .decimalPoint : .decimalComma
    let other: Evidence = last == "." ? .decimalComma : .decimalPoint
    if marks.count > 1 { return marks.allSatisfy { $0 == last } ? other : asLast }
    return couldBeThousands ? .both : asLast
  }

  /// Whether the only `.` or `,` may separate thousands: `1,234` but not `0,123` or `1 234,567`.
  private var couldBeThousands: Bool {
    guard separators.count == 1, let whole = groups.first, groups.last?.count == 3 else {
      return false
    }
    return (1...3).contains(whole.count) && whole.first != "0"
  }

  /// The digits before and after the decimal sign.
  func reading(as style: AmountStyle) throws(AmountError) -> (whole: String, fraction: String) {
    switch (style, evidence) {
    case (_, .none): return (try grouped(groups[...]), "")
    case (.automatic, .both):
      throw .ambiguous(
        text, asDecimal: groups.joined(separator: "."), asThousands: groups.joined())
    case (.automatic, .decimalPoint): return try split(at: ".")
    case (.automatic, .decimalComma): return try split(at: ",")
    case (.decimalPoint, .decimalComma), (.decimalComma, .decimalPoint):
      throw .otherStyle(text, expected: style)
    case (.decimalPoint, _): return try split(at: ".")
    case (.decimalComma, _): return try split(at: ",")
    }
  }

  /// Splits at the decimal sign when it is there; what separates thousands must do so rightly.
  private func split(at sign: Character) throws(AmountError) -> (String, String) {
    guard let place = separators.lastIndex(of: sign) else {
      return (try grouped(groups[...]), "")
    }
    guard place == separators.count - 1, separators.firstIndex(of: sign) == place else {
      throw .notAnAmount(text)
    }
    return (try grouped(groups.dropLast()), groups[place + 1])
  }

  private func grouped(_ parts: ArraySlice<String>) throws(AmountError) -> String {
    guard parts.count > 1 else { return parts.first ?? "" }
    let used = Set(separators.prefix(parts.count - 1))
    guard used.count == 1, (1...3).contains(parts.first?.count ?? 0),
      parts.dropFirst().allSatisfy({ $0.count == 3 })
    else { throw .badGrouping(text) }
    return parts.joined()
  }
}
