import Calibration
import Foundation
import Testing

struct `Recoveries` {
  private func closed(_ year: Int, _ recovered: Double, _ months: Int) -> RecoveryCase {
    RecoveryCase(
      year: year, recovered: recovered, lag: recovered > 0 ? months : nil, observed: months,
      isClosed: true)
  }

  private func open(_ year: Int, _ months: Int) -> RecoveryCase {
    RecoveryCase(year: year, recovered: 0, lag: nil, observed: months, isClosed: false)
  }

  @Test func `of closed cases alone have their plain mean and deviation`() {
    let history = RecoveryHistory([closed(2020, 0.2, 6), closed(2020, 0.6, 9)])
    #expect(abs((history.moments?.mean ?? 0) - 0.4) < 1e-12)
    #expect(abs((history.moments?.standardDeviation ?? 0) - 0.2) < 1e-12)
    #expect(RecoveryHistory([open(2020, 3)]).moments == nil)
  }

  /// Quick cases bring 80 % at month 6, slow ones nothing at month 24, as many of either; those that
  /// began late were looked at for 12 months only. Of four quick and four slow, two slow ones are
  /// still open: dropping them would give 0.8 · 4/6 = 53 %. Each of the two slow ones that closed
  /// stands for two: 40 %.
  @Test func `of open cases are censored, not dropped`() {
    let cases =
      (0..<4).map { _ in closed(2020, 0.8, 6) } + (0..<2).map { _ in closed(2020, 0, 24) }
      + (0..<2).map { _ in open(2021, 12) }
    let history = RecoveryHistory(cases)
    #expect(history.closedCount == 6 && history.openCount == 2)
    #expect(abs((history.moments?.mean ?? 0) - 0.4) < 1e-12)
    #expect(abs((history.moments?.standardDeviation ?? 0) - 0.4) < 1e-12)
  }

  /// Kaplan and Meier by hand: of five, one at 3, one lost after 4, two at 6, one at 10: survival
  /// 4/5, then 4/5 · 1/3, then 0.
  @Test func `have lags by Kaplan and Meier`() {
    let times = CensoredTimes(
      [
        .init(time: 6, isSeen: true), .init(time: 3, isSeen: true), .init(time: 4, isSeen: false),
        .init(time: 10, isSeen: true), .init(time: 6, isSeen: true),
      ])
    #expect(times.survival(after: 2) == 1 && abs(times.survival(after: 5) - 0.8) < 1e-12)
    #expect(abs(times.survival(after: 6) - 0.8 / 3) < 1e-12 && times.survival(after: 10) < 1e-12)
    #expect(times.quantile(0.1) == 3 && times.quantile(0.5) == 6 && times.quantile(0.9) == 10)
    // 3 + 0.8 · 3 + 0.8 / 3 · 4.
    #expect(abs((times.restrictedMean ?? 0) - (5.4 + 3.2 / 3)) < 1e-12)
    #expect(times.seenCount == 4 && times.censoredCount == 1)
    #expect(CensoredTimes([.init(time: 5, isSeen: false)]).quantile(0.5) == nil)
    let history = RecoveryHistory([closed(2020, 0.5, 8), closed(2020, 0, 9), open(2021, 4)])
    #expect(history.lags.seenCount == 1 && history.lags.censoredCount == 1)
  }

  /// The Bayesian bootstrap of n equal weights: the variance of the mean is s² / (n + 1).
  @Test func `have draws whose spread is that of the mean`() {
    let cases = (0..<40).map { closed(2020, $0 % 2 == 0 ? 0.2 : 0.6, 12) }
    let draws = RecoveryHistory(cases).draws(4000, seed: 3)
    let means = draws.map(\.mean)
    let mean = means.reduce(0, +) / 4000
    let square = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000
    let error = 0.2 / 41.0.squareRoot()
    // 3.9 standard errors of 4,000 draws.
    #expect(abs(mean - 0.4) < 3.9 * error / 4000.0.squareRoot())
    #expect(abs(square.squareRoot() / error - 1) < 3.9 / 8000.0.squareRoot())
    #expect(draws == RecoveryHistory(cases).draws(4000, seed: 3))
    #expect(RecoveryHistory(Array(cases.prefix(4))).draws(10, seed: 3).isEmpty)
  }

  @Test func `are compared by year with the default rates`() {
    let rates = [0.01, 0.02, 0.03, 0.04, 0.05]
    let falling = BadYearTest(
      defaultRates: rates, recoveries: [0.9, 0.8, 0.7, 0.6, 0.5], seed: 1)
    // One order of 120.
    #expect(falling?.rankCorrelation == -1 && abs((falling?.pValue ?? 1) - 1.0 / 120) < 1e-12)
    let rising = BadYearTest(defaultRates: rates, recoveries: rates, seed: 1)
    #expect(rising?.pValue == 1)
    #expect(BadYearTest(defaultRates: [1, 2, 3], recoveries: [3, 2, 1], seed: 1) == nil)
    #expect(BadYearTest(defaultRates: [1, 2, 3, 4], recoveries: [1, 1, 1, 1], seed: 1) == nil)
    // Of ten years in the reverse order: one of 3.6 million, 1 of 20,001 as told.
    let long = BadYearTest(
      defaultRates: (0..<10).map(Double.init), recoveries: (0..<10).map { -Double($0) }, seed: 1)
    #expect(abs((long?.pValue ?? 1) - 1.0 / 20_001) < 1e-12)
    let years = RecoveryHistory([closed(2021, 0.5, 8), closed(2020, 0.3, 9), closed(2020, 0.1, 9)])
      .years
    #expect(years.map(\.year) == [2020, 2021] && years.map(\.weight) == [2, 1])
    #expect(abs(years[0].rate - 0.2) < 1e-12)
  }
}
