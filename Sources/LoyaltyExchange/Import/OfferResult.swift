package import LoyaltyModel
import TextFormats

/// What a line of a file says came of an offer.
package struct OfferResult: Sendable, Hashable {
  /// The offer's number, where the line has one.
  package var offer: Int?
  /// The code that the line has in place of the number; nil where it has none.
  package var code: OfferCode?
  /// The customer's identifier; empty where the line has none.
  package var customer = ""
  /// The rule's identifier, which tells the offers of a customer apart; empty where there is none.
  package var rule = ""
  /// Whether the offer was used.
  package var isRedeemed: Bool
  /// The day on which it was used; there where it was.
  package var day: Day?
  /// What was spent then, in minor units, where the line says it.
  package var amount: Int64?
}

/// Makes results of offers from rows.
struct ResultReader {
  private let mapping: ImportMapping
  private let cells: CellReader

  init(_ probe: ImportProbe) {
    mapping = probe.mapping
    cells = CellReader(probe)
  }

  /// The result of a row of the results template.
  func result(_ row: TextRow) throws(Rejection) -> OfferResult {
    let answer = text(row, .redeemed)
    guard !answer.isEmpty else { throw .missing(.redeemed) }
    let known = PeopleReader.answers
    guard let isRedeemed = known.first(where: { $0.0 == answer.lowercased() })?.1 else {
      throw .unknownWord(.redeemed, answer, known: known.map(\.0))
    }
    var result = OfferResult(isRedeemed: isRedeemed)
    (result.customer, result.rule) = (text(row, .customer), text(row, .rule))
    let number = text(row, .offer)
    if !number.isEmpty {
      result.code = Int(number) == nil ? OfferCode(reading: number) : nil
      guard let offer = result.code?.offer ?? Int(number), offer > 0 else {
        throw .count(.offer, number)
      }
      result.offer = offer
    } else if result.customer.isEmpty || result.rule.isEmpty {
      throw .missing(.offer)
    }
    guard isRedeemed else { return result }
    result.day = try row.withCell(mapping[.date] ?? -1) { cell throws(Rejection) in
      try cells.day(cell, .date)
    }
    if !text(row, .amount).isEmpty {
      let amount = try row.withCell(mapping[.amount] ?? -1) { cell throws(Rejection) in
        try cells.amount(cell, .amount)
      }
      try cells.checkBound(amount, .amount)
      guard amount >= 0 else { throw .negative(.amount, text(row, .amount)) }
      result.amount = amount
    }
    return result
  }

  private func text(_ row: TextRow, _ field: ImportField) -> String { row.cell(mapping[field]) }
}
