public import FundCore
public import ReportForm
public import Verification

/// What came of the checks of `fundsim verify`, without any format.
public struct VerificationReport: Sendable {
  /// The checks that were made.
  public let run: VerificationRun
  /// The program that made them.
  public let engine: EngineVersion
  /// Whether every expected value was made wrong.
  public let isSpoiled: Bool

  /// A report.
  public init(_ run: VerificationRun, engine: EngineVersion, isSpoiled: Bool) {
    self.run = run
    self.engine = engine
    self.isSpoiled = isSpoiled
  }

  /// The report in both languages.
  ///
  /// - Parameter isWhole: Whether every check is told; else each group in a line, and the checks that do not hold.
  public func report(isWhole: Bool) -> Report {
    VerificationComposer(source: self, isWhole: isWhole).report
  }

  /// The report for programs: one JSON object, as `Schemas/verify.schema.json` describes it.
  public func json() -> String { VerificationJSON(source: self).value.text }

  /// The sentence that closes it: "572 checks hold."
  public var verdict: LocalizedText {
    let (all, failed) = (run.results.count, run.failures.count)
    if failed == 0 {
      return .init(
        en: "\(all) \(all == 1 ? "check holds" : "checks hold").", zh: "\(all)项核对全部成立。")
    }
    if failed == all, isSpoiled {
      return .init(
        en: "None of \(all) checks holds, as it has to be: every expected value was made wrong.",
        zh: "\(all)项核对无一成立，理应如此：全部预期值都已改错。")
    }
    let spoiled = LocalizedText(
      en: " Every expected value was made wrong: none should hold.", zh: "全部预期值都已改错：应无一成立。")
    let text = LocalizedText(
      en: "\(failed) of \(all) checks \(failed == 1 ? "does" : "do") not hold.",
      zh: "\(all)项核对中有\(failed)项不成立。")
    return isSpoiled ? text + spoiled : text
  }
}

/// The checks of a table by group, with where each is known from, without making them.
public func checkList(_ sets: [CheckSet]) -> LocalizedText {
  LocalizedText { language in
    CheckGroup.allCases.compactMap { group -> String? in
      let checks = sets.filter { $0.group == group }.flatMap(\.checks)
      guard !checks.isEmpty else { return nil }
      let lines = checks.map { check in
        "  \(check.name[language]) = \(check.expected.words[language])  [\(check.source[language])]\n"
      }
      return "\(group.rawValue): \(group.title[language]) (\(checks.count))\n" + lines.joined()
    }.joined(separator: "\n")
  }
}
