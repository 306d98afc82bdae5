import FundCore
import LossStatistics
import Simulation

/// What stands above the charts: a sentence or two in plain words, made from the figures.
extension PageComposer {
  /// An amount with its unit.
  func money(_ yuan: Double) -> String {
    NumberFormat.significant(yuan / figures.unit, digits: 3) + " " + figures.unitName
  }

  /// A quantile with interval and unit.
  func money(_ figure: QuantileFigure) -> String {
    figures.quantile(figure) + " " + figures.unitName
  }

  /// In how many trials a fund is exhausted.
  func exhaustionSentence(_ fund: FundEstimates) -> String {
    let frequency = PlainFrequency(fund.exhaustion).text
    let name = isolated(fund.name)
    let trials = NumberFormat.whole(estimates.trialCount)
    guard fund.exhaustion.successes > 0 else {
      let limit = PlainFrequency(fund.exhaustion)
      let bound = "\(NumberFormat.whole(limit.high))"
      return text(
        """
        \(name) is exhausted in none of the \(trials) trials; at most \(bound) of \
        \(NumberFormat.whole(limit.base)) are to be expected.
        """,
        "\(name)在全部 \(trials) 次模拟中均未耗尽；每 \(NumberFormat.whole(limit.base)) 次中预计至多 \(bound) 次。")
    }
    return text(
      "\(name) is exhausted by the end of \(lastMonth) in \(frequency.english).",
      "\(name)：\(frequency.chinese)在 \(lastMonth) 月底前耗尽。")
  }

  /// Whether a fund is large enough for a survival of 95 %.
  func verdict(_ fund: FundEstimates) -> String {
    guard let capital = fund.capital(.percent(95)) else { return "" }
    let need = money(capital)
    let spare = (capital.value - fund.initial.yuan).magnitude
    let decimals = NumberFormat.decimals(
      interval: Interval(
        low: capital.interval95.low / figures.unit, high: capital.interval95.high / figures.unit))
    let gap =
      (decimals.map { NumberFormat.fixed(spare / figures.unit, decimals: $0) }
        ?? NumberFormat.trimmed(spare / figures.unit, decimals: 4)) + " " + figures.unitName
    if capital.interval95.low > fund.initial.yuan {
      return text(
        "To last with 95 % it needs \(need): about \(gap) more than it has.",
        "要以 95% 的概率撑到期末，需要 \(need)，比现有资金多约 \(gap)。")
    }
    if capital.interval95.high <= fund.initial.yuan {
      return text(
        "To last with 95 % it needs \(need): it has enough, and about \(gap) to spare.",
        "要以 95% 的概率撑到期末，需要 \(need)；现有资金足够，约余 \(gap)。")
    }
    return text(
      """
      To last with 95 % it needs \(need), about what it has: more trials would tell whether it \
      is enough.
      """,
      "要以 95% 的概率撑到期末，需要 \(need)，与现有资金相当；需更多模拟才能判断是否足够。")
  }

  /// Where the balance goes.
  func balanceSentence(_ fund: FundEstimates) -> String {
    guard let last = fund.timeline.last else { return "" }
    let levels = MonthEstimates.balanceLevels
    guard let low = levels.firstIndex(of: .percent(5)),
      let high = levels.firstIndex(of: .percent(95)),
      let middle = levels.firstIndex(of: .percent(50))
    else { return "" }
    let name = isolated(fund.name)
    let amounts = [middle, low, high].map { money(last.balance[$0]) }
    let lowest = fund.timeline.min { $0.balance[low] < $1.balance[low] }
    let month = lowest.map { "\(estimates.firstMonth.advanced(by: $0.month))" } ?? ""
    let bottom = lowest.map { money($0.balance[low]) } ?? ""
    return text(
      """
      At the end of \(lastMonth) half of the trials leave \(name) more than \(amounts[0]); 5 \
      of 100 leave at most \(amounts[1]), 5 of 100 more than \(amounts[2]). Tightest is \
      \(month), when 5 of 100 trials leave at most \(bottom).
      """,
      """
      到 \(lastMonth) 月底，一半的模拟中\(name)余额高于 \(amounts[0])；5% 的模拟不超过 \(amounts[1])，5% 高于 \
      \(amounts[2])。最紧的是 \(month)：5% 的模拟余额不超过 \(bottom)。
      """)
  }

  /// What a fund pays, in the middle and in the tail.
  func payoutSentences(_ fund: FundEstimates) -> [String] {
    guard let value = fund.paid(.percent(95)), let worst = fund.worstPaid(.percent(95)) else {
      return []
    }
    let mean = figures.mean(fund.compensation.mean) + " " + figures.unitName
    let shortfall = figures.mean(worst.estimate) + " " + figures.unitName
    let none = PlainFrequency(fund.compensationHistogram.none)
    let sentences = [
      text("On average the fund pays \(mean).", "基金平均支付 \(mean)。"),
      text(
        """
        In 5 of 100 trials it pays more than \(money(value)) (value at risk, VaR), and then \
        \(shortfall) on average (expected shortfall, ES).
        """,
        "5% 的模拟中支付超过 \(money(value))（风险价值 VaR），此时平均支付 \(shortfall)（预期短缺）。"),
    ]
    guard none.count > 0 else { return sentences }
    return sentences + [
      text(
        "It pays nothing at all in \(none.text.english).", "\(none.text.chinese)分文未付。")
    ]
  }

  /// Which bank is most likely to reach a threshold.
  func thresholdSentences(_ threshold: ThresholdEstimates, _ described: ThresholdDescription)
    -> [String]
  {
    let effect = words.name(of: described.effect)
    let any = PlainFrequency(threshold.anyBank.ever).text
    var sentences = [
      text(
        """
        By the end of \(lastMonth) at least one bank reaches \(described.level) (\(effect), \
        \(described.article)) in \(any.english).
        """,
        """
        到 \(lastMonth) 月底，\(any.chinese)至少有一家银行达到 \(described.level)（\(effect)，\
        \(described.article)）。
        """
      )
    ]
    let likeliest = threshold.banks.max { $0.ever.successes < $1.ever.successes }
    if let likeliest, likeliest.ever.successes > 0, let name = likeliest.bank,
      threshold.banks.count > 1
    {
      let odds = PlainFrequency(likeliest.ever).text
      sentences.append(
        text(
          "Likeliest is \(isolated(name)): \(odds.english).",
          "最可能的是\(isolated(name))：\(odds.chinese)。"))
    }
    return sentences + [
      text(
        "Measured: \(described.ratio). Reading: \(described.reading).",
        "口径：\(described.ratio)。读法：\(described.reading)。")
    ]
  }

  /// Who bears the loss.
  func lossSentence(_ fund: FundEstimates) -> String {
    let total = fund.meanLoss
    guard total.value > 0 else { return text("There is no loss to bear.", "没有需要承担的损失。") }
    let amount = figures.bare(total) + " " + figures.unitName
    let shares = lossShares(fund)
    return text(
      "Of an average loss of \(amount) after recoveries, each bears: \(shares)",
      "追偿后的平均损失为 \(amount)，各方承担：\(shares)")
  }

  /// The parts of the mean loss, in per cent.
  func lossShares(_ fund: FundEstimates) -> String {
    let total = fund.meanLoss.value
    guard total > 0 else { return "–" }
    let parts = fund.parties.map { party in
      "\(partyName(party)) "
        + NumberFormat.fixed(party.loss.mean.value / total * 100, decimals: 0) + text(" %", "%")
    }
    return parts.joined(separator: text(", ", "，")) + text(".", "。")
  }

  func partyName(_ party: PartyEstimates) -> String {
    party.party == PartyEstimates.outsideCover
      ? words[.outsideCover] : words.name(of: party)
  }
}
