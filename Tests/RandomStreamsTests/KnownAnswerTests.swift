import RandomStreams
import Testing

@Suite struct KnownAnswerTests {
  /// The step of a sequence follows the rule of Java's `SplittableRandom.mixGamma`: odd, and turned in
  /// half of its bits where fewer than 24 neighbouring bits differ.
  @Test(
    arguments: [
      (0, 0xAAAA_AAAA_AAAA_AAAB), (.max, 0x5555_5555_5555_5555),
      (0xFFFF_0000, 0xAAAA_AAAA_5555_AAAB),
      (0x9E37_79B9_7F4A_7C14, 0x9E37_79B9_7F4A_7C15),
      (0x0055_5555_5555_5554, 0x0055_5555_5555_5555),
      (0x0000_0000_0055_5554, 0xAAAA_AAAA_AAFF_FFFF),
    ] as [(UInt64, UInt64)])
  func `SplitMix64 walks by a step with enough changes`(word: UInt64, step: UInt64) {
    var generator = SplitMix64(seed: 42, stepFrom: word)
    let words = (1...4).map { stafford(42 &+ $0 &* step) }
    #expect(words.indices.map { generator.word(at: UInt64($0)) } == words)
    #expect(words.map { _ in generator.next() } == words)
  }

  /// Stafford's mixer once more, in other words.
  private func stafford(_ word: UInt64) -> UInt64 {
    var mix = word
    for (shift, factor) in [
      (30, 13_787_848_793_156_543_929), (27, 10_723_151_780_598_845_931), (31, 1),
    ] as [(UInt64, UInt64)] {
      mix = (mix ^ mix / (1 << shift)).multipliedReportingOverflow(by: factor).partialValue
    }
    return mix
  }

  @Test func `a purpose keeps its number`() {
    let numbers: [DrawPurpose: UInt32] = [
      .systematicFactor: 0, .defaults: 1, .recovery: 2, .portfolio: 3, .thinning: 4, .mixing: 5,
      .rare: 6, .calibration: 16,
    ]
    #expect(DrawPurpose.allCases.count == numbers.count)
    for (purpose, number) in numbers { #expect(purpose.rawValue == number) }
  }

  @Test func `numbers in (0, 1) never reach its ends, and mirror each other`() {
    #expect(UniformDraw.unit(from: 0) == 0x1p-53)
    #expect(UniformDraw.unit(from: .max) == 1 - 0x1p-53)
    for word in [0, 1 << 12, 1 << 40, 1 << 63, 0x1234_5678_9ABC_DEF0] as [UInt64] {
      #expect(UniformDraw.unit(from: ~word) == 1 - UniformDraw.unit(from: word))
    }
  }

  @Test func `whole numbers cover their range from end to end`() {
    #expect(UniformDraw.integer(in: 12...24, from: 0) == 12)
    #expect(UniformDraw.integer(in: 12...24, from: .max) == 24)
    #expect(UniformDraw.integer(in: -5 ... -5, from: 1 << 63) == -5)
    #expect(UniformDraw.integer(in: 0...1, from: 1 << 63 - 1) == 0)
    #expect(UniformDraw.integer(in: 0...1, from: 1 << 63) == 1)
  }
}
