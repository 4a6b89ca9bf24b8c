import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// The two dates that are compared: those chosen, else the last twelve months.
  var period: Period {
    let asOf = programme?.status.asOf ?? Day(number: 0)
    return compared ?? Period(from: asOf.adding(months: -12), to: asOf)
  }

  /// What the screen wants to show that is got in the background.
  var figureQuery: FigureQuery? {
    switch screen {
    case .rules: return .rulesDigest
    case .ruleForm: return ruleForm.query
    case .whatIf: return whatIf.query
    case .backtest: return backtest.query(asOf: programme?.status.asOf)
    case .closest: return .closest(rule: closest.rule?.id)
    case .campaigns: return .campaigns
    case .campaignForm: return campaignForm.query
    default: return figureQueryOfFigures
    }
  }

  private var figureQueryOfFigures: FigureQuery? {
    switch screen {
    case .stages: .flows(period)
    case .cohorts:
      switch cohorts.pane {
      case .value: nil
      case .cohortMoves, .stageMoves: .flows(period)
      case .retention: .retention
      }
    case .attrition: attrition.query
    case .customers, .card: customers.scope.map { .people($0.group) }
    default: nil
    }
  }

  /// Has missing figures got, unless other work runs; the screen shows meanwhile that they come.
  mutating func figureNeeds() -> [Effect] {
    guard let query = figureQuery else { return [] }
    // A form that says again what it said before is answered already.
    if let answer = shelf[query].value { noteFigures(query, answer) }
    guard shelf[query].isMissing, work == nil else { return [] }
    return start(.figures(query))
  }

  /// Notes that offers were decided, in figures that are there and in those that are being got.
  mutating func noteDecided(_ count: Int) {
    work?.decided += count
    shelf.noteDecided(count)
  }

  /// As of when figures on the screen are, where offers were decided since; nil elsewhere.
  var asOfDecisions: String? {
    guard let query = figureQuery, let programme else { return nil }
    let count = shelf.decided(since: query)
    guard count > 0 else { return nil }
    return texts("figures.before-decisions", count: count, ["n": programme.number(count)])
  }

  /// Draws, in place of figures, that they come or why they do not.
  func drawPending(
    _ failure: String?, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    guard failure == nil else { return drawFailure(failure, &frame, rect, context) }
    let box = rect.centered(width: min(60, rect.width - 2), height: min(3, rect.height))
    frame.draw(Paragraph(texts["figures.coming"]), in: box, context)
  }
}

// How a figure was computed.
extension AppModel {
  /// Asks how the figure at which the reader is was computed.
  mutating func explainHere() -> [Effect] {
    if screen == .review { return explainOffer() }
    if screen == .campaigns {
      explainCampaign()
      return []
    }
    if screen == .card, let own = explainOnCard() { return own }
    return topic.map { [.explain($0)] } ?? []
  }

  /// Shows how a figure was computed.
  mutating func show(_ explanation: FigureExplanation) {
    overlay = .text(
      TextSheet(title: texts["figures.how"], text: texts.text(of: explanation)))
  }

  private var topic: FigureTopic? {
    switch screen {
    case .overview:
      switch overview.panel {
      case .stages: .stages
      case .cohorts: .cohorts
      case .offers: .offers
      case .curve: .curve
      case .recent: nil
      }
    case .customers: .column(customers.column.key)
    case .card: .alive
    case .stages: stages.column == .people ? .stages : .flows(period)
    case .cohorts:
      switch cohorts.pane {
      case .value: .cohorts
      case .cohortMoves: .migration(period)
      case .stageMoves: .flows(period)
      case .retention: .retention
      }
    case .attrition: .attrition(attrition.cohort)
    default: topicOfRules
    }
  }

  private var topicOfRules: FigureTopic? {
    switch screen {
    case .rules: .rules
    case .ruleForm: .reach
    case .whatIf: .whatIf
    case .backtest: .backtest
    case .closest: .closest
    default: nil
    }
  }

  /// The figures of a card say it themselves.
  private mutating func explainOnCard() -> [Effect]? {
    guard let shown = card.card.value, card.pane == .figures,
      shown.figures.indices.contains(card.table.selected)
    else { return nil }
    show(shown.figures[card.table.selected])
    return []
  }

  /// Shows how a figure of one customer was computed.
  mutating func show(_ figure: Figure) {
    overlay = .text(
      TextSheet(
        title: texts["figures.how"], text: "\(figure.label): \(figure.value)\n\n\(figure.why)"))
  }

  /// All amounts of an offer, each with its how.
  private mutating func explainOffer() -> [Effect] {
    guard let card = review.currentCard else { return [] }
    let figures = card.money.map { "\($0.label): \($0.value)\n\($0.why)" }
    let asOf = texts.asAt(card.offer.asOf)
    overlay = .text(
      TextSheet(
        title: texts["figures.how"],
        text: ([card.why] + figures + [asOf]).joined(separator: "\n\n")))
    return []
  }

  /// Why nothing can be explained now.
  func whyNotExplained() -> String? {
    if !isPrepared { return texts["figures.not-yet"] }
    switch screen {
    case .overview: return overview.panel == .recent ? texts["figures.no-figure"] : nil
    case .review where review.groups.isOpen: return texts["review.groups.open-one"]
    case .review: return review.currentCard == nil ? texts["figures.no-offer"] : nil
    case .card: return card.card.value == nil ? texts["figures.no-customer"] : nil
    case .campaigns: return campaignHere == nil ? texts["campaigns.none-here"] : nil
    default: return nil
    }
  }
}

extension ScreenBindings {
  /// Asking how a figure was computed, on every screen that shows one.
  static let explaining: [KeyBinding<Command>] = [
    KeyBinding([.character("h")], .explain, "figures.how", priority: 6)
  ]

  /// Choosing the dates of a comparison.
  static let comparing: [KeyBinding<Command>] = [
    KeyBinding([.character("d")], .dates, "figures.dates", priority: 7)
  ]
}

/// The words around figures.
extension Texts {
  func asAtShort(_ day: Day?) -> String {
    day.map { self("figures.as-at.short", ["day": self.day($0)]) } ?? ""
  }

  func asAt(_ day: Day) -> String { self("figures.as-at", ["day": self.day(day)]) }

  /// An explanation as text to read.
  func text(of explanation: FigureExplanation) -> String {
    func part(_ title: String, _ lines: [String]) -> String? {
      lines.isEmpty ? nil : ([title] + lines.map { "- \($0)" }).joined(separator: "\n")
    }
    return [
      explanation.title, explanation.definition,
      part(self["figures.inputs"], explanation.inputs),
      part(self["figures.parameters"], explanation.parameters),
      part(self["figures.notes"], explanation.notes), asAt(explanation.asOf),
    ].compactMap(\.self).joined(separator: "\n\n")
  }
}
