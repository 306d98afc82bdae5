import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts

/// Composes the story of a trial.
struct TraceComposer {
  let source: TraceReport

  private var origin: Origin {
    Origin(provenances: [source.provenance], trialCount: source.provenance.trials)
  }

  /// The report in both languages.
  var report: Report {
    let trial = NumberFormat.whole(source.choice.trial)
    var report = Report(
      kind: .init(en: "Trial \(trial)", zh: "第\(trial)次模拟"),
      title: source.provenance.scenario.title, generator: origin.generator,
      money: MoneyScale(source.replay.totals.opening.yuan))
    report.facts = origin.facts
    report.notes = departures.notesWithLoans
    let chart = LedgerChart(replay: source.replay, index: 0, money: report.money).chart
    report.sections = [
      ReportSection(
        .init(same: source.fund.name),
        [.pairs(head)] + LedgerContributions(source.replay, by: source.groupings).blocks,
        charts: [chart].compactMap(\.self)), months,
    ]
    if !source.isBrief { report.sections.append(story(source.replay)) }
    report.sections += [agreement, origin.section]
    return report
  }

  /// Those of the fund that is traced; a scenario may have others.
  private var departures: Departures {
    var own = source.provenance
    own.overrides.removeAll { $0.scope != source.fund.name }
    own.readings.removeAll { $0.scope != source.fund.name }
    return Departures(own)
  }

  private var head: [LabelledText] {
    let replay = source.replay
    let sums = replay.totals
    var pairs = source.fund.programmePairs
    if let rank = source.choice.rank {
      pairs.append(LabelledText(.init(en: "chosen as", zh: "选取依据"), rank))
    }
    let count = NumberFormat.whole(source.months.reduce(0) { $0 + $1.defaultCount })
    return pairs + [
      LabelledText(.init(en: "defaults", zh: "违约笔数"), .init(same: count)),
      LabelledText(.init(en: "opening balance", zh: "期初余额"), sums.opening.named),
      LabelledText(.init(en: "compensation", zh: "风险补偿"), sums.compensation.named),
      LabelledText(.init(en: "recoveries", zh: "追偿返还"), sums.returned.named),
      LabelledText(.init(en: "closing balance", zh: "期末余额"), sums.closing.named),
      LabelledText(.init(en: "owed and not paid", zh: "应付未付"), sums.unpaid.named),
      LabelledText(
        .init(en: "ran dry", zh: "耗尽"),
        replay.ranDryOn.map { .init(en: "on \($0)", zh: "\($0)") }
          ?? .init(en: "never", zh: "从未")),
    ] + filledUp + notMade
  }

  private var filledUp: [LabelledText] {
    guard source.replay.agreement.fillUp != nil else { return [] }
    return [
      LabelledText(
        .init(en: "put in by filling up", zh: "补足投入"), source.replay.totals.filledUp.named)
    ]
  }

  /// What suspended or paused banks did not lend.
  private var notMade: [LabelledText] {
    guard !source.notMade.isEmpty else { return [] }
    let count = NumberFormat.whole(source.notMade.count)
    let credit = source.notMade.reduce(Money.zero) { $0 + $1.principal }.named
    return [
      LabelledText(
        .init(en: "loans not made", zh: "未发放的贷款"),
        .init(
          en: "\(count), \(credit): their banks were suspended or paused",
          zh: "\(count)笔，\(credit)：银行被中止或暂停"))
    ]
  }

  private var agreement: ReportSection {
    let heading = LocalizedText(en: "Agreement", zh: "核对")
    guard source.differences.isEmpty else {
      let words = LocalizedText(
        en: "The replay DIFFERS from the simulation, which is a bug of this program:",
        zh: "回放与模拟不一致，属本程序的错误：")
      return ReportSection(heading, [.paragraph(words), .list(source.differences)])
    }
    return ReportSection(
      heading,
      [
        .paragraph(
          .init(
            en: """
              The trial was simulated, written down as a register and replayed day by day by the rules \
              code: payments, returns and balance of every month, every party's loss and every \
              threshold agree to the fen. Days are the simulation's: the 15th, claims on the 16th.
              """,
            zh: """
              本次模拟记成登记簿，再由条款代码逐日回放：各月的支付、返还和余额，各方损失，各阈值，均一致到分。\
              日期按模拟约定：每月15日，补偿为16日。
              """))
      ])
  }

  // MARK: Months

  private var months: ReportSection {
    ReportSection(
      .init(en: "Month by month (yuan)", zh: "逐月（元）"),
      [
        .table(monthTable),
        .paragraph(
          .init(
            en: """
              X: the systematic factor of the month's period, 0 on average; the lower, the more loans \
              default. Defaults: loans first overdue in the month, covered or not.
              """,
            zh: "X：当月所在周期的系统性因子，平均为0，越低违约越多。违约：当月首次逾期的贷款笔数，不论是否纳入补偿范围。")),
      ])
  }

  private var monthTable: FigureTable {
    let factorCount = source.months.first?.factors.count ?? 0
    let factors = (0..<factorCount).map { index in
      LocalizedText(same: factorCount == 1 ? "X" : "X \(source.sectors[index])")
    }
    var table = FigureTable(
      "months",
      heads: [.init(en: "month", zh: "月份")] + factors + [
        .init(en: "defaults", zh: "违约"), .init(en: "overdue", zh: "逾期本金"),
        .init(en: "compensation", zh: "风险补偿"), .init(en: "recoveries", zh: "追偿返还"),
        .init(en: "balance", zh: "余额"),
      ])
    for (drawn, month) in zip(source.months, source.replay.months) {
      table.rows.append(
        [.month(month.month)] + drawn.factors.map { .signed($0, decimals: 2) }
          + [
            .count(drawn.defaultCount), .exact(drawn.overdue), .exact(month.paid),
            .exact(month.returned), .exact(month.closing),
          ])
    }
    return table
  }

  // MARK: The story

  private func story(_ replay: Replay) -> ReportSection {
    var lines: [CivilMonth: [LocalizedText]] = [:]
    for entry in replay.entries {
      if let line = replay.story(of: entry) { lines[entry.date.month, default: []].append(line) }
    }
    let overdue = Dictionary(
      grouping: replay.register.loans.filter { $0.loss != nil },
      by: { $0.loss?.overdueOn.month ?? $0.disbursedOn.month })
    let blocks = replay.months.flatMap { month -> [SectionBlock] in
      let defaults = (overdue[month.month] ?? []).compactMap { loan in
        loan.loss.map {
          LocalizedText(
            en: "\(isolated(loan.id)) (\($0.principal.inYuan))",
            zh: "\(isolated(loan.id))（\($0.principal.inYuan)元）")
        }
      }
      let first: [LocalizedText] =
        defaults.isEmpty
        ? []
        : [.init(en: "first overdue: \(defaults.joined())", zh: "首次逾期：\(defaults.joined())")]
      let all = first + (lines[month.month] ?? [])
      return all.isEmpty ? [] : [.subheading(.init(same: "\(month.month)")), .list(all)]
    }
    return ReportSection(.init(en: "What happened", zh: "经过"), blocks)
  }
}
