package import LoyaltyModel
import TextFormats

// All that this target says to people; its errors and notes carry data only. Whatever comes from a
// file is shown harmless and cut short.

extension ExchangeError {
  /// What is wrong with the file or the call, and what to do.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .table(let error): error.message(wording)
    case .unrecognised(let columns, let layout, let suggestion):
      wording(
        "import.no-profile",
        [
          "found": wording.found(columns),
          "advice": wording.advice(suggestion, missing: layout.required),
        ])
    case .unfitting(let request, let columns, let missing):
      wording(
        "import.unfitting", count: missing.count,
        [
          "profile": request.rawValue, "missing": wording.list(missing),
          "found": wording.found(columns),
        ])
    case .noAnswer(let signs):
      wording("import.no-answer", count: signs.count, ["signs": wording.list(signs)])
    case .incompleteMapping(let missing, let columns, let suggestion):
      wording(
        "import.incomplete",
        [
          "missing": wording.list(missing.map(\.rawValue)), "found": wording.found(columns),
          "advice": wording.advice(suggestion, missing: missing),
        ])
    default: mapping(wording)
    }
  }

  /// What is wrong with a mapping.
  private func mapping(_ wording: Wording) -> String {
    switch self {
    case .unknownField(let name, let nearest, let layout):
      wording(
        nearest == nil ? "import.unknown-field" : "import.unknown-field.meant",
        [
          "name": name.quoted, "nearest": nearest ?? "",
          "known": wording.list(ImportField.mappable(in: layout).map(\.rawValue)),
        ])
    case .unknownColumn(let name, let nearest, let columns):
      wording(
        nearest == nil ? "import.unknown-column" : "import.unknown-column.meant",
        [
          "name": name.quoted, "nearest": nearest?.quoted ?? "",
          "found": wording.found(columns),
        ])
    case .ambiguousColumn(let name, let numbers):
      wording(
        "import.ambiguous-column",
        [
          "n": String(numbers.count), "name": name.quoted,
          "numbers": numbers.map { "#\($0)" }.joined(separator: " \(wording["word.or"]) "),
        ])
    case .mappedTwice(let field): wording("import.mapped-twice", ["field": field.rawValue])
    case .mappingNotNeeded(let request):
      wording("import.mapping-not-needed", ["profile": request.rawValue])
    default: ""
    }
  }
}

extension Wording {
  fileprivate func list(_ names: [String]) -> String {
    let shown = names.map { SafeText.shown($0, limit: 40) }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " \(self["word.and"]) " + last
  }

  fileprivate func found(_ columns: [String]) -> String {
    let most = 40
    let shown = columns.prefix(most).map { SafeText.shown($0, limit: 40) }.joined(separator: ", ")
    return self(columns.count > most ? "import.found-more" : "import.found", ["columns": shown])
  }

  /// Whether a request says more of a customer than the number.
  private static func tells(_ request: MappingRequest) -> Bool {
    request.field != ImportField.customer.rawValue
  }

  /// The mapping to try: what the names suggest, and a blank for what they do not.
  fileprivate func advice(
    _ suggestion: [MappingRequest], missing: [ImportField]
  ) -> String {
    let wanted = missing.filter { field in
      !suggestion.contains { $0.field == field.rawValue }
        && !(field == .amount && suggestion.contains { $0.field == ImportField.price.rawValue })
        && !(field == .name && suggestion.contains { Self.tells($0) })
    }
    let blank = self["import.column"]
    let blanks = wanted.map { "\($0.rawValue)=\(blank)" }
    let maps =
      texts.isOnScreen
      ? suggestion.map(\.pair) + blanks
      : suggestion.map(\.argument) + blanks.map { "--map " + $0 }
    return self("import.advice", ["maps": maps.joined(separator: " ")])
  }
}

extension MappingRequest {
  /// The request as a form takes it, in quotes where the column has blanks.
  package var pair: String {
    let name = SafeText.shown(column, limit: 60)
    guard name.contains(where: { " '\"".contains($0) }) else { return "\(field)=\(name)" }
    return "\(field)=" + (name.contains("\"") ? "'\(name)'" : "\"\(name)\"")
  }

  /// The request as an argument of the command line, quoted for a shell where it must be.
  package var argument: String {
    let text = "\(field)=\(SafeText.shown(column, limit: 60))"
    let isPlain = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "=_-.".utf8.contains($0)
    }
    let quoted = text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''")
    return "--map " + (isPlain ? text : "'\(quoted)'")
  }
}

extension Rejection {
  /// Why the line could not be used, and how to mend it.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .row(let issue): issue.message(wording)
    case .missing(let field): wording("reject.empty", ["field": field.rawValue])
    case .amount(let field, let error):
      wording("reject.field", ["field": field.rawValue, "problem": error.message(wording)])
    case .date(let field, let error):
      wording("reject.field", ["field": field.rawValue, "problem": error.message(wording)])
    case .future(let field, let day, let today):
      wording(
        "reject.future",
        ["field": field.rawValue, "day": wording.day(day), "today": wording.day(today)])
    case .tooLongAgo(let field, let text):
      wording("reject.long-ago", ["field": field.rawValue, "text": text.quoted])
    case .tooLarge(let field, let text):
      wording(
        text.isEmpty ? "reject.product-too-large" : "reject.too-large",
        ["field": field.rawValue, "text": text.quoted])
    case .beyondBound(let field, let amount, let bound):
      wording(
        "reject.beyond-bound", ["field": field.rawValue, "amount": amount, "bound": bound])
    case .tooLong(let field, let bytes, let limit):
      wording(
        "reject.too-long", ["field": field.rawValue, "n": "\(bytes)", "limit": "\(limit)"])
    case .unknownWord(let field, let text, let known):
      wording(
        "reject.unknown-word",
        [
          "field": field.rawValue, "text": text.quoted, "known": known.joined(separator: ", "),
        ])
    case .margin(let text): wording("reject.margin", ["text": text.quoted])
    case .count(let field, let text):
      wording("reject.count", ["field": field.rawValue, "text": text.quoted])
    case .negative(let field, let text):
      wording("reject.negative", ["field": field.rawValue, "text": text.quoted])
    default: aboutOffer(wording)
    }
  }

  /// The same for what is said of offers.
  private func aboutOffer(_ wording: Wording) -> String {
    switch self {
    case .noSuchOffer(let offer): wording("reject.no-offer", ["offer": "\(offer)"])
    case .wrongCode(let code): wording("reject.wrong-code", ["code": code.quoted])
    case .noneSent(let customer, let rule):
      wording("reject.none-sent", ["rule": rule.quoted, "customer": customer.quoted])
    case .notSent(let offer, let state):
      wording(
        "reject.not-sent",
        ["offer": "\(offer)", "state": wording.texts.value(state.rawValue)])
    case .otherCustomer(let offer, let customer):
      wording("reject.other-customer", ["offer": "\(offer)", "customer": customer.quoted])
    case .beforeSent(let day, let sent):
      wording("reject.before-sent", ["day": wording.day(day), "sent": wording.day(sent)])
    case .stillHolds(let offer, let until):
      wording("reject.still-holds", ["offer": "\(offer)", "until": wording.day(until)])
    case .saidOtherwise(let offer): wording("reject.said-otherwise", ["offer": "\(offer)"])
    default: ""
    }
  }
}

extension ImportNote {
  /// What people should know.
  package func message(_ wording: Wording) -> String {
    switch self {
    case .passedOver(let lines, let example):
      wording(
        "import-note.passed-over", count: lines,
        ["n": "\(lines)", "line": "\(lines + 1)", "example": example.quoted])
    case .encoding(let encoding):
      wording("import-note.encoding", ["encoding": encoding.rawValue])
    case .mixedAmounts(let point, let comma):
      wording(
        "import-note.mixed-amounts", ["point": point.quoted, "comma": comma.quoted])
    case .thousands(let example, let reading):
      wording("import-note.thousands", ["example": example.quoted, "reading": reading])
    case .ambiguousAmounts(let example):
      wording("import-note.ambiguous-amounts", ["example": example.quoted])
    case .mixedDates(let day, let month):
      wording("import-note.mixed-dates", ["day": day.quoted, "month": month.quoted])
    case .ambiguousDates(let example):
      wording("import-note.ambiguous-dates", ["example": example.quoted])
    case .guessed(let layout, let requests):
      wording(
        "import-note.guessed.\(layout.rawValue)",
        ["maps": requests.map(\.pair).joined(separator: ", ")])
    case .newsletter(let column, let day):
      wording(
        "import-note.newsletter",
        ["column": SafeText.shown(column, limit: 40), "day": wording.day(day)])
    case .cancellations(let names):
      wording("import-note.cancellations", count: names.count, ["names": wording.list(names)])
    case .unusedColumns(let names):
      wording(
        "import-note.unused",
        ["names": names.map { SafeText.shown($0, limit: 40) }.joined(separator: ", ")])
    case .needsProduct(let fields):
      wording(
        "import-note.needs-product", count: fields.count,
        ["fields": wording.list(fields.map(\.rawValue))])
    case .noRows: wording["import-note.no-rows"]
    }
  }
}

extension String {
  /// Shown harmless, cut short, in double quotes.
  var quoted: String { "\"\(SafeText.shown(self, limit: 60))\"" }
}
