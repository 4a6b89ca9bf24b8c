/// Which of `.` and `,` stands before the decimals.
package enum AmountStyle: Sendable, Hashable {
  /// Told from each amount by itself; `1,234` is then refused as ambiguous.
  case automatic
  /// `1,234.56`.
  case decimalPoint
  /// `1.234,56`.
  case decimalComma
}

/// Why a text is no amount.
package enum AmountError: Error, Sendable, Hashable {
  case empty
  case notAnAmount(String)
  /// Two readings, as plain decimals: `1,234` is 1.234 or 1234.
  case ambiguous(String, asDecimal: String, asThousands: String)
  /// Written the other way than the column was said to be.
  case otherStyle(String, expected: AmountStyle)
  /// Groups of digits that are not three long, as in `1,23,4.00`.
  case badGrouping(String)
  case tooPrecise(String, allowed: Int)
  case overflow(String)
}

/// Reads amounts as people and programs write them, exactly, into minor units.
///
/// `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, `$8.00`, `8,00 €`, `(12.50)` for −12.50,
/// `-12.50`, `12.50-`, `12`, `.5`. Currency names before or after are passed over, not checked.
package struct AmountParser: Sendable, Hashable {
  /// How many decimals the currency has.
  package let digits: Int
  /// Which sign stands before the decimals.
  package let style: AmountStyle

  package init(digits: Int, style: AmountStyle = .automatic) {
    self.digits = digits
    self.style = style
  }

  /// Reads an amount as minor units: `-12.50` with 2 digits is −1250.
  package func minorUnits(_ text: String) throws(AmountError) -> Int64 {
    let shape = try AmountShape(text)
    let (whole, fraction) = try shape.reading(as: style)
    var plain = shape.isNegative ? "-" : ""
    plain += whole.isEmpty ? "0" : whole
    if !fraction.isEmpty { plain += "." + fraction }
    let bytes = Array(plain.utf8)
    do throws(DecimalText.Flaw) {
      return try DecimalText.minorUnits(bytes.span.bytes, 0..<bytes.count, digits: digits)
    } catch {
      switch error {
      case .malformed: throw .notAnAmount(text)
      case .tooPrecise(let allowed): throw .tooPrecise(text, allowed: allowed)
      case .overflow: throw .overflow(text)
      }
    }
  }
}

/// Watches a column of amounts to find out which sign stands before the decimals.
package struct AmountStyleDetector: Sendable {
  /// What a column shows.
  package enum Decision: Sendable, Hashable {
    /// Every amount can be read, all in this way.
    case decided(AmountStyle)
    /// No amount tells; `example` is one that needs to be told, nil when none does.
    case open(example: String?)
    /// Some amounts are surely written one way, some surely the other.
    case contradictory(decimalPoint: String, decimalComma: String)
  }

  private var pointExample: String?
  private var commaExample: String?
  private var ambiguousExample: String?

  package init() {}

  /// Takes in one more cell; what is no amount is passed over.
  package mutating func observe(_ text: String) {
    guard let shape = try? AmountShape(text) else { return }
    switch shape.evidence {
    case .decimalPoint: pointExample = pointExample ?? text
    case .decimalComma: commaExample = commaExample ?? text
    case .both: ambiguousExample = ambiguousExample ?? text
    case .none: break
    }
  }

  /// What the cells so far show.
  package var decision: Decision {
    switch (pointExample, commaExample) {
    case (let point?, let comma?): .contradictory(decimalPoint: point, decimalComma: comma)
    case (_?, nil): .decided(.decimalPoint)
    case (nil, _?): .decided(.decimalComma)
    case (nil, nil): .open(example: ambiguousExample)
    }
  }
}
