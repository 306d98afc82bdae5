import FundCore
import LossStatistics
import ReportForm
import Simulation

/// Composes what lies outside cover, told closely, and what credit thresholds cost.
struct OutsideComposer {
  let found: OutsideContributions
  /// The sums of all trials by reason.
  let sums: OutsideEstimates
  let money: MoneyScale

  /// A cause with all that lies outside for it.
  struct Row {
    let cause: OutsideCause
    let amount: ContributionValue
    let loans: ContributionValue
  }

  /// The causes that applied. Sums over all trials are known by reason; within a reason the divided trials tell
  /// how they fall on its causes.
  var rows: [Row] {
    OutsideCause.allCases.compactMap { cause in
      let parts = found.parts.filter { $0.cause == cause }
      guard !parts.isEmpty else { return nil }
      return Row(
        cause: cause,
        amount: sum(parts, \.amount) { $0.amount }, loans: sum(parts, \.loans) { $0.loans })
    }
  }

  private func sum(
    _ parts: [OutsideContributions.Part],
    _ value: (OutsideContributions.Part) -> ContributionValue,
    _ whole: (OutsideEstimates.Part) -> Double
  ) -> ContributionValue {
    var (total, squares, needed) = (0.0, 0.0, 0)
    var isKnown = true
    for part in parts {
      let divided = found.parts.filter { $0.reason == part.reason }.reduce(0) {
        $0 + value($1).value
      }
      let all = sums.parts.first { $0.reason.name == part.reason }.map(whole) ?? 0
      let factor = divided > 0 ? all / divided : 1
      total += value(part).value * factor
      guard let error = value(part).standardError else {
        isKnown = false
        needed = max(needed, value(part).trialsNeeded ?? 0)
        continue
      }
      squares += error * error * factor * factor
    }
    return ContributionValue(
      total, standardError: isKnown ? squares.squareRoot() : nil,
      trialsNeeded: isKnown ? nil : needed)
  }

  /// The table.
  var blocks: [SectionBlock] {
    var table = FigureTable(
      "outside-cover",
      heads: [
        .init(en: "reason", zh: "原因"), .init(en: "loss", zh: "损失"),
        .init(en: "of all losses", zh: "占全部损失"), .init(en: "loans", zh: "笔数"),
      ])
    for row in rows {
      table.rows.append([
        .words(row.cause.words), .figure(Figure(row.amount, in: .yuan)),
        sums.losses > 0 ? .rough(row.amount.value / sums.losses, .part) : .none,
        .figure(Figure(row.loans, in: .count)),
      ])
    }
    if let share = sums.share {
      table.rows.append([
        .words(.init(en: "all of them", zh: "合计")), .rough(share * sums.losses, .yuan),
        .rough(share, .part), .none,
      ])
    }
    return [
      .subheading(
        .init(
          en: "Losses outside cover before recoveries, mean a trial (\(money.name))",
          zh: "补偿范围之外的损失，追偿前，每次模拟平均（\(money.name)）")), .table(table),
    ] + lost
  }

  /// What credit the thresholds cost.
  private var lost: [SectionBlock] {
    guard let lost = found.lostCover else { return [] }
    let loans = money.text(Figure(lost.loans, in: .count))
    let firms = money.text(Figure(lost.firms, in: .count))
    let credit = money.named(Figure(lost.credit, in: .yuan))
    return [
      .pairs([
        LabelledText(
          .init(en: "cover lost to thresholds", zh: "触线造成的损失"),
          .init(
            en: """
              \(firms) firms with \(loans) loans and \(credit) of credit a trial stand outside cover because their \
              bank was suspended or paused when the loans were made, whether they default or not
              """,
            zh: """
              平均每次模拟有\(firms)家企业、\(loans)笔贷款、\(credit)贷款，因银行在发放时被中止或暂停而不在补偿范围，\
              不论是否违约
              """))
      ])
    ]
  }
}

extension OutsideCause {
  /// The cause in words.
  var words: LocalizedText {
    switch self {
    case .conditionNotMet:
      .init(en: "the loan failed a condition of cover when it was made", zh: "贷款发放时不满足补偿条件")
    case .madeOutOfForce:
      .init(en: "it was made when the programme was not in force", zh: "发放时办法不在有效期内")
    case .singleLoanLimit:
      .init(en: "above the limit of a single loan", zh: "超出单笔限额")
    case .enterpriseYearLimit:
      .init(en: "above the enterprise's limit of the year", zh: "超出企业年度限额")
    case .notPledged:
      .init(en: "the part that is not pledged on IP", zh: "未以知识产权质押的部分")
    case .overdueOutOfForce:
      .init(en: "it fell overdue when the programme was not in force", zh: "逾期时办法不在有效期内")
    case .enterpriseDefaulted:
      .init(en: "its enterprise had defaulted before", zh: "企业此前已有违约")
    case .suspended:
      .init(en: "it was made while its bank was suspended or paused", zh: "银行被中止或暂停期间发放")
    case .coverLimit:
      .init(en: "above what the fund's balance allowed it to cover", zh: "超出基金余额所能担保的规模")
    }
  }
}
