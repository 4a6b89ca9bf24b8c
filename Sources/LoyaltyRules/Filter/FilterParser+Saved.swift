import LoyaltyModel

/// The filters that were given a name, and those of them that are being read.
struct SavedFilters {
  /// How often one filter may name saved ones, those named by these included: where each names the
  /// one before it twice, thirty would be a thousand million comparisons.
  static let limit = 100

  private let texts: [String: String]
  /// The names that are being read, the outermost first.
  private var path: [String] = []
  /// How many were read so far.
  private(set) var taken = 0

  init(_ texts: [String: String]) { self.texts = texts }

  /// All names, ascending.
  var names: [String] { texts.keys.sorted() }

  /// The stored name and the text of what was named: by its very letters, else whatever their case.
  func filter(named name: String) -> (name: String, text: String)? {
    if let text = texts[name] { return (name, text) }
    let wanted = name.lowercased()
    guard let known = names.first(where: { $0.lowercased() == wanted }), let text = texts[known]
    else { return nil }
    return (known, text)
  }

  /// The way from a filter that is being read to itself.
  func circle(to name: String) -> [String]? {
    path.firstIndex(of: name).map { path[$0...] + [name] }
  }

  /// These while one of them is being read.
  func reading(_ name: String) -> SavedFilters {
    var inner = self
    inner.path.append(name)
    inner.taken += 1
    return inner
  }

  /// Goes on counting where the reading of one of them has ended.
  mutating func resume(after inner: SavedFilters) { taken = inner.taken }
}

extension FilterParser {
  /// The filter that was saved under the name after `saved:`.
  mutating func savedFilter(depth: Int) throws(FilterIssue) -> Condition {
    next += 1
    guard let token = peek, let name = token.text else {
      throw issueHere(.expectedValue(fact: "saved"))
    }
    next += 1
    guard let (known, text) = saved.filter(named: name) else {
      let nearest = Nearest.word(to: name, among: saved.names)
      throw issue(.unknownSaved(name, nearest: nearest), at: token)
    }
    if let circle = saved.circle(to: known) { throw issue(.savedCircle(circle), at: token) }
    guard saved.taken < SavedFilters.limit else {
      throw issue(.tooManySaved(limit: SavedFilters.limit), at: token)
    }
    do throws(FilterIssue) {
      let tokens = try FilterLexer.tokens(of: text)
      var parser = FilterParser(
        text: text, tokens: tokens, catalogue: catalogue, currency: currency,
        saved: saved.reading(known), words: words, offerOfCode: offerOfCode)
      defer { saved.resume(after: parser.saved) }
      return tokens.isEmpty ? .all([]) : try parser.whole(depth: depth + 1)
    } catch {
      switch error.cause {
      // These are of no one filter: where they began is told, not the way to it.
      case .savedCircle, .tooManySaved: throw issue(error.cause, at: token)
      default: throw issue(.brokenSaved(known, error), at: token)
      }
    }
  }
}
