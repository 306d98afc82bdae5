import Simulation
import TestSupport
import Testing

@testable import PartialResults

/// Rare trials in parts of a run.
struct `Rare trials of a part` {
  private static let trials = RareTrials(
    40..<43, weights: [0.25, 10, 1e-300],
    funds: [
      .init(columns: [[-1, 3, 11], [0, 5, 1 << 50], [0, 0, 77]]),
      .init(columns: [[-1, -1, 0], [0, 0, 1], [4, 5, 6]]),
    ])

  private static func read(_ bytes: [UInt8], fundCount: Int = 2) -> RareTrials? {
    RarePart.trials(bytes, 40..<43, fundCount: fundCount) { values, column in
      column != .exhaustionMonth || values.allSatisfy { (-1..<12).contains($0) }
    }
  }

  @Test func `they are read as they were written, to the bit`() {
    #expect(Self.read(RarePart.bytes(Self.trials)) == Self.trials)
  }

  @Test func `what cannot be is no trials`() {
    let bytes = RarePart.bytes(Self.trials)
    #expect(Self.read(bytes + [0]) == nil)
    #expect(Self.read(Array(bytes.dropLast())) == nil)
    #expect(Self.read(bytes, fundCount: 1) == nil)
    for weight in [-1, .nan, .infinity, 10.5] {
      let other = RareTrials(40..<43, weights: [1, weight, 1], funds: Self.trials.funds)
      #expect(Self.read(RarePart.bytes(other)) == nil, "\(weight)")
    }
    let late = RareTrials(
      40..<43, weights: [1, 1, 1],
      funds: [Self.trials.funds[0], .init(columns: [[12, 0, 0], [0, 0, 0], [0, 0, 0]])])
    #expect(Self.read(RarePart.bytes(late)) == nil)
    var words = SeededWords(state: 3)
    for _ in 0..<500 {
      let noise = (0..<Int.random(in: 0...60, using: &words)).map { _ in
        UInt8.random(in: 0...255, using: &words)
      }
      if let found = Self.read(noise) { #expect(found.weights.allSatisfy { $0 <= 10.1 }) }
    }
  }
}
