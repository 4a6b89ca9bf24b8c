import LoyaltyModel

extension Programme {
  /// These settings with one change of them taken back.
  ///
  /// - Parameters:
  ///   - from: The settings before the change.
  ///   - to: The settings after it.
  /// - Returns: The settings; nil where what the change set was set to something else since.
  func takingBack(_ from: Programme, _ to: Programme) -> Programme? {
    var back = self
    let isFree =
      back.takeBack(\.cohorts, from, to) && back.takeBack(\.stages, from, to)
      && back.takeBack(\.contacts, from, to) && back.takeBack(\.margin, from, to)
      && back.takeBack(\.dataCompleteTo, from, to) && back.takeBack(\.floors, from, to)
      && back.takeBack(\.holdOutShare, from, to) && back.takeBack(\.currency, from, to)
      && back.takeBack(\.timeZone, from, to) && back.takeBack(\.language, from, to)
      && back.takeBack(\.segments, by: \.name, from, to)
      && back.takeBack(\.campaigns, by: \.name, from, to)
      && back.takeBack(\.reviewing, by: \.user, from, to)
    return isFree ? back : nil
  }

  private mutating func takeBack<Value: Equatable>(
    _ setting: WritableKeyPath<Programme, Value>, _ from: Programme, _ to: Programme
  ) -> Bool {
    guard from[keyPath: setting] != to[keyPath: setting] else { return true }
    guard self[keyPath: setting] == to[keyPath: setting] else { return false }
    self[keyPath: setting] = from[keyPath: setting]
    return true
  }

  /// The same for a list whose elements are each set by themselves.
  private mutating func takeBack<Element: Equatable>(
    _ list: WritableKeyPath<Programme, [Element]>, by name: KeyPath<Element, String>,
    _ from: Programme, _ to: Programme
  ) -> Bool {
    func element(_ programme: Programme, _ wanted: String) -> Element? {
      programme[keyPath: list].first { $0[keyPath: name] == wanted }
    }
    let names = Set((from[keyPath: list] + to[keyPath: list]).map { $0[keyPath: name] })
    for wanted in names.sorted() {
      let (before, after) = (element(from, wanted), element(to, wanted))
      guard before != after else { continue }
      guard element(self, wanted) == after else { return false }
      self[keyPath: list].removeAll { $0[keyPath: name] == wanted }
      if let before { self[keyPath: list].append(before) }
      self[keyPath: list].sort { $0[keyPath: name] < $1[keyPath: name] }
    }
    return true
  }
}
