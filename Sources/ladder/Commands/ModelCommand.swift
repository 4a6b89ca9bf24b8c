import ArgumentParser
import LoyaltyModel
import LoyaltyWorkspace

extension PurchaseModelKind: ExpressibleByArgument {}
extension RFMConvention: ExpressibleByArgument {}

/// The fitted models.
struct ModelCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "The fitted models: parameters, and what cannot be estimated.",
    discussion: """
      BG/NBD and MBG/NBD say how often customers buy and when they leave, Gamma-Gamma what they \
      spend; all are fitted by maximum likelihood, times in weeks and amounts in whole units of \
      the currency. With --calibrate-until the models see nothing after that day, and what they \
      foresee is compared with what came, beside two guesses: that everybody goes on at the same \
      rate as before, and that nobody buys again.
      """)

  @ParentCommand var root: Ladder
  @OptionGroup var global: GlobalOptions
  @OptionGroup var print: PrintOptions

  @Option(
    help: ArgumentHelp(
      "Check the models on the time from this day to the as-of date.", valueName: "yyyy-mm-dd"))
  var calibrateUntil: String?

  @Option(
    help: ArgumentHelp(
      "Fit a table of x, t_x, T and mean (ID,x,t_x,T,zbar or ID,frequency,recency,T,monetary) "
        + "instead of the store.", valueName: "file"), completion: .file())
  var summary: String?

  func run() throws {
    let until = try day(calibrateUntil, option: "--calibrate-until")
    if summary != nil, until != nil {
      throw CallError(
        message: "--calibrate-until needs days, which the table of --summary does not have.")
    }
    let report =
      try summary.map { file in
        try LoyaltyWorkspace.model(ofTable: file, environment: System.environment())
      } ?? openWithFigures().model(calibratedUntil: until)
    let printer = print.printer
    printer.print(record(report))
    guard printer.format == .table else { return }
    for warning in report.warnings { printer.line(warning) }
    guard let check = report.holdOut else { return }
    printer.line("")
    printer.print(check.forecasts.map { forecast(check, $0) }, empty: "")
    printer.line("")
    printer.print(check.classes.map(line), empty: "")
  }

  private func record(_ report: ModelReport) -> Record {
    var fields: [(String, Record.Value)] = [
      ("as_of", .day(report.asOf)), ("unit", .text(ModelReport.unit)),
      ("customers", .integer(report.customers)),
      ("repeat_customers", .integer(report.repeatCustomers)),
      ("bg_nbd", parameters(report.bgNBD)), ("mbg_nbd", parameters(report.mbgNBD)),
      (
        "gamma_gamma",
        report.gammaGamma.map { fit in
          .record(
            Record([
              ("p", .number(fit.p)), ("q", .number(fit.q)), ("v", .number(fit.v)),
              ("log_likelihood", .number(fit.logLikelihood)),
            ]))
        } ?? .null
      ),
    ]
    if print.format != .table {
      fields.append(("warnings", .list(report.warnings.map { .text($0) })))
    }
    if let check = report.holdOut, print.format != .table {
      fields.append(("hold_out", .record(record(check))))
    }
    return Record(fields)
  }

  private func parameters(_ fit: ModelReport.Purchases?) -> Record.Value {
    guard let fit else { return .null }
    return .record(
      Record([
        ("r", .number(fit.r)), ("alpha", .number(fit.alpha)), ("a", .number(fit.a)),
        ("b", .number(fit.b)), ("log_likelihood", .number(fit.logLikelihood)),
      ]))
  }

  private func record(_ check: HoldOutReport) -> Record {
    Record([
      ("until", .day(check.until)), ("through", .day(check.through)),
      ("days", .integer(check.days)), ("customers", .integer(check.customers)),
      ("actual", .integer(check.actual)),
      ("forecasts", .list(check.forecasts.map { .record(forecast(check, $0)) })),
      (
        "classes",
        .list(
          check.classes.map { group in
            .record(
              Record([
                ("frequency", .text(group.label)), ("customers", .integer(group.customers)),
                ("actual", .integer(group.actual)),
                ("forecasts", .list(group.forecasts.map { .record(forecast(nil, $0)) })),
              ]))
          })
      ),
      ("warnings", .list(check.warnings.map { .text($0) })),
    ])
  }

  private func forecast(_ check: HoldOutReport?, _ way: HoldOutReport.Forecast) -> Record {
    Record(
      [("forecast", .text(way.name)), ("predicted", .number(way.predicted))]
        + (check.map { [("actual", .integer($0.actual))] } ?? [])
        + [("mean_absolute_error", .number(way.meanAbsoluteError))])
  }

  /// A class as a line of the table: what each way foresees beside what came.
  private func line(_ group: HoldOutReport.FrequencyClass) -> Record {
    Record(
      [
        ("repeat", .text(group.label)), ("customers", .integer(group.customers)),
        ("actual", .integer(group.actual)),
      ] + group.forecasts.map { ($0.name, .number($0.predicted)) })
  }
}
