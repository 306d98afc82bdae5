import FundCore
import LossStatistics
import RandomStreams
import Testing

@testable import Simulation

/// Rare trials: bits that hang on nothing but their number, weights that are what the theory says, and figures that
/// agree with plain trials under every law.
@Suite struct RareTrialTests {
  /// Four cohorts of loans of two grades; a fund that fails in a few of a hundred trials.
  private static func draft(
    _ dependence: Dependence, sectors: Int = 1, timing: AssessmentTiming = .maturity
  ) -> ScenarioDraft {
    var draft = ScenarioDraft(horizon: 48, loans: [])
    let isNormal =
      switch dependence {
      case .gaussian, .studentT: true
      case .independent, .gamma: false
      }
    draft.factors = FactorModel(
      dependence: dependence,
      assetCorrelations: Array(repeating: isNormal ? 0.15 : 0, count: sectors),
      sectorCorrelation: 0.5, persistence: isNormal ? 0.4 : 0)
    draft.timing = timing
    for index in 0..<240 {
      var loan = LoanDraft()
      loan.start = 12 * (index % 4) - 1
      loan.probability = index % 3 == 0 ? 0.06 : 0.02
      loan.sector = index % sectors
      loan.group = Int16(index % 2)
      draft.loans.append(loan)
    }
    draft.recovery = RecoveryModel(
      part: QuantileTable.beta(mean: 0.35, standardDeviation: 0.2).map { .beta($0) } ?? .fixed(0.3),
      lag: 2...9)
    return draft
  }

  private static func plan(_ draft: ScenarioDraft, units: Int64, trials: Int = 20_000)
    -> SimulationPlan
  {
    draft.plan(
      [FundDraft.of(share: .percent(50), opening: Money(fen: 50 * units)).plan(for: draft)],
      trials: trials, seed: 77)
  }

  private static func rare(
    _ plan: SimulationPlan, _ request: RareRequest = RareRequest(trials: 8_000, levels: []),
    trials: Range<Int>? = nil, threads: Int = 2
  ) throws -> RareTrials {
    try #require(
      simulateRare(plan, request, trials: trials, fundCount: 1, on: RareWork(threads: threads)))
  }

  /// The last column of `FundDraft`s: how far two estimates of one probability lie apart, in standard errors.
  private static func distance(_ plan: SimulationPlan, _ rare: RareTrials) throws -> Double {
    let result = simulate(plan, threads: 2)
    let plain = LossSample(result.funds[0].column(.exhaustionMonth), groups: result.groups)
      .share(above: -1, atMost: 1_000)
    let figure = try #require(
      RareFigures(rare, RareRequest(levels: []), frame: result.frame).funds[0].exhaustion.last)
    #expect(plain.successes >= 100)
    // Under draws the error of few groups has no normal law, but an interval.
    func error(_ low: Double?, _ high: Double?) throws -> Double {
      try (#require(high) - #require(low)) / (2 * 1.96)
    }
    let errors = try (
      error(figure.low, figure.high), error(plain.interval95.low, plain.interval95.high)
    )
    return (figure.value - plain.value) / (errors.0 * errors.0 + errors.1 * errors.1).squareRoot()
  }

  static let laws: [(Dependence, Int, AssessmentTiming, Int64)] = [
    (.independent, 1, .maturity, 11), (.gaussian, 1, .maturity, 18), (.gaussian, 3, .maturity, 16),
    (.studentT(degreesOfFreedom: 5), 1, .maturity, 26),
    (.studentT(degreesOfFreedom: 5), 2, .monthly, 22), (.gamma(variance: 0.6), 1, .maturity, 14),
    (.gaussian, 1, .monthly, 16), (.gamma(variance: 0.6), 1, .monthly, 14),
    (.independent, 1, .monthly, 11),
  ]

  /// Nine comparisons at 3.9 standard errors: a false alarm in a thousand changes of the draws.
  @Test(arguments: laws)
  func `exhaustion agrees with that of plain trials, and weights have mean one`(
    dependence: Dependence, sectors: Int, timing: AssessmentTiming, units: Int64
  ) throws {
    let plan = Self.plan(Self.draft(dependence, sectors: sectors, timing: timing), units: units)
    let rare = try Self.rare(plan)
    #expect(abs(try Self.distance(plan, rare)) <= Chance.limit)
    let count = Double(rare.weights.count)
    let mean = rare.weights.reduce(0, +) / count
    let square = rare.weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    #expect(abs(mean - 1) <= Chance.limit * (square / count).squareRoot())
    #expect(rare.weights.allSatisfy { $0 > 0 && $0 <= RareTrials.largestWeight * (1 + 1e-12) })
    // The shifts are some good: the fund fails far more often than one trial in a hundred or so.
    #expect(rare.funds[0].columns[0].count { $0 >= 0 } > rare.weights.count / 10)
  }

  @Test func `draws of the parameters`() throws {
    var plan = Self.plan(Self.draft(.gaussian, sectors: 2), units: 18)
    plan.parameterDraws = ParameterDraws(
      (0..<40).map { number in
        let place = (Double(number) + 0.5) / 40
        return ParameterDraws.Draw(
          moves: [.shifted(0.8 * (place - 0.5)), .replaced(0.01 + 0.04 * place)],
          assetCorrelation: 0.3 * place, persistence: 0.8 * (1 - place))
      })
    #expect(abs(try Self.distance(plan, Self.rare(plan))) <= Chance.limit)
  }

  /// A known law of the first period's factor, and paths of it: bad years behind.
  @Test(arguments: [false, true])
  func `a state to go on from`(hasPaths: Bool) throws {
    var draft = Self.draft(.gaussian)
    draft.factors.known =
      hasPaths
      ? KnownPeriod(
        period: 0,
        paths: .init(
          periods: 0..<1, placeCount: 1, factors: (0..<50).map { -2.5 + 0.05 * Double($0) },
          scales: []))
      : KnownPeriod(period: 0, laws: [.init(KnownPeriod.Law.scores.map { 0.5 * $0 - 0.8 })])
    let plan = Self.plan(draft, units: 18)
    #expect(abs(try Self.distance(plan, Self.rare(plan))) <= Chance.limit)
  }

  @Test func `threads and ranges change no bit, and plain trials none at all`() throws {
    let plan = Self.plan(Self.draft(.gaussian, sectors: 2), units: 40, trials: 500)
    let request = RareRequest(trials: 700, levels: [.percent(99)])
    let before = simulate(plan, threads: 1).funds[0].column(.compensation)
    let whole = try Self.rare(plan, request, threads: 1)
    #expect(try Self.rare(plan, request, threads: 2) == whole)
    var parts = try Self.rare(plan, request, trials: 0..<311)
    #expect(parts.append(try Self.rare(plan, request, trials: 311..<700)))
    #expect(parts == whole)
    #expect(!parts.append(try Self.rare(plan, request, trials: 0..<10)))
    #expect(simulate(plan, threads: 2).funds[0].column(.compensation) == before)
  }

  /// Rare trials that are stopped leave the first of the set behind, each as it is in the whole; a pilot that is
  /// stopped leaves nothing.
  @Test func `what was run before a stop counts`() throws {
    let plan = Self.plan(Self.draft(.gaussian), units: 20)
    let request = RareRequest(trials: 700, levels: [])
    let counter = RunControl()
    let whole = try #require(
      simulateRare(plan, request, fundCount: 1, on: RareWork(threads: 1, control: counter)))
    let pilots = counter.progress - 700
    func stopped(after trials: Int) -> RareTrials? {
      let control = RunControl { if $0.progress >= trials { $0.stop() } }
      return simulateRare(
        plan, request, fundCount: 1, on: RareWork(threads: 1, control: control))
    }
    // 200 lie in the second chunk of 128.
    let found = try #require(stopped(after: pilots + 200))
    #expect(found.range == 0..<256 && found.weights == Array(whole.weights.prefix(256)))
    #expect(found.funds[0].columns == whole.funds[0].columns.map { Array($0.prefix(256)) })
    #expect(stopped(after: pilots) == nil && stopped(after: pilots - 1) == nil)
    let figures = RareFigures(
      found, request, frame: simulate(plan, trials: 0..<1, threads: 1).frame)
    #expect(figures.trials == 256 && figures.planned == 700)
  }

  /// Two funds share the trials; each has shifts of its own.
  @Test func `funds of one run`() throws {
    let draft = Self.draft(.gaussian)
    let funds = [18, 34].map {
      FundDraft.of(share: .percent(50), opening: Money(fen: 50 * $0)).plan(for: draft)
    }
    let plan = draft.plan(funds, trials: 20_000, seed: 5)
    let rare = try #require(
      simulateRare(
        plan, RareRequest(trials: 8_000), fundCount: 2, on: RareWork(threads: 2)))
    let figures = RareFigures(
      rare, RareRequest(), frame: simulate(plan, trials: 0..<1, threads: 1).frame)
    #expect(abs(try Self.distance(plan, rare)) <= Chance.limit)
    // The larger fund fails seldom enough that plain trials see next to nothing of it.
    let second = try #require(figures.funds[1].exhaustion.last)
    #expect(second.value < 1e-3 && (second.standardError ?? 1) < 0.15 * second.value)
    // Needed capital of both is the same: that of an unlimited purse.
    #expect(figures.funds[0].capital == figures.funds[1].capital)
    #expect(figures.funds[0].capital.map(\.level) == [990_000, 999_000, 999_900])
    #expect(figures.funds[0].capital.allSatisfy { $0.isReliable && $0.low <= $0.amount })
  }

  @Test func `what cannot be moved is refused`() {
    #expect(Self.plan(Self.draft(.independent, timing: .monthly), units: 9).rareRefusal == nil)
    #expect(Self.plan(Self.draft(.independent), units: 9).rareRefusal == nil)
    var unlike = Self.draft(.independent)
    unlike.loans = (0..<5_000).map { number in
      var loan = LoanDraft()
      loan.start = -1
      loan.probability = 0.01 + 1e-6 * Double(number)
      return loan
    }
    #expect(Self.plan(unlike, units: 9).rareRefusal == .nothingToMove)
    var sound = Self.draft(.gaussian)
    for index in sound.loans.indices { sound.loans[index].probability = 0 }
    #expect(Self.plan(sound, units: 9).rareRefusal == .noDefaults)
  }

  /// A fund larger than all its claims: nothing is seen, and the interval says what that allows.
  @Test func `a fund that cannot fail`() throws {
    let plan = Self.plan(Self.draft(.gaussian), units: 300, trials: 100)
    let rare = try Self.rare(plan)
    let frame = simulate(plan, trials: 0..<1, threads: 1).frame
    let figure = try #require(
      RareFigures(rare, RareRequest(levels: []), frame: frame).funds[0].exhaustion.last)
    #expect(figure.value == 0 && figure.standardError == nil && figure.low == 0)
    // None of n trials that see the event with at least α p: p ≤ 1 − 0.025^(1/n), over α.
    #expect(abs((figure.high ?? 0) - 4.61e-3) < 1e-5)
  }
}
