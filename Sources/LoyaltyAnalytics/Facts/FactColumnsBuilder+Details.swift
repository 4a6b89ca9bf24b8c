import LoyaltyModel

extension FactColumnsBuilder {
  private var asOf: Day { analysis.asOf }

  /// What the customer likes and where they buy, from the lines that stand.
  func addTastes(to table: inout FactTable) {
    let lines = analysis.history.lines
    let online = purchases.channels.labels.map { ["web", "online"].contains($0.lowercased()) }
    var tally = CategoryTally(count: products.categories.labels.labels.count)
    var (favourite, different, webShare): ([UInt16], [Int32], [Double]) = ([], [], [])
    for row in 0..<customers.count {
      var (web, known) = (0, 0)
      for line in lines.range(ofCustomer: row) {
        let purchase = Int(lines.rows[line])
        tally.add(
          products.categories.number(ofOriginal: Int(purchases.product[purchase])),
          amount: lines.amounts[line])
        let channel = Int(purchases.channel[purchase])
        guard channel < online.count else { continue }
        known += 1
        if online[channel] { web += 1 }
      }
      different.append(Int32(tally.touched.count))
      favourite.append(tally.takeFavourite())
      webShare.append(known == 0 ? .nan : Double(web) / Double(known))
    }
    table.columns["favourite_category"] = .choice(favourite, labels: products.categories.labels)
    table.columns["categories"] = .int32(different)
    table.columns["web_share"] = .double(webShare)
  }

  /// What the customer permits and complains about.
  func addPermissions(to table: inout FactTable) {
    // Taken out of the builder once: reaching into it for every row copies it.
    let (customers, details, asOf) = (customers, customers.details, asOf)
    for channel in [ContactChannel.email, .sms, .phone, .post] {
      let answers = (0..<customers.count).map { row -> UInt8 in
        guard let given = customers.consent(row, channel, asOf: asOf) else {
          return FactColumn.unknownYesNo
        }
        return given ? 1 : 0
      }
      table.columns["consent_\(channel.rawValue)"] = .yesNo(answers)
    }
    var (quiet, complaint) = (noAnswers, noAnswers)
    for row in 0..<customers.count {
      if customers.isDoNotContact(row, asOf: asOf) { quiet[row] = 1 }
      guard details.has(.feedback, row), let feedback = details[row]?.feedback else { continue }
      if feedback.contains(where: isOpenComplaint) { complaint[row] = 1 }
    }
    table.columns["do_not_contact"] = .yesNo(quiet)
    table.columns["complaint_open"] = .yesNo(complaint)
  }

  private var noAnswers: [UInt8] { Array(repeating: 0, count: customers.count) }

  private func isOpenComplaint(_ feedback: Feedback) -> Bool {
    guard feedback.kind == .complaint, feedback.day <= asOf else { return false }
    return feedback.settled.map { $0 > asOf } ?? true
  }

  /// The tags of every customer.
  var tags: FactColumn {
    let details = customers.details
    return setColumn(
      (0..<customers.count).map { details.has(.tags, $0) ? details[$0]?.tags ?? [] : [] })
  }

  /// A column of sets, a row each; labels are numbered by their bytes.
  func setColumn(_ sets: [[String]]) -> FactColumn {
    let all = sets.flatMap { $0 }
    let labels = SortedLabels(all)
    var (offsets, members): ([UInt32], [UInt16]) = ([0], [])
    var place = 0
    for set in sets {
      var numbers: Set<UInt16> = []
      for _ in set {
        numbers.insert(labels.number(ofOriginal: place))
        place += 1
      }
      members += numbers.subtracting([FactColumn.unknownChoice]).sorted()
      offsets.append(UInt32(members.count))
    }
    return .set(offsets: offsets, members: members, labels: labels.labels)
  }
}

/// Counts one customer's purchases by category.
private struct CategoryTally {
  /// The categories bought, each once.
  private(set) var touched: [UInt16] = []
  private var purchases: [Int32]
  private var values: [Int64]

  init(count: Int) {
    purchases = Array(repeating: 0, count: count)
    values = Array(repeating: 0, count: count)
  }

  /// Counts a purchase in a category, which may be unknown.
  mutating func add(_ category: UInt16, amount: Int64) {
    guard category != FactColumn.unknownChoice else { return }
    if purchases[Int(category)] == 0 { touched.append(category) }
    purchases[Int(category)] += 1
    values[Int(category)] += amount
  }

  /// The category with the most purchases, then the most value, then the first by its name;
  /// begins anew.
  mutating func takeFavourite() -> UInt16 {
    var best = FactColumn.unknownChoice
    for category in touched.sorted() {
      guard best != FactColumn.unknownChoice else {
        best = category
        continue
      }
      let (own, other) = (Int(category), Int(best))
      if (purchases[own], values[own]) > (purchases[other], values[other]) { best = category }
    }
    for category in touched { (purchases[Int(category)], values[Int(category)]) = (0, 0) }
    touched.removeAll(keepingCapacity: true)
    return best
  }
}
