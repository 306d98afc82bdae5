import CompensationKernel
import FundCore
import LossStatistics
import Simulation
import Synchronization
import TestSupport
import Testing

/// Who uses a fund up: parts of means and tails by group of loans.
@Suite struct ContributionTests {
  /// Groups of 400, 200 and 100 loans with 1, 2 and 5 yuan each, which default with 1.2, 3 and 8 % under an
  /// asset correlation of 0.12, assessed once.
  private static let draft: ScenarioDraft = {
    var draft = ScenarioDraft(horizon: 12, loans: [])
    for (count, yuan, probability) in [(400, 1, 0.012), (200, 2, 0.03), (100, 5, 0.08)] {
      var loan = LoanDraft()
      loan.principal = Int64(100 * yuan)
      loan.probability = probability
      draft.loans += Array(repeating: loan, count: count)
    }
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.12])
    return draft
  }()

  private static let groups: [Int32] =
    Array(repeating: 0, count: 400) + Array(repeating: 1, count: 200)
    + Array(repeating: 2, count: 100)

  private static func grouping(_ groups: [Int32], by trait: LoanTrait = .grade) -> LoanGrouping {
    LoanGrouping(
      by: trait,
      groups: (0...(groups.max() ?? 0)).map {
        LoanGrouping.Group(LocalizedText(same: "\($0)"), lent: .zero)
      }, groupOfLoan: groups)
  }

  private func contributions(
    _ draft: ScenarioDraft, _ funds: [FundDraft], trials: Int, groupings: [LoanGrouping],
    seed: UInt64 = 1, threads: Int = 1
  ) throws -> [FundContributions] {
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: trials, seed: seed)
    return try #require(
      ContributionStudy(plan, fundCount: funds.count, groupings: groupings, threads: threads)
        .contributions())
  }

  /// Trials are run again for seconds where there are many loans: a signal ends that between two pieces.
  @Test func `a study that is stopped in its midst has no answer`() throws {
    let plan = Self.draft.plan([FundDraft().plan(for: Self.draft)], trials: 2_000, seed: 1)
    let study = ContributionStudy(
      plan, fundCount: 1, groupings: [Self.grouping(Self.groups)], threads: 1)
    let result = simulate(plan, threads: 1)
    func isThere(after pieces: Int?) -> Bool {
      let asked = Atomic<Int>(0)
      let control = RunControl {
        if asked.add(1, ordering: .relaxed).newValue == pieces { $0.stop() }
      }
      return study.contributions(from: result, control: control) != nil
    }
    #expect(isThere(after: nil))
    for pieces in [1, 2, 5] { #expect(!isThere(after: pieces)) }
  }

  /// What they come to is in the table of checks (`ContributionChecks`).
  @Test func `parts of the reference portfolio add up, and are known well`() throws {
    let figures: [ContributionFigure] = [
      .compensationMean, .compensationBeyond95, .compensationBeyond99, .capitalBeyond95,
    ]
    var fund = FundDraft()
    // All loans come to 1,300 yuan. Below that the mean takes trials, too.
    fund.opening = Money.yuan(1_300)
    var smaller = fund
    smaller.opening = Money.yuan(1_299)
    let both = try contributions(
      Self.draft, [fund, smaller], trials: 20_000, groupings: [Self.grouping(Self.groups)])
    for (found, figure) in both.flatMap({ found in figures.map { (found, $0) } }) {
      let place = try #require(found.place(of: figure))
      let division = try #require(found.divisions.first)
      for part in division.parts {
        let value = part.values[place]
        #expect(try #require(value.standardError) < 0.04 * value.value, "\(figure)")
      }
      let sum = division.parts.reduce(0) { $0 + $1.values[place].value }
      #expect(abs(sum - found.figures[place].value) < 0.005)
    }
    #expect(both.map { $0.divisions[0].parts[0].values[0].standardError == 0 } == [true, false])
  }

  /// The tail's mean is the one that a run tells; its parts add up to it.
  @Test func `wholes are the figures of the run`() throws {
    var fund = FundDraft()
    fund.opening = Money.yuan(150)
    let found = try contributions(
      Self.draft, [fund], trials: 2_000, groupings: [Self.grouping(Self.groups)])[0]
    let run = Self.draft.run(fund, trials: 2_000)
    let paid = LossSample(run.column(.compensation))
    let needed = LossSample(run.column(.neededCapital))
    let dry = run.column(.exhaustionMonth).count { $0 >= 0 }
    let wholes = [
      paid.mean.value, paid.expectedShortfall(.percent(95)).mean.value,
      paid.expectedShortfall(.percent(99)).mean.value,
      needed.expectedShortfall(.percent(95)).mean.value,
      needed.expectedShortfall(.percent(99)).mean.value, Double(dry) / 20,
    ].map { $0 / 100 }
    for (figure, whole) in zip(found.figures, wholes) {
      #expect(abs(figure.value - whole) < 0.000_1, "\(figure.figure)")
      let place = try #require(found.place(of: figure.figure))
      let division = try #require(found.divisions.first)
      let sum = division.parts.reduce(division.rest[place].value) { $0 + $1.values[place].value }
      #expect(abs(sum - whole) < 0.000_1, "\(figure.figure)")
    }
  }

  /// A year with one claim of each loan, certain, by hand: the second empties the fund.
  @Test func `a certain schedule is divided by hand`() throws {
    var draft = ScenarioDraft(
      horizon: 12,
      loans: [
        .failing(in: 1, 1_000).of(0), .failing(in: 4, 3_000).of(1), .failing(in: 7, 2_000).of(0),
      ])
    draft.recovery = RecoveryModel(part: .fixed(0.5), lag: 2...2)
    var fund = FundDraft()
    fund.opening = Money(fen: 2_000)
    fund.injections = [2: Money(fen: 300), 6: Money(fen: 50_000)]
    let found = try contributions(
      draft, [fund], trials: 20, groupings: [Self.grouping([0, 1, 0])])[0]
    func part(_ figure: ContributionFigure) throws -> [Double] {
      let place = try #require(found.place(of: figure))
      let division = try #require(found.divisions.first)
      return division.parts.map { $0.values[place].value } + [division.rest[place].value]
    }
    // 1,000 are paid; 500 come back in month 3 and 300 in month 2; 1,800 are there for the 3,000 owed.
    #expect(try part(.compensationMean) == [30, 18, 0])
    // Up to month 4: 1,000 − 500 + 3,000 − 300 = 3,200 are needed.
    for (part, yuan) in zip(try part(.capitalBeyond95), [5.0, 30, -3]) {
      #expect(abs(part - yuan) < 1e-9)
    }
    // Of the 4,000 owed by then.
    #expect(try part(.exhaustion) == [0.25, 0.75, 0])
  }

  @Test(arguments: 0..<12)
  func `parts of any fund add up to the fen, whatever the threads`(seed: UInt64) throws {
    var words = SeededWords(seed: 77_000 + seed)
    let draft = words.scenario()
    let funds = (0..<3).map { _ in words.anyFund(for: draft) }
    let groupings = [
      Self.grouping(draft.loans.map { Int32($0.bank) }, by: .bank),
      Self.grouping(draft.loans.indices.map { Int32($0 % 5) }, by: .enterprise),
    ]
    let all = try contributions(
      draft, funds, trials: 60, groupings: groupings, seed: seed)
    #expect(
      try contributions(draft, funds, trials: 60, groupings: groupings, seed: seed, threads: 3)
        == all)
    for found in all {
      for division in found.divisions {
        for (place, figure) in found.figures.enumerated() {
          let sum = division.parts.reduce(division.rest[place].value) {
            $0 + $1.values[place].value
          }
          #expect(abs(sum - figure.value) < 1e-6 * max(1, figure.value), "\(figure.figure)")
          if figure.figure.tailPercent == nil || figure.figure == .compensationBeyond95 {
            #expect(abs(division.rest[place].value) < 1e-9 * max(1, figure.value))
          }
        }
      }
    }
  }

  /// By hand: of 1,000 fen 800 are pledged and 600 covered; 500 fail a condition; 700 fall overdue too late.
  @Test func `what lies outside cover is told by cause`() throws {
    let draft = ScenarioDraft(
      horizon: 12,
      loans: [.failing(in: 1, 1_000), .failing(in: 2, 500), .failing(in: 9, 700)])
    var fund = FundDraft()
    fund.opening = Money.yuan(100)
    fund.coveredPrincipal = [600, 0, 700]
    fund.lastDefaultMonth = 6
    var plan = draft.plan([fund.plan(for: draft)], trials: 20)
    plan.funds[0].causes = draft.loans.map {
      LoanCause(whole: .conditionNotMet, limit: .singleLoanLimit, eligible: $0.principal * 4 / 5)
    }
    let found = try #require(
      ContributionStudy(plan, fundCount: 1, groupings: [], threads: 1).contributions()?.first)
    let amounts = Dictionary(
      uniqueKeysWithValues: found.outside.parts.map { ($0.cause, $0.amount.value) })
    #expect(
      amounts == [
        .notPledged: 2, .singleLoanLimit: 2, .conditionNotMet: 5, .overdueOutOfForce: 7,
      ])
    #expect(found.outside.lostCover == nil)
  }

  /// A claim of a tenth of all lending pauses the bank; two later loans of one firm lose their cover.
  @Test func `what credit a pause costs is counted whether loans default or not`() throws {
    let draft = ScenarioDraft(
      horizon: 24,
      loans: [
        .failing(in: 1, 1_000).of(0), .sound(start: 0, term: 12, 9_000).of(1),
        .sound(start: 6, term: 12, 2_000).of(2), .sound(start: 8, term: 12, 3_000).of(2),
      ])
    var fund = FundDraft()
    fund.opening = Money.yuan(1_000)
    fund.thresholds = [
      ThresholdTerms(
        id: "pause", ratio: .init(.compensationOwed, .disbursed, .ipPart), level: .percent(10),
        effect: .pause, watch: .init(.claims, minimumDisbursed: .zero))
    ]
    let plan = draft.plan([fund.plan(for: draft)], trials: 20)
    let found = try #require(
      ContributionStudy(plan, fundCount: 1, groupings: [], threads: 1).contributions()?.first)
    let lost = try #require(found.outside.lostCover)
    #expect(lost.loans.value == 2 && lost.firms.value == 1 && lost.credit.value == 50)
  }
}
