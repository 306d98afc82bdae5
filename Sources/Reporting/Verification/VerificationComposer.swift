import FundCore
import ReportForm
import Verification

/// What came of the checks, in sections.
struct VerificationComposer {
  let source: VerificationReport
  let isWhole: Bool

  private var results: [CheckResult] { source.run.results }

  var report: Report {
    var report = Report(
      kind: .init(en: "Verification", zh: "核对"), title: "", generator: "fundsim \(source.engine)")
    report.headline = [.paragraph(source.verdict)]
    report.sections =
      [groups]
      + (source.run.failures.isEmpty || source.isSpoiled && !isWhole ? [] : [failures])
      + (isWhole ? CheckGroup.allCases.compactMap(section) : []) + [reading]
    return report
  }

  private var groups: ReportSection {
    var table = FigureTable(
      "groups",
      heads: [
        .init(en: "group", zh: "类别"), .init(en: "what", zh: "内容"), .init(en: "checks", zh: "核对项"),
        .init(en: "do not hold", zh: "不成立"), .init(en: "largest |z|", zh: "最大|z|"),
      ])
    table.textWidths = [11, 52, 0, 0, 0]
    table.rows = CheckGroup.allCases.compactMap { group -> [ReportCell]? in
      let own = results.filter { $0.group == group }
      guard !own.isEmpty else { return nil }
      let largest = own.compactMap { $0.deviation.map(abs) }.max()
      return [
        .name(group.rawValue), .words(group.title), .count(own.count),
        .count(own.count { !$0.holds }),
        largest.map { .number($0, decimals: 2) } ?? .none,
      ]
    }
    return ReportSection(.init(en: "Groups", zh: "类别"), [.table(table)])
  }

  private var failures: ReportSection {
    ReportSection(
      .init(en: "What does not hold", zh: "不成立的核对"),
      [.table(table("failures", source.run.failures))])
  }

  private func section(_ group: CheckGroup) -> ReportSection? {
    let own = results.filter { $0.group == group }
    guard !own.isEmpty else { return nil }
    return ReportSection(group.title, [.table(table(group.rawValue, own))])
  }

  private func table(_ name: String, _ results: [CheckResult]) -> FigureTable {
    var table = FigureTable(
      name,
      heads: [
        .init(en: "check", zh: "核对"), .init(en: "expected", zh: "预期"),
        .init(en: "found", zh: "得到"), .init(en: "off by", zh: "偏差"),
        .init(en: "holds", zh: "成立"), .init(en: "known from", zh: "依据"),
      ])
    table.textWidths = [30, 18, 18, 9, 5, 20]
    table.rows = results.map { result in
      [
        .words(result.check.name), .words(result.check.expected.words), .words(result.foundWords),
        .words(result.errorWords),
        .words(result.holds ? .init(en: "yes", zh: "是") : .init(en: "NO", zh: "否")),
        .words(result.check.source),
      ]
    }
    return table
  }

  private var reading: ReportSection {
    let limit = LocalizedText(same: NumberFormat.fixed(CheckTable.limit, decimals: 2))
    let count = CheckTable.statisticalCount
    let odds = LocalizedText(same: NumberFormat.trimmed(100 * CheckTable.falseAlarm, decimals: 3))
    var texts: [LocalizedText] = [
      .init(
        en: """
          Exact checks agree to the fen or to the last bit; checks with a tolerance within what their source prints, or \
          the function promises.
          """,
        zh: "精确核对须分毫不差或逐位相同；带容差的核对须在来源的印刷精度或函数所保证的精度之内。"),
      .init(
        en: """
          Statistical checks have fixed seeds, and hold within \(limit) standard errors. With other seeds a right program \
          would fail one or more of the table's \(count) with a probability of at most \(odds) % (Bonferroni).
          """,
        zh: """
          统计核对的种子固定，偏差须在\(limit)个标准误之内。若换用其他种子，正确的程序在全表\(count)项统计核对中\
          有任一项不成立的概率至多\(odds)%（Bonferroni）。
          """),
    ]
    if !isWhole {
      texts.append(
        .init(
          en:
            "`--all` prints every check with its value and source; `--list` the table without making it.",
          zh: "`--all` 列出每项核对的数值与依据；`--list` 只列出核对表，不进行核对。"))
    }
    var section = ReportSection(.init(en: "How to read it", zh: "如何解读"), [.list(texts)])
    section.isOfSources = true
    return section
  }
}
