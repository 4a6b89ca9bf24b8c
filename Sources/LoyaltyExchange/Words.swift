import LoyaltyModel
import TextFormats

// All that this target says to people; its errors and notes carry data only. Whatever comes from a
// file is shown harmless and cut short.

extension ExchangeError {
  /// What is wrong with the file or the call, and what to do.
  package var message: String {
    switch self {
    case .table(let error): error.message
    case .unrecognised(let columns, let suggestion):
      "No profile fits this file. \(Self.found(columns)) "
        + Self.advice(suggestion, missing: [.customer, .date, .amount])
    case .unfitting(let request, let columns, let missing):
      "This is no \(request.rawValue) file: \(Self.list(missing)) "
        + "\(missing.count == 1 ? "is" : "are") missing. \(Self.found(columns))"
    case .incompleteMapping(let missing, let columns, let suggestion):
      "No column is given for \(Self.list(missing.map(\.rawValue))). \(Self.found(columns)) "
        + Self.advice(suggestion, missing: missing)
    case .unknownField(let name, let nearest):
      "--map knows no field \(name.quoted)."
        + (nearest.map { " Did you mean \($0)?" } ?? "")
        + " Its fields are \(Self.list(ImportField.mappable.map(\.rawValue)))."
    case .unknownColumn(let name, let nearest, let columns):
      "The file has no column \(name.quoted)."
        + (nearest.map { " Did you mean \($0.quoted)?" } ?? "") + " \(Self.found(columns))"
    case .ambiguousColumn(let name, let numbers):
      "The file has \(numbers.count) columns \(name.quoted); give one by its number: "
        + numbers.map { "#\($0)" }.joined(separator: " or ") + "."
    case .mappedTwice(let field): "The field \(field.rawValue) is mapped twice."
    case .mappingNotNeeded(let request):
      "A \(request.rawValue) file has a mapping of its own; leave out --map, or --as."
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.map { SafeText.shown($0, limit: 40) }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func found(_ columns: [String]) -> String {
    let most = 40
    let shown = columns.prefix(most).map { SafeText.shown($0, limit: 40) }.joined(separator: ", ")
    return "Its columns are: \(shown)\(columns.count > most ? ", …" : "")."
  }

  /// The mapping to try: what the names suggest, and a blank for what they do not.
  private static func advice(_ suggestion: [MappingRequest], missing: [ImportField]) -> String {
    let wanted = missing.filter { field in
      !suggestion.contains { $0.field == field.rawValue }
        && !(field == .amount && suggestion.contains { $0.field == ImportField.price.rawValue })
    }
    let maps = suggestion.map(\.argument) + wanted.map { "--map \($0.rawValue)=COLUMN" }
    return "Say what they mean: \(maps.joined(separator: " "))"
  }
}

extension MappingRequest {
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
  package var message: String {
    switch self {
    case .row(let issue): issue.message
    case .missing(let field): "\(field.rawValue) is empty"
    case .amount(let field, let error): "\(field.rawValue): \(error.message)"
    case .date(let field, let error): "\(field.rawValue): \(Self.words(error))"
    case .future(let field, let day, let today):
      "\(field.rawValue): \(day) lies after today, \(today)"
    case .tooLongAgo(let field, let text):
      "\(field.rawValue): \(text.quoted) is before 1900; write the year with four digits"
    case .tooLarge(let field, let text):
      text.isEmpty
        ? "\(field.rawValue): quantity times price is larger than an amount may be"
        : "\(field.rawValue): \(text.quoted) is larger than it may be"
    case .beyondBound(let field, let amount, let bound):
      "\(field.rawValue): \(amount) is beyond \(bound), the most that a line may amount to"
    case .tooLong(let field, let bytes, let limit):
      "\(field.rawValue) has \(bytes) bytes; at most \(limit) are taken; is a quote missing?"
    case .unknownWord(let field, let text, let known):
      "\(field.rawValue): \(text.quoted) is none of \(known.joined(separator: ", "))"
    case .margin(let text):
      "margin: \(text.quoted) is no share; write 0.35 or 35 %"
    case .count(let field, let text):
      "\(field.rawValue): \(text.quoted) is no whole number from 0 on"
    case .negative(let field, let text): "\(field.rawValue): \(text.quoted) is below zero"
    default: offerMessage
    }
  }

  /// The same for what is said of offers.
  private var offerMessage: String {
    switch self {
    case .noSuchOffer(let offer): "there is no offer \(offer)"
    case .noneSent(let customer, let rule):
      "no offer of the rule \(rule.quoted) went out to the customer \(customer.quoted)"
    case .notSent(let offer, let state):
      "offer \(offer) never went out: it is \(state.rawValue)"
    case .otherCustomer(let offer, let customer):
      "offer \(offer) is not for the customer \(customer.quoted)"
    case .beforeSent(let day, let sent): "date: \(day) is before the offer went out on \(sent)"
    case .stillHolds(let offer, let until):
      "offer \(offer) can be used until \(until); say that it was not once that is over"
    case .saidOtherwise(let offer): "an earlier line says something else of offer \(offer)"
    default: ""
    }
  }

  private static func words(_ error: DateError) -> String {
    let advice = "write the date as YYYY-MM-DD"
    switch error {
    case .noSuchMonth(let text, let month):
      return "no month \(month) in \(SafeText.shown(text, limit: 40)); \(advice)"
    case .noSuchDay(let text, let year, let month, let day):
      return "month \(month) of \(year) has no day \(day) in "
        + "\(SafeText.shown(text, limit: 40)); \(advice)"
    case .notADate(let text): return "\(text.quoted) is no date; \(advice)"
    default: return error.message
    }
  }
}

extension ImportNote {
  /// What people should know.
  package var message: String {
    switch self {
    case .encoding(let encoding): "The file is in \(encoding.rawValue), and is read as such."
    case .mixedAmounts(let point, let comma):
      "Amounts are written in two ways, such as \(point.quoted) and \(comma.quoted); each is read "
        + "by itself, and what can mean two amounts is rejected."
    case .ambiguousAmounts(let example):
      "Amounts such as \(example.quoted) can mean two amounts and are rejected unless you say "
        + "whether decimals stand after a point or a comma."
    case .mixedDates(let day, let month):
      "Dates are written in two ways, such as \(day.quoted) and \(month.quoted); each is read by "
        + "itself, and what can mean two days is rejected."
    case .ambiguousDates(let example):
      "Dates such as \(example.quoted) can mean two days and are rejected unless you say whether "
        + "the day or the month comes first."
    case .unusedColumns(let names):
      "Not used: \(names.map { SafeText.shown($0, limit: 40) }.joined(separator: ", "))."
    case .noRows: "The file has a header but no row."
    }
  }
}

extension String {
  /// Shown harmless, cut short, in double quotes.
  fileprivate var quoted: String { "\"\(SafeText.shown(self, limit: 60))\"" }
}
