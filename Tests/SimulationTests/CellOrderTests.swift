import CompensationKernel
import FundCore
import RandomStreams
@testable import Simulation
import TestSupport
import Testing

/// Two orders of one walk, and lists that are read by ranges.
@Suite struct CellOrderTests {
  /// A portfolio all of whose claims are plain: covered in full, settled beforehand.
  private func draft(_ words: inout SeededWords, loanCount: Int) -> ScenarioDraft {
    var draft = words.scenario(loanCount: loanCount)
    draft.timing = .maturity
    draft.ageCurve = AgeCurve()
    for index in draft.loans.indices {
      draft.loans[index].ipPrincipal = nil
      draft.loans[index].isAmortizing = false
      draft.loans[index].start = min(draft.loans[index].start, draft.horizon - 5)
      // None matures after the horizon or in its last months, where its claim may come too late.
      draft.loans[index].term = min(
        draft.loans[index].term, max(1, draft.horizon - 4 - draft.loans[index].start))
    }
    return draft
  }

  private func fund(_ words: inout SeededWords, for draft: ScenarioDraft) -> FundDraft {
    var fund = FundDraft()
    let total = draft.loans.reduce(0) { $0 + $1.principal }
    // From what never lasts to what often does.
    fund.opening = Money(fen: Int64.random(in: 0...total / 2, using: &words))
    fund.payers = [PayerTerms(party: .fund, share: .percent(60), isCapped: true)]
    fund.caps = Array(repeating: 900_000, count: draft.horizon)
    fund.recovery = RecoveryTerms(
      basis: Bool.random(using: &words) ? .fixedRate(.percent(40)) : .nominalShare,
      isLimitedToPaid: false, isNetOfCosts: false, stopsAtLossBase: false)
    fund.interestRate = .percent(2)
    fund.delay = Int.random(in: 0...3, using: &words)
    fund.thresholds = Bool.random(using: &words) ? words.plainFund(for: draft).thresholds : []
    return fund
  }

  /// Whether the trials of funds go by cell, where that is wanted.
  private func serves(_ funds: [FundDraft], _ draft: ScenarioDraft) -> Bool {
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 1)
    let memory = WorkingMemory()
    let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
    let claims = setups.map { LoanClaims(setup: $0, simulation: plan) }
    let tables = DrawTables(dependence: .independent)
    return withExtendedLifetime((memory, claims)) {
      CellTrials.serve(
        plan,
        zip(setups, claims).map {
          FundWork(
            FundTerms(setup: $0, claims: $1, simulation: plan, tables: tables, in: memory),
            simulation: plan, alwaysExact: false, in: memory)
        }, options: SimulationOptions(goesByCell: true))
    }
  }

  /// Every law, with thresholds that suspend and funds that fall short; two funds of other delays. More
  /// trials than a block holds, and a last block that is not full.
  @Test(arguments: 0..<UInt64(Chance.trials(12, long: 400)))
  func `cell by cell and trial by trial are the same to the bit`(seed: UInt64) {
    var words = SeededWords(seed: 31_000 + seed)
    var draft = draft(&words, loanCount: 80)
    if seed % 3 == 0, let beta = QuantileTable.beta(mean: 0.5, standardDeviation: 0.2) {
      draft.recovery = RecoveryModel(part: .beta(beta), lag: 2...9, costs: draft.recovery.costs)
    }
    let funds = (0..<2).map { _ in fund(&words, for: draft) }
    let plan = draft.plan(
      funds.map { $0.plan(for: draft) }, trials: BlockWalk.trialCount + 30, seed: seed)
    #expect(serves(funds, draft))
    let results = [true, false].map { goesByCell in
      run(
        plan, threads: 1, chunkSize: 1_000, control: RunControl(),
        options: SimulationOptions(goesByCell: goesByCell))
    }
    for index in funds.indices {
      let figures = results.map { RunFigures($0.funds[index], horizon: draft.horizon) }
      #expect(figures[0] == figures[1])
    }
    #expect(results[0].funds[0].column(.defaults).contains { $0 > 0 })
  }

  /// The condition under which trials go by cell holds for what the test above runs, and not where claims
  /// need to be looked at in their trial.
  @Test func `only funds whose claims are all plain go by cell`() {
    var words = SeededWords(seed: 32_000)
    var draft = draft(&words, loanCount: 30)
    var fund = fund(&words, for: draft)
    #expect(serves([fund], draft))
    fund.earlierDefaultRemovesCover = true
    #expect(!serves([fund], draft))
    fund.earlierDefaultRemovesCover = false
    fund.coveredPrincipal = draft.loans.map { $0.principal / 2 }
    #expect(!serves([fund], draft))
    fund.coveredPrincipal = nil
    draft.timing = .monthly
    #expect(!serves([fund], draft))
  }

  /// Of 5 yearly periods under a lag of 12 to 24 months, a delay of 0: what defaults in months 0 … 35 is
  /// recovered by 59 at the latest; what defaults in 48 … 59 in 60 at the earliest. A delay of 1 moves one
  /// month over each edge. Month by month, the edges are the months themselves.
  @Test func `periods are in time, perhaps or too late by their months`() {
    func arrivals(
      delay: Int, lag: ClosedRange<Int> = 12...24, last: Int = .max, months: Int = 12
    ) -> ArrivalPeriods {
      var draft = ScenarioDraft(horizon: 60, loans: [LoanDraft()])
      draft.recovery = RecoveryModel(part: .fixed(0.5), lag: lag)
      draft.factors.periodMonths = months
      var fund = FundDraft()
      (fund.delay, fund.lastDefaultMonth) = (delay, last)
      return ArrivalPeriods(fund: fund.plan(for: draft), simulation: draft.plan([], trials: 1))
    }
    let prompt = arrivals(delay: 0)
    #expect((prompt.timely, prompt.possible, prompt.plain) == (3, 4, 5))
    let late = arrivals(delay: 1)
    #expect((late.timely, late.possible, late.plain) == (2, 4, 4))
    let short = arrivals(delay: 0, last: 30)
    #expect((short.timely, short.possible, short.plain) == (3, 4, 2))
    let monthly = arrivals(delay: 2, months: 1)
    #expect((monthly.timely, monthly.possible, monthly.plain) == (34, 46, 58))
    let never = arrivals(delay: 70)
    #expect((never.timely, never.possible, never.plain) == (0, 0, 0))
    let long = arrivals(delay: 0, lag: 1...90)
    #expect((long.timely, long.possible) == (0, 5))
  }

  /// A place of nobody owes nothing, in whatever month, and is neither counted nor late: one loan of two
  /// defaults, both points of which were listed, in a period whose recoveries all come too late.
  @Test func `nobody owes nothing and is not counted`() throws {
    var draft = ScenarioDraft(horizon: 24, loans: [LoanDraft(), LoanDraft()])
    for index in 0..<2 { (draft.loans[index].start, draft.loans[index].term) = (0, 12) }
    draft.loans[1].probability = 0.5
    draft.recovery = RecoveryModel(part: .fixed(1), lag: 12...12)
    let plan = draft.plan([FundDraft().plan(for: draft)], trials: 1)
    let memory = WorkingMemory()
    let walk = plan.defaults.walk
    let setup = FundSetup(plan: plan.funds[0], simulation: plan)
    let claims = LoanClaims(setup: setup, simulation: plan)
    #expect(walk.candidates.count == 3 && walk.nobody == 2)
    #expect(claims.records.count == 3 && claims.records[2].lossBase == 0)
    #expect(claims.records[2].lastMonth == .max && !claims.hasOthers)
    let defaults = TrialDefaults(
      candidates: walk.candidates, periodCount: 2, horizon: 24, in: memory)
    defaults.places[0] = DefaultPlace(number: 0)
    defaults.places[1] = DefaultPlace(number: 2)
    (defaults.placeCount, defaults.count) = (2, 1)
    (defaults.periodEnds[0], defaults.periodEnds[1]) = (0, 2)
    defaults.noteMonths()
    let words = DrawKey(seed: 1, trial: 0, purpose: .recovery).sequence()
    plan.recovery.draw(for: defaults, ofPeriods: 0, words: words)
    #expect(defaults.places[1].month == 0 && defaults.places[0].lag == 12)
    defaults.order()
    #expect(defaults.range(12).count == 1 && defaults.range(0).isEmpty)
    #expect(defaults.ordered[0].loan == walk.candidates.items[0].loan)
    var months = DefaultMonths(horizon: 24)
    let block = BlockDefaults(horizon: 24, in: memory)
    for place in 0..<2 { block.note(month: defaults.places[place].month) }
    block.endTrial(dropped: defaults.placeCount - defaults.count)
    block.finish(into: &months)
    #expect(months.counts[12] == 1 && months.counts.reduce(0, +) == 1)
    withExtendedLifetime((memory, claims)) {}
  }

  /// An amount that does not fit into a record is settled by the way for all claims, and comes to the same
  /// as claim by claim: a loan of 50 million yuan beside one of 30 million.
  @Test func `amounts beyond a record take the other way`() {
    var draft = ScenarioDraft(horizon: 36, loans: (0..<6).map { _ in LoanDraft() })
    for index in draft.loans.indices {
      draft.loans[index].start = index
      draft.loans[index].probability = 0.4
      draft.loans[index].principal = index % 2 == 0 ? 5_000_000_001 : 3_000_000_001
    }
    draft.recovery = RecoveryModel(part: .fixed(0.333), lag: 3...20)
    var fund = FundDraft.of(share: .percent(70), opening: Money(fen: 9_000_000_000))
    fund.recovery = RecoveryTerms(
      basis: .fixedRate(.percent(33)), isLimitedToPaid: false, isNetOfCosts: false,
      stopsAtLossBase: false)
    let plan = draft.plan([fund.plan(for: draft)], trials: 60)
    let setup = FundSetup(plan: plan.funds[0], simulation: plan)
    #expect(LoanClaims(setup: setup, simulation: plan).hasOthers)
    let results = [false, true].map { alwaysExact in
      run(
        plan, threads: 1, chunkSize: 60, control: RunControl(),
        options: SimulationOptions(alwaysExact: alwaysExact))
    }
    let figures = results.map { RunFigures($0.funds[0], horizon: 36) }
    #expect(figures[0] == figures[1])
    #expect(results[0].funds[0].column(.defaults).contains { $0 > 1 })
  }
}
