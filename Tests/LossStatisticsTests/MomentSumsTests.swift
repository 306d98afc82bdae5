import LossStatistics
import Testing

/// Sums that can be taken apart and put together.
struct `Exact sums` {
  @Test func `sums over parts are those of the whole, in any order`() {
    var words = Words(seed: 11)
    let numbers = (0..<1_000).map { _ in Int128(Int64(truncatingIfNeeded: words.next())) }
    var whole = MomentSums()
    for number in numbers { whole.add(number) }
    var parts = MomentSums()
    for first in stride(from: 900, through: 0, by: -100) {
      var part = MomentSums()
      for number in numbers[first..<first + 100].shuffled() { part.add(number) }
      parts.add(part)
    }
    #expect(parts == whole)
    // Squares of numbers near 2⁶³ outgrow 128 bits together: two thousand of 2¹²⁶ make 2¹³⁷.
    #expect(whole.squares.high > 0)
  }

  @Test func `numbers worked by hand`() {
    // Distances 3 − 1, 5 − 9, 7 − 6: mean −1/3, squares about it 4 + 16 + 1 − 3/9 = 62/3.
    let sums = MomentSums([3, 5, 7], minus: [1, 9, 6])
    #expect(sums.count == 3 && sums.sum == -1 && sums.squares == WideSum(low: 21))
    #expect(sums.mean.value == -1.0 / 3)
    let tolerance = 1e-15  // one rounding of a quotient and a root
    #expect(abs(sums.standardDeviation - (31.0 / 3).squareRoot()) <= tolerance * 4)
  }

  @Test func `a spread is found beside a mean that is ten million million times larger`() {
    let near: Int64 = 4_000_000_000_000_000
    let sums = MomentSums([near, near + 1, near + 2], minus: [0, 0, 0])
    #expect(sums.mean.value == Double(near + 1))
    #expect(sums.standardDeviation == 1)
  }

  @Test func `differences of the largest and the smallest number do not overflow`() {
    let sums = MomentSums([.max, .min], minus: [.min, .max])
    #expect(sums.sum == 0)
    #expect(sums.mean.value == 0)
    // Σd² = 2 (2⁶⁴ − 1)², by one degree of freedom: √2 · 2⁶⁴ to the double's last digit.
    let expected = 2.0.squareRoot() * 0x1p64
    #expect(abs(sums.standardDeviation / expected - 1) < 1e-15)
  }
}
