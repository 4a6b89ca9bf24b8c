import TextFormats

// Tills and banks write a title above their tables: the branch, the days, when it was made.
extension TableLook {
  /// Among so many lines at the top of a file the header is looked for.
  private static let mostLinesToHeader = 10

  /// The look whose header is understood: this one, where its own is, or where none further down is.
  ///
  /// Where none is understood, the one with the most names, so that columns can be picked by hand.
  package func atHeader(_ options: ImportOptions) -> TableLook {
    guard hasHeader, above.isEmpty, let flaw = flaw(options), flaw.mayBeOfTitle else { return self }
    var best = self
    for look in below() where look.isLikeHeader {
      if look.flaw(options) == nil, look.isSurelyHeader(options, below: self) { return look }
      // A row with more cells than the header has would be none of its table.
      if look.filled > best.filled { best = look }
    }
    return best
  }

  /// What is wrong with the file by this header; nil where it is understood.
  private func flaw(_ options: ImportOptions) -> ExchangeError? {
    do throws(ExchangeError) { _ = try ImportProbe.match(self, options) } catch { return error }
    return nil
  }

  /// Looks at the same file with each of the next lines as its header.
  private func below() -> some Sequence<TableLook> {
    let lines = TableReader.topLines(of: text, most: Self.mostLinesToHeader)
    return lines.indices.dropFirst().lazy.compactMap { line in
      lines[line].trimmed.isEmpty ? nil : try? TableLook(self, below: Array(lines[..<line]))
    }
  }

  /// How many columns have a name.
  private var filled: Int { header.count { !$0.isEmpty } }

  /// How many of its names are understood.
  private func told(_ options: ImportOptions) -> Int {
    guess(as: options.profile?.layout).mapping.fields.count
  }

  /// Whether its names can be names: amounts and days are none.
  private var isLikeHeader: Bool {
    header.allSatisfy { name in
      let scalars = name.unicodeScalars
      return scalars.contains(where: \.properties.isAlphabetic)
        || !scalars.contains { $0.properties.numericType != nil }
    }
  }

  /// Whether a header that is understood can be no line of sales that reads like one: a column was
  /// asked for by its name, three of its names are known, or the title has fewer cells.
  private func isSurelyHeader(_ options: ImportOptions, below title: TableLook) -> Bool {
    options.mapping.contains { !$0.column.hasPrefix("#") } || filled > title.filled
      || options.mapping.isEmpty && told(options) > 2
  }
}

extension ExchangeError {
  /// Whether the line that was taken for the header may be a title above it.
  fileprivate var mayBeOfTitle: Bool {
    switch self {
    case .unrecognised, .unfitting, .incompleteMapping, .unknownColumn: true
    default: false
    }
  }
}
