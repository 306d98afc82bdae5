public import Calibration
import ClaimRules
import CompensationKernel
public import FundCore
import RandomStreams
public import Simulation

/// Looks back at the funds through whose rules a register goes: for each year what they paid and what was left
/// in them, beside what was to be expected of it at the year's start.
///
/// The forecast stands on the register's own state at the end of the year before, and knows which loans were made
/// in the year, as that of the defaults knows how many were at risk. Claims come after the fund's delay.
public struct RegisterLookBack: Sendable {
  /// How many trials a forecast has, at least.
  public static let trialCount = 4_096

  private let study: RegisterStudy
  private let settings: CalibrationSettings
  private let version: EngineVersion

  /// Prepares to look back.
  ///
  /// - Parameters:
  ///   - study: The register with its funds.
  ///   - settings: How the history was calibrated.
  ///   - version: The program, for its plans.
  public init(_ study: RegisterStudy, settings: CalibrationSettings, version: EngineVersion) {
    self.study = study
    self.settings = settings
    self.version = version
  }

  /// What became of the funds in the years of a backtest.
  ///
  /// - Parameters:
  ///   - years: The years, with what was known at the start of each.
  ///   - grades: The grades of the history, best first.
  ///   - run: Runs a plan.
  /// - Returns: The years that begin after the opening and end by the register's last day.
  public func funds(
    in years: [BacktestYear], grades: [String],
    run: (SimulationPlan) throws -> SimulationResult
  ) rethrows -> [FundYearLookBack] {
    var found: [FundYearLookBack] = []
    for year in years {
      let start = CivilMonth(ordinal: year.year * 12)
      guard start.firstDay > study.opening, start.advanced(by: 11).lastDay <= study.lastDay else {
        continue
      }
      found += try look(at: year, from: start, grades, run)
    }
    return found
  }

  private func look(
    at year: BacktestYear, from start: CivilMonth, _ grades: [String],
    _ run: (SimulationPlan) throws -> SimulationResult
  ) rethrows -> [FundYearLookBack] {
    let before = told(until: start.advanced(by: -1).lastDay)
    let after = told(until: start.advanced(by: 11).lastDay).replays()
    let known = KnownRecoveries(before, delay: study.funds.map(\.claimDelay).min() ?? 0)
    let forecast = RegisterForecast(
      before, lending: study.tape, year: year, grades: grades, recovery: known)
    let replays = before.replays()
    guard let state = before.state(after: replays),
      let scenario = forecast.scenario(from: state, settings)
    else { return [] }
    let plan = scenario.compiled(version: version).plan
    let predictive = try run(plan)
    var point = plan
    point.parameterDraws = nil
    let best = try run(point)
    let unit = UniformDraw.unit(
      from: DrawKey(
        seed: settings.seed, trial: 1 << 36 + UInt64(year.year), purpose: .calibration
      ).word(at: 0))
    return study.funds.indices.map { index in
      let (from, to) = (replays[index].totals, after[index].totals)
      let paid = to.compensation - from.compensation
      let slack = AmountLookBack.slackShare * Double(paid.fen) / 100
      func amounts(_ column: OutcomeColumn, _ seen: Money, isLowBad: Bool) -> AmountLookBack {
        func law(_ result: SimulationResult) -> AmountForecast {
          AmountForecast(
            result.funds[index].column(column).map { Double($0) / 100 },
            seen: Double(seen.fen) / 100, isLowBad: isLowBad, slack: slack, unit: unit)
        }
        return AmountLookBack(
          seen: Double(seen.fen) / 100, best: law(best), predictive: law(predictive),
          isLowBad: isLowBad, slack: slack)
      }
      return FundYearLookBack(
        year: year.year, fund: study.funds[index].name,
        compensation: amounts(
          .compensation, paid, isLowBad: false),
        balance: known.mean == nil ? nil : amounts(.closing, to.closing, isLowBad: true))
    }
  }

  /// The register with what it told up to a day.
  private func told(until day: CivilDate) -> RegisterStudy {
    var told = study
    told.register.until = day
    told.keepsStandings = true
    return told
  }
}

/// What was known of recoveries at a day.
struct KnownRecoveries {
  /// The mean part that comes back; `nil` before a case was closed.
  let mean: Double?
  /// Its standard deviation, as a Beta law can have it.
  let standardDeviation: Double
  /// Months from the claim to the recovery.
  let lag: ClosedRange<Int>
  private let history: RecoveryHistory

  init(_ study: RegisterStudy, delay: Int) {
    var outcomes = LoanOutcomes()
    for loan in study.register.loans {
      guard let loss = loan.loss, loss.curedOn == nil, loss.overdueOn <= study.lastDay else {
        continue
      }
      var outcome = LoanOutcome(
        start: loan.disbursedOn.month, term: loan.schedule.termMonths)
      outcome.take(loss)
      outcomes.loans.append(outcome)
    }
    history = outcomes.record(until: study.lastDay).recoveries
    let moments = history.moments
    mean = moments.map { min(max($0.mean, 0), 1) }
    standardDeviation = Self.possible(moments?.standardDeviation ?? 0, mean ?? 0)
    let lags = history.lags
    let low = max(1, (lags.quantile(0.05) ?? delay + 1) - delay)
    lag = low...max(low, (lags.quantile(0.95) ?? lags.quantile(0.5) ?? delay + 12) - delay)
  }

  /// Draws of mean and standard deviation; none with few closed cases.
  func draws(_ count: Int, seed: UInt64) -> [(mean: Double, standardDeviation: Double)] {
    history.draws(count, seed: seed).map {
      let mean = min(max($0.mean, 0), 1)
      return (mean, Self.possible($0.standardDeviation ?? 0, mean))
    }
  }

  private static func possible(_ deviation: Double, _ mean: Double) -> Double {
    min(deviation, 0.98 * (mean * (1 - mean)).squareRoot())
  }
}
