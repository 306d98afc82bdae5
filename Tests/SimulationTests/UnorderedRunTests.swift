import LossStatistics
import TestSupport
import Testing

@testable import Simulation

/// A run that forgets the order of its trials says what the rows say.
@Suite struct UnorderedRunTests {
  @Test(arguments: [1, 2, 127, 128, 129, 1_000])
  func `packed numbers are the numbers`(count: Int) {
    var words = SeededWords(seed: UInt64(count))
    let wide = (0..<count).map { _ in Int64(bitPattern: words.next()) }.sorted()
    let close = (0..<count).map { _ in Int64(bitPattern: words.next() >> 31) - 9 }.sorted()
    let few = (0..<count).map { _ in Int64(words.next() % 3) }.sorted()
    for numbers in [wide, close, few, Array(repeating: -5, count: count), [.min, 0, .max]] {
      #expect(PackedColumn(sorted: numbers).numbers == numbers)
      for other in [wide, few, [0], []] {
        let merged = PackedColumn(
          merging: PackedColumn(sorted: numbers), PackedColumn(sorted: other))
        #expect(merged.numbers == (numbers + other).sorted())
      }
    }
  }

  /// Whatever their lengths, the pieces hold all that was added; equal ones are kept once.
  @Test func `pieces hold what was added`() {
    var words = SeededWords(seed: 79)
    var pieces = [PackedPieces(), PackedPieces(), PackedPieces()]
    var all: [Int64] = []
    for _ in 0..<60 {
      let values = (0..<Int(words.next() % 40 + 1)).map { _ in Int64(words.next() % 1_000) }
      all += values
      for place in 0..<3 { pieces[place].add(place < 2 ? values : values.map { -$0 }) }
      var known: [PackedColumn: PackedColumn] = [:]
      for place in 0..<3 { pieces[place].share(&known) }
      #expect(pieces[0].sample.sorted == all.sorted())
    }
    pieces[2].finish()
    #expect(pieces[1].sample.sorted == all.sorted())
    #expect(pieces[2].sample.sorted == all.map { -$0 }.sorted())
  }

  /// In pieces of 5, which are merged, and of more than there are; of the third fund only sums are
  /// kept.
  @Test(arguments: [5, 1_000], [1, 3])
  func `pieces come to what rows come to`(pieceCount: Int, threads: Int) {
    var words = SeededWords(seed: 77)
    let draft = words.scenario(loanCount: 50)
    let funds = (0..<3).map { _ in
      var fund = words.anyFund(for: draft)
      fund.costs = words.costs()
      return fund
    }
    let plan = draft.plan(funds.map { $0.plan(for: draft) }, trials: 75, seed: 4)
    let rows = simulate(plan, trials: 5..<75, threads: 1)
    var simulation = UnorderedSimulation(plan, reportedFunds: 2)
    simulation.pieceCount = pieceCount
    let unordered = simulation.run(5..<75, threads: threads, control: RunControl())
    #expect(unordered.trialCount == 70 && unordered.frame == rows.frame)
    for fund in 0..<3 { #expect(unordered.sums(fund: fund) == rows.sums(fund: fund)) }
    for fund in 0..<2 {
      for column in rows.funds[fund].columns {
        #expect(
          unordered.values(of: column, fund: fund).sorted
            == rows.values(of: column, fund: fund).sorted, "\(column)")
      }
    }
    for figure in rows.frame.pairedFigures {
      #expect(
        unordered.differences(of: figure, fund: 1).sorted
          == rows.differences(of: figure, fund: 1).sorted)
    }
    #expect(Set(rows.funds[0].column(.defaults)).count > 1)
  }

  @Test func `a run that is stopped at once has no trial`() {
    var words = SeededWords(seed: 78)
    let draft = words.scenario(loanCount: 10)
    let plan = draft.plan([FundDraft().plan(for: draft)], trials: 50, seed: 4)
    let control = RunControl()
    control.stop()
    let none = UnorderedSimulation(plan, reportedFunds: 1)
      .run(0..<50, threads: 1, control: control)
    #expect(none.trialCount == 0)
    #expect(RiskEstimates(none) == nil)
  }
}
