import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts
import ScenarioInput
import Simulation

/// Composes the part of a replay's report that concerns one fund.
struct ReplayFundComposer {
  let replay: Replay
  let fund: FundDescription
  let figures: ReplayFigures
  /// How the register's loans are told apart.
  var groupings: [LoanGrouping] = []
  /// The limits on indicators that were named.
  var limits: [YearRequest.Limit] = []

  /// How many banks are listed.
  static let bankLimit = 16
  /// How many crossings of a threshold, and how many late duties, are listed.
  static let listLimit = 20

  /// The part of the report.
  var section: ReportSection {
    var section = ReportSection(
      .init(same: fund.name), outcome + coverage + totals + ReplayHoldings(replay).blocks)
    section.lead = [
      .subheading(.init(en: "The rules, with their articles", zh: "规则及其条款依据")),
      .pairs(
        fund.programmePairs + [
          LabelledText(.init(en: "shares of a loss", zh: "损失分担"), fund.sharesInWords)
        ] + fund.terms),
    ]
    section.detail =
      years + ReplayYears(replay, limits: limits).blocks + banks
      + LedgerContributions(replay, by: groupings).blocks + thresholds + late
      + (replay.cost.map { ReplayCostComposer(cost: $0).blocks } ?? [])
    section.detailTitle = .init(
      en: "Years, banks, thresholds and what is late", zh: "各年、各银行、阈值与逾时事项")
    section.isRepeated = true
    return section
  }

  // MARK: Outcome and coverage

  private var outcome: [SectionBlock] {
    let unpaid = replay.totals.unpaid.named
    var pairs = [
      LabelledText(
        .init(en: "ran dry", zh: "耗尽"),
        replay.ranDryOn.map {
          .init(
            en: "on \($0): from then on \(unpaid) owed went unpaid",
            zh: "\($0)：此后应付未付\(unpaid)")
        } ?? .init(en: "never: all that was owed was paid", zh: "从未耗尽：应付补偿均已支付"))
    ]
    if replay.eventsOutside > 0 {
      let count = NumberFormat.whole(replay.eventsOutside)
      pairs.append(
        LabelledText(
          .init(en: "outside the time", zh: "期外事项"),
          .init(
            en: """
              \(count) losses, claims and recoveries before the opening or after the last day \
              count for nothing
              """,
            zh: "启动之前或最后一日之后的\(count)项损失、补偿申请和追偿不计")))
    }
    return [.subheading(.init(en: "What came of it", zh: "结果")), .pairs(pairs)]
  }

  private var coverage: [SectionBlock] {
    var table = FigureTable(
      "left-out",
      heads: [
        .init(en: "left out for", zh: "未纳入原因"), .init(en: "article", zh: "依据"),
        .init(en: "loans", zh: "笔数"), .init(en: "yuan", zh: "金额（元）"),
      ])
    table.textWidths = [48, 22, 0, 0]
    for item in fund.coverage.leftOut {
      table.rows.append([
        .words(item.condition), .words(item.article), .count(item.count), .exact(item.amount),
      ])
    }
    let count = NumberFormat.whole(fund.coverage.coveredCount)
    let amount = fund.coverage.coveredAmount.named
    let covered = LocalizedText(
      en: "Covered: \(count) loans, \(amount). A loan with several reasons counts under each.",
      zh: "纳入补偿范围\(count)笔，\(amount)。一笔贷款有多项原因的，各项均计。")
    return [.subheading(.init(en: "Coverage", zh: "补偿范围")), .paragraph(covered)]
      + (table.rows.isEmpty ? [] : [.table(table)])
  }

  // MARK: Money

  private var totals: [SectionBlock] {
    let sums = replay.totals
    let filled: [[ReportCell]] =
      replay.agreement.fillUp == nil
      ? [] : [[.words(.init(en: "+ filled up", zh: "＋补足")), .exact(sums.filledUp)]]
    let back: [[ReportCell]] =
      sums.givenBack == .zero
      ? [] : [[.words(.init(en: "− given back", zh: "－返还出资人")), .exact(sums.givenBack)]]
    let rows: [[ReportCell]] =
      [
        [.words(.init(en: "opening balance", zh: "期初余额")), .exact(sums.opening)],
        [.words(.init(en: "+ interest", zh: "＋利息")), .exact(sums.interest)],
        [.words(.init(en: "+ new money", zh: "＋追加资金")), .exact(sums.injected)],
      ] + filled + [
        [.words(.init(en: "+ recoveries", zh: "＋追偿返还")), .exact(sums.returned)],
        [.words(.init(en: "− compensation", zh: "－风险补偿")), .exact(sums.compensation)],
        [.words(.init(en: "− management fees", zh: "－管理费")), .exact(sums.fees)],
      ] + back + [
        [.words(.init(en: "= closing balance", zh: "＝期末余额")), .exact(sums.closing)]
      ]
    func verdict(_ holds: Bool) -> LocalizedText {
      holds ? .init(en: "holds", zh: "成立") : .init(en: "DOES NOT HOLD", zh: "不成立")
    }
    let checks = LocalizedText(
      en: """
        Opening + in − out = closing, to the fen: \(verdict(sums.isBalanced)). Losses less recoveries = \
        all parties' parts: \(verdict(sums.isDivided)).
        """,
      zh: """
        期初＋收入－支出＝期末，精确到分：\(verdict(sums.isBalanced))。\
        损失减追偿＝各方承担之和：\(verdict(sums.isDivided))。
        """)
    let places = replay.agreement.parties
    let parties = places.all.compactMap { party -> [ReportCell]? in
      let loss = places.amount(of: party, in: sums.losses)
      return loss == .zero ? nil : [.words(Names.party(party)), .exact(loss)]
    }
    let outside = LocalizedText(en: "banks, outside cover", zh: "银行，补偿范围之外")
    let borne = LocalizedText(en: "borne in the end by", zh: "最终承担方")
    return [
      .subheading(.init(en: "Totals", zh: "合计")), .table(amounts("totals", .empty, rows)),
      .paragraph(checks),
      .table(
        amounts("parties", borne, parties + [[.words(outside), .exact(sums.outsideCover)]])),
    ]
  }

  private func amounts(
    _ name: String, _ label: LocalizedText, _ rows: [[ReportCell]]
  ) -> FigureTable {
    FigureTable(name, heads: [label, .init(en: "yuan", zh: "元")], rows: rows)
  }

  private var years: [SectionBlock] {
    var table = FigureTable(
      "years",
      heads: [
        .init(en: "year", zh: "年份"), .init(en: "claims", zh: "补偿申请"),
        .init(en: "compensation", zh: "风险补偿"), .init(en: "recoveries", zh: "追偿返还"),
        .init(en: "fees", zh: "管理费"), .init(en: "interest, new money", zh: "利息、追加资金"),
        .init(en: "closing", zh: "期末余额"),
      ])
    for (year, sums) in figures.years {
      table.rows.append(
        [.words(.init(same: "\(year)")), .count(sums.claims)]
          + [sums.compensation, sums.returned, sums.fees, sums.otherIn, sums.closing].map {
            .exact($0)
          })
    }
    return [.subheading(.init(en: "By calendar year (yuan)", zh: "按年份（元）")), .table(table)]
  }

  private var banks: [SectionBlock] {
    guard !figures.banks.isEmpty else { return [] }
    var table = FigureTable(
      "banks",
      heads: [
        .init(en: "bank", zh: "银行"), .init(en: "covered loans", zh: "纳入笔数"),
        .init(en: "claims", zh: "补偿申请"), .init(en: "compensation", zh: "风险补偿"),
        .init(en: "recoveries", zh: "追偿返还"), .init(en: "unpaid", zh: "未付"),
      ])
    func row(_ label: ReportCell, _ loans: Int, _ sums: ReplayFigures.Sums) -> [ReportCell] {
      [
        label, .count(loans), .count(sums.claims), .exact(sums.compensation),
        .exact(sums.returned), .exact(sums.unpaid),
      ]
    }
    table.rows = figures.banks.prefix(Self.bankLimit).map {
      row(.name(replay.register.banks[$0.bank]), $0.coveredLoans, $0.sums)
    }
    let rest = figures.banks.dropFirst(Self.bankLimit)
    if !rest.isEmpty {
      var sums = ReplayFigures.Sums()
      for bank in rest { sums.add(bank.sums) }
      let count = NumberFormat.whole(rest.count)
      let others = LocalizedText(en: "(\(count) others)", zh: "（其余\(count)家）")
      table.rows.append(row(.words(others), rest.reduce(0) { $0 + $1.coveredLoans }, sums))
    }
    return [.subheading(.init(en: "By bank (yuan)", zh: "按银行（元）")), .table(table)]
  }
}
