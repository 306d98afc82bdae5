import Foundation
import RandomStreams
import Testing

/// Each test would fail for one seed in a million, or a few where it measures several things.
@Suite struct GoodnessOfFitTests {
  static let count = 200_000
  let key = DrawKey(seed: 7, trial: 1, purpose: .mixing)

  private func expectUniform(_ sample: [Double], comment: Comment? = nil) {
    #expect(Fit.kolmogorovDistance(sample) < Fit.kolmogorovLimit(sample.count), comment)
  }

  private func units() -> [Double] {
    (0..<UInt64(Self.count)).map { UniformDraw.unit(from: key.word(at: $0)) }
  }

  @Test func `words by number are uniform`() {
    expectUniform(units())
  }

  @Test func `words in order are uniform`() {
    var generator = key.generator(at: 0)
    expectUniform((0..<Self.count).map { _ in UniformDraw.unit(from: generator.next()) })
    var sequence = key.sequence()
    expectUniform((0..<Self.count).map { _ in UniformDraw.unit(from: sequence.next()) })
  }

  /// A run takes a few hundred words from each of many sequences.
  @Test func `words of many sequences are uniform together`() {
    expectUniform(
      (0..<UInt64(Self.count)).map { number in
        let sequence = DrawKey(seed: 7, trial: number / 200, purpose: .recovery).sequence()
        return UniformDraw.unit(from: sequence.word(at: number % 200))
      })
  }

  /// The gaps of many trials: every sequence starts anew, as the walk does.
  @Test func `exponential draws of many sequences are exponential together`() {
    let tables = ExponentialTables()
    var draws: [Double] = []
    for trial in 0..<UInt64(Self.count / 200) {
      var sequence = DrawKey(seed: 7, trial: trial, purpose: .defaults).sequence()
      for _ in 0..<200 { draws.append(-expm1(-sequence.nextExponential(tables))) }
    }
    expectUniform(draws)
    // Neighbouring gaps of a sequence, in a square of 32 by 32.
    var counts = [Int](repeating: 0, count: 32 * 32)
    for place in stride(from: 0, to: draws.count, by: 2) {
      counts[min(Int(draws[place] * 32), 31) << 5 | min(Int(draws[place + 1] * 32), 31)] += 1
    }
    #expect(Fit.chiSquare(counts) < Fit.chiSquareLimit(degrees: 1023))
  }

  @Test func `whole numbers are equally likely`() {
    var counts = [Int](repeating: 0, count: 13)
    for index in 0..<UInt64(Self.count) {
      counts[UniformDraw.integer(in: 12...24, from: key.word(at: index)) - 12] += 1
    }
    #expect(Fit.chiSquare(counts) < Fit.chiSquareLimit(degrees: 12))
  }

  @Test func `exponential draws are exponential`() {
    let tables = ExponentialTables()
    var generator = key.sequence()
    expectUniform((0..<Self.count).map { _ in -expm1(-generator.nextExponential(tables)) })
  }

  /// Beyond the base layer (7.697), where one draw in 2 200 falls, and in every layer's wedge.
  @Test func `exponential draws are exponential in the tail and from cell to cell`() {
    let tables = ExponentialTables()
    var generator = DrawKey(seed: 7, trial: 2, purpose: .mixing).sequence()
    var tail: [Double] = []
    var counts = [Int](repeating: 0, count: 512)
    for _ in 0..<1_000_000 {
      let draw = generator.nextExponential(tables)
      if draw > 7.69711747013105 { tail.append(-expm1(7.69711747013105 - draw)) }
      counts[min(Int(-expm1(-draw) * 512), 511)] += 1
    }
    expectUniform(tail)
    let expected = 1_000_000 * exp(-7.69711747013105)
    #expect(abs(Double(tail.count) - expected) < Fit.normalLimit * expected.squareRoot())
    #expect(Fit.chiSquare(counts) < Fit.chiSquareLimit(degrees: 511))
  }

  @Test func `an exponential draw takes little more than one word`() {
    let tables = ExponentialTables()
    var generator = CountingWords(key.sequence())
    for _ in 0..<100_000 { generator.addExponential(tables) }
    // 1.0222 words an attempt, of which 98.9 % succeed; the standard deviation is 0.0006.
    #expect(abs(generator.wordsPerDraw - 1.033) < 0.003)
  }

  @Test func `normal draws are normal`() {
    let table = QuantileTable.standardNormal()
    expectUniform(units().map { normalCumulative(table.value(at: $0)) }, comment: "by table")
    expectUniform(units().map { normalCumulative(normalQuantile($0)) }, comment: "exact")
  }

  @Test(arguments: [(0.556, 0.212), (0.5, 0.45), (0.1, 0.2), (0.9, 0.02)])
  func `Beta draws have their distribution`(mean: Double, deviation: Double) throws {
    let table = try #require(QuantileTable.beta(mean: mean, standardDeviation: deviation))
    let sum = mean * (1 - mean) / (deviation * deviation) - 1
    let draws = units().prefix(50_000).map { table.value(at: $0) }
    expectUniform(
      draws.map { regularizedIncompleteBeta($0, a: mean * sum, b: (1 - mean) * sum) })
    let average = draws.reduce(0, +) / 50_000
    #expect(abs(average - mean) < Fit.normalLimit * deviation / 50_000.0.squareRoot())
  }

  @Test(arguments: [0.04, 0.5, 2])
  func `gamma draws have their distribution`(variance: Double) throws {
    let table = try #require(QuantileTable.gamma(variance: variance))
    let draws = units().prefix(50_000).map { table.value(at: $0) }
    expectUniform(draws.map { regularizedIncompleteGamma(1 / variance, $0 / variance) })
    let average = draws.reduce(0, +) / 50_000
    #expect(abs(average - 1) < Fit.normalLimit * (variance / 50_000).squareRoot())
  }
}

/// Draws until a generator of the same state catches up, which counts the words taken.
private struct CountingWords {
  private var drawing: SplitMix64
  private var counting: SplitMix64
  private var words = 0
  private var draws = 0

  init(_ generator: SplitMix64) {
    drawing = generator
    counting = generator
  }

  var wordsPerDraw: Double { Double(words) / Double(draws) }

  mutating func addExponential(_ tables: ExponentialTables) {
    _ = drawing.nextExponential(tables)
    draws += 1
    var upcoming = drawing
    let mark = upcoming.next()
    var probe = counting
    while true {
      counting = probe
      if probe.next() == mark { return }
      words += 1
    }
  }
}
