import FundCore
import ReportForm
import Simulation

/// What lies outside cover, and the balances of a fund's accounts: means of which sums alone are recorded,
/// hence three digits and no error.
extension RunFundComposer {
  /// Who uses the fund up.
  var contributions: [SectionBlock] { divided?.blocks ?? [] }

  /// What composes that; `nil` where the trials were not divided.
  var divided: ContributionComposer? {
    run.source.contributions.map { ContributionComposer(contributions: $0[index], money: money) }
  }

  /// What lay outside cover, by reason, before recoveries.
  var outside: [SectionBlock] {
    let outside = fund.outsideCover
    if let divided = run.source.contributions?[index].outside, !divided.parts.isEmpty {
      return OutsideComposer(found: divided, sums: outside, money: money).blocks
    }
    let parts = outside.parts.filter { $0.loans > 0 }
    guard !parts.isEmpty, let share = outside.share else { return [] }
    func row(_ label: LocalizedText, _ amount: Double, loans: Double?) -> [ReportCell] {
      [
        .words(label), .rough(amount, .yuan), .rough(amount / outside.losses, .part),
        loans.map { .rough($0, .count) } ?? .none,
      ]
    }
    var table = FigureTable(
      "outside-cover",
      heads: [
        .init(en: "reason", zh: "原因"), .init(en: "loss", zh: "损失"),
        .init(en: "of all losses", zh: "占全部损失"), .init(en: "loans", zh: "笔数"),
      ])
    table.rows = parts.map { row($0.reason.words, $0.amount, loans: $0.loans) }
    table.rows.append(
      row(.init(en: "all of them", zh: "合计"), share * outside.losses, loans: nil))
    return [
      .subheading(
        .init(
          en: "Losses outside cover before recoveries, mean a trial (\(money.name))",
          zh: "补偿范围之外的损失，追偿前，每次模拟平均（\(money.name)）")), .table(table),
    ]
  }

  /// The mean balances of the accounts by year.
  var accounts: [SectionBlock] {
    guard let first = fund.accounts.first else { return [] }
    let shown = fund.accounts.prefix(Self.shownAccounts)
    var table = FigureTable(
      "accounts", heads: [.init(en: "end of", zh: "年末")] + shown.map(\.words))
    for year in first.yearEnds.indices {
      let month = estimates.firstMonth.advanced(
        by: min(12 * year + 11, estimates.horizon - 1))
      table.rows.append(
        [.words(.init(en: "year \(year + 1), \(month)", zh: "第\(year + 1)年，\(month)"))]
          + shown.map { .rough($0.yearEnds[year], .yuan) })
    }
    let hidden = fund.accounts.count - shown.count
    let rest = LocalizedText(
      en: "and \(hidden) further accounts, in summary.json", zh: "另有\(hidden)个专户，见summary.json")
    return [
      .subheading(
        .init(en: "Mean balance by account (\(money.name))", zh: "各专户平均余额（\(money.name)）")),
      .table(table),
    ] + (hidden > 0 ? [.paragraph(rest)] : [])
  }

  /// The accounts that a report shows.
  private static var shownAccounts: Int { 8 }
}

extension OutsideReason {
  /// The reason in words.
  var words: LocalizedText {
    switch self {
    case .neverCovered:
      .init(en: "the loan was not covered when it was made", zh: "贷款发放时即不在补偿范围")
    case .notInForce:
      .init(en: "it defaulted when the programme was not in force", zh: "违约时办法不在有效期内")
    case .enterpriseDefaulted:
      .init(en: "its enterprise had defaulted before", zh: "企业此前已有违约")
    case .suspended:
      .init(en: "it was made while its bank was suspended or paused", zh: "银行被中止或暂停期间发放")
    case .beyondBase:
      .init(en: "the part of a covered loan outside the loss base", zh: "在补偿范围的贷款中不计入损失基数的部分")
    }
  }
}

extension AccountBalances {
  /// The account's name.
  var words: LocalizedText {
    let kind: LocalizedText? =
      isRefunding
      ? .init(en: "fiscal account", zh: "财政资金账户")
      : bank == nil ? .init(en: "social account", zh: "社会资本账户") : nil
    guard let bank else { return kind ?? .empty }
    return kind.map { .init(en: "\(bank), \($0)", zh: "\(bank)，\($0)") } ?? .init(same: bank)
  }
}
