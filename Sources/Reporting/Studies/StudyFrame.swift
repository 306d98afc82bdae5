import ClaimRules
import FundCore
import Planning
import ReportForm
import ResultFacts

/// What the reports of studies have alike: how they begin, and how they end.
struct StudyFrame {
  /// Where the figures of each variant come from.
  let origin: Origin
  /// Over how many draws of the parameters figures are taken; `nil` where these are taken as they stand.
  let drawCount: Int?
  /// The funds, each with its rules.
  let funds: [FundDescription]

  /// That of several variants; those that are not allowed are left out.
  ///
  /// - Parameters:
  ///   - study: What was run.
  ///   - isOfFirst: Whether the notes are those of the first variant alone, of which the others are
  ///     readings.
  init(_ study: StudyResult, isOfFirst: Bool = false) {
    let provenances = study.provenances.compactMap(\.self)
    origin = Origin(
      provenances: isOfFirst ? Array(provenances.prefix(1)) : provenances,
      trialCount: study.trialCount,
      runCount: study.runCount)
    drawCount = study.drawCount
    let sources = study.sources.compactMap(\.self)
    funds = sources.prefix(isOfFirst ? 1 : sources.count).flatMap(\.funds)
  }

  /// That of one run.
  init(
    _ provenance: Provenance, trialCount: Int, drawCount: Int?, funds: [FundDescription] = []
  ) {
    origin = Origin(provenances: [provenance], trialCount: trialCount)
    self.drawCount = drawCount
    self.funds = funds
  }

  /// A report about the first variant's scenario, without sections as yet.
  ///
  /// - Parameters:
  ///   - kind: What kind of report it is.
  ///   - largest: The largest amount, in yuan.
  func opened(_ kind: LocalizedText, largest: Double) -> Report {
    var report = Report(
      kind: kind, title: origin.provenance.scenario.title, generator: origin.generator,
      money: MoneyScale(largest))
    report.facts = origin.facts
    report.notes = Departures(origin.provenances).notesWithLoans
    report.headline = [.paragraph(included)]
    return report
  }

  /// What the figures and their errors hold, in a line.
  private var included: LocalizedText {
    guard let drawCount else {
      return .init(
        en: """
          The figures take the probabilities as right; their errors are those of the simulation alone.
          """,
        zh: "各数字按违约概率正确计算，误差仅为模拟误差。")
    }
    let count = NumberFormat.whole(drawCount)
    return .init(
      en: """
        The figures are predictive: means over \(count) draws of the parameters, which their errors hold; \
        they leave out whether the law of dependence and the readings are right.
        """,
      zh: """
        各数字均为预测值：\(count)组参数抽样的平均，误差已计入抽样；不含相依结构和条文读法是否正确。
        """)
  }

  /// The report with its signs and where it comes from.
  ///
  /// - Parameter differences: How many differences were judged together: those of totals; behind them those of
  ///   years and of who uses the funds up, each judged among themselves.
  func closed(_ report: Report, differences: [Int] = []) -> Report {
    var report = report
    report.sections += StudyInputs(provenances: origin.provenances).sections
    report.sections.append(report.signs(differences: differences))
    report.sections.append(origin.section)
    report.bases = FundDescription.bases(of: funds)
    return report
  }
}

extension StudyResult {
  /// What is said first if a trial failed a self-check; nothing, unless there is a bug.
  var failedChecksNote: [SectionBlock] {
    guard failedChecks > 0 else { return [] }
    let count = NumberFormat.whole(failedChecks)
    return [
      .paragraph(
        .init(
          en: "SELF-CHECKS FAILED in \(count) trials. This is a bug; please report it.",
          zh: "\(count)次模拟未通过自检。这是程序缺陷，请报告。"))
    ]
  }

  /// What a row is called in a report. Its own name, by which options know it, is in one language.
  func words(of row: StudyRow) -> LocalizedText {
    let parts = variants[row.variant].nameParts
    guard !parts.isEmpty else { return .init(same: row.name) }
    let hasSeveralFunds = rows.contains { $0.position > 0 }
    let words = parts.map(\.words) + (hasSeveralFunds ? [.init(same: row.fund.name)] : [])
    return words.joined(with: .init(same: " · "))
  }

  /// What a row is called, as a cell.
  func cell(of row: StudyRow) -> ReportCell { .words(words(of: row)) }

  /// What a variant is called in a report.
  static func words(of variant: Variant) -> LocalizedText {
    variant.nameParts.isEmpty
      ? .init(same: variant.name)
      : variant.nameParts.map(\.words).joined(with: .init(same: " · "))
  }
}

extension Variant.NamePart {
  /// The piece in words.
  var words: LocalizedText {
    switch self {
    case .text(let text): return .init(same: text)
    case .setting(let setting):
      let value = Names.value(setting.value, of: setting.path)
      return setting.tellsItself
        ? value
        : .init(
          en: "\(Names.setting(setting.path)) \(value)",
          zh: "\(Names.setting(setting.path))\(value)")
    }
  }
}
