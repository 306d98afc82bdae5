import LossStatistics
import Testing

@testable import Planning

/// Whether differences can be told from zero.
@Suite struct SignificanceTests {
  /// Sums of the rows of Pascal's triangle.
  @Test(
    arguments: [
      (0, 0, 1), (1, 0, 1), (0, 5, 2.0 / 32), (9, 1, 22.0 / 1024), (5, 5, 1), (0, 12, 2.0 / 4096),
      (3, 7, 352.0 / 1024),
    ] as [(Int, Int, Double)])
  func `the sign test is a coin's`(larger: Int, smaller: Int, chance: Double) {
    #expect(abs(signTest(larger: larger, smaller: smaller) - chance) < 1e-15 /* rounding */)
  }

  @Test func `beyond a thousand pairs the normal limit goes on where the exact sum ends`() {
    let exact = signTest(larger: 460, smaller: 540)
    let limit = signTest(larger: 460, smaller: 541)
    #expect((0.9...1).contains(limit / exact))
  }

  @Test func `a difference of 1.96 errors comes by chance once in twenty`() {
    let estimate = Estimate(value: -1.959963984540054, standardError: 1, sampleCount: 9)
    #expect(abs(normalChance(estimate) - 0.05) < 1e-12 /* rounding */)
    // Two trials that differ were enough to call a difference certain: its error was zero.
    #expect(normalChance(.unknown(2, sampleCount: 9, trialsNeeded: 100)) == 1)
  }

  /// Holm: 0.01 × 3, 0.02 × 2, and then never less than before.
  @Test func `several differences of one table are judged together`() {
    func difference(_ chance: Double, isIdentical: Bool = false) -> FigureDifference {
      FigureDifference(
        .unpaid, Estimate(value: 1, standardError: 1, sampleCount: 9), isIdentical: isIdentical,
        chance: chance)
    }
    var table = [
      difference(0.035), difference(0.01), difference(1, isIdentical: true), difference(0.02),
    ]
    adjustForTable(&table)
    #expect(table.map(\.adjustedChance) == [0.04, 0.03, 1, 0.04])
    #expect(table.map(\.verdict) == [.distinct, .distinct, .identical, .distinct])
    var longer = table + [difference(0.9)]
    adjustForTable(&longer)
    #expect(longer[0].verdict == .indistinct)
  }

  @Test(arguments: [
    "exhaustion", "compensation", "unpaid", "q99", "es99.9", "capital95", "loss:bank", "loss:fund",
    "warning", "warning@丁银行",
  ])
  func `a figure's word is read back as the figure`(word: String) throws {
    #expect(try #require(StudyFigure(word: word, thresholds: ["warning"])).word == word)
  }

  @Test(arguments: [
    "", "q", "q0", "q100", "es", "capital", "loss:nobody", "loss", "suspension", "99",
  ])
  func `what is no figure is none`(word: String) {
    #expect(StudyFigure(word: word, thresholds: ["warning"]) == nil)
  }
}
