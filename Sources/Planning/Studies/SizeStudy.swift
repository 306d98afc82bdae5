public import ClaimRules
import CompensationKernel
public import FundCore
public import LossStatistics
import PolicyLibrary
public import ScenarioInput
public import Simulation

/// How large a fund must be to last so long with such a probability, out of one run: from the needed
/// capital of every trial, through every month that is asked for.
public struct SizeStudy: Sendable {
  /// The smallest initial amount for one probability and one time.
  public struct Requirement: Sendable {
    /// The probability of survival.
    public let level: Level
    /// How long, in months from the start.
    public let months: Int
    /// The amount in fen with its interval from order statistics.
    public internal(set) var size: QuantileEstimate
    /// What of it must be added to what a fund holds on the day of a state; `nil` for a run from the opening.
    public internal(set) var topUp: QuantileEstimate?
    /// How many trials survive with this amount, as their needed capital says.
    public internal(set) var survivors: Int
    /// On how many rare trials the size rests; `nil` for the trials of the run.
    public internal(set) var rareTrials: Int?
    /// How many do in a run with this amount, and in one with one fen less; `nil` if not tried.
    public internal(set) var confirmed: (atSize: Int, below: Int)?
    /// What is not known of it; `nil` if that was not asked for.
    public internal(set) var doubts: Doubts?

    /// Half the interval's length in yuan.
    public var halfWidth: Double { Double(size.high - size.low) / 200 }

    /// How many trials make the interval reach only so far to either side.
    ///
    /// The interval of a quantile shrinks as 1/√n: √(α(1−α)/n) ÷ the density of needed capital at the
    /// quantile, and the density stands in the length that this run found.
    ///
    /// - Returns: `nil` if the size is nothing, or if too few trials lie beyond it to tell.
    public func trials(forPrecision precision: Precision, of count: Int) -> Int? {
      let target = precision.yuan(of: Double(size.value) / 100)
      guard size.isReliable, target > 0, halfWidth > 0 else { return nil }
      let wanted = Double(rareTrials ?? count) * (halfWidth / target) * (halfWidth / target)
      let least = rareTrials == nil ? level.reliableTrialCount : 1
      return wanted < 1e15 ? max(least, Int(wanted.rounded(.up))) : nil
    }
  }

  /// How far a 95 % interval may reach to either side.
  public enum Precision: Sendable, Hashable {
    /// So much of the figure.
    case relative(Double)
    /// So many yuan.
    case absolute(Money)

    func yuan(of figure: Double) -> Double {
      switch self {
      case .relative(let part): part * figure
      case .absolute(let amount): amount.yuan
      }
    }
  }

  /// The probability of survival with an initial amount.
  public struct CurvePoint: Sendable {
    /// The initial amount.
    public let size: Money
    /// The probability of survival, by time, in the order of `months`.
    public let survival: [Proportion]
  }

  /// The fund.
  public let fund: FundAgreement
  /// The times, in months from the start, ascending.
  public let months: [Int]
  /// What is needed, by time, then by probability.
  public internal(set) var requirements: [Requirement]
  /// The whole curve from nothing to what nearly every trial needs.
  public let curve: [CurvePoint]
  /// What the fund holds on the day of the state that the run goes on from; `nil` for a run from the opening.
  /// Every size is then this and what is added to it in the first month of the run.
  public let balance: Money?
  /// What the fund has without anything added: its initial amount, or what it holds on that day.
  public var own: Money { balance ?? fund.initial }
  /// The number of trials.
  public let trialCount: Int
  /// The calendar month of month 0.
  public let firstMonth: CivilMonth
  /// Whether the management fee is a part of the initial amount, and so would change with it.
  public let feeFollowsSize: Bool
  /// The amount that the programme's text asks for, whatever the scenario sets; `nil` if it asks for none.
  public let textAmount: TextAmount?
  /// Where the figures come from.
  public let source: RunSource
  /// Over how many draws of the parameters the sizes are found; `nil` where these are known.
  public let drawCount: Int?
  /// The fund with each of the sizes, in the order of the requirements; none where it was not run.
  public internal(set) var rows: [StudyRow] = []
  /// The figures that are told of these.
  public internal(set) var figures: [StudyFigure] = []
  /// The needed capital of all trials, by time.
  let samples: [LossSample]
  let plan: SimulationPlan

  /// Runs the fund of a scenario.
  ///
  /// - Parameters:
  ///   - scenario: The scenario, with the fund alone.
  ///   - levels: The probabilities of survival.
  ///   - months: The times, in months from the start; those beyond the horizon are left out.
  ///   - simulate: Runs one plan.
  public init(
    _ scenario: Scenario, version: EngineVersion, levels: [Level], months wanted: [Int],
    simulate: StudySimulator
  ) throws {
    try scenario.requireCapital()
    let compiled = scenario.compiled(version: version)
    var plan = compiled.plan
    plan.funds = [plan.funds[0]]
    plan.reportedFunds = nil
    let months = Array(Set(wanted.filter { (1...plan.horizon).contains($0) })).sorted()
    plan.capitalMonths = months
    let result = try simulate(plan, 0)
    guard result.trialCount == plan.trialCount else { throw StudyStopped() }
    let columns = months.map { result.funds[0].column(.neededCapitalThrough(months: $0)) }
    let samples = columns.map { LossSample($0, groups: result.groups) }
    let held = plan.funds[0].carried?.balance
    let tops = held.map { held in
      columns.map { LossSample($0.map { $0 - held }, groups: result.groups) }
    }
    requirements = months.indices.flatMap { place in
      levels.sorted().map { level in
        let sample = samples[place]
        let size = sample.quantile(level)
        return Requirement(
          level: level, months: months[place], size: size, topUp: tops?[place].quantile(level),
          survivors: sample.count(atMost: size.value))
      }
    }
    fund = scenario.funds[0]
    source = compiled.source
    trialCount = result.trialCount
    firstMonth = plan.firstMonth
    balance = held.map { Money(fen: $0) }
    curve = Self.curve(samples, initial: balance ?? fund.initial, from: balance ?? .zero)
    let fee = scenario.funds[0].terms.fund.fee
    feeFollowsSize =
      fee.map { $0.value.base == nil && $0.value.rate.value > .zero } ?? false && balance == nil
    textAmount = balance == nil ? TextAmount(scenario.funds[0].original.terms) : nil
    self.months = months
    self.samples = samples
    self.plan = plan
    drawCount = result.groups?.count
  }

  /// The largest distance between the whole curve as it was found and as it is, with 95 % probability.
  ///
  /// Source: P. Massart, "The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality", Annals of
  /// Probability 18(3), 1990, pp. 1269–1283: √(ln(2/0.05) / (2n)).
  ///
  /// Where trials share draws of the parameters, by as many independent ones as tell as much at the point
  /// of the curve where those are fewest.
  public var bandHalfWidth: Double {
    let fewest = curve.flatMap(\.survival).map(\.effectiveTrials).min() ?? Double(trialCount)
    return (3.6888794541139363 / (2 * fewest)).squareRoot()
  }

  /// The probability that an initial amount lasts through the times, in the order of `months`.
  public func survival(with amount: Money) -> [Proportion] {
    samples.map { $0.share(atMost: amount.fen) }
  }

  /// Runs every required amount, and one fen less, on the same draws, and counts who survives.
  public mutating func confirm(
    simulate: StudySimulator
  ) throws {
    var plan = plan
    let fund = plan.funds[0]
    plan.capitalMonths = []
    plan.funds = requirements.flatMap { requirement in
      [requirement.size.value, max(0, requirement.size.value - 1)].map {
        fund.holding(Money(fen: $0))
      }
    }
    let result = try simulate(plan, 0)
    guard result.trialCount == plan.trialCount else { throw StudyStopped() }
    for index in requirements.indices {
      let counts = result.funds[2 * index...2 * index + 1].map { found in
        found.column(.exhaustionMonth).count { $0 < 0 || $0 >= requirements[index].months }
      }
      requirements[index].confirmed = (counts[0], counts[1])
    }
  }

  /// Equal steps of a round number from nothing, or from what the fund holds, to what 99.9 % of the trials
  /// need at the last time.
  private static func curve(
    _ samples: [LossSample], initial: Money, from least: Money
  ) -> [CurvePoint] {
    let needed = samples.last.map { $0.quantile(Level(millionths: 999_000)).value } ?? 0
    let top = max(max(needed, initial.fen) - least.fen, 100)
    // 1, 2, 5, 10, … yuan: the first step of which a hundred reach the top.
    var decade: Int64 = 100
    while decade * 500 < top { decade *= 10 }
    let step = [decade, 2 * decade, 5 * decade].first { $0 * 100 >= top } ?? decade
    let count = Int((top + step - 1) / step)
    return (0...count).map { place in
      let size = least.fen + Int64(place) * step
      return CurvePoint(
        size: Money(fen: size),
        survival: samples.map { sample in
          sample.share(atMost: size)
        })
    }
  }
}

extension Scenario {
  /// Refuses a fund whose needed capital has no meaning.
  fileprivate func requireCapital() throws(Diagnostics) {
    if let clause = funds.first?.clauseOnBalance {
      throw Diagnostics(
        "capital-not-defined",
        .init(
          en: "needed capital is not defined under `\(clause.path)` (\(clause.citation))",
          zh: "因 `\(clause.path)`（\(clause.citation)）所需资本无定义"),
        help: .init(
          en: """
            what is owed hangs on the fund's money, so a larger fund owes more; ask for a share of the credit \
            to be served: `size --serve 95%`
            """,
          zh: "应付款项取决于基金资金，基金越大应付越多；可求使信贷的一定比例得到服务的规模：`size --serve 95%`"),
        at: SourceLocation(file: file))
    }
  }
}
