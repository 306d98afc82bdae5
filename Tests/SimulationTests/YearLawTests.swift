import CompensationKernel
import FundCore
import RandomStreams
@testable import Simulation
import TestSupport
import Testing

/// Laws of the years of trials, on random scenarios with funds of every kind.
@Suite struct YearLawTests {
  /// The amounts that sum over years, with the figure of the run that they sum to.
  private static let sums: [(YearFigure, OutcomeColumn)] = [
    (.compensation, .compensation), (.returned, .returned), (.fee, .fees), (.interest, .interest),
    (.unpaid, .unpaid),
  ]

  @Test(arguments: 0..<UInt64(12))
  func `years sum to the totals of the run in every trial, to the fen`(seed: UInt64) throws {
    var words = SeededWords(seed: 9_000 + seed)
    let draft = words.scenario()
    let funds = (0..<3).map { $0 < 2 ? words.anyFund(for: draft) : words.plainFund(for: draft) }
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 20, seed: seed)
    let result = simulate(plan, threads: 1)
    let years = try #require(simulateYears(plan, fundCount: 3, threads: 2))
    for (fund, table) in zip(result.funds, years.tables) {
      for kind in [YearPeriod.Kind.calendar, .programme] {
        let places = table.periods.indices.filter { table.periods[$0].kind == kind }
        guard !places.isEmpty else { continue }
        #expect(places.map { table.periods[$0].months.count }.reduce(0, +) == draft.horizon)
        for (figure, column) in Self.sums {
          let columns = places.map { table.amounts(figure, period: $0) }
          let sum = (0..<20).map { trial in columns.reduce(0) { $0 + $1[trial] } }
          #expect(sum == fund.column(column), "\(figure) \(kind)")
        }
        // Opening, less what every year lays out, with new money, is what is left.
        let parts = [YearFigure.netOutlay, .newMoney, .givenBack].map { figure in
          places.map { table.amounts(figure, period: $0) }
        }
        for trial in 0..<20 {
          let flows = parts.map { columns in columns.reduce(0) { $0 + $1[trial] } }
          #expect(
            fund.plan.cash.opening.fen - flows[0] + flows[1] - flows[2]
              == fund.column(.closing)[trial])
        }
      }
      #expect(table.amounts(.closing, period: 0) == fund.column(.closing))
    }
  }

  @Test(arguments: 0..<UInt64(10))
  func `the budget of the whole run is the needed capital less what the fund has`(seed: UInt64)
    throws
  {
    var words = SeededWords(seed: 9_200 + seed)
    let draft = words.scenario()
    let funds = (0..<3).map { _ in words.plainFund(for: draft) }
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 20, seed: seed)
    let result = simulate(plan, threads: 1)
    let years = try #require(simulateYears(plan, fundCount: 3, threads: 1))
    for (fund, table) in zip(result.funds, years.tables) {
      let opening = fund.plan.cash.opening.fen
      #expect(
        table.amounts(.budget, period: 0)
          == fund.column(.neededCapital).map { max(0, $0 - opening) })
    }
  }

  /// The amount, put in at the start of a year, pays all of it; a fen less does not.
  @Test(arguments: 0..<UInt64(14))
  func `a year's budget is enough, and a fen less is not`(seed: UInt64) throws {
    var words = SeededWords(seed: 9_400 + seed)
    let draft = words.scenario()
    var fund = words.fund(for: draft)
    fund.opening = Money(fen: fund.opening.fen / 3)
    fund.unpaidWaits = false
    fund.thresholds.removeAll {
      $0.effect != .warning && [.compensationPaid, .compensationNet].contains($0.numerator)
    }
    let floor = Money(fen: seed % 2 == 0 ? 0 : 77_777)
    var plan = draft.plan([fund.plan(for: draft)], trials: 4, seed: seed)
    plan.years.floor = floor
    let table = try #require(simulateYears(plan, fundCount: 1, threads: 1)).tables[0]
    for (place, period) in table.periods.enumerated() where period.kind == .calendar {
      let budgets = table.amounts(.budget, period: place)
      for trial in 0..<4 {
        for missing in 0...1 where missing == 0 || budgets[trial] > 0 {
          let left = try Self.run(
            plan, trial: trial, adding: budgets[trial] - Int64(missing), in: period, floor: floor)
          #expect((left == 0) == (missing == 0), "trial \(trial), year \(period.number)")
        }
      }
    }
  }

  /// How many months of a year are short of a floor, or leave something unpaid, in one trial of a plan with an
  /// amount put in at the year's start.
  private static func run(
    _ plan: SimulationPlan, trial: Int, adding amount: Int64, in period: YearPeriod, floor: Money
  ) throws -> Int {
    var other = plan
    other.funds[0].cash.injections[period.firstMonth] += Money(fen: amount)
    let history = simulateTrials(other, [trial])[0].funds[0]
    let years = try #require(
      simulateYears(other, trialCount: trial + 1, fundCount: 1, threads: 1)
    ).tables[0]
    let place = try #require(years.periods.firstIndex(of: period))
    let unpaid = years.amounts(.unpaid, period: place)[trial]
    return (unpaid > 0 ? 1 : 0)
      + period.months.count { history.months[$0].closing < floor.fen }
  }

  @Test func `threads and how many trials are asked for change no bit`() throws {
    var words = SeededWords(seed: 9_700)
    let draft = words.scenario()
    let plan = draft.plan([words.anyFund(for: draft).plan(for: draft)], trials: 150, seed: 3)
    let one = try #require(simulateYears(plan, fundCount: 1, threads: 1))
    let many = try #require(simulateYears(plan, fundCount: 1, threads: 4))
    #expect(YearlyFigures(one) == YearlyFigures(many))
    let few = try #require(simulateYears(plan, trialCount: 40, fundCount: 1, threads: 2))
    for figure in YearFigure.amounts {
      #expect(
        Array(one.tables[0].amounts(figure, period: 1).prefix(40))
          == few.tables[0].amounts(figure, period: 1))
    }
  }
}
