import Foundation
import RandomStreams
import Testing

@Suite struct TableTests {
  /// Even steps through (0, 1), and steps of a factor towards both ends.
  ///
  /// All are odd multiples of 2⁻⁵³, as `UniformDraw` yields, so that 1 − u is exact.
  static let places: [Double] = {
    var places = (0..<4_000).map { (Double($0) + 0.37) / 4_000 }
    var tail = 0.3
    while tail > 0x1p-53 {
      places += [tail, 1 - tail]
      tail *= 0.93
    }
    return places.map { UniformDraw.unit(from: UInt64($0 * 0x1p52) << 12) }
  }()

  @Test(arguments: [
    (0.556, 0.212), (0.5, 0.288675), (0.9, 0.02), (0.5, 0.001), (0.1, 0.2), (0.95, 0.15),
    (0.5, 0.45), (0.3, 0.44), (0.5, 0.49),
  ])
  func `a Beta table is right to 1e-7 whatever its shape`(mean: Double, deviation: Double) throws {
    let table = try #require(QuantileTable.beta(mean: mean, standardDeviation: deviation))
    let sum = mean * (1 - mean) / (deviation * deviation) - 1
    let worst = Self.places.map { place in
      abs(table.value(at: place) - betaQuantile(place, a: mean * sum, b: (1 - mean) * sum))
    }.max()
    #expect(try #require(worst) <= 1e-7)
  }

  @Test(arguments: [1e-4, 0.04, 0.5, 1, 4, 100])
  func `a gamma table is right to 1e-7 of its standard deviation`(variance: Double) throws {
    let table = try #require(QuantileTable.gamma(variance: variance))
    let worst = Self.places.map { place in
      abs(table.value(at: place) - variance * gammaQuantile(place, shape: 1 / variance))
    }.max()
    #expect(try #require(worst) <= 1e-7 * variance.squareRoot())
  }

  @Test func `the normal table is right to 1e-7`() throws {
    let table = QuantileTable.standardNormal()
    let worst = Self.places.map { abs(table.value(at: $0) - normalQuantile($0)) }.max()
    #expect(try #require(worst) <= 1e-7)
  }

  @Test func `a word gives the quantile of its number, to the bit`() throws {
    var words = SplitMix64(seed: 5)
    let tables = [
      QuantileTable.standardNormal(),
      try #require(QuantileTable.beta(mean: 0.556, standardDeviation: 0.212)),
      try #require(QuantileTable.beta(mean: 0.5, standardDeviation: 0.49)),
    ]
    for word in [0, .max, 1 << 63, (1 << 63) - 1] + (0..<20_000).map({ _ in words.next() }) {
      for table in tables {
        let value = table.value(at: UniformDraw.unit(from: word))
        #expect(table.value(from: word).bitPattern == value.bitPattern)
      }
    }
  }

  @Test func `a table never falls, and answers at the ends and at one half`() throws {
    let table = try #require(QuantileTable.beta(mean: 0.556, standardDeviation: 0.212))
    let values = Self.places.sorted().map { table.value(at: $0) }
    #expect(values == values.sorted())
    #expect(abs(table.value(at: 0.5) - betaQuantile(0.5, a: 2.4986, b: 1.9953)) < 1e-3)
    #expect(table.value(at: 0) >= 0 && table.value(at: 0) < 1e-6)
    #expect(table.value(at: 1) <= 1 && table.value(at: 1) > 1 - 1e-6)
  }

  @Test(arguments: [
    (0.0, 0.1), (1.0, 0.1), (0.5, 0.0), (0.5, 0.5), (0.1, 0.31), (-0.2, 0.1), (.nan, 0.1),
    (0.5, .nan), (0.5, 1e-5),
  ])
  func `a Beta that cannot be is refused`(mean: Double, deviation: Double) {
    #expect(QuantileTable.beta(mean: mean, standardDeviation: deviation) == nil)
  }

  @Test(arguments: [0, -1, .nan, .infinity])
  func `a gamma that cannot be is refused`(variance: Double) {
    #expect(QuantileTable.gamma(variance: variance) == nil)
    #expect(QuantileTable.chiSquareOverDegrees(variance) == nil)
  }

  @Test func `between its nodes the hazard is as right as at them`() {
    let table = HazardTable()
    for step in 0..<16_000 {
      let argument = -6.9 + Double(step) * 0.001013
      let expected = -log(normalCumulative(-argument))
      // Below 0 the reference itself loses digits: 1 − Φ is rounded to 2⁻⁵³.
      let tolerance = 1e-7 * expected + 2e-16
      #expect(abs(table.hazard(at: argument) - expected) <= tolerance)
    }
  }

  @Test func `beyond its range the hazard stays as it is at the end`() {
    let table = HazardTable()
    #expect(table.hazard(at: -.infinity) == table.hazard(at: -9.5))
    #expect(table.hazard(at: 1e300) == table.hazard(at: 31))
    #expect(table.hazard(at: -9.5) > 0 && table.hazard(at: 31) < 500)
  }

  @Test func `the table of the normal distribution function is right to 1e-11`() {
    let table = NormalCumulativeTable()
    for step in 0...18_000 {
      let argument = -9 + Double(step) * 0.001
      #expect(abs(table.probability(at: argument) - normalCumulative(argument)) <= 1e-11)
    }
  }
}
