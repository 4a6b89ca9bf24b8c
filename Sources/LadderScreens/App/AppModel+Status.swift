import LoyaltyModel
import LoyaltyWorkspace
import TerminalKit

extension AppModel {
  /// Draws the line above the key hints: progress, else the last notice, else where things stand.
  func drawStatus(_ frame: inout Frame, _ rect: Rect, _ context: RenderContext) {
    if let notice {
      let (sign, role): (String, Role) =
        switch notice.kind {
        case .done: (context.symbol("✓ ", ascii: "* "), .good)
        case .failed: ("! ", .bad)
        case .hint: (context.symbol("· ", ascii: "- "), .warning)
        }
      let line = notice.text.split(separator: "\n").joined(separator: " ")
      drawNotice(sign + line, role, &frame, rect, context)
    } else if let work {
      drawProgress(work, &frame, rect, context)
    } else {
      frame.fill(rect, style: context[.status])
      let text = StatusLine(parts: statusParts).text(
        width: rect.width - 2, separator: context.symbol(" · ", ascii: " | "))
      frame.put(text, x: rect.x + 1, y: rect.y, style: context[.status], width: rect.width - 2)
    }
  }

  /// Draws a notice; one that does not fit says which key shows all of it.
  private func drawNotice(
    _ line: String, _ role: Role, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    let more = "  ! " + texts["status.all-of-it"]
    let room = rect.width - TextWidth.of(more)
    guard TextWidth.of(line) > rect.width, room > 0 else {
      return frame.draw(Label(line, role), in: rect, context)
    }
    let cut = TextWidth.truncated(line, to: room, ellipsis: context.ellipsis)
    frame.draw(Label([Span(cut, role), Span(more, .muted)]), in: rect, context)
  }

  private func drawProgress(
    _ work: Work, _ frame: inout Frame, _ rect: Rect, _ context: RenderContext
  ) {
    let stop =
      opening == nil
      ? texts[work.isStopping ? "app.stopping" : "app.esc-stops"]
      : texts["app.q-leaves"]
    let percent = work.progress.fraction.map { " \(Int($0 * 100)) %" } ?? ""
    let label = "\(openingActivity(work.progress.activity))\(percent), \(stop)"
    guard let fraction = work.progress.fraction, rect.width >= 60 else {
      frame.draw(Label(context.symbol("… ", ascii: "~ ") + label, .accent), in: rect, context)
      return
    }
    frame.draw(Gauge(fraction, label: label), in: rect, context)
  }

  /// What the status line tells, the first parts first to stay.
  private var statusParts: [StatusLine.Part] {
    guard let programme else { return [StatusLine.Part(texts["status.no-programme"], 9)] }
    let status = programme.status
    var parts: [StatusLine.Part] = []
    if status.isDemo { parts.append(StatusLine.Part(texts["status.demo"], 10)) }
    if status.readOnlyReason != nil {
      parts.append(StatusLine.Part(texts["status.read-only"], 9))
    }
    if let position { parts.append(StatusLine.Part(position, 10)) }
    if screen == .review, let markedNote { parts.append(StatusLine.Part(markedNote, 10)) }
    if let filter = filterInForce {
      parts.append(StatusLine.Part(texts("status.filter", ["filter": filter]), 9))
    }
    if let asOfDecisions { parts.append(StatusLine.Part(asOfDecisions, 9)) }
    let asOf = programme.day(status.asOf)
    parts.append(StatusLine.Part(texts("figures.as-at.short", ["day": asOf]), 8))
    if let complete = status.dataCompleteTo {
      if complete != status.asOf {
        let day = programme.day(complete)
        parts.append(StatusLine.Part(texts("status.data-to", ["day": day]), 6))
      }
    } else {
      parts.append(StatusLine.Part(texts["status.no-data"], 6))
    }
    parts.append(StatusLine.Part(programme.count(status.waiting, "count.offers-waiting"), 5))
    for batch in status.batches {
      let isOwn = batch.user == status.user
      parts.append(
        StatusLine.Part(
          texts(
            isOwn ? "status.batch.own" : "status.batch.other",
            ["user": batch.user, "n": programme.number(batch.left)]), isOwn ? 7 : 4))
    }
    parts.append(StatusLine.Part(status.user, 3))
    parts.append(StatusLine.Part(status.path, 2))
    return parts
  }

  /// The place in the list on the screen: `3 of 57`.
  private var position: String? {
    guard let programme else { return nil }
    let (place, count): (Int, Int) =
      switch screen {
      case .customers: (customers.table.selected, customers.rows.count)
      case .review where review.groups.isOpen:
        (review.groups.table.selected, review.groups.list.value?.count ?? 0)
      case .review: (review.table.selected, review.offers.count)
      case .attrition: (attrition.table.selected, slipping?.report.rows.count ?? 0)
      case .activity: (activity.table.selected, activity.entries.value?.count ?? 0)
      default: (0, 0)
      }
    guard count > 0 else { return nil }
    return programme.place(place, of: count)
  }

  private var filterInForce: String? {
    let text =
      switch screen {
      case .customers:
        [
          customers.scope?.title(texts),
          customers.filter.inForce.isEmpty ? nil : customers.filter.inForce,
        ]
        .compactMap(\.self).joined(separator: "; ")
      case .review: review.filter.inForce
      default: ""
      }
    return text.isEmpty ? nil : text
  }
}

/// A line of facts, of which the less important give way.
struct StatusLine {
  struct Part {
    let text: String
    let priority: Int

    init(_ text: String, _ priority: Int) { (self.text, self.priority) = (text, priority) }
  }

  let parts: [Part]

  /// The parts that fit into a width, in their order.
  func text(width: Int, separator: String) -> String {
    let gap = TextWidth.of(separator)
    var kept: Set<Int> = []
    var used = 0
    let byImportance = parts.indices.sorted {
      (-parts[$0].priority, $0) < (-parts[$1].priority, $1)
    }
    for index in byImportance {
      let needed = TextWidth.of(parts[index].text) + (kept.isEmpty ? 0 : gap)
      guard used + needed <= width || kept.isEmpty else { continue }
      used += needed
      kept.insert(index)
    }
    return parts.indices.filter(kept.contains).map { parts[$0].text }.joined(separator: separator)
  }
}
