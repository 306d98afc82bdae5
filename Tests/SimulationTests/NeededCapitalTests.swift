import CompensationKernel
import FundCore
@testable import Simulation
import TestSupport
import Testing

/// The smallest initial amount that leaves nothing unpaid, confirmed by runs with it and with one
/// fen less.
@Suite struct NeededCapitalTests {
  /// Thirty-five portfolios, six funds each, three trials of each.
  @Test(arguments: 0..<35)
  func `needed capital leaves nothing unpaid, and a fen less leaves something unpaid`(
    seed: UInt64
  ) {
    var words = SeededWords(seed: 6_000 + seed)
    var draft = words.scenario(loanCount: 25)
    draft.factors.dependence = .gaussian
    let funds = (0..<6).map { _ in words.anyFund(for: draft).withoutFeedback() }
    let trials = 3
    let needed = draft.run(funds, trials: trials, seed: seed).funds.map {
      $0.column(.neededCapital)
    }
    var variants: [FundDraft] = []
    for (fund, amounts) in zip(funds, needed) {
      for amount in amounts {
        for opening in [amount, max(0, amount - 1)] {
          var variant = fund
          variant.opening = Money(fen: opening)
          variants.append(variant)
        }
      }
    }
    let results = draft.run(variants, trials: trials, seed: seed).funds
    for (index, result) in results.enumerated() {
      let (fund, trial) = (index / (2 * trials), index / 2 % trials)
      let isShort = index % 2 == 1 && needed[fund][trial] > 0
      #expect((result.column(.exhaustionMonth)[trial] >= 0) == isShort, "fund \(fund)")
      #expect((result.column(.unpaid)[trial] > 0) == isShort || funds[fund].unpaidWaits)
      // What is owed does not depend on what a fund holds.
      #expect(result.column(.neededCapital) == needed[fund])
    }
  }

  /// The same for three shorter times, settled by totals and claim by claim: what is needed through
  /// a month keeps the fund whole to its end, and a fen less does not.
  @Test(arguments: 0..<20)
  func `capital needed through a month lasts to its end, and a fen less does not`(seed: UInt64) {
    var words = SeededWords(seed: 6_500 + seed)
    var draft = words.scenario(loanCount: 25)
    draft.factors.dependence = .gaussian
    let funds = (0..<4).map { _ in words.anyFund(for: draft).withoutFeedback() }
    let months = [1, draft.horizon / 2, draft.horizon - 1, draft.horizon]
    var plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 3, seed: seed)
    plan.capitalMonths = months
    let result = simulate(plan, threads: 1)
    let exact = run(
      plan, threads: 1, chunkSize: 1, control: RunControl(),
      options: SimulationOptions(alwaysExact: true))
    for (position, found) in result.funds.enumerated() {
      let columns = months.map { found.column(.neededCapitalThrough(months: $0)) }
      #expect(
        columns == months.map { exact.funds[position].column(.neededCapitalThrough(months: $0)) })
      #expect(columns.last == found.column(.neededCapital))
      for trial in 0..<3 {
        #expect(zip(columns, columns.dropFirst()).allSatisfy { $0[trial] <= $1[trial] })
        for (count, amounts) in zip(months, columns) {
          let variants = [amounts[trial], max(0, amounts[trial] - 1)].map { opening in
            var variant = funds[position]
            variant.opening = Money(fen: opening)
            return variant
          }
          let ends = draft.run(variants, trials: 3, seed: seed).funds.map {
            $0.column(.exhaustionMonth)[trial]
          }
          #expect(ends[0] < 0 || ends[0] >= count, "fund \(position)")
          let isShort = ends[1] >= 0 && ends[1] < count
          #expect(isShort == (amounts[trial] > 0), "fund \(position)")
        }
      }
    }
  }

  /// Reading I-25 "paid": 20 yuan suspend the bank, if the fund can pay them.
  @Test func `needed capital is that of a fund that pays, also where a reading counts payments`() {
    var draft = ScenarioDraft(
      horizon: 24,
      loans: [
        .failing(in: 2, 2_000).of(1), .failing(in: 15, 1_000).of(2),
        .sound(start: 0, term: 12, 5_000),
      ])
    draft.recovery = RecoveryModel(part: .fixed(0), lag: 1...1)
    var fund = FundDraft.of(share: .one)
    fund.thresholds = [
      ThresholdTerms(
        id: "pause", ratio: .init(.compensationPaid, .disbursed, .ipPart), level: .percent(20),
        effect: .pause, watch: .init(.claims, minimumDisbursed: .zero))
    ]
    withKnownIssue("an exhausted fund suspends nobody, and its needed capital counts what follows")
    {
      #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 2_000)
    }
    fund.opening = Money(fen: 2_000)
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 2_000)
  }

  /// Two claims of 100 yuan in the months 3 and 15, 12 % a year, a fee of 5 yuan in month 11.
  ///
  /// Backwards: 100.00 before the claim of month 15. Three months of interest since the fee:
  /// 99.01, 98.03, 97.06 (the smallest balances that 1 % lifts there), and a fourth: 96.10. The
  /// fee: 101.10. Eight months: 100.10, 99.11, 98.13, 97.16, 96.20, 95.25, 94.31, 93.38. The
  /// claim: 193.38. Three months: 191.47, 189.57, 187.69.
  @Test func `needed capital counts interest backwards month by month`() {
    let draft = ScenarioDraft(
      horizon: 24, loans: [.failing(in: 3, 10_000), .failing(in: 15, 10_000)])
    var fund = FundDraft.of(share: .one)
    fund.interestRate = .percent(12)
    fund.yearlyFee = .yuan(5)
    let amount = draft.run(fund, trials: 1).column(.neededCapital)[0]
    #expect(amount == 18_769)
  }

  @Test func `money that comes in before a claim lowers the needed capital, later money does not`()
  {
    var draft = ScenarioDraft(
      horizon: 24, loans: [.failing(in: 3, 10_000), .failing(in: 6, 10_000)])
    draft.recovery = RecoveryModel(part: .fixed(0.5), lag: 3...3)
    var fund = FundDraft.of(share: .one)
    // The recovery of the first claim arrives in the month of the second, before it.
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 15_000)
    fund.injections = [6: .yuan(20)]
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 13_000)
    fund.injections = [7: .yuan(20)]
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 15_000)
    fund.injections = [0: .yuan(500)]
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 0)
  }

  @Test func `accounts that do not help each other need more together`() {
    var first = LoanDraft.failing(in: 3, 10_000)
    first.bank = 0
    var second = LoanDraft.failing(in: 4, 10_000)
    second.bank = 1
    var draft = ScenarioDraft(horizon: 12, loans: [first, second])
    draft.bankCount = 2
    var fund = FundDraft.of(share: .one)
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 20_000)
    fund.partition = [.percent(20), .percent(80)]
    // A fifth of the whole must hold 100 yuan.
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 50_000)
  }

  @Test func `a pool needs enough in the account that pays first`() {
    let draft = ScenarioDraft(horizon: 12, loans: [.failing(in: 3, 10_000)])
    var fund = FundDraft.of(share: .percent(20))
    fund.accounts = .socialFirst(refundShare: .percent(50), lagMonths: 0)
    // 20 yuan at once out of the social half; the fiscal half then refunds ten.
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 4_000)
    fund.accounts = .socialFirst(refundShare: .one, lagMonths: 0)
    #expect(draft.run(fund, trials: 1).column(.neededCapital)[0] == 4_000)
  }
}

extension FundDraft {
  /// Without thresholds whose effect depends on what the fund could pay (I-25, paid or net).
  fileprivate func withoutFeedback() -> FundDraft {
    var fund = self
    fund.thresholds.removeAll {
      $0.effect != .warning
        && [.compensationPaid, .compensationNet].contains($0.numerator)
    }
    return fund
  }
}
