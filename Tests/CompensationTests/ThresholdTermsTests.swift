import CompensationKernel
import FundCore
import TestSupport
import Testing

@Suite struct ThresholdTermsTests {
  private static func terms(_ level: Ratio, minimum: Money = .zero) -> ThresholdTerms {
    ThresholdTerms(
      id: "warning", ratio: .init(.compensationOwed, .disbursed, .ipPart), level: level,
      effect: .warning, watch: .init(.claims, minimumDisbursed: minimum))
  }

  @Test(
    arguments: [
      // 3 % of 1 000 yuan; of 1 fen (0.03 fen); of nothing.
      (100_000, 3_000), (1, 1), (0, 1), (101, 4),
    ] as [(Int64, Int64)])
  func `the smallest numerator that reaches 3 per cent`(whole: Int64, part: Int64) {
    let smallest = Self.terms(.percent(3)).smallestPart(
      reaching: Money(fen: whole), disbursed: Money(fen: whole))
    #expect(smallest == Money(fen: part))
  }

  @Test func `a level is reached from the smallest part on and not before`() {
    var words = SeededWords(seed: 31)
    for _ in 0..<2_000 {
      let whole = Money(
        fen: Int64.random(
          in: 0...(Money.largestInput.fen >> Int64.random(in: 0...46, using: &words)), using: &words
        ))
      let terms = Self.terms(Ratio(millionths: Int64.random(in: 0...1_500_000, using: &words)))
      let smallest = terms.smallestPart(reaching: whole, disbursed: whole)
      #expect(terms.isReached(by: smallest, of: whole, disbursed: whole))
      #expect(!terms.isReached(by: smallest - Money(fen: 1), of: whole, disbursed: whole))
    }
  }

  @Test func `below the minimum volume nothing reaches a level`() {
    let terms = Self.terms(.percent(3), minimum: .yuan(1_000))
    let below = Money.yuan(1_000) - Money(fen: 1)
    #expect(!terms.isReached(by: .yuan(500), of: below, disbursed: below))
    #expect(terms.isReached(by: .yuan(30), of: .yuan(1_000), disbursed: .yuan(1_000)))
    #expect(
      terms.smallestPart(reaching: below, disbursed: below) == Money(fen: .max))
    #expect(
      terms.smallestPart(reaching: .yuan(1_000), disbursed: .yuan(1_000)) == .yuan(30))
  }

  @Test func `periods end with months, calendar quarters and calendar years`() throws {
    let january = try #require(CivilMonth(year: 2024, month: 1))
    let due = { (watch: WatchTime) in
      (0..<12).filter { watch.isDue(atEndOf: january.advanced(by: $0)) }
    }
    #expect(due(.claims) == [])
    #expect(due(.monthEnds) == Array(0..<12))
    #expect(due(.quarterEnds) == [2, 5, 8, 11])
    #expect(due(.yearEnds) == [11])
  }

  @Test func `a ratio counts compensation or overdue loans`() {
    let compensation = RatioNumerator.allCases.filter(\.countsCompensation)
    #expect(compensation == [.compensationOwed, .compensationPaid, .compensationNet])
  }
}
