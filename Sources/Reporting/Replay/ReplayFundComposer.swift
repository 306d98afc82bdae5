import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import ReportForm
import ResultFacts

/// Composes the part of a replay's report that concerns one fund.
struct ReplayFundComposer: Speaker {
  let replay: Replay
  let fund: FundDescription
  let figures: ReplayFigures
  let language: Language

  /// How many banks are listed.
  static let bankLimit = 16
  /// How many crossings of a threshold, and how many late duties, are listed.
  static let listLimit = 20

  /// The parts, in order.
  var blocks: [ReportBlock] {
    [.heading(fund.name), .pairs(terms)] + coverage + totals + years + banks + thresholds + late
  }

  // MARK: Terms and coverage

  private var terms: [(label: String, text: String)] {
    var pairs = [
      pair(
        .init(en: "programme", zh: "办法"),
        say(
          en: "\(fund.programme), \(fund.programmeTitle)",
          zh: "\(fund.programme)，\(fund.programmeTitle)")),
      pair(
        .init(en: "operating model", zh: "运作模式"),
        language == .english
          ? fund.operatingModel : ReportWords(language).name(ofModelOf: fund)),
    ]
    pairs += fund.shares.map {
      pair(
        .init(en: "share of the \($0.party)", zh: "\($0.party)份额"),
        say(en: "\($0.share) (\($0.citation))", zh: "\($0.share)（\($0.citation)）"))
    }
    pairs += fund.terms.map { pair($0.label, say($0.text)) }
    let unpaid = exact(replay.totals.unpaid)
    pairs.append(
      pair(
        .init(en: "ran dry", zh: "耗尽"),
        replay.ranDryOn.map {
          say(
            en: "on \($0): from then on \(unpaid) owed went unpaid",
            zh: "\($0)：此后应付未付\(unpaid)")
        } ?? say(en: "never: all that was owed was paid", zh: "从未耗尽：应付补偿均已支付")))
    if replay.eventsOutside > 0 {
      let count = NumberFormat.whole(replay.eventsOutside)
      pairs.append(
        pair(
          .init(en: "outside the time", zh: "期外事项"),
          say(
            en: """
              \(count) losses, claims and recoveries before the opening or after the last day \
              count for nothing
              """,
            zh: "启动之前或最后一日之后的\(count)项损失、补偿申请和追偿不计")))
    }
    return pairs
  }

  private var coverage: [ReportBlock] {
    var table = ReportTable(
      heads: heads(en: "left out for|article|loans|yuan", zh: "未纳入原因|依据|笔数|金额（元）"))
    for item in fund.coverage.leftOut {
      table.rows.append([
        say(item.condition), DisplayWidth.cut(say(item.article), to: 24),
        NumberFormat.whole(item.count), item.amount.text,
      ])
    }
    let count = NumberFormat.whole(fund.coverage.coveredCount)
    let covered = say(
      en: """
        Covered: \(count) loans, \(exact(fund.coverage.coveredAmount)). A loan with several reasons \
        counts under each.
        """,
      zh: "纳入补偿范围\(count)笔，\(exact(fund.coverage.coveredAmount))。一笔贷款有多项原因的，各项均计。")
    return [.subheading(say(en: "Coverage", zh: "补偿范围")), .paragraph(covered)]
      + (table.rows.isEmpty ? [] : [.table(table)])
  }

  // MARK: Money

  private var totals: [ReportBlock] {
    let sums = replay.totals
    var table = ReportTable(heads: heads(en: "|yuan", zh: "|元"))
    let rows: [(LocalizedText, Money)] = [
      (.init(en: "opening balance", zh: "期初余额"), sums.opening),
      (.init(en: "+ interest", zh: "+ 利息"), sums.interest),
      (.init(en: "+ new money", zh: "+ 追加资金"), sums.injected),
      (.init(en: "+ recoveries", zh: "+ 追偿返还"), sums.returned),
      (.init(en: "− compensation", zh: "− 风险补偿"), sums.compensation),
      (.init(en: "− management fees", zh: "− 管理费"), sums.fees),
      (.init(en: "= closing balance", zh: "= 期末余额"), sums.closing),
    ]
    table.rows = rows.map { [say($0.0), $0.1.column] }
    func verdict(_ holds: Bool) -> LocalizedText {
      holds ? .init(en: "holds", zh: "成立") : .init(en: "DOES NOT HOLD", zh: "不成立")
    }
    let checks = say(
      en: """
        Opening + in − out = closing, to the fen: \(verdict(sums.isBalanced)). Losses less recoveries = \
        all parties' parts: \(verdict(sums.isDivided)).
        """,
      zh: """
        期初 + 收入 − 支出 = 期末，精确到分：\(verdict(sums.isBalanced))。\
        损失减追偿 = 各方承担之和：\(verdict(sums.isDivided))。
        """)
    var parties = ReportTable(heads: heads(en: "borne in the end by|yuan", zh: "最终承担方|元"))
    let places = replay.agreement.parties
    parties.rows = places.all.compactMap { party in
      let loss = places.amount(of: party, in: sums.losses)
      return loss == .zero ? nil : [say(party.words), loss.column]
    }
    parties.rows.append([
      say(en: "banks, outside cover", zh: "银行，补偿范围之外"), sums.outsideCover.column,
    ])
    return [
      .subheading(say(en: "Totals", zh: "合计")), .table(table), .paragraph(checks),
      .table(parties),
    ]
  }

  private var years: [ReportBlock] {
    var table = ReportTable(
      heads: heads(
        en: "year|claims|compensation|recoveries|fees|interest,\nnew money|closing",
        zh: "年份|补偿申请|风险补偿|追偿返还|管理费|利息、\n追加资金|期末余额"))
    for (year, sums) in figures.years {
      table.rows.append([
        "\(year)", NumberFormat.whole(sums.claims), sums.compensation.text, sums.returned.text,
        sums.fees.text, sums.otherIn.text, sums.closing.text,
      ])
    }
    return [.subheading(say(en: "By calendar year (yuan)", zh: "按年份（元）")), .table(table)]
  }

  private var banks: [ReportBlock] {
    guard !figures.banks.isEmpty else { return [] }
    var table = ReportTable(
      heads: heads(
        en: "bank|covered\nloans|claims|compensation|recoveries|unpaid",
        zh: "银行|纳入\n笔数|补偿申请|风险补偿|追偿返还|未付"))
    func row(_ name: String, _ loans: Int, _ sums: ReplayFigures.Sums) -> [String] {
      [
        DisplayWidth.cut(name, to: 30), NumberFormat.whole(loans), NumberFormat.whole(sums.claims),
        sums.compensation.text, sums.returned.text, sums.unpaid.text,
      ]
    }
    let shown = figures.banks.prefix(Self.bankLimit)
    table.rows = shown.map { row(replay.register.banks[$0.bank], $0.coveredLoans, $0.sums) }
    let rest = figures.banks.dropFirst(Self.bankLimit)
    if !rest.isEmpty {
      var sums = ReplayFigures.Sums()
      for bank in rest { sums.add(bank.sums) }
      table.rows.append(
        row(
          say(
            en: "(\(NumberFormat.whole(rest.count)) others)",
            zh: "（其余\(NumberFormat.whole(rest.count))家）"),
          rest.reduce(0) { $0 + $1.coveredLoans },
          sums))
    }
    return [.subheading(say(en: "By bank (yuan)", zh: "按银行（元）")), .table(table)]
  }
}
