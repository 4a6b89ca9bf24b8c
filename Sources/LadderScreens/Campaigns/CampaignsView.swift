import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the campaigns, and the figures of the one at which the reader is.
  func drawCampaigns(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    guard let programme else { return }
    let list = campaignList
    let isWide = rect.width >= 100
    let height = max(4, min(list.count + 3, rect.height / 2))
    let parts =
      isWide
      ? rect.split(.horizontal, [.min(50), .fixed(48)])
      : rect.split(.vertical, [.fixed(height), .min(4)])
    frame.draw(
      Pane(
        title: texts["screen.campaigns"], note: texts.asAtShort(programme.status.asOf),
        isFocused: true), in: parts[0], context)
    let inner = Pane.inner(of: parts[0])
    guard shelf[.campaigns].value != nil else {
      return drawPending(shelf[.campaigns].failure, &frame, inner, context)
    }
    frame.draw(campaignTable(list, programme, width: inner.width), in: inner, context)
    frame.draw(Pane(title: campaignHere?.campaign.name ?? ""), in: parts[1], context)
    let below = Pane.inner(of: parts[1]).inset(dx: 1, dy: 0)
    let lines = campaignLines(programme, width: below.width)
    frame.draw(CardLinesView(lines: lines, skipping: 0), in: below, context)
  }

  private func campaignTable(
    _ list: [CampaignSummary], _ programme: ProgrammeFacts, width: Int
  ) -> Table {
    let isMid = width >= 50
    let isWide = width >= 66
    var columns = [TableColumn(texts["campaigns.name"], .min(14))]
    if isMid { columns.append(TableColumn(texts["campaigns.standing"], .fixed(9))) }
    if isWide {
      columns.append(TableColumn(texts["campaigns.budget"], .fixed(14), alignment: .trailing))
    }
    columns.append(TableColumn(texts["campaigns.left"], .fixed(14), alignment: .trailing))
    if isMid {
      columns.append(TableColumn(texts["campaigns.waiting"], .fixed(9), alignment: .trailing))
    }
    return Table(
      columns: columns, rowCount: list.count, state: campaigns.table,
      emptyText: " " + texts["campaigns.none"]
    ) { index in
      let line = list[index]
      let words = CampaignWords(summary: line, programme: programme)
      func money(_ amount: Int64?) -> TableCell {
        TableCell(amount.map { programme.money($0) } ?? "–")
      }
      var cells = [TableCell(line.campaign.name, line.standing == .running ? nil : .disabled)]
      if isMid { cells.append(TableCell(words.standing)) }
      if isWide { cells.append(money(line.campaign.budget)) }
      cells.append(money(line.left))
      if isMid { cells.append(TableCell(programme.number(line.waiting))) }
      return cells
    }
  }

  private func campaignLines(_ programme: ProgrammeFacts, width: Int) -> CardLines {
    var lines = CardLines(width: width)
    guard let here = campaignHere else {
      lines.text(texts["campaigns.about"], .muted)
      return lines
    }
    if !here.isKept { lines.text(texts["campaigns.unlimited"], .warning, first: "! ") }
    if let left = here.left, left < 0 {
      lines.text(texts["campaigns.overspent"], .bad, first: "! ")
    }
    let words = CampaignWords(summary: here, programme: programme)
    let figures = words.figures
    let label = min(20, figures.map { TextWidth.of($0.figure.label) }.max() ?? 0)
    for (name, figure) in figures where !CampaignWords.counts.contains(name) {
      lines.pair(figure.label, figure.value, labelWidth: label)
      if name == .left { lines.pair(texts["campaigns.offers"], words.offers, labelWidth: label) }
    }
    let rules =
      here.rules.isEmpty ? texts["campaigns.no-rules"] : here.rules.joined(separator: ", ")
    lines.pair(texts["campaigns.rules"], rules, labelWidth: label)
    if !here.campaign.note.isEmpty {
      lines.pair(texts["campaigns.note"], here.campaign.note, labelWidth: label)
    }
    return lines
  }
}
