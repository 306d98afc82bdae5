import CompensationKernel
import FundCore
import RandomStreams
import Simulation
import TestSupport
import Testing

/// Results are a function of the plan alone, to the last bit.
@Suite struct ReproducibilityTests {
  /// Sectors, persistence, stress, random lags, recoveries loaded on the factor, every threshold.
  private static func everything(_ seed: UInt64) -> (ScenarioDraft, [FundDraft]) {
    var words = SeededWords(seed: 8_000 + seed)
    var draft = words.scenario(loanCount: 60)
    draft.timing = seed % 2 == 0 ? .monthly : .maturity
    draft.factors = FactorModel(
      dependence: seed < 2 ? .studentT(degreesOfFreedom: 5) : .gaussian,
      assetCorrelations: Array(
        [0.15, 0.25, 0.2].prefix((draft.loans.map(\.sector).max() ?? 0) + 1)),
      sectorCorrelation: 0.5, persistence: 0.6, periodMonths: seed == 1 ? 1 : 12)
    if let beta = QuantileTable.beta(mean: 0.5, standardDeviation: 0.2) {
      draft.recovery = RecoveryModel(
        part: seed == 3 ? .beta(beta) : .loadedBeta(beta, loading: 0.3), lag: 1...8,
        costs: .percent(9), writeOffMonths: 7)
    }
    return (draft, (0..<4).map { _ in words.anyFund(for: draft) })
  }

  @Test(arguments: [0, 3] as [UInt64])
  func `threads and chunks change nothing`(seed: UInt64) {
    let (draft, funds) = Self.everything(seed)
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 45, seed: seed)
    let figures = { (threads: Int, chunkSize: Int) in
      simulate(plan, threads: threads, chunkSize: chunkSize).funds.map {
        RunFigures($0, horizon: draft.horizon)
      }
    }
    let reference = figures(1, 256)
    for (threads, chunkSize) in [
      (1, 1), (1, 3), (2, 1), (2, 3), (2, 256), (7, 1), (7, 3), (7, 256),
    ] {
      #expect(figures(threads, chunkSize) == reference)
    }
  }

  @Test(arguments: [0, 3] as [UInt64])
  func `funds of one run are each as if it ran alone`(seed: UInt64) {
    let (draft, funds) = Self.everything(seed)
    let together = draft.run(funds, trials: 40, seed: seed)
    for (index, fund) in funds.enumerated() {
      let alone = draft.run([fund], trials: 40, seed: seed)
      #expect(
        RunFigures(alone.funds[0], horizon: draft.horizon)
          == RunFigures(together.funds[index], horizon: draft.horizon))
    }
  }

  /// The engine has a short way through trials whose claims do not depend on each other; a
  /// threshold on overdue loans keeps it from being taken.
  @Test(arguments: 0..<15)
  func `a threshold that nobody reaches changes nothing`(seed: UInt64) {
    var words = SeededWords(seed: 8_500 + seed)
    var draft = words.scenario()
    draft.factors.dependence = .gaussian
    let funds = (0..<6).map { $0 < 3 ? words.plainFund(for: draft) : words.anyFund(for: draft) }
    let watched = funds.map { fund in
      var watched = fund
      watched.thresholds.append(
        ThresholdTerms(
          id: "never", ratio: .init(.overdueEver, .disbursed, .ipPart), level: .percent(1_000),
          effect: .pause, watch: .init(.claims, minimumDisbursed: .zero)))
      return watched
    }
    let results = draft.run(funds + watched, trials: 25, seed: seed).funds
    for (index, fund) in funds.enumerated() {
      let figures = [results[index], results[index + 6]].map {
        RunFigures($0, horizon: draft.horizon, thresholds: fund.thresholds.count)
      }
      #expect(figures[0] == figures[1])
    }
  }

  @Test func `more trials begin with the same trials`() {
    let (draft, funds) = Self.everything(3)
    let short = draft.run(funds, trials: 50, seed: 3)
    let long = draft.run(funds, trials: 120, seed: 3, threads: 2)
    for (first, second) in zip(short.funds, long.funds) {
      for column in [OutcomeColumn.defaults, .compensation, .closing, .neededCapital, .loss(.bank)]
      {
        #expect(first.column(column) == Array(second.column(column).prefix(50)))
      }
    }
  }

  @Test func `another seed gives other trials`() {
    let (draft, funds) = Self.everything(3)
    let first = draft.run(funds, trials: 50, seed: 3).funds[0].column(.defaults)
    let second = draft.run(funds, trials: 50, seed: 4).funds[0].column(.defaults)
    #expect(first != second)
  }

  /// One factor, so strong that it decides alone how many loans fail.
  @Test func `scenarios with other probabilities share the factors`() {
    var loan = LoanDraft()
    loan.probability = 0.05
    var draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: 200))
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.99])
    let fewer = draft.run(FundDraft(), trials: 400).column(.defaults)
    for index in draft.loans.indices { draft.loans[index].probability = 0.1 }
    let more = draft.run(FundDraft(), trials: 400).column(.defaults)
    // The 5 % worst factors are among the 10 % worst; a few loans at the edge may differ.
    #expect(zip(fewer, more).allSatisfy { $0 <= $1 + 10 })
  }

  @Test func `a stopped run keeps the trials before the first that is missing`() {
    let (draft, funds) = Self.everything(3)
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 100, seed: 3)
    let control = RunControl()
    control.stop()
    let stopped = simulate(plan, threads: 2, chunkSize: 10, control: control)
    #expect(stopped.trialCount == 0)
    #expect(stopped.funds[0].column(.defaults) == [])
    #expect(control.progress == 0)

    let whole = RunControl()
    let finished = simulate(plan, threads: 2, chunkSize: 7, control: whole)
    #expect(whole.progress == 100)
    #expect(finished.trialCount == 100)
  }
}
