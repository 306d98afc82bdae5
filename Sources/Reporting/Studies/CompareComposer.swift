import CompensationKernel
import FundCore
import LossStatistics
import Planning
import Simulation

/// Puts the comparison of variants together.
struct CompareComposer {
  let comparison: Comparison
  let words: StudyWords

  init(report: CompareReport, language: Language) {
    comparison = report.comparison
    let amounts = report.comparison.study.rows.map {
      max($0.fund.initial.yuan, $0.estimates.compensation.mean.value)
    }
    words = StudyWords(language, for: amounts.max() ?? 0)
  }

  private var study: StudyResult { comparison.study }

  var blocks: [ReportBlock] {
    let closing = StudyClosing(
      provenances: study.provenances.compactMap(\.self), trialCount: study.trialCount,
      runCount: study.runCount,
      words: words)
    let title = study.provenance?.scenario.title ?? ""
    return [.title(words("Compared: \(title)", "比较：\(title)"))] + closing.departures + answers
      + refused + differences + parties + words.signs(level: comparison.testedCount)
      + checks + closing.origin
  }

  // MARK: Answers

  private var answers: [ReportBlock] {
    let last = study.clock.firstMonth.advanced(by: study.clock.horizon - 1)
    var heads = [
      "", words("initial\namount", "初始\n资金"), words("lasts to\n\(last)", "足额至\n\(last)"),
      words("ever exhausted\n(95 % interval)", "曾耗尽\n（95 %区间）"),
      words("compensation\nmean ± s.e.", "风险补偿\n均值±标准误"), words("mean of\nworst 1 %", "最差1 %\n均值"),
      words("capital for\n95 % survival", "95 %足额\n所需资本"),
    ]
    let thresholds = thresholdNames
    heads += thresholds.map { words("odds of\n\($0)", "\(StudyFigure.chineseName(of: $0))\n概率") }
    var table = ReportTable(heads: heads)
    for row in study.rows {
      var cells = [
        row.name, words.plain(row.fund.initial),
        row.estimates.survival.last.map { words.probability($0, withInterval: false) } ?? "",
        words.probability(row.estimates.exhaustion),
      ]
      let plain: [(StudyFigure, Bool)] = [
        (.compensation, true), (.shortfall(.percent(99)), false), (.capital(.percent(95)), false),
      ]
      for (figure, withError) in plain {
        cells.append(
          row.value(figure).map { words.figure($0, isProbability: false, withError: withError) }
            ?? "")
      }
      cells += thresholds.map { name in
        row.value(.breach(threshold: name, bank: nil)).map {
          words.figure($0, isProbability: true, withError: false)
        } ?? "–"
      }
      table.rows.append(cells)
    }
    return [.heading(words("Answers (\(words.unitName))", "结果（\(words.unitName)）")), .table(table)]
  }

  private var thresholdNames: [String] {
    comparison.figures.compactMap { figure in
      if case .breach(let threshold, nil) = figure { threshold } else { nil }
    }
  }

  private var refused: [ReportBlock] {
    let items = study.variants.compactMap { variant -> String? in
      guard case .failure(let reason) = variant.outcome else { return nil }
      return variant.name + words.colon
        + reason.problems.map { $0.message[words.language] }.joined(separator: words.semicolon)
    }
    guard !items.isEmpty else { return [] }
    return [.subheading(words("Not allowed", "不允许")), .list(items)]
  }

  // MARK: Differences

  private var differences: [ReportBlock] {
    guard !comparison.differences.isEmpty else { return [] }
    let figures = comparison.figures.filter { figure in
      if case .loss = figure { return false }
      return comparison.differences.contains { item in
        item.figures.contains { $0.figure == figure }
      }
    }
    var table = ReportTable(heads: [words("row minus reference", "本行减基准")] + figures.map(head))
    for item in comparison.differences {
      table.rows.append(
        [study.rows[item.row].name]
          + figures.map { figure in
            item.figures.first { $0.figure == figure }.map { words.difference($0) } ?? "–"
          })
    }
    return [
      .heading(words("Differences (\(words.unitName))", "差值（\(words.unitName)）")),
      .paragraph(reference),
    ] + shared + [.table(table)]
  }

  /// What every row is compared with.
  private var reference: String {
    let names = Set(comparison.differences.map(\.reference)).sorted().map { study.rows[$0].name }
    let listed = names.joined(separator: words.semicolon)
    return words(
      "Against \(listed), trial by trial, so that what both share cancels. "
        + "Probabilities in points of a per cent.",
      "以\(listed)为基准，逐次相减，共同部分相互抵消。概率之差以百分点计。")
  }

  /// What rows of different runs share.
  private var shared: [ReportBlock] {
    study.sharedDraws.map { [.paragraph($0.words[words.language])] } ?? []
  }

  private func head(_ figure: StudyFigure) -> String {
    switch figure {
    case .exhaustion: words("exhaustion,\n% points", "耗尽概率\n百分点")
    case .compensation: words("compensation", "风险补偿")
    case .unpaid: words("unpaid", "未付")
    case .shortfall: words("mean of\nworst 1 %", "最差1 %\n均值")
    case .capital: words("capital for\n95 % survival", "95 %足额\n所需资本")
    case .breach(let threshold, _):
      words("\(threshold),\n% points", "\(StudyFigure.chineseName(of: threshold))\n百分点")
    default: figure.name[words.language]
    }
  }

  /// Who gains and who loses.
  private var parties: [ReportBlock] {
    guard !comparison.differences.isEmpty else { return [] }
    var table = ReportTable(
      heads: [words("change of mean loss", "平均损失的变化")]
        + comparison.parties.map { $0.localizedName[words.language] })
    for item in comparison.differences {
      table.rows.append(
        [study.rows[item.row].name]
          + comparison.parties.map { party in
            item.figures.first { $0.figure == .loss(party) }.map { words.difference($0) } ?? "–"
          })
    }
    return [
      .heading(
        words("Who gains, who loses (\(words.unitName))", "谁受益，谁受损（\(words.unitName)）")),
      .paragraph(
        words(
          "Mean loss after recoveries against the same reference: below zero a party is better off. The "
            + "banks' loss counts what is outside cover too.",
          "与同一基准相比的平均净损失（已扣除追偿）：负值表示该方受益。银行损失包括补偿范围以外的部分。")),
      .table(table),
    ]
  }

  private var checks: [ReportBlock] {
    guard study.failedChecks > 0 else { return [] }
    return [
      .paragraph(
        words(
          "SELF-CHECKS FAILED in \(study.failedChecks) trials. This is a bug; please report it.",
          "\(study.failedChecks)次模拟未通过自检。这是程序缺陷，请报告。"))
    ]
  }
}
