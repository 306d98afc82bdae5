import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts

/// Composes the last part of a replay's report: where the funds stand.
struct StandingComposer {
  let state: RegisterState
  let replays: [Replay]
  let funds: [FundDescription]

  /// How many rows of a table are listed.
  private static let limit = 20

  /// The part of the report.
  var section: ReportSection {
    var blocks: [SectionBlock] = []
    for (place, replay) in replays.enumerated() {
      let figures = StandingFigures(state, fund: place, agreement: replay.agreement)
      if replays.count > 1 { blocks.append(.subheading(.init(same: funds[place].name))) }
      blocks += [.pairs(pairs(figures, state.funds[place], replay.agreement))]
      blocks += accounts(state.funds[place], replay.agreement)
      blocks += banks(figures) + ratios(figures)
    }
    blocks += defaults
    return ReportSection(
      .init(en: "Where the fund stands on \(state.day)", zh: "\(state.day)的基金状况"), blocks)
  }

  // MARK: At a glance

  private func pairs(
    _ figures: StandingFigures, _ standing: FundStanding, _ agreement: FundAgreement
  ) -> [LabelledText] {
    let months = state.nextMonth.months(since: standing.firstMonth)
    var pairs = [
      LabelledText(.init(en: "balance", zh: "余额"), standing.balance.named),
      LabelledText(
        .init(en: "months gone by", zh: "已过月数"),
        .init(
          en: """
            \(max(0, months)) of the programme, \(state.monthsGone) since the opening, \
            \(state.monthsOfFactorYear) of the running factor year
            """,
          zh: """
            办法\(max(0, months))个月，启动以来\(state.monthsGone)个月，本因子年度\
            \(state.monthsOfFactorYear)个月
            """)),
      sum(
        .init(en: "running loans", zh: "未到期贷款"), figures.running, .init(en: "outstanding", zh: "余额")
      ),
      sum(
        .init(en: "overdue, before a claim", zh: "逾期未申请补偿"), figures.overdue,
        .init(en: "not come in", zh: "尚未收回")),
      sum(
        .init(en: "claims that wait", zh: "等待支付的补偿"), figures.waiting,
        .init(en: "owed on them", zh: "应付")),
      sum(
        .init(en: "paid, not recovered", zh: "已付未追回的补偿"), figures.recovering,
        .init(en: "paid less what came back", zh: "支付减返还")),
    ]
    if figures.refunds.count > 0 {
      pairs.append(
        sum(
          .init(en: "refunds due later", zh: "以后到期的拨还"), figures.refunds,
          .init(en: "of the fiscal account", zh: "由财政账户拨付")))
    }
    if let fee = figures.nextFee {
      pairs.append(
        LabelledText(
          .init(en: "next fee", zh: "下次管理费"),
          .init(en: "\(fee.amount.named) on \(fee.on)", zh: "\(fee.on)，\(fee.amount.named)")))
    }
    if standing.isWoundUp {
      pairs.append(
        LabelledText(
          .init(en: "wound up", zh: "已清算"),
          .init(en: "the balance went back to the contributors", zh: "余额已退还出资人")))
    }
    return pairs
  }

  private func sum(
    _ label: LocalizedText, _ sum: StandingFigures.Sum, _ what: LocalizedText
  ) -> LabelledText {
    guard sum.count > 0 else { return LabelledText(label, .init(en: "none", zh: "无")) }
    let (count, amount) = (NumberFormat.whole(sum.count), sum.amount.named)
    return LabelledText(
      label, .init(en: "\(count), \(what) \(amount)", zh: "\(count)笔，\(what)\(amount)"))
  }

  // MARK: Tables

  private func accounts(_ standing: FundStanding, _ agreement: FundAgreement) -> [SectionBlock] {
    var table = FigureTable(
      "accounts",
      heads: [.init(en: "account", zh: "账户"), .init(en: "yuan", zh: "金额（元）")])
    let isPool = if case .socialFirst = agreement.accounts { true } else { false }
    guard isPool || standing.accounts.count > 1 else { return [] }
    for (place, account) in standing.accounts.enumerated() {
      let bank = standing.accounts.count > 1 ? state.banks[place] : ""
      guard isPool else {
        table.rows.append([.name(bank), .exact(account.paying)])
        continue
      }
      let social = LocalizedText(en: "social-capital account", zh: "社会资本账户")
      let fiscal = LocalizedText(en: "fiscal account", zh: "财政资金账户")
      table.rows.append([
        .words(bank.isEmpty ? social : social.named(bank)), .exact(account.paying),
      ])
      table.rows.append([
        .words(bank.isEmpty ? fiscal : fiscal.named(bank)), .exact(account.refunding),
      ])
    }
    return [.subheading(.init(en: "Accounts", zh: "账户")), .table(table)]
  }

  private func banks(_ figures: StandingFigures) -> [SectionBlock] {
    var table = FigureTable(
      "standing-banks",
      heads: [
        .init(en: "bank", zh: "银行"), .init(en: "running loans", zh: "未到期笔数"),
        .init(en: "outstanding", zh: "贷款余额"), .init(en: "overdue, not claimed", zh: "逾期未申请补偿"),
        .init(en: "compensation owed", zh: "应付补偿"), .init(en: "compensation paid", zh: "已付补偿"),
        .init(en: "returned", zh: "返还"),
      ])
    for item in figures.banks.prefix(Self.limit) {
      let counters = item.standing.counters
      table.rows.append([
        .name(state.banks[item.bank]), .count(item.running.count), .exact(item.running.amount),
        .exact(item.overdue.amount), .exact(Money(fen: counters.owed)),
        .exact(Money(fen: counters.paid)), .exact(Money(fen: counters.returned)),
      ])
    }
    return [.subheading(.init(en: "Banks (yuan)", zh: "各银行（元）")), .table(table)]
      + more(figures.banks.count)
  }

  private func ratios(_ figures: StandingFigures) -> [SectionBlock] {
    guard !figures.ratios.isEmpty else { return [] }
    var table = FigureTable(
      "standing-thresholds",
      heads: [
        .init(en: "bank", zh: "银行"), .init(en: "threshold", zh: "阈值"),
        .init(en: "ratio", zh: "比率"), .init(en: "level", zh: "触线水平"),
        .init(en: "first reached", zh: "首次触线"), .init(en: "what lasts", zh: "仍在生效"),
      ])
    for item in figures.ratios.prefix(Self.limit) {
      let ratio = item.whole > .zero ? item.part.yuan / item.whole.yuan : nil
      let none = ReportCell.words(.init(same: "–"))
      table.rows.append([
        .name(state.banks[item.bank]), .words(Names.threshold(item.terms.id)),
        ratio.map { .percent($0) } ?? none, .percent(item.terms.level.value),
        item.reachedOn.map { .date($0) } ?? none, item.lasting.map { lasting($0, item) } ?? none,
      ])
    }
    return [.subheading(.init(en: "Thresholds", zh: "阈值")), .table(table)]
      + more(figures.ratios.count)
  }

  private func lasting(
    _ suspension: BankStanding.Suspension, _ item: StandingFigures.Ratio
  ) -> ReportCell {
    let effect = Names.effect(item.terms.effect.rawValue)
    return .words(
      .init(en: "\(effect), since \(suspension.from)", zh: "\(effect)，自\(suspension.from)起"))
  }

  private var defaults: [SectionBlock] {
    let rows = StandingFigures.defaults(of: state)
    guard rows.contains(where: { $0.loanMonths > 0 }) else { return [] }
    let hasGrades = rows.contains { $0.grade != nil }
    let grade = LocalizedText(en: "grade", zh: "评级")
    var table = FigureTable(
      "standing-defaults",
      heads: [.init(en: "factor year", zh: "因子年度")] + (hasGrades ? [grade] : []) + [
        .init(en: "loan-years at risk", zh: "在险（笔·年）"), .init(en: "defaults", zh: "违约"),
      ])
    for row in rows {
      let year = LocalizedText(
        en: "\(row.firstMonth) to \(row.lastMonth)", zh: "\(row.firstMonth)至\(row.lastMonth)")
      table.rows.append(
        [.words(year)] + (hasGrades ? [.name(row.grade ?? "–")] : [])
          + [.number(Double(row.loanMonths) / 12, decimals: 1), .count(row.defaults)])
    }
    return [
      .subheading(.init(en: "Defaults since the opening", zh: "启动以来的违约")), .table(table),
    ]
  }

  private func more(_ count: Int) -> [SectionBlock] {
    guard count > Self.limit else { return [] }
    let rest = NumberFormat.whole(count - Self.limit)
    return [
      .paragraph(
        .init(
          en: "… and \(rest) more; --json has all.", zh: "……另有\(rest)行；--json 列出全部。"))
    ]
  }
}
