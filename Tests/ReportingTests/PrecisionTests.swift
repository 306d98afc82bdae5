import FundCore
import LossStatistics
import Reporting
import Testing

/// How well a figure has to be known.
@Suite struct PrecisionTests {
  @Test func `targets are read`() throws {
    let own = try #require(PrecisionTarget("2%"))
    #expect(own.figure == nil && own.fund == nil)
    #expect(own.bound(isProbability: false) == .relative(0.02))
    #expect(own.bound(isProbability: true) == .absolute(0.02))
    let named = try #require(PrecisionTarget("银行： compensation.q99 ＝ 10万"))
    #expect(named.fund == "银行" && named.figure == "compensation.q99")
    #expect(named.bound(isProbability: false) == .absolute(100_000))
    #expect(PrecisionTarget("loss:bank=1%")?.figure == "loss:bank")
    for wrong in ["", "x", "0%", "-1%", "101%", "=2%", "figure=", "a:=2%"] {
      #expect(PrecisionTarget(wrong) == nil, "\(wrong)")
    }
  }

  /// Half of 19.6 to either side of 100 is 19.6; made wider by 2.178 ÷ 1.96 it is 21.78.
  @Test(arguments: [("22%", true), ("21%", false)])
  func `a look compares half of the wider interval`(text: String, isReached: Bool) throws {
    let target = try #require(PrecisionTarget(text))
    let look = target.look(
      100, Interval(low: 80.4, high: 119.6), .amount, trials: 4_096)
    #expect(look.isReached == isReached)
    #expect(abs((look.half ?? 0) - 21.78) < 1e-3)
    #expect(!target.look(100, nil, .amount, trials: 4_096).isReached)
    let chance = target.look(
      0.1, Interval(low: 0, high: 0.2), .probability, trials: 4_096)
    #expect(chance.isReached && chance.interval?.low == 0)
    // No fund lasts beyond the horizon: the wider interval ends there, too.
    let months = target.look(
      59.9, Interval(low: 59.8, high: 60), .months(most: 60), trials: 4_096)
    #expect(months.interval?.high == 60 && months.isReached)
  }

  /// Half as wide again as is wanted: 2.25 times as many trials, and a tenth more.
  @Test func `what is missing is told`() throws {
    let target = try #require(PrecisionTarget("1%"))
    var item = PrecisionOutcome.Item(
      target, figure: "compensation", of: "f", isProbability: false)
    item.looks = [
      target.look(
        1_000, Interval(low: 1_000 - 15 / 1.11122, high: 1_000 + 15 / 1.11122),
        .amount, trials: 10_000)
    ]
    let outcome = PrecisionOutcome([item], end: .trials)
    #expect(!outcome.isReached && outcome.trialsNeeded == 25_000)
    #expect(outcome.advice?.english.contains("--trials 25000") ?? false)
    // A thousandth of a thousandth: more trials than a run can have.
    var far = item
    far.looks = [
      target.look(1_000, Interval(low: -9e3, high: 11e3), .amount, trials: 1_000_000)
    ]
    let hopeless = PrecisionOutcome([far], end: .trials).advice?.english ?? ""
    // An error between draws of the parameters stays, however many trials are run.
    var drawn = outcome
    drawn.drawCount = 200
    #expect(drawn.trialsNeeded == nil)
    #expect(drawn.advice?.english.contains("the 200 draws of the parameters") ?? false)
    #expect(hopeless.contains("1,000,000,000 at most") && !hopeless.contains("--trials"))
  }

  @Test(arguments: [
    ("survival", FigureKind.probability), ("exhaustionByYear.year5.probability", .probability),
    ("2026.needsMoney", .probability), ("survivalByInitial.3.survival", .probability),
    ("survivalByInitial.3.initial", .exact), ("timeToExhaustion.q75", .months(most: 60)),
    ("compensation.mean", .amount), ("2025.budget.q95", .amount), ("capital99", .amount),
    ("run.lossRate.q95", .number), ("defaults.mean", .number), ("initial", .exact),
    ("selfChecks.recoveriesAfterHorizon", .exact), ("cost.discountRate", .exact),
    ("run.useOfMoney.undefinedTrials", .exact),
  ])
  func `what a figure is measured in`(name: String, kind: FigureKind) {
    #expect(FigureKind(of: name, horizon: 60) == kind)
  }
}
