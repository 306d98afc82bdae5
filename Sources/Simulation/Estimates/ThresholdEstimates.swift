import CompensationKernel
public import FundCore
public import LossStatistics

/// What one party loses after recoveries.
public struct PartyEstimates: Sendable, Hashable {
  /// The party's name; `bankOutsideCover` for what the banks lose on loans outside cover.
  public let party: String
  /// The party's name in reports; what `party` says of losses outside cover.
  public let words: LocalizedText
  /// Its loss, with quantiles at 95 and 99 % only.
  public let loss: AmountEstimates

  /// The name under which losses outside cover appear.
  public static let outsideCover = "bankOutsideCover"

  static func all<Run>(_ fund: FundSample<Run>) throws(Run.Failure) -> [PartyEstimates] {
    var all: [PartyEstimates] = []
    for column in fund.columns {
      guard case .bearer(let name) = column.scope else { continue }
      let loss = AmountEstimates(
        try fund.values(column), of: column, certainty: fund.frame.certainty, means: fund.means,
        wanted: .brief)
      let party = fund.frame.parties.first { $0.name == name }
      all.append(
        PartyEstimates(party: name, words: party?.words ?? .init(same: name), loss: loss))
    }
    return all
  }
}

extension FundResult {
  /// The thresholds' names in the programme file.
  public var thresholdNames: [String] { plan.thresholds.map(\.id) }
}

/// How often banks reach one threshold.
public struct ThresholdEstimates: Sendable, Hashable {
  /// The threshold's name in the programme file.
  public let id: String
  /// The level.
  public let level: Ratio
  /// What reaching it does: `warning`, `suspendNewCustomers`, `pause`.
  public let effect: String
  /// The banks that lend most, the largest first: at most sixteen.
  public let banks: [BreachEstimates]
  /// Whether any bank reaches it, of all banks.
  public let anyBank: BreachEstimates

  static func all<Run>(_ fund: FundSample<Run>) -> [ThresholdEstimates] {
    let banks = fund.run.frame.banks
    let watched = fund.frame.watchedBanks
    let slots = watched.indices.sorted {
      (banks[watched[$1]].lent, $0) < (banks[watched[$0]].lent, $1)
    }
    return fund.frame.thresholds.enumerated().map { index, threshold in
      func estimates(_ slot: Int?) -> BreachEstimates {
        let bank = slot.map { banks[watched[$0]] }
        let counts = fund.sums.cumulatedBreaches(threshold: index, slot: slot)
        let effective = fund.sums.effectiveTrials(
          threshold: index, slot: slot, of: fund.trialCount)
        let isCertain = fund.frame.certainty.hasNoDefaults
        return BreachEstimates(
          bank: bank?.name, lent: bank?.lent ?? banks.map(\.lent).reduce(.zero, +),
          byMonth: counts.map {
            Proportion(
              successes: $0, of: fund.trialCount, isCertain: isCertain, effectiveTrials: effective)
          },
          ratio: slot.flatMap {
            fund.sums.tally.meanRatioAtBreach(threshold: index, slot: $0)
          })
      }
      return ThresholdEstimates(
        id: threshold.id, level: threshold.level, effect: threshold.effect,
        banks: slots.map { estimates($0) }, anyBank: estimates(nil))
    }
  }
}

/// How often one bank, or any bank, reaches a threshold.
public struct BreachEstimates: Sendable, Hashable {
  /// The bank's name; `nil` for any bank.
  public let bank: String?
  /// What the bank lends in the run.
  public let lent: Money
  /// The probability that the threshold is ever reached.
  public let ever: Proportion
  /// The probability that it is reached by the end of each month.
  public let byMonth: [Proportion]
  /// The mean numerator at the breach, in yuan; `nil` without a breach, or for any bank.
  public let meanPart: Double?
  /// The mean denominator at the breach, in yuan.
  public let meanWhole: Double?

  init(bank: String?, lent: Money, byMonth: [Proportion], ratio: BreachRatio?) {
    self.bank = bank
    self.lent = lent
    self.byMonth = byMonth
    ever = byMonth[byMonth.count - 1]
    meanPart = ratio?.part
    meanWhole = ratio?.whole
  }
}
