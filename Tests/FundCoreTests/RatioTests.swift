import FundCore
import TestSupport
import Testing

@Suite struct RatioTests {
  @Test(arguments: [(29_999_999, false), (30_000_000, true), (30_000_001, true)])
  func `three per cent of ten million yuan are reached at 300 000 yuan and not a fen before`(
    part: Int64, isReached: Bool
  ) {
    #expect(Ratio.percent(3).isReached(by: Money(fen: part), of: .yuan(10_000_000)) == isReached)
  }

  @Test func `a level is exact where both products are beyond 64 bits`() {
    // 9·10¹⁸ fen · 333 333 millionths = 2 999 997·10¹⁸ millionths of a fen.
    let whole = Money(fen: 9_000_000_000_000_000_000)
    let bound: Int64 = 2_999_997_000_000_000_000
    let level = Ratio(millionths: 333_333)
    #expect(!level.isReached(by: Money(fen: bound - 1), of: whole))
    #expect(level.isReached(by: Money(fen: bound), of: whole))
    #expect(level.isReached(by: Money(fen: bound + 1), of: whole))
  }

  @Test func `a level that falls between two fen is reached at the upper one`() {
    // 3 % of 101 fen are 3.03 fen.
    #expect(!Ratio.percent(3).isReached(by: Money(fen: 3), of: Money(fen: 101)))
    #expect(Ratio.percent(3).isReached(by: Money(fen: 4), of: Money(fen: 101)))
  }

  @Test func `nothing reaches no level, and anything reaches every level of nothing`() {
    #expect(!Ratio.zero.isReached(by: .zero, of: .yuan(1)))
    #expect(!Ratio.percent(5).isReached(by: .zero, of: .zero))
    #expect(!Ratio.percent(5).isReached(by: Money(fen: -1), of: .yuan(1)))
    #expect(Ratio.percent(5).isReached(by: Money(fen: 1), of: .zero))
    #expect(Ratio.zero.isReached(by: Money(fen: 1), of: .yuan(1)))
  }

  @Test func `reaching is the same as the exact product`() {
    var words = SeededWords(seed: 21)
    for _ in 0..<2_000 {
      let whole = Int64.random(
        in: 1...(.max >> Int64.random(in: 0...60, using: &words)), using: &words)
      let level = Int64.random(in: 0...2_000_000, using: &words)
      let exact = (Int128(whole) * Int128(level) + 999_999) / 1_000_000
      for part in [exact - 1, exact, exact + 1] where part > 0 && part <= Int128(Int64.max) {
        #expect(
          Ratio(millionths: level).isReached(by: Money(fen: Int64(part)), of: Money(fen: whole))
            == (part >= exact))
      }
    }
  }

  @Test(
    arguments: [
      (300_000, "30%"), (15_000, "1.5%"), (1, "0.0001%"), (1_000_000, "100%"), (0, "0%"),
      (-25_000, "-2.5%"), (123_456, "12.3456%"),
    ] as [(Int64, String)])
  func `a proportion is written in per cent, exactly`(millionths: Int64, text: String) {
    #expect(Ratio(millionths: millionths).description == text)
  }

  @Test func `proportions are added, subtracted and compared`() {
    #expect(Ratio.percent(40) + .percent(30) + .percent(30) == .one)
    #expect(Ratio.one - .percent(70) == Ratio(millionths: 300_000))
    #expect(Ratio.percent(3) < .percent(5))
    #expect(Ratio.percent(25).value == 0.25)
  }
}
