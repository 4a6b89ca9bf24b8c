import LoyaltyModel

/// A recursive-descent reader of filters.
struct FilterParser {
  static let depthLimit = 32

  let text: String
  let tokens: [FilterToken]
  let catalogue: FactCatalogue
  let currency: Currency
  var saved: SavedFilters
  let words: DataWords
  let offerOfCode: (String) -> Int?
  var next = 0

  init(
    text: String, tokens: [FilterToken], catalogue: FactCatalogue, currency: Currency,
    saved: SavedFilters, words: DataWords, offerOfCode: @escaping (String) -> Int?
  ) {
    (self.text, self.tokens, self.saved, self.words) = (text, tokens, saved, words)
    self.offerOfCode = offerOfCode
    (self.catalogue, self.currency) = (catalogue, currency)
  }

  mutating func whole(depth: Int) throws(FilterIssue) -> Condition {
    let condition = try alternatives(depth: depth)
    if let rest = peek { throw issue(.unexpected(rest.shown), at: rest) }
    return condition
  }

  // MARK: Joining

  private mutating func alternatives(depth: Int) throws(FilterIssue) -> Condition {
    var parts = [try conjunction(depth: depth)]
    while take(keyword: "or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(FilterIssue) -> Condition {
    var parts = [try negation(depth: depth)]
    while let token = peek, token.keyword != "or", !token.isSign(")") {
      _ = take(keyword: "and")
      parts.append(try negation(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation(depth: Int) throws(FilterIssue) -> Condition {
    guard depth <= Self.depthLimit else { throw issueHere(.tooDeep(limit: Self.depthLimit)) }
    if take(keyword: "not") { return .noneOf([try negation(depth: depth + 1)]) }
    guard let opened = peek, opened.isSign("(") else { return try single(depth: depth) }
    next += 1
    let inner = try alternatives(depth: depth + 1)
    guard take(sign: ")") else {
      throw FilterIssue(text: text, range: opened.range, cause: .unclosedParenthesis)
    }
    return inner
  }

  private mutating func single(depth: Int) throws(FilterIssue) -> Condition {
    guard let token = peek, let word = token.text, !["and", "or"].contains(token.keyword) else {
      throw issueHere(.expectedCondition(found: peek?.shown))
    }
    next += 1
    guard case .word = token.kind else { return .search(word) }
    if token.keyword == "saved", peek?.isSign(":") == true {
      return try savedFilter(depth: depth)
    }
    if let fact = catalogue.fact(word.lowercased()) { return try comparison(of: fact) }
    guard let after = peek, beginsComparison(after) else {
      return offer(ofCode: word) ?? .search(word)
    }
    let nearest = Nearest.fact(to: word, among: catalogue.facts)
    throw issue(.unknownFact(word, nearest: nearest), at: token)
  }

  /// The one offer with a code; nil for any other word.
  private func offer(ofCode word: String) -> Condition? {
    guard let fact = catalogue.fact("offer"), let number = offerOfCode(word) else { return nil }
    return .fact(FactTest(fact: fact, comparison: Comparison(.equals, .integer(Int64(number)))))
  }

  /// Whether a token after an unknown word shows that a fact was meant.
  private func beginsComparison(_ token: FilterToken) -> Bool {
    if case .sign(let sign) = token.kind { return !["(", ")", ","].contains(sign) }
    let follower = next + 1 < tokens.count ? tokens[next + 1] : nil
    return token.keyword == "in" && follower?.isSign("(") == true
  }

  // MARK: Tokens

  var peek: FilterToken? { next < tokens.count ? tokens[next] : nil }

  mutating func take(keyword: String) -> Bool {
    guard peek?.keyword == keyword else { return false }
    next += 1
    return true
  }

  mutating func take(sign: String) -> Bool {
    guard peek?.isSign(sign) == true else { return false }
    next += 1
    return true
  }

  /// Takes words that follow one another, all or none.
  mutating func take(words: [String]) -> Bool {
    guard next + words.count <= tokens.count,
      zip(tokens[next...], words).allSatisfy({ $0.keyword == $1 })
    else { return false }
    next += words.count
    return true
  }

  func issue(_ cause: FilterIssue.Cause, at token: FilterToken) -> FilterIssue {
    FilterIssue(text: text, range: token.range, cause: cause)
  }

  /// An issue at the next token, or at the end.
  func issueHere(_ cause: FilterIssue.Cause) -> FilterIssue {
    let end = text.count
    return FilterIssue(text: text, range: peek?.range ?? end..<end, cause: cause)
  }
}
