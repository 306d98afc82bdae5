import FundCore
import LossStatistics
import Testing

@testable import ReportForm

@Suite("Figures as text")
struct FigureTests {
  private func words(_ figure: Figure, yuan: Double = 2e6) -> [String] {
    let text = MoneyScale(yuan).text(figure)
    return [text.english, text.chinese]
  }

  @Test("An amount has the digits of its error, in the unit of each language")
  func amounts() {
    // 0.11 million = 11万: two digits of an error from 10 to 35 (PDG), in either unit.
    let figure = Figure(18_420_000, in: .yuan, standardError: 110_000)
    #expect(words(figure, yuan: 20e6) == ["18.42 ± 0.11", "1,842 ± 11"])
    #expect(words(figure.bare, yuan: 20e6) == ["18.42", "1,842"])
  }

  @Test("A probability has its sign of per cent before its interval")
  func probabilities() {
    // Wilson's interval of 31 in 1,000 is 2.19 % to 4.36 %: half of it has one digit, the first a one.
    let figure = Figure(0.031, in: .part, interval95: Interval(low: 0.0219, high: 0.0436))
    #expect(words(figure) == ["3.1 % (2.2–4.4)", "3.1%（2.2–4.4）"])
  }

  @Test("What the trials do not tell is marked, what nothing moves is called exact")
  func marks() {
    var unknown = Figure(3_100_000, in: .yuan, isReliable: false)
    unknown.trialsNeeded = 400
    #expect(words(unknown) == ["3.1*", "310*"])
    #expect(words(.exact(0, in: .part)) == ["0 % exact", "0%（确定）"])
  }

  @Test("Differences carry their sign, and say whether they can be told from zero")
  func differences() {
    var figure = Figure(0.021, in: .points, standardError: 0.003)
    figure.difference = .distinct
    #expect(words(figure) == ["+2.10 ± 0.30", "+2.10 ± 0.30"])
    figure.difference = .indistinct
    #expect(words(figure) == ["+2.10 ± 0.30~", "+2.10 ± 0.30~"])
    figure.difference = .identical
    #expect(words(figure) == ["=", "="])
    var small = Figure(0.2, in: .yuan, standardError: 0.1)
    small.difference = .indistinct
    #expect(words(small) == ["< 1 yuan~", "< 1元~"])
  }

  @Test("Whole numbers have no decimals, however short their interval")
  func wholeNumbers() {
    var figure = Figure(12, in: .count, interval95: Interval(low: 12, high: 13))
    figure.isWhole = true
    #expect(words(figure) == ["12 (12–13)", "12（12–13）"])
  }
}
