import CompensationKernel
import FundCore
import LossStatistics
import RandomStreams
import TestSupport
import Testing

@testable import Simulation

/// The controls of a fund: their known means, and what they make of its mean amounts.
@Suite struct ControlTests {
  /// 60 loans of 100, each failing with 5 % in month 11.
  private static let pool = ScenarioDraft(
    horizon: 12, loans: Array(repeating: LoanDraft(), count: 60))

  /// E[min(D, 4)] of a binomial number D, times 100.
  private static let meanPaid: Double = {
    var (weight, sum) = (power(0.95, 60), 0.0)
    for count in 0...60 {
      sum += weight * Double(min(count, 4))
      weight *= Double(60 - count) / Double(count + 1) * 0.05 / 0.95
    }
    return 100 * sum
  }()

  /// Over 400 seeds of 1,024 trials the mean compensation of a fund of four units is right, its interval
  /// holds (chance alone: 90.7 to 99.2 %, 3.9 errors), and it is never worse than that of the trials.
  @Test func `the mean of a fund that runs dry is right, and its interval holds`() throws {
    let fund = FundDraft.of(share: .one, opening: Money(fen: 400))
    var (sum, squares, held, controlled) = (0.0, 0.0, 0, 0)
    for seed in 0..<400 {
      let result = Self.pool.run([fund], trials: 1_024, seed: UInt64(seed))
      let paid = try #require(RiskEstimates(result)).funds[0].compensation
      // Where the batches tell nothing certain of what the controls leave, the mean is the trials' own.
      let isControlled = paid.mean.method == .control
      controlled += isControlled ? 1 : 0
      let (value, truth) = (paid.mean.value, Self.meanPaid / 100)
      sum += value - truth
      squares += (value - truth) * (value - truth)
      let interval = try #require(paid.mean.interval95)
      if (interval.low...interval.high).contains(truth) { held += 1 }
      let (error, own) = (try #require(paid.mean.standardError), paid.standardDeviation / 32)
      #expect(isControlled ? error < own : abs(error - own) < 1e-9 * own)
    }
    #expect(controlled >= 390)
    #expect(abs(sum) < 3.9 * squares.squareRoot())
    #expect((0.907...0.992).contains(Double(held) / 400))
  }

  /// Loans month by month, with equal instalments, under persistent factors, a stress and an age curve: what is
  /// expected agrees with what 40,000 trials owe, within 3.9 errors.
  @Test(arguments: 0..<4)
  func `what is owed is known`(law: Int) throws {
    var words = SeededWords(seed: 808)
    var draft = words.scenario(loanCount: 60)
    draft.timing = .monthly
    let laws: [Dependence] = [
      .independent, .gaussian, .studentT(degreesOfFreedom: 5), .gamma(variance: 0.4),
    ]
    let isNormal = law == 1 || law == 2
    draft.factors = FactorModel(
      dependence: laws[law], assetCorrelations: [isNormal ? 0.2 : 0],
      persistence: isNormal ? 0.5 : 0)
    for index in draft.loans.indices { draft.loans[index].sector = 0 }
    var fund = FundDraft.of(share: .percent(40), opening: .yuan(3_000))
    fund.delay = 2
    fund.countsInterest = true
    let result = simulate(
      draft.plan([fund.plan(for: draft)], trials: 40_000, seed: 9), threads: 2)
    let controls = result.frame.funds[0].controls
    #expect(controls.gap == nil && controls.controls.map(\.kind) == [.defaults, .compensation])
    for control in controls.controls {
      let mean = LossSample(result.funds[0].control(control)).mean
      let away = try #require(mean.distance(from: control.mean - Double(control.centre)))
      #expect(abs(away) < 3.9, "\(control.kind) \(mean.value)")
    }
  }

  /// Bearers of a loss still add up to it: what each is left with, and what came back, to the last digits.
  @Test func `parties add up`() throws {
    var draft = Self.pool
    draft.horizon = 14
    draft.recovery = RecoveryModel(part: .fixed(0.4), lag: 1...4)
    var fund = FundDraft.of(share: .percent(30), opening: Money(fen: 100))
    fund.payers.append(PayerTerms(party: .insurer, share: .percent(20)))
    let result = draft.run([fund], trials: 3_000)
    let estimates = try #require(RiskEstimates(result)).funds[0]
    let items = estimates.amounts
    #expect(estimates.parties.filter { $0.loss.mean.method == .control }.count >= 3)
    // opening + returned − compensation = closing
    let (closing, paid) = (items[.closing].mean.value, items[.compensation].mean.value)
    #expect(abs(1 + items[.returned].mean.value - paid - closing) < 1e-9)
    let own = try #require(estimates.parties.first { $0.party == "fund" }).loss.mean.value
    #expect(abs(own - (paid - items[.returned].mean.value)) < 1e-9)
  }

  @Test func `differences are sharpened by the controls of both funds`() throws {
    let funds = [4, 6].map { FundDraft.of(share: .one, opening: Money(fen: 100 * $0)) }
    let result = Self.pool.run(funds, trials: 8_000)
    let item = try #require(RiskEstimates(result)).differences[0]
    let plain = result.differences(of: .compensation, fund: 1).mean.divided(by: 100)
    #expect(item.compensation.method == .control && item.exhaustion.method == .plain)
    #expect(
      try #require(item.compensation.standardError) < (try #require(plain.standardError)))
    let away = try #require(item.compensation.distance(from: plain.value))
    #expect(abs(away) < 4)
  }

  // MARK: Where nothing is known

  @Test func `where something is not known, it is said`() throws {
    let draft = Self.pool
    func controls(_ fund: FundDraft) -> FundControls {
      draft.run([fund], trials: 1_100).frame.funds[0].controls
    }
    var pausing = FundDraft.of(share: .one, opening: Money(fen: 400))
    pausing.thresholds = [
      ThresholdTerms(
        id: "pause", ratio: .init(.compensationOwed, .disbursed, .ipPart), level: .percent(5),
        effect: .pause, watch: .init(.claims, minimumDisbursed: .zero))
    ]
    #expect(controls(pausing).controls.map(\.kind) == [.defaults])
    #expect(controls(pausing).gap == .coupledClaims)
    let mean = try #require(RiskEstimates(draft.run([pausing], trials: 1_100))).funds[0]
      .compensation.mean
    #expect(mean.method == .control)
    var limited = FundDraft.of(share: .one, opening: Money(fen: 400))
    limited.limit = 300
    #expect(controls(limited).gap == .coupledClaims)
    var plan = draft.plan([FundDraft().plan(for: draft)], trials: 10)
    plan.isChecked = false
    #expect(simulate(plan, threads: 1).frame.funds[0].controls.gap == .notAsked)
    // Too few trials: the mean is theirs.
    let few = try #require(RiskEstimates(draft.run([pausing], trials: 1_000))).funds[0]
    #expect(few.compensation.mean.method == .plain)
  }

  /// Years of the run rest on the same controls, and the whole run's mean of 4,000 trials is the years' sum.
  @Test func `means by year add up to that of the run`() throws {
    var draft = ScenarioDraft(
      horizon: 24,
      loans: (0..<80).map { index in
        var loan = LoanDraft()
        loan.start = index % 12
        return loan
      })
    draft.timing = .monthly
    let fund = FundDraft.of(share: .percent(50), opening: Money(fen: 300)).plan(for: draft)
    let plan = draft.plan([fund], trials: 4_000)
    let trials = try #require(simulateYears(plan, fundCount: 1, threads: 1))
    let frame = simulate(plan, trials: 0..<1, threads: 1).frame
    let years = YearlyFigures(trials, controls: frame.funds.map(\.controls)).funds[0]
    let means = years.periods(.calendar).compactMap { $0.entry(.compensation)?.mean }
    let whole = try #require(years.periods(.run).first?.entry(.compensation)?.mean)
    #expect(whole.method == .control && means.allSatisfy { $0.method == .control })
    #expect(abs(means.reduce(0) { $0 + $1.value } - whole.value) < 1e-9)
    let plain = try #require(
      YearlyFigures(trials).funds[0].periods(.run).first?.entry(.compensation)?.mean)
    #expect(
      try #require(whole.standardError) < 0.7 * (try #require(plain.standardError)))
  }
}
