import FundCore
import TestSupport
import Testing

@Suite struct MoneyTests {
  @Test func `a product is exact before it is rounded`() {
    // 9 007 199 254 740 993 = 2⁵³ + 1 is no Double, and its product with 999 999 no Int64.
    let amount = Money(fen: 9_007_199_254_740_993)
    #expect(
      amount.multiplied(by: Ratio(millionths: 999_999), rounding: .down)
        == Money(fen: 9_007_190_247_541_738))
    #expect(amount.multiplied(by: .one, rounding: .down) == amount)
    #expect(amount.multiplied(by: .zero, rounding: .halfUp) == .zero)
  }

  @Test func `the largest amount of all can be shared`() {
    // 2⁶³ − 1 = 9 223 372 036 854 775 807; a half ends in .5.
    let most = Money(fen: .max)
    #expect(most.multiplied(by: .percent(50), rounding: .down).fen == 4_611_686_018_427_387_903)
    #expect(most.multiplied(by: .percent(50), rounding: .halfUp).fen == 4_611_686_018_427_387_904)
    #expect(most.multiplied(by: .max, over: .max, rounding: .down) == most)
    #expect(most.multiplied(by: 1, over: .max, rounding: .down) == Money(fen: 1))
    #expect(most.multiplied(by: .max - 1, over: .max, rounding: .down).fen == .max - 1)
  }

  @Test(
    arguments: [
      // 1 fen of 3: 0.999999 fen, 0.5 fen, and just below.
      (3, 333_333, 0, 1), (1, 500_000, 0, 1), (1, 499_999, 0, 0), (5, 300_000, 1, 2),
      (7, 500_000, 3, 4), (0, 999_999, 0, 0), (100, 123_456, 12, 12),
    ] as [(Int64, Int64, Int64, Int64)])
  func `a fraction of a fen is dropped, or becomes a fen from a half on`(
    fen: Int64, millionths: Int64, down: Int64, halfUp: Int64
  ) {
    let share = Ratio(millionths: millionths)
    #expect(Money(fen: fen).multiplied(by: share, rounding: .down).fen == down)
    #expect(Money(fen: fen).multiplied(by: share, rounding: .halfUp).fen == halfUp)
  }

  @Test(arguments: [(1, 2, 1), (1, 3, 0), (2, 3, 1), (3, 2, 2), (7, 2, 4), (5, 10, 1), (4, 9, 0)])
  func `a quotient is rounded half up at even and odd denominators`(
    numerator: Int64, denominator: Int64, expected: Int64
  ) {
    let one = Money(fen: 1)
    #expect(one.multiplied(by: numerator, over: denominator, rounding: .halfUp).fen == expected)
  }

  @Test func `both ways of multiplying agree with long division`() {
    var words = SeededWords(seed: 11)
    for _ in 0..<2_000 {
      let amount = Money(
        fen: Int64.random(in: 0...(.max >> Int64.random(in: 0...62, using: &words)), using: &words))
      let ratio = Ratio(millionths: Int64.random(in: 0...1_000_000, using: &words))
      let product = Int128(amount.fen) * Int128(ratio.millionths)
      for rule in RoundingRule.allCases {
        let expected = (product + (rule == .halfUp ? 500_000 : 0)) / 1_000_000
        #expect(Int128(amount.multiplied(by: ratio, rounding: rule).fen) == expected)
        #expect(
          amount.multiplied(by: ratio.millionths, over: 1_000_000, rounding: rule).fen
            == Int64(expected))
      }
    }
  }

  @Test func `a share and the rest sum to the amount`() {
    var words = SeededWords(seed: 12)
    for _ in 0..<2_000 {
      let amount = Money(fen: Int64.random(in: 0...Money.largestInput.fen, using: &words))
      let ratio = Ratio(millionths: Int64.random(in: 0...1_000_000, using: &words))
      let share = amount.multiplied(by: ratio, rounding: .halfUp)
      let rest = amount.multiplied(by: .one - ratio, rounding: .down)
      // A fraction below a half is lost twice, one from a half on is gained once and lost once.
      #expect(share <= amount)
      #expect([amount.fen - 1, amount.fen].contains((share + rest).fen))
    }
  }

  @Test func `a larger amount never has a smaller share`() {
    var words = SeededWords(seed: 13)
    for _ in 0..<1_000 {
      let fen = Int64.random(in: 0...1_000_000_000, using: &words)
      let ratio = Ratio(millionths: Int64.random(in: 0...1_000_000, using: &words))
      for rule in RoundingRule.allCases {
        let step =
          Money(fen: fen + 1).multiplied(by: ratio, rounding: rule)
          - Money(fen: fen).multiplied(by: ratio, rounding: rule)
        #expect(step == .zero || step == Money(fen: 1))
      }
    }
  }

  @Test(
    arguments: [
      (0, "0 yuan"), (5, "0.05 yuan"), (100, "1 yuan"), (123_456, "1234.56 yuan"),
      (-205, "-2.05 yuan"), (-5, "-0.05 yuan"),
    ] as [(Int64, String)])
  func `an amount is written in yuan, exactly`(fen: Int64, text: String) {
    #expect(Money(fen: fen).description == text)
  }

  @Test func `amounts are added, subtracted and compared`() {
    var amount = Money.yuan(3)
    amount += Money(fen: 7)
    amount -= .yuan(4)
    #expect(amount == Money(fen: -93))
    #expect(amount < .zero)
    #expect(Money.yuan(2) - Money.yuan(5) == Money.yuan(-3))
    #expect(Money(fen: 150).yuan == 1.5)
    #expect(Money.largestInput == .yuan(1_000_000_000_000))
  }
}
