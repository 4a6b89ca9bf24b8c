import LoyaltyAnalytics
import LoyaltyModel
import LoyaltyStore
import TextFormats

extension LoyaltyWorkspace {
  /// How many fits are kept: those of the present and of a few dates to compare with.
  static let keptFits = 12
  /// The fewest buyers whose fit takes longer than reading a file.
  static let worthKeeping = 5_000

  /// The models of figures: those that were kept for the very same figures, else fitted and kept.
  ///
  /// - Parameters:
  ///   - figures: The figures.
  ///   - currency: The currency of their amounts.
  ///   - fit: How models are fitted that were not kept.
  /// - Returns: The models.
  /// - Throws: What `fit` does.
  func fits<Failure: Error>(
    _ figures: CustomerFigures, _ currency: Currency,
    _ fit: (CustomerFigures, Currency) throws(Failure) -> ModelFits
  ) throws(Failure) -> ModelFits {
    guard figures.buyers >= Self.worthKeeping else { return try fit(figures, currency) }
    let key = FitCache.key(figures, currency)
    let name = "fits-\(key).json"
    if let bytes = store.cached(name), let fits = FitCache.read(bytes, key: key) { return fits }
    let fits = try fit(figures, currency)
    if let bytes = FitCache.bytes(fits, key: key) {
      store.cache(bytes, as: name, keeping: Self.keptFits)
    }
    return fits
  }
}

/// The form in which fitted models are kept: one line of JSON and one with its checksum.
///
/// The key is a hash of all that the fit depends on, so that what is kept is never stale; what is
/// damaged is not read.
enum FitCache {
  /// Changes whenever the models or their fitting do.
  private static let version: UInt64 = 1

  /// Names the figures: (x, t_x, T, repeat value) of every buyer, and the currency's digits.
  static func key(_ figures: CustomerFigures, _ currency: Currency) -> String {
    var hash = WordHash()
    hash.add(version)
    hash.add(UInt64(currency.digits))
    for row in 0..<figures.count {
      guard let tenure = figures.tenureDays(row) else { continue }
      hash.add(UInt64(UInt32(bitPattern: figures.purchaseDays[row])))
      hash.add(UInt64(UInt32(bitPattern: figures.lastOffset(row))) << 32 | UInt64(tenure))
      hash.add(UInt64(bitPattern: figures.repeatValue[row]))
    }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Fits as bytes; nil where they cannot be kept.
  ///
  /// - Parameters:
  ///   - fits: The fits.
  ///   - key: What the figures are named by; empty where the fits are kept together with these.
  /// - Returns: The bytes.
  static func bytes(_ fits: ModelFits, key: String = "") -> [UInt8]? {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("format")
    writer.string("ladder.fits/1")
    writer.key("key")
    writer.string(key)
    for (name, count) in [
      ("customers", fits.customers), ("repeat_customers", fits.repeatCustomers),
      ("without_amounts", fits.withoutAmounts),
    ] {
      writer.key(text: name)
      writer.int(count)
    }
    guard
      writer.model("bg_nbd", fits.bgNBD, { [$0.r, $0.alpha, $0.a, $0.b] }),
      writer.model("mbg_nbd", fits.mbgNBD, { [$0.r, $0.alpha, $0.a, $0.b] }),
      writer.model("gamma_gamma", fits.gammaGamma, { [$0.p, $0.q, $0.v] })
    else { return nil }
    writer.endObject()
    return SealedLine.bytes(&writer)
  }

  /// Fits from bytes; nil where these are damaged or are those of something else.
  static func read(_ bytes: [UInt8], key: String = "") -> ModelFits? {
    guard let root = SealedLine.root(bytes), root["key"]?.string == key,
      let customers = root["customers"]?.int64, let repeats = root["repeat_customers"]?.int64,
      let without = root["without_amounts"]?.int64,
      let bgNBD = root["bg_nbd"]?.fit(
        4, { BGNBDModel(r: $0[0], alpha: $0[1], a: $0[2], b: $0[3]) }),
      let mbgNBD = root["mbg_nbd"]?.fit(
        4, { MBGNBDModel(r: $0[0], alpha: $0[1], a: $0[2], b: $0[3]) }),
      let spending = root["gamma_gamma"]?.fit(
        3, { GammaGammaModel(p: $0[0], q: $0[1], v: $0[2]) })
    else { return nil }
    return ModelFits(
      customers: Int(customers), repeatCustomers: Int(repeats), withoutAmounts: Int(without),
      bgNBD: bgNBD, mbgNBD: mbgNBD, gammaGamma: spending)
  }
}

/// A 64-bit hash of words: each is mixed in by a multiplication, and the high bits come back down.
private struct WordHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ word: UInt64) {
    value = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 29
  }
}

extension JSONWriter {
  /// Writes a fit or the finding in its place; false where the finding is not one that is kept.
  fileprivate mutating func model<Model>(
    _ name: StaticString, _ result: Result<ModelFit<Model>, CannotEstimate>,
    _ parameters: (Model) -> [Double]
  ) -> Bool {
    key(name)
    beginObject()
    defer { endObject() }
    switch result {
    case .success(let fit):
      key("parameters")
      doubles(parameters(fit.model) + [fit.logLikelihood])
      key("counts")
      doubles([fit.customers, fit.repeatCustomers, fit.iterations].map(Double.init))
    case .failure(let finding):
      guard let code = finding.code else { return false }
      key("cannot")
      string(code.name)
      key("numbers")
      doubles(code.numbers)
    }
    return true
  }

  private mutating func doubles(_ values: [Double]) {
    beginArray()
    for value in values { double(value) }
    endArray()
  }
}

extension JSONNode {
  fileprivate func fit<Model>(
    _ parameters: Int, _ make: ([Double]) -> Model
  ) -> Result<ModelFit<Model>, CannotEstimate>? {
    if let name = self["cannot"]?.string {
      return CannotEstimate(name: name, numbers: numbers("numbers")).map { .failure($0) }
    }
    let (values, counts) = (numbers("parameters"), numbers("counts"))
    guard values.count == parameters + 1, counts.count == 3 else { return nil }
    return .success(
      ModelFit(
        model: make(values), logLikelihood: values[parameters], customers: Int(counts[0]),
        repeatCustomers: Int(counts[1]), iterations: Int(counts[2])))
  }

  private func numbers(_ key: String) -> [Double] {
    self[key]?.elements?.compactMap(\.double) ?? []
  }
}

extension CannotEstimate {
  /// The finding as a name and numbers; nil for one that data in a store do not lead to.
  fileprivate var code: (name: String, numbers: [Double])? {
    switch self {
    case .invalidSummary: nil
    case .noCustomers: ("no customers", [])
    case .nobodyObserved: ("nobody observed", [])
    case .noRepeatPurchases: ("no repeat purchases", [])
    case .tooFewRepeatCustomers(let found, let needed):
      ("too few repeat customers", [Double(found), Double(needed)])
    case .identicalCustomers: ("identical customers", [])
    case .dropoutNotIdentified(let with, let without):
      ("dropout not identified", [with, without])
    case .parameterNotIdentified(let parameter): (parameter.rawValue, [])
    case .noPositiveAmounts: ("no positive amounts", [])
    case .amountsAllEqual: ("amounts all equal", [])
    case .meanSpendInfinite(let q): ("mean spend infinite", [q])
    case .didNotConverge(let iterations): ("did not converge", [Double(iterations)])
    }
  }

  /// The finding of a name and numbers, or nil.
  fileprivate init?(name: String, numbers: [Double]) {
    switch (name, numbers.count) {
    case ("no customers", 0): self = .noCustomers
    case ("nobody observed", 0): self = .nobodyObserved
    case ("no repeat purchases", 0): self = .noRepeatPurchases
    case ("too few repeat customers", 2):
      self = .tooFewRepeatCustomers(found: Int(numbers[0]), needed: Int(numbers[1]))
    case ("identical customers", 0): self = .identicalCustomers
    case ("dropout not identified", 2):
      self = .dropoutNotIdentified(logLikelihood: numbers[0], withoutDropout: numbers[1])
    case ("no positive amounts", 0): self = .noPositiveAmounts
    case ("amounts all equal", 0): self = .amountsAllEqual
    case ("mean spend infinite", 1): self = .meanSpendInfinite(q: numbers[0])
    case ("did not converge", 1): self = .didNotConverge(iterations: Int(numbers[0]))
    default:
      guard let parameter = ModelParameter(rawValue: name) else { return nil }
      self = .parameterNotIdentified(parameter)
    }
  }
}
