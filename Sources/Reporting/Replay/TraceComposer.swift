import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts

/// Composes the story of a trial.
struct TraceComposer: Speaker {
  let report: TraceReport
  let isBrief: Bool
  let language: Language

  /// The parts, in order.
  var blocks: [ReportBlock] {
    let title = report.provenance.scenario.title
    return [
      .title(
        say(
          en: "Trial \(report.choice.trial) of \(title)",
          zh: "\(title)：第\(report.choice.trial)次模拟")),
      .heading(report.fund.name), .pairs(head),
      .subheading(say(en: "Month by month (yuan)", zh: "逐月（元）")), .table(monthTable),
      .paragraph(
        say(
          en: """
            X: the systematic factor of the month's period, 0 on average; the lower, the more loans \
            default. Defaults: loans first overdue in the month, covered or not.
            """,
          zh: "X：当月所在周期的系统性因子，平均为0，越低违约越多。违约：当月首次逾期的贷款笔数，不论是否纳入补偿范围。")),
    ] + (isBrief ? [] : story(report.replay))
      + [.subheading(say(en: "Agreement", zh: "核对")), .paragraph(agreement)]
      + (report.differences.isEmpty ? [] : [.list(report.differences.map { say($0) })])
  }

  private var head: [(label: String, text: String)] {
    let replay = report.replay
    let sums = replay.totals
    var pairs = [
      pair(
        .init(en: "programme", zh: "办法"),
        say(
          en: "\(report.fund.programme), \(report.fund.programmeTitle)",
          zh: "\(report.fund.programme)，\(report.fund.programmeTitle)")),
      pair(
        .init(en: "operating model", zh: "运作模式"),
        language == .english
          ? report.fund.operatingModel
          : ReportWords(language).name(ofModelOf: report.fund)),
      pair(.init(en: "seed", zh: "种子"), "\(report.provenance.seed)"),
    ]
    if let rank = report.choice.rank {
      pairs.append(pair(.init(en: "chosen as", zh: "选取依据"), say(rank)))
    }
    for (index, text) in ReadingNotes(portfolio: report.provenance.portfolio).setAside.enumerated()
    {
      pairs.append(
        pair(index == 0 ? .init(en: "rows set aside", zh: "剔除行") : .empty, say(text)))
    }
    let count = report.months.reduce(0) { $0 + $1.defaultCount }
    pairs += [
      pair(.init(en: "defaults", zh: "违约笔数"), NumberFormat.whole(count)),
      pair(.init(en: "opening balance", zh: "期初余额"), sums.opening.text),
      pair(.init(en: "compensation", zh: "风险补偿"), sums.compensation.text),
      pair(.init(en: "recoveries", zh: "追偿返还"), sums.returned.text),
      pair(.init(en: "closing balance", zh: "期末余额"), sums.closing.text),
      pair(.init(en: "owed and not paid", zh: "应付未付"), sums.unpaid.text),
      pair(
        .init(en: "ran dry", zh: "耗尽"),
        replay.ranDryOn.map { say(en: "on \($0)", zh: "\($0)") } ?? say(en: "never", zh: "从未")),
    ]
    return pairs
  }

  private var agreement: String {
    report.differences.isEmpty
      ? say(
        en: """
          The trial was simulated, written down as a register and replayed day by day by the rules \
          code: payments, returns and balance of every month, every party's loss and every \
          threshold agree to the fen. Days are the simulation's: the 15th, claims on the 16th.
          """,
        zh: """
          本次模拟记成登记簿，再由条款代码逐日回放：各月的支付、返还和余额，各方损失，各阈值，均一致到分。\
          日期按模拟约定：每月15日，补偿为16日。
          """)
      : say(
        en: "The replay DIFFERS from the simulation, which is a bug of this program:",
        zh: "回放与模拟不一致，属本程序的错误：")
  }

  // MARK: Months

  private var monthTable: ReportTable {
    var table = ReportTable(heads: [say(en: "month", zh: "月份")])
    let factorCount = report.months.first?.factors.count ?? 0
    for index in 0..<factorCount {
      table.heads.append(factorCount == 1 ? "X" : "X\n\(report.sectors[index])")
    }
    table.heads += heads(
      en: "defaults|overdue|compensation|recoveries|balance", zh: "违约|逾期本金|风险补偿|追偿返还|余额")
    for (drawn, month) in zip(report.months, report.replay.months) {
      table.rows.append(
        [month.month.description] + drawn.factors.map(Self.signed)
          + [
            NumberFormat.whole(drawn.defaultCount), drawn.overdue.column, month.paid.column,
            month.returned.column, month.closing.column,
          ])
    }
    return table
  }

  private static func signed(_ factor: Double) -> String {
    (factor < 0 ? "−" : "+") + NumberFormat.fixed(abs(factor), decimals: 2)
  }

  // MARK: The story

  private func story(_ replay: Replay) -> [ReportBlock] {
    var lines: [CivilMonth: [String]] = [:]
    for entry in replay.entries {
      if let line = replay.story(of: entry) {
        lines[entry.date.month, default: []].append(say(line))
      }
    }
    let overdue = Dictionary(
      grouping: replay.register.loans.filter { $0.loss != nil },
      by: { $0.loss?.overdueOn.month ?? $0.disbursedOn.month })
    return [.subheading(say(en: "What happened", zh: "经过"))]
      + replay.months.flatMap { month -> [ReportBlock] in
        let defaults = (overdue[month.month] ?? []).compactMap { loan in
          loan.loss.map {
            LocalizedText(
              en: "\(loan.id) (\($0.principal.text))", zh: "\(loan.id)（\($0.principal.text)）")
          }
        }
        let first =
          defaults.isEmpty
          ? []
          : [say(en: "first overdue: \(defaults.joined())", zh: "首次逾期：\(defaults.joined())")]
        let all = first + (lines[month.month] ?? [])
        return all.isEmpty ? [] : [.subheading("\(month.month)"), .list(all)]
      }
  }
}
