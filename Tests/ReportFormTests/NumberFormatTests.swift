import FundCore
import LossStatistics
import Testing

@testable import ReportForm

@Suite struct NumberFormatTests {
  @Test(arguments: [
    // The figures of the style guide, then each side of the rule's limits.
    (18.4231, 0.1137, "18.42 ± 0.11"), (61.68, 1.92, "61.7 ± 1.9"),
    (4.1302, 0.0214, "4.130 ± 0.021"),
    (1, 0.0354, "1.000 ± 0.035"), (1, 0.0356, "1.00 ± 0.04"), (1, 0.094, "1.00 ± 0.09"),
    (1, 0.096, "1.00 ± 0.10"), (1_234_567, 1_234, "1,234,600 ± 1,200"),
    (1_234_567, 96_000, "1,230,000 ± 100,000"), (-3.04, 0.5, "-3.0 ± 0.5"),
    (0, 0.02, "0.000 ± 0.020"),
  ])
  func `a mean shows the digits that its standard error allows`(
    value: Double, error: Double, text: String
  ) {
    let estimate = Estimate(value: value, standardError: error, sampleCount: 100)
    #expect(MoneyScale(1).text(Figure(estimate, in: .plain)).english == text)
  }

  /// All three were printed as `x ± 0`.
  @Test func `a figure without an error says what is known of it`() {
    func text(_ estimate: Estimate) -> [String] {
      let text = MoneyScale(1).text(Figure(estimate, in: .plain))
      return [text.english, text.chinese]
    }
    #expect(text(.exact(7, sampleCount: 9)) == ["7 exact", "7（确定）"])
    #expect(text(.unknown(0, sampleCount: 9, trialsNeeded: 500)) == ["0*", "0*"])
    #expect(text(.unknown(0.0123, sampleCount: 9, trialsNeeded: 500)) == ["0.012*", "0.012*"])
    let range = Interval(low: 59.9894, high: 60)
    #expect(
      text(.unknown(60, interval: range, sampleCount: 9, trialsNeeded: 500))
        == ["60.000 (59.989–60.000)", "60.000（59.989–60.000）"])
  }

  @Test(arguments: [
    (2.8, 3.5, 1), (2.85, 3.15, 2), (0, 0.00038, 5), (13_420, 13_800, -1), (0, 80, -1), (0, 20, 0),
    (90, 110, 0),
  ])
  func `an interval allows one digit of half its length, or two if the first is a one`(
    low: Double, high: Double, decimals: Int
  ) {
    #expect(NumberFormat.decimals(interval: Interval(low: low, high: high)) == decimals)
  }

  @Test func `an interval without length allows all digits`() {
    #expect(NumberFormat.decimals(interval: Interval(low: 3, high: 3)) == nil)
  }

  @Test(arguments: [
    (0.0, 0, "0"), (-0.001, 2, "0.00"), (999.5, 0, "1,000"), (1_234.5678, 2, "1,234.57"),
    (-1_234_567.0, 0, "-1,234,567"), (1_250.0, -2, "1,300"), (49, -2, "0"),
    (1e14, 9, "100,000,000,000,000.0"),
    (0.05, 1, "0.1"), (.infinity, 2, "∞"), (-.infinity, 2, "–"), (.nan, 2, "–"),
  ])
  func `a number has commas between thousands and the decimals asked for`(
    value: Double, decimals: Int, text: String
  ) {
    #expect(NumberFormat.fixed(value, decimals: decimals) == text)
  }

  @Test(
    arguments: [
      (50, "50 yuan"), (1_234, "1.234 thousand yuan"), (10_000_000, "10 million yuan"),
      (12_345_678, "12.346 million yuan"), (2_500_000_000, "2.5 billion yuan"), (0, "0 yuan"),
    ] as [(Int64, String)])
  func `an amount stands in the largest unit of which there is one`(yuan: Int64, text: String) {
    #expect(MoneyScale.best(.yuan(yuan)).english == text)
  }

  /// Ends of the intervals: Wilson, below ten events Clopper and Pearson, as in `EstimateTests`.
  @Test(arguments: [
    (313, 10_000, "3.1 % (2.8–3.5)"), (0, 10_000, "0.000 % (0.000–0.037)"),
    (10_000, 10_000, "100.000 % (99.963–100.000)"), (1, 2, "50 % (0–100)"),
  ])
  func `a probability stands beside its interval`(successes: Int, trials: Int, text: String) {
    let figure = Figure(Proportion(successes: successes, of: trials))
    #expect(MoneyScale(1).text(figure).english == text)
  }

  @Test(arguments: [(95, 200), (99, 1_000)])
  func `a level says how many trials it needs`(percent: Int, trials: Int) {
    #expect(Level.percent(percent).reliableTrialCount == trials)
  }
}
