import FundCore
import LossStatistics
import Planning
import ReportForm

/// Puts the report of fund sizes together.
struct SizeComposer {
  let report: SizeReport
  let words: StudyWords

  init(report: SizeReport, language: Language) {
    self.report = report
    let largest = report.sizes.requirements.map { Double($0.size.value) / 100 }.max() ?? 0
    words = StudyWords(language, for: max(largest, report.sizes.fund.initial.yuan))
  }

  private var sizes: SizeStudy { report.sizes }

  var blocks: [ReportBlock] {
    let closing = StudyClosing(
      provenances: [sizes.provenance], trialCount: sizes.trialCount, runCount: 1, words: words)
    var blocks: [ReportBlock] = [
      .title(
        words(
          "How large must the fund be? \(sizes.provenance.scenario.title)",
          "基金需要多大？\(sizes.provenance.scenario.title)"))
    ]
    blocks += closing.departures
    blocks += requirements
    blocks += curve
    if let precision = report.precision { blocks += trials(precision) }
    if let lending = report.lending {
      blocks += LendingComposer(lending: lending, sizes: sizes, words: words).blocks
    }
    return blocks + words.signs() + closing.origin
  }

  // MARK: Sizes

  private var requirements: [ReportBlock] {
    let fund = sizes.fund
    var table = ReportTable(
      heads: [words("survives with", "足额概率")]
        + sizes.months.map { words.through($0, from: sizes.firstMonth) })
    for level in Set(sizes.requirements.map(\.level)).sorted() {
      let row = sizes.requirements.filter { $0.level == level }
      table.rows.append([words.level(level)] + row.map { words.amount($0.size) })
    }
    var blocks: [ReportBlock] = [
      .heading(
        words(
          "Smallest initial amount (\(words.unitName)): \(fund.name)",
          "最小初始资金（\(words.unitName)）：\(fund.name)")),
      .paragraph(
        words(
          "With this amount nothing that the fund owes goes unpaid up to that month, in so many of 100 "
            + "cases. Found from the needed capital of every trial; the interval holds the true amount "
            + "with 95 % probability whatever the distribution (order statistics).",
          "以此资金，直至该月基金应付款项全部付清的情形在每100次中有如此之多。由每次模拟的所需资本得出；"
            + "区间以95 %的概率包含真实数值，不依赖分布形式（次序统计量）。")),
      .table(table),
    ]
    if sizes.feeFollowsSize {
      blocks.append(
        .paragraph(
          words(
            "The management fee is a part of the initial amount: these sizes hold with the fee of the "
              + "scenario's amount. Set the size found and run again until both agree.",
            "管理费按初始资金计提：以上规模按情景文件中的资金计费。请代入所得规模再次运行，直至两者一致。")))
    }
    if let floor = SizeFloor(sizes) { blocks.append(.paragraph(floor.words[words.language])) }
    if let initial = initialAmount { blocks.append(.paragraph(initial)) }
    if let line = confirmation { blocks.append(.paragraph(line)) }
    return blocks
  }

  /// What the scenario's own amount does.
  private var initialAmount: String? {
    let survival = sizes.survival(with: sizes.fund.initial)
    guard !survival.isEmpty else { return nil }
    let parts = zip(sizes.months, survival).map { months, proportion in
      words.through(months, from: sizes.firstMonth) + " " + words.probability(proportion)
    }
    return words(
      "The scenario's own \(words.plain(sizes.fund.initial)) \(words.unitName) lasts: ",
      "情景文件的\(words.plain(sizes.fund.initial))\(words.unitName)足额概率：")
      + parts.joined(separator: words.semicolon)
  }

  /// What the runs with these amounts, and with one fen less, said.
  private var confirmation: String? {
    let tried = sizes.requirements.filter { $0.confirmed != nil }
    guard !tried.isEmpty else { return nil }
    let failing = tried.filter { item in
      guard let counts = item.confirmed else { return false }
      return counts.atSize != item.survivors
        || (item.size.value > 0 && counts.below >= counts.atSize)
    }
    guard failing.isEmpty else {
      let names = failing.map { "\(words.level($0.level)), \($0.months)" }
        .joined(separator: words.semicolon)
      return words(
        "NOT CONFIRMED by runs with these amounts: \(names). This is a bug; please report it.",
        "以这些金额运行未能证实：\(names)。这是程序缺陷，请报告。")
    }
    return words(
      "Confirmed: in runs with each of these amounts exactly as many trials survive, and with one fen "
        + "less fewer do.",
      "已证实：以每个金额运行，足额次数完全相同；少一分则次数减少。")
  }

  // MARK: The curve

  private var curve: [ReportBlock] {
    var table = ReportTable(
      heads: [words("initial amount", "初始资金")]
        + sizes.months.map { words.through($0, from: sizes.firstMonth) })
    let stride = max(1, (sizes.curve.count + 13) / 14)
    for (index, point) in sizes.curve.enumerated() where index % stride == 0 {
      table.rows.append(
        [words.plain(point.size)] + point.survival.map { words.probability($0) })
    }
    let band = NumberFormat.fixed(
      sizes.bandHalfWidth * 100,
      decimals: NumberFormat.decimals(standardError: sizes.bandHalfWidth * 100) ?? 2)
    return [
      .heading(
        words(
          "Survival by initial amount (\(words.unitName))", "不同初始资金的足额概率（\(words.unitName)）")),
      .table(table),
      .paragraph(
        words(
          "The brackets hold each point for itself. The whole curve lies within ± \(band) points of a "
            + "per cent of the true one with 95 % probability (Dvoretzky–Kiefer–Wolfowitz).",
          "括号为逐点区间。整条曲线以95 %的概率处于真实曲线上下\(band)个百分点之内（Dvoretzky–Kiefer–Wolfowitz）。")),
    ]
  }

  // MARK: Precision

  private func trials(_ precision: SizeStudy.Precision) -> [ReportBlock] {
    var table = ReportTable(
      heads: [words("survives with", "足额概率")]
        + sizes.months.map { words.through($0, from: sizes.firstMonth) })
    for level in Set(sizes.requirements.map(\.level)).sorted() {
      let row = sizes.requirements.filter { $0.level == level }
      table.rows.append(
        [words.level(level)]
          + row.map { item in
            item.trials(forPrecision: precision, of: sizes.trialCount).map { Self.roundedUp($0) }
              ?? words("cannot be told", "无法判断")
          })
    }
    return [
      .heading(
        words(
          "Trials for an interval of ± \(precisionText(precision))",
          "区间为±\(precisionText(precision))所需的模拟次数")),
      .paragraph(
        words(
          "The interval shrinks with the square root of the number of trials: four times as many halve "
            + "it. How wide it is at \(NumberFormat.whole(sizes.trialCount)) trials shows how thinly "
            + "trials lie around the size; from that follows how many are needed.",
          "区间按模拟次数的平方根收窄：次数增至四倍，区间减半。\(NumberFormat.whole(sizes.trialCount))次模拟时的"
            + "区间宽度反映了该规模附近模拟结果的疏密，由此推得所需次数。")),
      .table(table),
    ]
  }

  private func precisionText(_ precision: SizeStudy.Precision) -> String {
    switch precision {
    case .relative(let part): NumberFormat.trimmed(part * 100, decimals: 4) + " %"
    case .absolute(let amount): "\(words.plain(amount)) \(words.unitName)"
    }
  }

  /// Two digits that count, rounded up.
  private static func roundedUp(_ count: Int) -> String {
    var step = 1
    while count / step >= 100 { step *= 10 }
    return NumberFormat.whole((count + step - 1) / step * step)
  }
}
