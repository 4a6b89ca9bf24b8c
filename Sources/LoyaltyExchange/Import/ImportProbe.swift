import LoyaltyModel
package import TextFormats

/// What a file is and how it will be read: all that the import screen shows before it begins.
package struct ImportProbe: Sendable {
  /// The kind of file.
  package let profile: ImportProfile
  /// Which column means what.
  package let mapping: ImportMapping
  /// The file's layout, columns and first rows.
  package let look: TableLook
  /// How amounts are written.
  package let amountStyle: AmountStyle
  /// Whether the day or the month comes first, where that matters.
  package let dateStyle: DateStyle
  /// What people should know.
  package let notes: [ImportNote]
  /// The options that the file was looked at with.
  package let options: ImportOptions

  /// Finds out what a file is, and what its columns mean.
  ///
  /// - Parameters:
  ///   - look: The first look at the file.
  ///   - options: What is settled already.
  /// - Throws: `ExchangeError` when no profile fits or the mapping is wrong.
  package init(_ look: TableLook, options: ImportOptions) throws(ExchangeError) {
    let look = look.atHeader(options)
    (self.look, self.options) = (look, options)
    let match = try Self.match(look, options)
    let idle = Self.idleFields(match)
    (profile, mapping) = (match.profile, match.mapping.without(idle))
    var notes: [ImportNote] = look.encoding == .utf8 ? [] : [.encoding(look.encoding)]
    if !look.above.isEmpty {
      let example = look.above.first { !$0.trimmed.isEmpty } ?? ""
      notes.append(.passedOver(lines: look.above.count, example: example))
    }
    amountStyle = Self.amountStyle(look, match, options, notes: &notes)
    dateStyle = Self.dateStyle(look, mapping, fixed: options.dateStyle, notes: &notes)
    if let layout = match.guessed {
      notes.append(.guessed(layout, look.requests(for: mapping, in: layout)))
    }
    if let column = mapping[.newsletter] {
      notes.append(.newsletter(column: look.header[column], from: options.consentDay))
    }
    // Why the idle ones are not used is told by itself.
    let used = Set(match.mapping.columns.values)
    let unused = look.ownColumns.indices.filter { !used.contains($0) }
    let cancelled = profile.records == .purchases ? unused.filter(look.tellsOfCancellation) : []
    if !cancelled.isEmpty { notes.append(.cancellations(cancelled.map { look.header[$0] })) }
    let others = unused.filter { !cancelled.contains($0) }
    if !others.isEmpty { notes.append(.unusedColumns(others.map { look.header[$0] })) }
    if !idle.isEmpty { notes.append(.needsProduct(idle)) }
    if look.rows.isEmpty { notes.append(.noRows) }
    self.notes = notes
  }

  /// Looks at the beginning of a file and finds out what it is.
  ///
  /// - Parameters:
  ///   - head: The first bytes, best ``TableLook/wantedBytes`` of them.
  ///   - isWhole: Whether they are the whole file.
  ///   - options: What is settled already.
  /// - Throws: `ExchangeError` when it is no table, or no profile fits.
  package init(
    head: [UInt8], isWhole: Bool, options: ImportOptions
  ) throws(ExchangeError) {
    try self.init(
      TableLook(head, isWhole: isWhole, encoding: options.encoding), options: options)
  }
}

extension ImportProbe {
  /// What is said of products in a file of sales that does not say of which.
  private static func idleFields(_ match: ProfileMatch) -> [ImportField] {
    guard match.profile.records == .purchases, match.mapping[.product] == nil else { return [] }
    return ImportField.productDetails.filter { match.mapping[$0] != nil }
  }

  /// What a file is whose header is the first line of a look.
  ///
  /// - Throws: `ExchangeError` when no profile fits or the mapping is wrong.
  static func match(
    _ look: TableLook, _ options: ImportOptions
  ) throws(ExchangeError) -> ProfileMatch {
    let said = options.profile?.layout
    let isByHand = options.profile == .mapped || !options.mapping.isEmpty
    if isByHand, options.profile == nil || said != nil {
      let layout = said ?? layout(of: look, options.mapping)
      return ProfileMatch(
        profile: layout.profile, mapping: try mapping(of: look, options.mapping, as: layout))
    }
    if let request = options.profile, isByHand { throw .mappingNotNeeded(request) }
    let match = ProfileMatch.find(look, among: options.profile)
    // Booked as sales, what customers spent with an offer would count a second time.
    if options.profile == nil || options.profile == .ladder, match?.profile != .ladderResults {
      let signs = ProfileMatch.signsOfResults(look)
      if !signs.isEmpty { throw .noAnswer(because: signs) }
    }
    if let match { return match }
    if let request = options.profile, said == nil {
      let missing = missingColumns(request, look)
      throw .unfitting(request, columns: look.ownColumns, missing: missing)
    }
    return try guess(look, as: said)
  }

  /// What the columns' names say, where that is certain.
  private static func guess(
    _ look: TableLook, as layout: ImportLayout?
  ) throws(ExchangeError) -> ProfileMatch {
    let guess = look.guess(as: layout)
    guard look.hasHeader, guess.isCertain else {
      throw .unrecognised(
        columns: look.ownColumns, layout: guess.layout,
        suggestion: look.requests(for: guess.mapping, in: guess.layout))
    }
    return ProfileMatch(
      profile: guess.layout.profile, mapping: guess.mapping, guessed: guess.layout)
  }

  /// What a file holds of which columns were picked by hand: told by a field that only one layout
  /// has, else by the columns' names.
  private static func layout(of look: TableLook, _ requests: [MappingRequest]) -> ImportLayout {
    requests.lazy.compactMap { ImportField(named: $0.field).flatMap(ImportLayout.init(of:)) }.first
      ?? look.guess(as: nil).layout
  }

  private static func missingColumns(_ request: ProfileRequest, _ look: TableLook) -> [String] {
    let wanted =
      switch request {
      case .cdnow: ["customer_id", "date", "number_of_cds", "dollar_value"]
      case .onlineRetail:
        ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID"]
      case .results: ["offer", "redeemed"]
      case .ladder, .mapped, .sales: ["customer", "date", "amount"]
      case .customers: ["customer", "name"]
      }
    return wanted.filter { !look.names.contains(HeaderName.normalized($0)) }
  }

  private static func mapping(
    of look: TableLook, _ requests: [MappingRequest], as layout: ImportLayout
  ) throws(ExchangeError) -> ImportMapping {
    var mapping = ImportMapping()
    let mappable = ImportField.mappable(in: layout)
    for request in requests {
      guard let field = ImportField(named: request.field), mappable.contains(field) else {
        let nearest = HeaderName.nearest(to: request.field, in: mappable.map(\.rawValue))
        throw .unknownField(request.field, nearest: nearest, layout: layout)
      }
      guard mapping[field] == nil else { throw .mappedTwice(field) }
      mapping[field] = try column(request.column, of: look)
    }
    for field in mappable where mapping[field] == nil {
      // A column that is called as the field is needs no request.
      let name = HeaderName.normalized(field.rawValue)
      guard let column = look.names.firstIndex(of: name), mapping.field(ofColumn: column) == nil
      else { continue }
      mapping[field] = column
    }
    try checkComplete(mapping, look, layout)
    return mapping
  }

  private static func checkComplete(
    _ mapping: ImportMapping, _ look: TableLook, _ layout: ImportLayout
  ) throws(ExchangeError) {
    let missing = layout.missing(in: mapping)
    guard !missing.isEmpty else { return }
    let guess = look.guess(as: layout).mapping
    let suggestion = look.requests(for: guess, in: layout).filter { request in
      missing.contains { $0.rawValue == request.field }
    }
    throw .incompleteMapping(
      missing: missing, columns: look.ownColumns, suggestion: suggestion)
  }

  private static func column(
    _ name: String, of look: TableLook
  ) throws(ExchangeError) -> Int {
    if name.hasPrefix("#"), let number = Int(name.dropFirst()) {
      guard look.header.indices.contains(number - 1) else {
        throw .unknownColumn(name, nearest: nil, columns: look.ownColumns)
      }
      return number - 1
    }
    let exact = look.header.indices.filter { look.header[$0] == name }
    let plain = HeaderName.normalized(name)
    let alike = look.names.indices.filter { look.names[$0] == plain && !plain.isEmpty }
    let found = exact.isEmpty ? alike : exact
    guard let column = found.first else {
      let nearest = HeaderName.nearest(to: name, in: look.ownColumns)
      throw .unknownColumn(name, nearest: nearest, columns: look.ownColumns)
    }
    guard found.count == 1 else {
      throw .ambiguousColumn(name, numbers: found.map { $0 + 1 })
    }
    return column
  }
}

extension ImportProbe {
  private static func amountStyle(
    _ look: TableLook, _ match: ProfileMatch, _ options: ImportOptions,
    notes: inout [ImportNote]
  ) -> AmountStyle {
    if match.profile == .cdnow { return .decimalPoint }
    if let style = options.amountStyle { return style }
    guard let column = match.mapping[.amount] ?? match.mapping[.price] else { return .automatic }
    let cells = look.cells(ofColumn: column)
    var detector = AmountStyleDetector()
    for cell in cells { detector.observe(cell) }
    switch detector.decision {
    case .decided(let style): return style
    case .contradictory(let point, let comma):
      notes.append(.mixedAmounts(decimalPoint: point, decimalComma: comma))
      return .automatic
    case .open(nil): return .automatic
    case .open(let example?):
      // Prices may have more decimals than the currency, as that of a litre of fuel.
      let digits = match.mapping[.amount] == nil ? CellReader.priceDigits : options.currency.digits
      if let style = thousandsStyle(cells, digits: digits) {
        let parser = AmountParser(digits: options.currency.digits, style: style)
        if let amount = try? parser.minorUnits(example) {
          let reading = options.currency.decimalText(minorUnits: amount)
          notes.append(.thousands(example: example, reading: reading))
        }
        return style
      }
      // The own templates are written with a point; `29.900` dinars need not be asked about.
      if match.profile.template != nil, options.currency.digits == 3 { return .decimalPoint }
      notes.append(.ambiguousAmounts(example: example))
      return .automatic
    }
  }

  /// The style of a column in which the only sign of each amount stands before three digits:
  /// where these cannot be decimals of the currency, as in `1,234` euros, it divides thousands.
  private static func thousandsStyle(_ cells: [String], digits: Int) -> AmountStyle? {
    for (style, other) in [
      (AmountStyle.decimalPoint, AmountStyle.decimalComma),
      (.decimalComma, .decimalPoint),
    ] {
      let parser = AmountParser(digits: digits, style: other)
      let isTooPrecise = cells.contains { cell in
        do throws(AmountError) { _ = try parser.minorUnits(cell) } catch {
          if case .tooPrecise = error { return true }
        }
        return false
      }
      if isTooPrecise { return style }
    }
    return nil
  }

  private static func dateStyle(
    _ look: TableLook, _ mapping: ImportMapping, fixed: DateStyle?, notes: inout [ImportNote]
  ) -> DateStyle {
    if let fixed { return fixed }
    guard let column = mapping[.date] ?? mapping[.doNotContactSince] else { return .automatic }
    var detector = DateStyleDetector()
    for cell in look.cells(ofColumn: column) { detector.observe(cell) }
    switch detector.decision {
    case .decided(let style): return style
    case .contradictory(let day, let month):
      notes.append(.mixedDates(dayFirst: day, monthFirst: month))
      return .automatic
    case .open(let example):
      if let example { notes.append(.ambiguousDates(example: example)) }
      return .automatic
    }
  }
}

extension TableLook {
  /// What a column's first rows say, as the import will read it.
  func cells(ofColumn column: Int) -> [String] {
    rows.compactMap { row in
      row.indices.contains(column) ? SpreadsheetGuard.unguarded(row[column].trimmed).trimmed : nil
    }
  }
}
