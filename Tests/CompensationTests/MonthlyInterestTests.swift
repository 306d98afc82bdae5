import CompensationKernel
import FundCore
import TestSupport
import Testing

@Suite struct MonthlyInterestTests {
  @Test func `interest is the rule's, and the balance before it the smallest`() {
    var words = SeededWords(seed: 12)
    for millionths in [0, 1, 14_400, 27_500, 999_999, 4_777_216, 12_000_001] as [Int64] {
      let rate = Ratio(millionths: millionths)
      let interest = MonthlyInterest(annualRate: rate)
      // Amounts of all sizes, also where the product exceeds 64 bits.
      for round in 0..<2_000 {
        let amount = Money(fen: Int64(words.next() >> (8 + round % 56)) + 1)
        #expect(interest.earned(on: amount) == monthlyInterest(on: amount, annualRate: rate))
        let before = interest.smallestBalance(growingTo: amount)
        #expect(before + monthlyInterest(on: before, annualRate: rate) >= amount)
        let less = before - Money(fen: 1)
        #expect(
          before == .zero || less + monthlyInterest(on: less, annualRate: rate) < amount)
      }
    }
  }
}
