/// The code by which a till, a shop or a voucher service knows one offer, such as `C16-7QX4`.
///
/// After the C, which keeps spreadsheets from seeing a day or a number in it, and before the hyphen
/// stands the offer's number; after the hyphen four signs to tell a slip or a guess by, both
/// in Crockford's base 32: ten digits and the letters without I, L, O and U. The signs are the low 20
/// bits of ``Hash64/avalanched`` over the UTF-8 bytes of number, customer and hash of the rule, with
/// `|` between. So no two offers have the same code, and nobody has to keep a list of them.
package struct OfferCode: Hashable, Sendable {
  /// The number of the offer.
  package let offer: Int
  /// The code in capital letters.
  package let text: String

  /// The code of an offer.
  package init(_ offer: Offer) {
    var hash = Hash64()
    hash.add("\(offer.id)|\(offer.customer)|\(offer.rule.hash)".utf8)
    self.offer = offer.id
    text = Self.text(offer.id, check: Int(hash.avalanched & 0xF_FFFF))
  }

  /// A code as somebody wrote it: in small letters too, with O for 0 and I or L for 1.
  ///
  /// Nil where it is none. Whether it is the code of its offer is told by comparing the two.
  package init?(reading text: String) {
    let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].hasPrefix("C"), (2...11).contains(parts[0].count),
      parts[1].count == 4, let number = Self.number(parts[0].dropFirst()), number > 0,
      let check = Self.number(parts[1])
    else { return nil }
    offer = number
    self.text = Self.text(number, check: check)
  }

  private static func text(_ number: Int, check: Int) -> String {
    "C" + digits(number, least: 1) + "-" + digits(check, least: 4)
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func digits(_ number: Int, least: Int) -> String {
    var (rest, digits) = (number, [Character]())
    while rest > 0 || digits.count < least {
      digits.append(alphabet[rest % 32])
      rest /= 32
    }
    return String(digits.reversed())
  }

  private static func number(_ text: Substring) -> Int? {
    var number = 0
    for character in text {
      let meant: Character =
        switch character {
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      guard let digit = alphabet.firstIndex(of: meant) else { return nil }
      number = number * 32 + digit
    }
    return number
  }
}

extension Offer {
  /// The code to use it by; empty where there is nothing to be had at a till.
  package var code: String { terms.kind == .content ? "" : OfferCode(self).text }
}
