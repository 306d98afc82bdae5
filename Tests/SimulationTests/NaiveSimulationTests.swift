import CompensationKernel
import FundCore
import RandomStreams
import Simulation
import TestSupport
import Testing

/// The engine against a naive simulation with its own draws: the same laws, other numbers.
@Suite struct NaiveSimulationTests {
  /// Runs both and compares mean and spread of compensation and of the bank's loss, and the odds
  /// of exhaustion and of each threshold, by two-sample limits.
  private func expectAgreement(_ draft: ScenarioDraft, _ fund: FundDraft) {
    let result = draft.run(fund, trials: Chance.trials(2_500, long: 200_000), seed: 77)
    var naive = NaiveDefaults(draft, seed: 78)
    var ledger = Ledger(draft, fund)
    let outcomes = (0..<Chance.trials(1_000, long: 60_000)).map { _ in ledger.run(naive.trial()) }
    let compare = { (column: OutcomeColumn, figure: (LedgerOutcome) -> Int) in
      let (engine, other) = (
        Moments(result.column(column)), Moments(outcomes.map { Int64(figure($0)) })
      )
      #expect(engine.agrees(with: other), "\(column): \(engine), \(other)")
    }
    compare(.compensation) { $0.compensation }
    compare(.loss(.bank)) { $0.bankLoss }
    compare(.lossOutsideCover) { $0.outsideCover }
    compare(.returned) { $0.returned }
    expectOdds(
      result.column(.exhaustionMonth).map { $0 >= 0 }, outcomes.map { $0.exhaustionMonth >= 0 })
    for threshold in fund.thresholds.indices {
      expectOdds(
        result.firstBreaches(threshold: threshold, slot: nil).map { $0 >= 0 },
        outcomes.map { outcome in outcome.breaches[threshold].contains { $0 >= 0 } })
    }
  }

  /// Two proportions, with the error of their pooled estimate; neither may be a certainty.
  private func expectOdds(_ first: [Bool], _ second: [Bool]) {
    let (hits, others) = (first.count { $0 }, second.count { $0 })
    let pooled = Double(hits + others) / Double(first.count + second.count)
    #expect(pooled > 0.02 && pooled < 0.98, "the scenario shows nothing")
    let error =
      (pooled * (1 - pooled) * (1 / Double(first.count) + 1 / Double(second.count))).squareRoot()
    let difference = Double(hits) / Double(first.count) - Double(others) / Double(second.count)
    #expect(abs(difference) <= Chance.limit * error)
  }

  private static func draft(_ seed: UInt64, timing: AssessmentTiming) -> ScenarioDraft {
    var words = SeededWords(seed: seed)
    var draft = ScenarioDraft(horizon: 36, loans: [])
    draft.bankCount = 2
    draft.timing = timing
    for _ in 0..<50 {
      var loan = LoanDraft()
      loan.start = Int.random(in: -4...25, using: &words)
      loan.term = [6, 12][Int.random(in: 0..<2, using: &words)]
      loan.principal = 10_000 * Int64.random(in: 5...30, using: &words)
      loan.ipPrincipal = loan.principal * [6, 10][Int.random(in: 0..<2, using: &words)] / 10
      loan.rate = 43_500
      loan.bank = Int.random(in: 0..<2, using: &words)
      loan.enterprise = Int.random(in: 0..<25, using: &words)
      loan.sector = Int.random(in: 0..<2, using: &words)
      loan.probability = [0.03, 0.08][Int.random(in: 0..<2, using: &words)]
      draft.loans.append(loan)
    }
    draft.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.1, 0.25], sectorCorrelation: 0.3,
      persistence: 0.5)
    return draft
  }

  /// Baotou: suspension by enterprise, notice after a month, caps, interest, yearly fee.
  @Test func `suspension of new customers`() {
    var draft = Self.draft(61, timing: .maturity)
    draft.recovery = RecoveryModel(part: .fixed(0.4), lag: 6...14)
    var fund = FundDraft.of(share: .percent(30), opening: .yuan(1_500))
    fund.payers[0].isCapped = true
    fund.caps = Array(repeating: 60_000, count: 36)
    fund.delay = 2
    fund.interestRate = .percent(2)
    fund.yearlyFee = .yuan(15)
    fund.thresholds = [
      .owed(.percent(3)),
      ThresholdTerms(
        id: "suspend", ratio: .init(.compensationOwed, .disbursed, .ipPart), level: .percent(5),
        effect: .suspendNewCustomers, watch: .init(.claims, minimumDisbursed: .yuan(10_000)),
        customers: CustomerRule(earlierLoan: .any, lender: .sameBank, noticeLagMonths: 1)),
    ]
    expectAgreement(draft, fund)
  }

  /// Hi-tech Zone: pause and resumption on the overdue ratio, equal principal, monthly defaults.
  @Test func `pause and resumption of an amortizing portfolio`() {
    var draft = Self.draft(62, timing: .monthly)
    for index in draft.loans.indices { draft.loans[index].isAmortizing = index % 3 > 0 }
    draft.recovery = RecoveryModel(
      part: .fixed(0.6), lag: 2...9, costs: .percent(10), writeOffMonths: 7)
    var fund = FundDraft.of(share: .percent(40), opening: .yuan(1_200))
    fund.thresholds = [
      ThresholdTerms(
        id: "pause", ratio: .init(.overdueOutstanding, .disbursed, .ipPart), level: .percent(6),
        effect: .pause, watch: .init(.claims, minimumDisbursed: .zero), resumesAfterMonths: 3)
    ]
    expectAgreement(draft, fund)
  }

  /// Interest in the base, an earlier default removes cover, stress, ages, loaded recoveries, waiting.
  @Test func `interest, earlier defaults and recoveries that follow the factor`() throws {
    var draft = Self.draft(63, timing: .monthly)
    for index in draft.loans.indices { draft.loans[index].enterprise = index % 8 }
    draft.stress = Dictionary(uniqueKeysWithValues: (12..<20).map { ($0, 1.8) })
    draft.ageCurve = AgeCurve([.init(from: 3, factor: 2), .init(from: 8, factor: 0.25)])
    let beta = try #require(QuantileTable.beta(mean: 0.45, standardDeviation: 0.25))
    draft.recovery = RecoveryModel(part: .loadedBeta(beta, loading: 0.4), lag: 1...6)
    var fund = FundDraft.of(share: .percent(50), opening: .yuan(2_000))
    fund.countsInterest = true
    fund.penaltyRate = 180_000
    fund.earlierDefaultRemovesCover = true
    fund.injections = [18: .yuan(1_000)]
    fund.unpaidWaits = true
    fund.thresholds = [.owed(.percent(4), watched: .yearEnds)]
    expectAgreement(draft, fund)
  }
}
