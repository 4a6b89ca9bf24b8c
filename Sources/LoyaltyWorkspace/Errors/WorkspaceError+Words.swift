import LoyaltyAnalytics
import LoyaltyExchange
package import LoyaltyModel
import LoyaltyRules
import LoyaltyStore

extension WorkspaceError {
  /// What is wrong, where, and what to do.
  package func message(_ wording: Wording) -> String {
    switch cause {
    case .store(let error): error.message(wording)
    case .disk(let error): error.advice(wording)
    case .exchange(let file, let error):
      wording("error.exchange", ["file": file, "message": error.message(wording)])
    case .filter(let error): error.message(wording)
    case .unknownProfile(let name):
      wording(
        "error.unknown-profile",
        [
          "name": name,
          "known": ProfileRequest.allCases.map(\.rawValue).joined(separator: ", "),
        ])
    case .notAFile(let path): wording("error.not-a-file", ["path": path])
    case .fileExists(let path): wording("error.file-exists", ["path": path])
    case .noFolder(let path): wording("error.no-folder", ["path": path])
    case .badTable(let file, let line, let flaw):
      wording(
        "error.bad-table",
        [
          "place": file + (line.map { ":\($0)" } ?? ""), "message": flaw.message(wording),
        ])
    case .beingMade(let path): wording("error.being-made", ["path": path])
    case .noBackup(let path): wording("error.no-backup", ["path": path])
    case .demoExists(let path): wording("error.demo-exists", ["path": path])
    case .cancelled: wording["error.cancelled"]
    default: exchange(wording) ?? figures(wording) ?? rules(wording) ?? decision(wording)
    }
  }

  private func exchange(_ wording: Wording) -> String? {
    switch cause {
    case .importedBefore(let before):
      wording(
        before.event == nil ? "error.imported-before.unknown" : "error.imported-before",
        count: before.purchases,
        [
          "file": before.file, "day": before.time.map { wording.display.day($0) } ?? "",
          "event": before.event.map(String.init) ?? "",
          "n": wording.display.number(before.purchases),
        ])
    case .nothingToExport(let waiting, let kept):
      ([wording["error.nothing-to-export"]]
        + kept.map {
          wording("error.kept-group", ["n": wording.display.number($0.count), "reason": $0.reason])
        }
        + [
          waiting == 0
            ? wording["error.export-none-waits"]
            : wording(
              "error.export-waiting", count: waiting, ["n": wording.display.number(waiting)])
        ]).joined(separator: "\n")
    case .spreadsheet(let path):
      wording(
        "error.spreadsheet",
        ["path": path, "other": path.split(separator: ".").dropLast().joined(separator: ".")])
    default: nil
    }
  }

  private func figures(_ wording: Wording) -> String? {
    switch cause {
    case .noSuchCustomer(let id): wording("error.no-such-customer", ["id": id])
    case .noData(let day, .some(let first)):
      wording(
        "error.no-data-before", ["day": wording.day(day), "first": wording.day(first)])
    case .noData(_, .none): wording["error.no-data"]
    case .nothingToCut(let day): wording("error.nothing-to-cut", ["day": wording.day(day)])
    case .notByAmount(let measure):
      wording("error.not-by-amount", ["measure": measure.words(wording.texts)])
    case .noMargin(let lines): wording("error.no-margin", count: lines, ["n": String(lines)])
    case .cannotPredict(let findings):
      ([wording["error.cannot-predict"]] + findings.map { $0.words(wording) } + [
        wording["error.choose-value"]
      ])
      .joined(separator: " ")
    case .noSuchBranch(let name, let known):
      known.isEmpty
        ? wording("error.no-such-branch", ["name": name])
        : wording(
          "error.no-such-branch.known",
          ["name": name, "known": known.joined(separator: ", ")])
    case .nothingHeldOut(let day, let asOf):
      wording(
        "error.nothing-held-out", ["day": wording.day(day), "asOf": wording.day(asOf)])
    case .horizonNotOver(let until, let asOf):
      wording("error.horizon", ["until": wording.day(until), "asOf": wording.day(asOf)])
    default: nil
    }
  }

  private func rules(_ wording: Wording) -> String? {
    switch cause {
    case .notForForm(let rule, let misfit):
      wording("error.not-for-form", ["rule": rule, "reason": misfit.words(wording)])
    case .noSuchValue(let rule, let path):
      wording("error.no-such-value", ["rule": rule, "path": path])
    case .badChange(let messages): messages.joined(separator: "\n")
    case .noSuchRule(let id, let nearest):
      nearest.isEmpty
        ? wording("error.no-such-rule", ["id": id])
        : wording(
          "error.no-such-rule.nearest",
          ["id": id, "nearest": nearest.joined(separator: ", ")])
    case .brokenRules(let file, let message):
      wording("error.broken-rules", ["file": file, "message": message])
    case .brokenFile(let file, let message):
      wording("error.broken-file", ["file": file, "message": message])
    case .changedRule(let file, let version, let day):
      wording(
        "error.changed-rule",
        [
          "file": file, "version": String(version), "day": wording.day(day),
          "next": String(version + 1),
        ])
    case .badName(let name): wording("error.bad-name", ["name": name])
    case .noSuchSegment(let name): wording("error.no-such-segment", ["name": name])
    case .blankFilter: wording["error.blank-filter"]
    case .editorFailed(let status): wording("error.editor-failed", ["n": String(status)])
    case .noSuchCampaign(let name, let known):
      known.isEmpty
        ? wording("error.no-such-campaign", ["name": name])
        : wording(
          "error.no-such-campaign.known", ["name": name, "known": known.joined(separator: ", ")])
    case .campaignInUse(let name, let rules):
      wording(
        "error.campaign-in-use", count: rules.count,
        ["name": name, "rules": rules.joined(separator: ", ")])
    case .badCampaign(let mistakes):
      mistakes.map { $0.words(wording.texts) }.joined(separator: "\n")
    default: nil
    }
  }

  private func decision(_ wording: Wording) -> String {
    switch cause {
    case .noSuchOffer(let id): wording("error.no-such-offer", ["id": String(id)])
    case .offerNotOpen(let id, let state):
      wording(
        "error.not-open", ["id": String(id), "state": wording.texts.value(state.rawValue)])
    case .decidedMeanwhile(let id, let state, let count):
      wording(
        "error.decided-meanwhile", count: count,
        [
          "id": String(id), "n": wording.display.number(count),
          "state": wording.texts.value(state.rawValue),
        ])
    case .reasonMissing: wording["error.reason-missing"]
    case .customersChanged: wording["error.customers-changed"]
    case .snoozeOver(let until, let asOf):
      wording("error.snooze-over", ["until": wording.day(until), "asOf": wording.day(asOf)])
    case .noSuchEvent(let event): wording("error.no-such-event", ["event": String(event)])
    case .takenBackAlready(let event):
      wording("error.taken-back-already", ["event": String(event)])
    case .cannotTakeBack(let event):
      wording("error.cannot-take-back", ["event": String(event)])
    case .takenByColleague(let id, let user):
      wording("error.taken-by", ["user": user, "id": String(id)])
    case .nothingToTake(let others):
      others == 0
        ? wording["error.none-waits"] : wording("error.none-left", ["n": String(others)])
    case .ruleGone(let id, let rule):
      wording("error.rule-gone", ["id": String(id), "rule": rule])
    case .badEdit(let problems):
      problems.map { $0.message(wording) }.joined(separator: "\n")
    default: ""
    }
  }

  /// The filter that was asked for and carets under the place of the mistake, on two lines; nil for
  /// what has no such place.
  package var place: String? {
    if case .filter(let issue) = cause { return issue.marked }
    return nil
  }

  /// Whether somebody stopped the work, rather than that it failed.
  package var isStop: Bool { if case .cancelled = cause { true } else { false } }

  /// The exit code of a command that fails so: 1 the work failed, 2 the call was wrong, 3 the store
  /// is damaged or cannot be written.
  package var exitCode: Int32 {
    switch cause {
    case .store(let error): error.exitCode
    case .filter, .unknownProfile, .reasonMissing, .snoozeOver, .noSuchCustomer, .noSuchOffer,
      .noSuchEvent, .noSuchRule, .noSuchValue, .notForForm, .badEdit, .badName, .blankFilter,
      .noSuchSegment, .badChange, .horizonNotOver, .noSuchBranch, .nothingHeldOut, .noSuchCampaign,
      .badCampaign, .noBackup, .demoExists, .spreadsheet:
      2
    case .exchange(_, let error): error.isWrongCall ? 2 : 1
    default: 1
    }
  }
}

extension StoreError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .missing, .notAFolder, .notAStore, .notEmpty: 2
    case .damaged, .readOnly, .disk: 3
    case .conflict, .invalid: 1
    }
  }
}

extension ExchangeError {
  /// Whether another call would do, rather than another file.
  fileprivate var isWrongCall: Bool {
    switch self {
    case .unknownField, .unknownColumn, .ambiguousColumn, .mappedTwice, .mappingNotNeeded: true
    case .table, .unrecognised, .unfitting, .noAnswer, .incompleteMapping: false
    }
  }
}

extension WorkspaceError.TableFlaw {
  /// What is wrong and what to do.
  fileprivate func message(_ wording: Wording) -> String {
    switch self {
    case .unreadable(let error): error?.message(wording) ?? wording["error.unreadable"]
    case .columnMissing(let names):
      wording(
        "error.column-missing",
        ["names": names.joined(separator: " \(wording["word.or"]) ")])
    case .notANumber(let column, let text):
      wording("error.not-a-number", ["column": column, "text": text])
    case .raggedRow: wording["error.ragged-row"]
    case .contradiction: wording["error.contradiction"]
    }
  }
}

extension DiskError {
  /// What failed and what to do, for files outside the store.
  fileprivate func advice(_ wording: Wording) -> String {
    switch kind {
    case .missing: wording("disk.missing", ["path": path])
    case .permission: wording("disk.permission", ["path": path])
    case .isFolder: wording("error.not-a-file", ["path": path])
    case .notFolder: wording("disk.not-folder", ["path": path])
    case .full: wording("disk.full", ["path": path])
    case .readOnlyFileSystem: wording("disk.read-only", ["path": path])
    case .exists: wording("disk.exists", ["path": path])
    case .symbolicLink: wording("disk.link", ["path": path])
    case .other: wording("disk.other", ["path": path, "text": systemText])
    }
  }
}
