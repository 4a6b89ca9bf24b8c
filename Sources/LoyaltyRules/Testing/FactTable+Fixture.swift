import LoyaltyModel

extension FactTable {
  /// A table of one made-up customer: what is not given is unknown, a list that is not given is
  /// empty.
  init(_ customer: FixtureCustomer, asOf: Day) {
    self.init(asOf: asOf, count: 1)
    for known in customer.facts {
      columns[known.fact.id] = FactColumn(known.fact.type, [known.value])
    }
    for list in customer.lists {
      let names = Set(list.entries.flatMap { $0.map(\.fact) }).sorted { $0.id < $1.id }
      var fields: LaterValues<FactColumn> = [:]
      for field in names {
        let values = list.entries.map { entry in
          entry.first { $0.fact == field }?.value ?? .unknown
        }
        fields[field.id] = FactColumn(field.type, values)
      }
      let isPurchases = list.name == "purchases"
      lists[list.name] = RecordList(
        offsets: [0, UInt32(list.entries.count)], columns: fields,
        ids: PurchaseIDs(
          isPurchases
            ? list.entries.indices.map { PurchaseID(batch: 0, row: UInt32($0 + 1)) } : []))
    }
  }
}

extension FactColumn {
  /// A column of values of one type; values of another kind are unknown.
  init(_ type: FactType, _ values: [FactValue]) {
    switch type {
    case .count, .date:
      self = .int32(
        values.map { value in
          if case .integer(let number) = value {
            Int32(clamping: number)
          } else {
            Self.unknownInt32
          }
        })
    case .money:
      self = .int64(
        values.map { value in
          if case .integer(let number) = value { number } else { Self.unknownInt64 }
        })
    case .number, .probability:
      self = .double(
        values.map { value in if case .decimal(let number) = value { number } else { .nan } })
    case .yesNo:
      self = .yesNo(
        values.map { value in
          if case .answer(let answer) = value { answer ? 1 : 0 } else { Self.unknownYesNo }
        })
    case .choice:
      var labels = LabelList()
      let numbers = values.map { value in
        if case .label(let label) = value {
          UInt16(clamping: labels.number(adding: label))
        } else {
          Self.unknownChoice
        }
      }
      self = .choice(numbers, labels: labels)
    case .set: self = Self.set(values)
    case .text:
      var texts = TextColumn()
      for value in values {
        if case .label(let text) = value { texts.append(text) } else { texts.append("") }
      }
      self = .text(texts)
    }
  }

  private static func set(_ values: [FactValue]) -> FactColumn {
    var labels = LabelList()
    var offsets: [UInt32] = [0]
    var members: [UInt16] = []
    for value in values {
      if case .labels(let some) = value {
        members += some.map { UInt16(clamping: labels.number(adding: $0)) }
      }
      offsets.append(UInt32(members.count))
    }
    return .set(offsets: offsets, members: members, labels: labels)
  }
}
