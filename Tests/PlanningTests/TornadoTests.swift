import FundCore
import LossStatistics
import Planning
import ScenarioInput
import Testing

/// Each input a step away.
@Suite struct TornadoTests {
  private func tornado(_ figure: StudyFigure, text: String = StudyFixture.text) throws
    -> TornadoStudy
  {
    try #require(
      try TornadoStudy(
        try StudyFixture.scenario(text), version: "test", .init(figure: figure, step: 0.2),
        simulate: StudyFixture.run))
  }

  @Test func `inputs stand by the size of their moves, each with its values`() throws {
    let study = try tornado(.compensation)
    #expect(zip(study.bars, study.bars.dropFirst()).allSatisfy { $0.size >= $1.size })
    let found = Set(study.bars.map(\.input))
    #expect(
      found == Set(TornadoInput.allCases).subtracting([.interestRate, .discountRate, .premiums]),
      "no interest is earned, and no cost is reckoned")
    let initial = try #require(study.bars.first { $0.input == .initial })
    #expect(initial.down?.to == .amount(.yuan(12_800_000)))
    #expect(initial.up?.to == .amount(.yuan(19_200_000)))
    let lag = try #require(study.bars.first { $0.input == .recoveryLag })
    #expect(lag.down?.to == .text("4–10") && lag.up?.to == .text("8–14"))
    let share = try #require(study.bars.first { $0.input == .fundShare })
    #expect(share.down?.to == .text("40%") && share.up?.to == .text("60%"))
  }

  /// Fund-side inputs share the scenario's run; the others have runs of their own.
  @Test func `steps of the fund are settled on the very draws of the scenario`() throws {
    let study = try tornado(.compensation)
    #expect(study.study.runCount == 1 + 2 * 7)
    let share = try #require(study.bars.first { $0.input == .fundShare })
    // A fund that bears three fifths, not a half, owes a fifth more on every loan.
    let base = try #require(study.study.rows[0].value(.compensation)).value
    let up = try #require(share.up?.difference.difference.value)
    #expect(up > 0 && up <= 0.2 * base * (1 + 1e-6 /* fen */))
  }

  @Test func `every step goes the way it must`() throws {
    let study = try tornado(
      .unpaid, text: StudyFixture.text.replacing("1600万", "1600万\n    # small"))
    func sign(_ input: TornadoInput) throws -> (Double, Double) {
      let bar = try #require(study.bars.first { $0.input == input })
      return (bar.down?.difference.difference.value ?? 0, bar.up?.difference.difference.value ?? 0)
    }
    for input in [TornadoInput.defaultProbability, .lending, .fundShare] {
      let (down, up) = try sign(input)
      #expect(down <= 0 && up >= 0, "\(input)")
    }
    let (down, up) = try sign(.initial)
    #expect(down >= 0 && up <= 0)
  }

  @Test func `a step that has no value is left out`() throws {
    let text = StudyFixture.text.replacing("mean: 35%", "mean: 90%")
      .replacing("assetCorrelation: 0.12", "assetCorrelation: 0.9")
    let study = try tornado(.exhaustion, text: text)
    let recovery = try #require(study.bars.first { $0.input == .recoveryMean })
    #expect(recovery.up == nil && recovery.down != nil)
    let correlation = try #require(study.bars.first { $0.input == .assetCorrelation })
    #expect(correlation.up == nil && correlation.down?.to == .text("0.72"))
  }
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    precondition(contains(old), "the fixture holds '\(old)'")
    return replacing(old, with: new)
  }
}
