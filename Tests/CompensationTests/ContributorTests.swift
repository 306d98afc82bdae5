import CompensationKernel
import FundCore
import Testing

/// What goes back to those who have put money in.
@Suite struct ContributorTests {
  private func parts(_ fen: Int64, _ putIn: [Int64]) -> [Int64] {
    let contributors = putIn.map { Contributor(.init(same: "x"), putIn: Money(fen: $0)) }
    return divided(Money(fen: fen), among: contributors).map(\.fen)
  }

  /// 100.01 yuan among three who gave alike: 33.33 each, and the last takes the two fen that are left.
  @Test func `in proportion, rounded down, the rest to the last`() {
    #expect(parts(10_001, [5, 5, 5]) == [3_333, 3_333, 3_335])
    #expect(parts(11_000_000, [600, 500]) == [6_000_000, 5_000_000])
    #expect(parts(0, [600, 500]) == [0, 0])
    #expect(parts(7, [0, 3]) == [0, 7])
  }

  @Test func `to the fen, also for the largest amounts`() {
    let largest: Int64 = 100_000_000_000_000
    let found = parts(largest - 1, [largest - 7, 3, largest / 3])
    #expect(found.reduce(0, +) == largest - 1)
    #expect(found.allSatisfy { $0 >= 0 })
  }
}
