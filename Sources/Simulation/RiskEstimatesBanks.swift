import CompensationKernel
public import FundCore
public import LossStatistics

/// What one party loses after recoveries.
public struct PartyEstimates: Sendable, Hashable {
  /// The party's name; `bankOutsideCover` for what the banks lose on loans outside cover.
  public let party: String
  /// Its loss, with quantiles at 95 and 99 % only.
  public let loss: AmountEstimates

  /// The name under which losses outside cover appear.
  public static let outsideCover = "bankOutsideCover"

  static func all(_ result: FundResult) -> [PartyEstimates] {
    result.lossColumns.map { name, column in
      PartyEstimates(
        party: name,
        loss: AmountEstimates(
          LossSample(result.column(column)), unit: .fen, levels: [.percent(95), .percent(99)],
          tailLevels: []))
    }
  }
}

extension FundResult {
  /// The columns of losses, with the names of those who bear them.
  var lossColumns: [(name: String, column: OutcomeColumn)] {
    parties.map { ($0.name, .loss($0)) } + [(PartyEstimates.outsideCover, .lossOutsideCover)]
  }

  /// The thresholds' names in the programme file.
  public var thresholdNames: [String] { plan.thresholds.map(\.id) }

  /// All columns in whole fen, months or counts, with their names: a table a row a trial.
  public var namedColumns: [(name: String, column: OutcomeColumn, isMoney: Bool)] {
    let plain: [(String, OutcomeColumn, Bool)] = [
      ("exhaustionMonth", .exhaustionMonth, false), ("defaults", .defaults, false),
      ("compensation", .compensation, true), ("unpaid", .unpaid, true),
      ("recovered", .returned, true), ("fees", .fees, true), ("interest", .interest, true),
      ("closing", .closing, true), ("lowest", .lowest, true),
      ("neededCapital", .neededCapital, true),
    ]
    return plain
      + lossColumns.map { name, column in
        ("loss" + name.prefix(1).uppercased() + name.dropFirst(), column, true)
      }
  }
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

  static func all(_ result: FundResult, of plan: SimulationPlan) -> [ThresholdEstimates] {
    let volumes = plan.portfolio.lentByBank(horizon: plan.horizon)
    let slots = result.watchedBanks.indices.sorted {
      (-volumes[result.watchedBanks[$0]], $0) < (-volumes[result.watchedBanks[$1]], $1)
    }
    return result.plan.thresholds.enumerated().map { index, terms in
      func estimates(_ slot: Int?) -> BreachEstimates {
        let bank = slot.map { result.watchedBanks[$0] }
        return BreachEstimates(
          bank: bank.map { plan.portfolio.banks[$0] },
          lent: Money(fen: bank.map { volumes[$0] } ?? volumes.reduce(0, +)),
          months: result.firstBreaches(threshold: index, slot: slot), horizon: plan.horizon,
          ratio: slot.flatMap { result.meanRatioAtBreach(threshold: index, slot: $0) })
      }
      return ThresholdEstimates(
        id: terms.id, level: terms.level, effect: terms.effect.rawValue,
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

  init(
    bank: String?, lent: Money, months: [Int16], horizon: Int, ratio: (part: Double, whole: Double)?
  ) {
    self.bank = bank
    self.lent = lent
    let counts = cumulatedCounts(of: months, horizon: horizon)
    byMonth = counts.map { Proportion(successes: $0, of: months.count) }
    ever = Proportion(successes: counts.last ?? 0, of: months.count)
    meanPart = ratio?.part
    meanWhole = ratio?.whole
  }
}

extension PlannedPortfolio {
  /// What each bank lends within the horizon, running loans with what is outstanding, in fen.
  func lentByBank(horizon: Int) -> [Int64] {
    var totals = [Int64](repeating: 0, count: banks.count)
    for loan in loans where Int(loan.start) < horizon {
      totals[Int(loan.bank)] += loan.outstanding(in: 0)
    }
    return totals
  }
}
