import LoyaltyModel

extension FactColumnsBuilder {
  private var asOf: Day { analysis.asOf }

  /// What the customer likes and where they buy.
  func addTastes(to table: inout FactTable) {
    // One walk over the purchases tells all three.
    let kept = Later { tastes }
    table.columns.set("favourite_category") { kept.value.favourite }
    table.columns.set("categories") { kept.value.different }
    table.columns.set("web_share") { kept.value.webShare }
  }

  /// Favourite category, number of categories and share of the web, from the lines that stand.
  private var tastes: (favourite: FactColumn, different: FactColumn, webShare: FactColumn) {
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
    return (
      .choice(favourite, labels: products.categories.labels), .int32(different), .double(webShare)
    )
  }

  /// The towns and countries of the addresses.
  var places: (cities: TextColumn, countries: TextColumn) {
    let details = customers.details
    var (cities, countries) = (TextColumn(), TextColumn())
    for row in 0..<customers.count {
      let place = details.place(row)
      cities.append(place?.city ?? "")
      countries.append(place?.country ?? "")
    }
    return (cities, countries)
  }

  /// What the customer permits and complains about.
  func addPermissions(to table: inout FactTable) {
    for channel in [ContactChannel.email, .sms, .phone, .post] {
      table.columns.set("consent_\(channel.rawValue)") { consents(channel) }
    }
    table.columns.set("do_not_contact") { doNotContact }
    table.columns.set("complaint_open") { openComplaints }
  }

  // Below, what every row is asked of is taken out of the builder once: reaching into it each time
  // copies it.

  private func consents(_ channel: ContactChannel) -> FactColumn {
    let (customers, asOf) = (customers, asOf)
    return .yesNo(
      (0..<customers.count).map { row in
        customers.consent(row, channel, asOf: asOf).map { $0 ? 1 : 0 } ?? FactColumn.unknownYesNo
      })
  }

  private var doNotContact: FactColumn {
    let (customers, asOf) = (customers, asOf)
    return .yesNo(
      (0..<customers.count).map { customers.isDoNotContact($0, asOf: asOf) ? 1 : 0 })
  }

  private var openComplaints: FactColumn {
    let details = customers.details
    return .yesNo(
      (0..<customers.count).map { row -> UInt8 in
        guard details.has(.feedback, row), let feedback = details[row]?.feedback else { return 0 }
        return feedback.contains(where: isOpenComplaint) ? 1 : 0
      })
  }

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
