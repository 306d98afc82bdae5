import CompensationKernel
import FundCore
public import LossStatistics

/// The state of a fund at the end of a month.
public struct MonthEstimates: Sendable, Hashable {
  /// The month of the run, from 0.
  public let month: Int
  /// The probability that nothing owed has gone unpaid so far.
  public let survival: Proportion
  /// Quantiles of the balance in yuan, in the order of `balanceLevels`; each is known to 1/2000
  /// of the histogram's range.
  public let balance: [Double]
  /// The mean compensation of the month, in yuan.
  public let meanPaid: Double
  /// The mean of what came back in the month, in yuan.
  public let meanReturned: Double

  /// The levels of the balance quantiles.
  public static let balanceLevels = [1, 5, 25, 50, 75, 95, 99].map { Level.percent($0) }

  static func all(_ result: FundResult, survival: [Proportion]) -> [MonthEstimates] {
    survival.enumerated().map { month, survival in
      let flows = result.meanFlows(month: month)
      return MonthEstimates(
        month: month, survival: survival,
        balance: balanceLevels.map {
          result.balanceQuantile(month: month, millionths: $0.millionths).yuan
        },
        meanPaid: flows.paid, meanReturned: flows.returned)
    }
  }
}

/// What must hold if the program is right, counted over the trials.
public struct SelfChecks: Sendable, Hashable {
  /// Trials in which opening + in − out differs from closing.
  public let unbalancedTrials: Int
  /// Trials in which the parties' losses do not sum to the loss.
  public let undividedTrials: Int
  /// Trials in which the needed capital says otherwise than the payments whether the fund lasts.
  public let capitalMismatches: Int
  /// The mean number of defaults.
  public let simulatedDefaults: Estimate
  /// What it should be; `nil` where there is no closed form.
  public let expectedDefaults: Double?
  /// Claims a trial that fell after the horizon and were left out.
  public let claimsAfterHorizon: Double
  /// Recoveries a trial that fell after the horizon and were left out.
  public let recoveriesAfterHorizon: Double

  init(
    _ result: FundResult, expectedDefaults: Double?, meanDefaults: Estimate,
    capital: (needed: [Int64], exhaustionMonths: [Int64])
  ) {
    unbalancedTrials = result.unbalancedTrials
    undividedTrials = result.undividedTrials
    let opening = result.plan.cash.opening.fen
    // An amount that waits and is paid later went unpaid too: the month of exhaustion knows it.
    capitalMismatches = zip(capital.needed, capital.exhaustionMonths).count { needed, month in
      (needed <= opening) != (month < 0)
    }
    simulatedDefaults = meanDefaults
    self.expectedDefaults = expectedDefaults
    claimsAfterHorizon = Double(result.claimsAfterHorizon) / Double(result.trialCount)
    recoveriesAfterHorizon = Double(result.recoveriesAfterHorizon) / Double(result.trialCount)
  }

  /// How many standard errors the defaults lie from what they should be; `nil` where there is no
  /// closed form, or no spread to measure by.
  public var defaultsDeviation: Double? {
    guard let expected = expectedDefaults, simulatedDefaults.standardError > 0,
      simulatedDefaults.standardError.isFinite
    else { return nil }
    return (simulatedDefaults.value - expected) / simulatedDefaults.standardError
  }

  /// Whether money is conserved, losses are divided, and needed capital agrees, in every trial,
  /// and the defaults lie within 3.9 standard errors of what they should be.
  public var hold: Bool {
    unbalancedTrials == 0 && undividedTrials == 0 && capitalMismatches == 0
      && abs(defaultsDeviation ?? 0) <= 3.9
  }
}

/// How one fund differs from another on the same draws, trial by trial.
public struct FundDifference: Sendable, Hashable {
  /// The fund.
  public let fund: String
  /// The fund that it is compared with.
  public let reference: String
  /// The difference of the probabilities of exhaustion.
  public let exhaustion: Estimate
  /// The difference of mean compensation, in yuan.
  public let compensation: Estimate
  /// The difference of the banks' mean losses, inside and outside cover, in yuan.
  public let bankLoss: Estimate

  init(_ fund: FundResult, minus reference: FundResult) {
    self.fund = fund.plan.name
    self.reference = reference.plan.name
    exhaustion = Self.difference(fund, reference, divisor: 1) { result in
      result.column(.exhaustionMonth).map { $0 < 0 ? 0 : 1 }
    }
    compensation = Self.difference(fund, reference, divisor: 100) { $0.column(.compensation) }
    bankLoss = Self.difference(fund, reference, divisor: 100) { result in
      zip(result.column(.loss(.bank)), result.column(.lossOutsideCover)).map(+)
    }
  }

  private static func difference(
    _ fund: FundResult, _ reference: FundResult, divisor: Double,
    figure: (FundResult) -> [Int64]
  ) -> Estimate {
    let mean = PairedDifference(figure(fund), minus: figure(reference)).mean
    return Estimate(
      value: mean.value / divisor, standardError: mean.standardError / divisor,
      sampleCount: mean.sampleCount)
  }
}
