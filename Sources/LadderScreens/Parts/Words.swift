import LoyaltyModel

extension OfferState {
  /// A sign that tells it without colour.
  var sign: String {
    switch self {
    case .suggested: "?"
    case .approved: "+"
    case .rejected: "x"
    case .snoozed: "z"
    case .exported: ">"
    default: "."
    }
  }
}

extension ProgrammeFacts {
  /// A count with its noun, a text that has a place `n`: `1 offer`, `1,204 offers`.
  func count(_ value: Int, _ text: String) -> String {
    texts(text, count: value, ["n": number(value)])
  }

  /// The place of a row, counted from 0, in a list: `3 of 57`.
  func place(_ row: Int, of count: Int) -> String {
    texts("list.place", ["n": number(row + 1), "all": number(count)])
  }
}
