import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

/// What stands above the charts: a sentence or two in plain words, made from the figures.
struct RunSentences {
  let run: RunComposer

  private var money: MoneyScale { run.money }
  private var lastMonth: CivilMonth { run.lastMonth }

  /// In how many trials a fund is exhausted.
  func exhaustion(_ fund: FundEstimates) -> LocalizedText {
    let frequency = PlainFrequency(fund.exhaustion)
    let name = isolated(fund.name)
    guard fund.exhaustion.successes > 0 else {
      let trials = NumberFormat.whole(run.estimates.trialCount)
      let (bound, base) = (
        NumberFormat.whole(frequency.high), NumberFormat.whole(frequency.base)
      )
      return .init(
        en: """
          \(name) is exhausted in none of the \(trials) trials; at most \(bound) of \(base) are to \
          be expected.
          """,
        zh: "\(name)在全部\(trials)次模拟中均未耗尽；每\(base)次中预计至多\(bound)次。")
    }
    return .init(
      en: "\(name) is exhausted by the end of \(lastMonth) in \(frequency.text).",
      zh: "\(name)：\(frequency.text)在\(lastMonth)月底前耗尽。")
  }

  /// Whether a fund is large enough for a survival of 95 %.
  func verdict(_ fund: FundEstimates) -> LocalizedText {
    guard let capital = fund.capital(.percent(95)) else { return .empty }
    let need = money.named(Figure(capital, in: .yuan))
    var spare = Figure(capital, in: .yuan).bare
    spare.value = (capital.value - fund.initial.yuan).magnitude
    spare.isReliable = true
    let gap = money.named(spare)
    if capital.interval95.low > fund.initial.yuan {
      return .init(
        en: "To last with 95 % it needs \(need): about \(gap) more than it has.",
        zh: "要以95%的概率撑到期末，需要\(need)，比现有资金多约\(gap)。")
    }
    if capital.interval95.high <= fund.initial.yuan {
      return .init(
        en: "To last with 95 % it needs \(need): it has enough, and about \(gap) to spare.",
        zh: "要以95%的概率撑到期末，需要\(need)；现有资金足够，约余\(gap)。")
    }
    return .init(
      en: """
        To last with 95 % it needs \(need), about what it has: more trials would tell whether it \
        is enough.
        """,
      zh: "要以95%的概率撑到期末，需要\(need)，与现有资金相当；需更多模拟才能判断是否足够。")
  }

  /// Where the balance goes.
  func balance(_ fund: FundEstimates) -> LocalizedText {
    let levels = MonthEstimates.balanceLevels
    guard let last = fund.timeline.last, let low = levels.firstIndex(of: .percent(5)),
      let high = levels.firstIndex(of: .percent(95)),
      let middle = levels.firstIndex(of: .percent(50)),
      let tightest = fund.timeline.min(by: { $0.balance[low] < $1.balance[low] })
    else { return .empty }
    let name = isolated(fund.name)
    let amounts = [middle, low, high].map { money.about(last.balance[$0]) }
    let month = run.estimates.firstMonth.advanced(by: tightest.month)
    let bottom = money.about(tightest.balance[low])
    return .init(
      en: """
        At the end of \(lastMonth) half of the trials leave \(name) more than \(amounts[0]); 5 \
        of 100 leave at most \(amounts[1]), 5 of 100 more than \(amounts[2]). Tightest is \
        \(month), when 5 of 100 trials leave at most \(bottom).
        """,
      zh: """
        到\(lastMonth)月底，一半的模拟中\(name)余额高于\(amounts[0])；5%的模拟不超过\(amounts[1])，5%高于\
        \(amounts[2])。最紧的是\(month)：5%的模拟余额不超过\(bottom)。
        """)
  }

  /// What a fund pays, in the middle and in the tail.
  func payouts(_ fund: FundEstimates) -> [LocalizedText] {
    guard let value = fund.paid(.percent(95)), let worst = fund.worstPaid(.percent(95)) else {
      return []
    }
    let mean = money.named(Figure(fund.compensation.mean, in: .yuan))
    let limit = money.named(Figure(value, in: .yuan))
    let shortfall = money.named(Figure(worst.estimate, in: .yuan))
    let none = PlainFrequency(fund.compensationHistogram.none)
    let sentences: [LocalizedText] = [
      .init(en: "On average the fund pays \(mean).", zh: "基金平均支付\(mean)。"),
      .init(
        en: """
          In 5 of 100 trials it pays more than \(limit) (value at risk, VaR), and then \
          \(shortfall) on average (expected shortfall, ES).
          """,
        zh: "5%的模拟中支付超过\(limit)（风险价值VaR），此时平均支付\(shortfall)（最差情形均值）。"),
    ]
    guard none.count > 0 else { return sentences }
    return sentences + [
      .init(en: "It pays nothing at all in \(none.text).", zh: "\(none.text)分文未付。")
    ]
  }

  /// Which bank is most likely to reach a threshold.
  func threshold(
    _ threshold: ThresholdEstimates, _ described: ThresholdDescription
  ) -> [LocalizedText] {
    let effect = Names.effect(described.effect)
    let any = PlainFrequency(threshold.anyBank.ever).text
    var sentences: [LocalizedText] = [
      .init(
        en: """
          By the end of \(lastMonth) at least one bank reaches \(described.level) (\(effect), \
          \(described.article)) in \(any).
          """,
        zh: """
          到\(lastMonth)月底，\(any)至少有一家银行达到\(described.level)（\(effect)，\(described.article)）。
          """)
    ]
    let likeliest = threshold.banks.max { $0.ever.successes < $1.ever.successes }
    if let likeliest, likeliest.ever.successes > 0, let name = likeliest.bank,
      threshold.banks.count > 1
    {
      let odds = PlainFrequency(likeliest.ever).text
      sentences.append(
        .init(en: "Likeliest is \(isolated(name)): \(odds).", zh: "最可能的是\(isolated(name))：\(odds)。")
      )
    }
    return sentences + [
      .init(
        en: "Measured: \(described.ratio). Reading: \(described.reading).",
        zh: "口径：\(described.ratio)。读法：\(described.reading)。")
    ]
  }

  /// Who bears the loss.
  func loss(_ fund: FundEstimates) -> LocalizedText {
    let total = fund.meanLoss
    guard total.value > 0 else { return .init(en: "There is no loss to bear.", zh: "没有需要承担的损失。") }
    let amount = money.named(Figure(total, in: .yuan).bare)
    let shares = lossShares(fund)
    return .init(
      en: "Of an average loss of \(amount) after recoveries, each bears: \(shares)",
      zh: "追偿后的平均损失为\(amount)，各方承担：\(shares)")
  }

  /// The parts of the mean loss, in per cent.
  func lossShares(_ fund: FundEstimates) -> LocalizedText {
    let total = fund.meanLoss.value
    guard total > 0 else { return .init(same: "–") }
    let parts = fund.parties.map { party in
      let share = NumberFormat.fixed(party.loss.mean.value / total * 100, decimals: 0)
      let name = Names.party(party)
      return LocalizedText(en: "\(name) \(share) %", zh: "\(name)\(share)%")
    }.joined()
    return .init(en: "\(parts).", zh: "\(parts)。")
  }
}
