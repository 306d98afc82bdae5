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

  /// In as many bytes as they need; sorted together, whatever each part took.
  @Test func `narrow values are the values`() {
    var words = SeededWords(seed: 80)
    func some(_ count: Int, below range: UInt64, from low: Int64) -> [Int64] {
      (0..<count).map { _ in low &+ Int64(truncatingIfNeeded: words.next() % range) }
    }
    let lists = [
      [], [7], Array(repeating: -5, count: 30), some(300, below: 256, from: -9),
      some(300, below: 1 << 32, from: -1 << 40), some(300, below: 1 << 33, from: 3),
      some(300, below: 1 << 41, from: 3), [.min, 0, .max],
    ]
    let parts = lists.map { NarrowValues($0.span) }
    for (list, part) in zip(lists, parts) { #expect(NarrowValues.values(of: [part]) == list) }
    #expect(parts.map(\.byteCount) == [0, 0, 0, 300, 1_200, 1_500, 2_400, 24])
    let close = lists[3]
    let again = NarrowValues(close.span)
    #expect(again == parts[3] && parts[3] != parts[4])
    for first in parts.indices {
      for end in first...parts.count {
        let sorted = NarrowValues(sorting: Array(parts[first..<end]))
          .parts(of: lists[first..<end].map(\.count))
        #expect(NarrowValues.values(of: sorted) == lists[first..<end].joined().sorted())
      }
    }
  }

  /// Packed now and then or never, the pieces hold all that was added; equal ones are kept once.
  @Test(arguments: [1, 3, 100])
  func `pieces hold what was added`(packedEach: Int) {
    var words = SeededWords(seed: 79)
    var pieces = [PackedPieces(), PackedPieces(), PackedPieces()]
    var all: [Int64] = []
    for step in 1...60 {
      let values = (0..<Int(words.next() % 40 + 1)).map { _ in Int64(words.next() % 1_000) }
      all += values
      for place in 0..<3 {
        let own = place < 2 ? values : values.map { -$0 }
        pieces[place].add(own.span)
      }
      var known: Set<NarrowValues> = []
      for place in 0..<3 { pieces[place].share(&known) }
      #expect(pieces[0] == pieces[1] && pieces[0] != pieces[2])
      if step % packedEach == 0 { for place in 0..<3 { pieces[place].pack() } }
      #expect(pieces[0].sample.sorted == all.sorted())
    }
    for place in 1..<3 {
      pieces[place].finish()
      pieces[place].finish()
    }
    #expect(pieces[1].sample.sorted == all.sorted())
    #expect(pieces[2].sample.sorted == all.map { -$0 }.sorted())
  }

  /// In pieces of 5, which are merged or kept as they come, and of more than there are; of the third fund
  /// only sums are kept.
  @Test(arguments: [5, 1_000], [nil, 0, 20_000])
  func `pieces come to what rows come to`(pieceCount: Int, room: Int?) {
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
    simulation.room = room
    let unordered = simulation.run(5..<75, threads: room == nil ? 1 : 3, control: RunControl())
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
