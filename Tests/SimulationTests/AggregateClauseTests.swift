import CompensationKernel
import FundCore
import Simulation
import Testing

/// Four clauses of equal expected cost to the fund on the portfolio of reference A (MODEL.md §8): 1000 equal loans,
/// 5 %, a correlation of 0.2, one assessment. A loan is one unit; the fund's cost is 20.000 units each time, and
/// the mean of the worst 1 % tells whom the clause protects (DECISIONS.md §7; exact, from the distribution of the
/// number of defaults).
struct `Clauses of equal expected cost` {
  private static let unit: Int64 = 10_000
  struct Clause: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var share = Ratio.one
    var limit: Int64?
    var firstLoss: Int64?
    let fund: Double
    let bank: Double
  }

  static let clauses = [
    Clause(testDescription: "quota", share: .percent(40), fund: 123.87, bank: 185.81),
    Clause(testDescription: "stop-loss", firstLoss: 466_424, fund: 263.04, bank: 46.64),
    Clause(testDescription: "first loss", limit: 254_527, fund: 25.45, bank: 284.23),
    Clause(
      testDescription: "half up to a limit", share: .percent(50), limit: 423_837, fund: 42.38,
      bank: 267.30),
  ]

  @Test(arguments: clauses) func `protect whom they do`(clause: Clause) {
    var loan = LoanDraft()
    loan.probability = 0.05
    loan.principal = Self.unit
    var draft = ScenarioDraft(horizon: 12, loans: Array(repeating: loan, count: 1_000))
    draft.factors = FactorModel(dependence: .gaussian, assetCorrelations: [0.2])
    var fund = FundDraft.of(share: clause.share, opening: Money(fen: 1_000 * Self.unit))
    fund.payers[0].isCapped = clause.limit != nil
    fund.limit = clause.limit
    fund.firstLoss = clause.firstLoss
    let trials = Chance.trials(8_000, long: 400_000)
    let result = draft.run(fund, trials: trials)
    let (paid, borne) = (result.column(.loss(.fund)), result.column(.loss(.bank)))
    let scale = Double(Self.unit)
    let moments = Moments(paid)
    #expect(abs(moments.mean - 20 * scale) <= Chance.limit * moments.meanError + 5e-4 * scale)
    for (values, expected) in [(paid, clause.fund), (borne, clause.bank)] {
      let tail = Tail(values, part: 100)
      // The source prints two decimals.
      #expect(
        abs(tail.mean - expected * scale) <= Chance.limit * tail.error + 0.005 * scale + 1,
        "\(tail.mean / scale) ± \(tail.error / scale)")
    }
  }
}

/// The mean of the worst part of a sample, with its standard error: that of the tail's own spread, and of where it
/// begins (D. Brazauskas et al., 2008).
private struct Tail {
  let mean: Double
  let error: Double

  /// - Parameter part: The worst one in so many.
  init(_ values: [Int64], part: Int) {
    let worst = values.sorted().suffix(values.count / part).map(Double.init)
    let count = Double(worst.count)
    let mean = worst.reduce(0, +) / count
    let spread = worst.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let beyond = mean - (worst.first ?? mean)
    self.mean = mean
    error = ((spread + beyond * beyond * (1 - 1 / Double(part))) / count).squareRoot()
  }
}
