import CompensationKernel
import FundCore
import Foundation
import LossStatistics
import RandomStreams
import Simulation
import Testing

/// Whole runs with few trials, against what binomial sums say of them: what a run prints of rare
/// events holds. Everyday 60 seeds, of which a right interval (93 %) holds fewer than 47 once in
/// 3,000; with FUNDSIM_LONG_TESTS=1 2,000, whose coverages are printed, and the goal itself.
@Suite struct RareRunTests {
  /// 40 loans of one unit, 5 % each, all assessed in month 11: the number of defaults is binomial.
  private static let probabilities = binomial(40, 0.05)
  private static let trials = 600
  private static let runs = Chance.trials(60, long: 2_000)

  private static func binomial(_ count: Int, _ probability: Double) -> [Double] {
    let odds = probability / (1 - probability)
    var terms = [pow(1 - probability, Double(count))]
    for place in 0..<count {
      terms.append(terms[place] * odds * Double(count - place) / Double(place + 1))
    }
    return terms
  }

  /// The mean of a function of the number of defaults.
  private static func mean(_ figure: (Double) -> Double) -> Double {
    probabilities.enumerated().reduce(0) { $0 + $1.element * figure(Double($1.offset)) }
  }

  /// The mean of a function over the trials with the most defaults.
  private static func tail(_ share: Double, _ figure: (Double) -> Double) -> Double {
    var (left, sum) = (share, 0.0)
    for count in probabilities.indices.reversed() {
      let weight = min(left, probabilities[count])
      sum += weight * figure(Double(count))
      left -= weight
    }
    return sum / share
  }

  /// Funds of six and seven units: exhausted by more defaults, 2.0 and 0.4 times in 600 trials.
  private static func run(_ seed: UInt64) -> RiskEstimates? {
    let draft = ScenarioDraft(
      horizon: 12, loans: Array(repeating: LoanDraft(), count: 40))
    var funds = [6, 7].map { units -> FundDraft in
      var fund = FundDraft()
      fund.opening = Money(fen: Int64(units) * 100)
      fund.thresholds = [.owed(.percent(20))]
      return fund
    }
    funds.append(funds[0])
    return RiskEstimates(draft.run(funds, trials: trials, seed: seed))
  }

  @Test func `what a run says of rare events holds in 93 of 100 runs`() throws {
    var found: [String: (shown: Int, held: Int)] = [:]
    func note(_ name: String, _ interval: Interval?, _ truth: Double) {
      guard let interval else { return }
      found[name, default: (0, 0)].shown += 1
      if interval.low - 1e-9 <= truth, truth <= interval.high + 1e-9 {
        found[name, default: (0, 0)].held += 1
      }
    }
    for seed in 0..<Self.runs {
      let estimates = try #require(Self.run(UInt64(seed) + 500))
      for (fund, units) in zip(estimates.funds, [6.0, 7]) {
        let ends = Self.mean { $0 > units ? 1 : 0 }
        let name = "fund of \(Int(units))"
        note("\(name): exhaustion", fund.exhaustion.interval95, ends)
        let time = fund.timeToExhaustion.restrictedMean
        note("\(name): months", time.interval95, 12 - ends)
        note("\(name): unpaid", fund.unpaid.mean.interval95, Self.mean { max(0, $0 - units) })
        note("\(name): paid", fund.compensation.mean.interval95, Self.mean { min($0, units) })
        for tail in fund.compensation.tailMeans {
          note(
            "\(name): paid beyond \(tail.level.value)", tail.estimate.interval95,
            Self.tail(1 - tail.level.value) { min($0, units) })
        }
        for tail in fund.closing.tailMeans {
          note(
            "\(name): lowest \(tail.level.value) of closing", tail.estimate.interval95,
            Self.tail(tail.level.value) { max(0, units - $0) })
        }
        for tail in fund.unpaid.tailMeans {
          note(
            "\(name): unpaid beyond \(tail.level.value)", tail.estimate.interval95,
            Self.tail(1 - tail.level.value) { max(0, $0 - units) })
        }
        // 20 % of 40 loans are eight defaults.
        note(
          "\(name): warning", fund.thresholds[0].anyBank.ever.interval95,
          Self.mean { $0 >= 8 ? 1 : 0 })
      }
      let difference = estimates.differences[0]
      note("difference: exhaustion", difference.exhaustion.interval95, -Self.probabilities[7])
      note(
        "difference: paid", difference.compensation.interval95,
        Self.mean { min($0, 7) - min($0, 6) })
    }
    for (name, count) in found.sorted(by: { $0.key < $1.key }) {
      if Self.runs >= 2_000 {
        print("COVERAGE | \(name) | \(count.shown) | \(Double(count.held) / Double(count.shown))")
      }
      let goal = Self.runs >= 2_000 ? 0.93 : 47.0 / 60
      let isSeldom = Double(count.shown - count.held) <= 0.02 * Double(Self.runs)
      #expect(isSeldom || Double(count.held) >= goal * Double(count.shown), "\(name): \(count)")
    }
    #expect(found["fund of 6: exhaustion"]?.shown == Self.runs)
    #expect(found["fund of 7: months"]?.shown == Self.runs)
  }

  /// They differed by `0 ± 0`, as funds did that merely agreed in all trials.
  @Test func `funds of the same plan differ by nothing, exactly; others are not known to`() throws {
    let estimates = try #require(Self.run(3))
    let same = estimates.differences[1]
    #expect(same.exhaustion.isExact && same.compensation.isExact && same.bankLoss.isExact)
    #expect(same.compensation.value == 0 && same.compensation.standardError == 0)
    let other = estimates.differences[0]
    #expect(!other.compensation.isExact && other.compensation.standardError == nil)
    #expect(other.compensation.trialsNeeded != nil)
  }

  @Test func `what the plan makes certain is exact, and nothing else`() throws {
    var loan = LoanDraft()
    loan.probability = 0
    let sound = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: 40))
    var fund = FundDraft()
    fund.opening = Money(fen: 600)
    let never = try #require(RiskEstimates(sound.run([fund], trials: 50))).funds[0]
    #expect(never.exhaustion.isExact && never.unpaid.mean.isExact && never.defaults.mean.isExact)
    #expect(never.closing.mean.isExact && never.closing.mean.value == 6)
    #expect(never.timeToExhaustion.restrictedMean.isExact)
    let rare = try #require(Self.run(3)).funds[1]
    #expect(rare.fees.mean.isExact && rare.interest.mean.isExact && rare.returned.mean.isExact)
    #expect(!rare.unpaid.mean.isExact && !rare.exhaustion.isExact)
    #expect(rare.unpaid.mean.standardError == nil)
  }
}
