/// One word of everything that was added to it, in order.
///
/// Each step is one-to-one in the word that is added: if two engines differ in one number only, their
/// words differ for certain; otherwise they agree once in 2⁶⁴.
public struct AnswerWord: Sendable {
  /// The word so far.
  public private(set) var word: UInt64 = 0

  /// A word of nothing.
  public init() {}

  /// Adds a word.
  public mutating func add(_ number: UInt64) {
    let sum = word ^ number
    word = (sum &<< 29 | sum &>> 35) &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  /// Adds a number.
  public mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }

  /// Adds a number, by its bits.
  public mutating func add(_ number: Double) { add(number.bitPattern) }
}

extension AnswerWord {
  /// Adds words and draws of every purpose.
  ///
  /// - Parameter tables: Those that the engine draws by.
  public mutating func addDraws(_ tables: ExponentialTables) {
    for purpose in DrawPurpose.allCases {
      for trial in [0, 4711] as [UInt64] {
        let key = DrawKey(seed: 20_240_101, trial: trial, purpose: purpose)
        var (sequence, generator) = (key.sequence(), key.generator(at: 3))
        for index in [0, 1, 1 << 40] as [UInt64] {
          add(key.word(at: index))
          add(sequence.word(at: index))
          add(sequence.next())
          add(generator.next())
          add(UniformDraw.unit(from: key.word(at: index)))
          for word in [key.word(at: index), sequence.next()] {
            add(Int64(UniformDraw.integer(in: 12...24, from: word)))
            add(Int64(UniformDraw.integer(in: -3...7, fromLowerHalf: word)))
          }
        }
        for _ in 0..<300 { add(sequence.nextExponential(tables)) }
      }
    }
    // Of forty sequences one has its step made over; many are asked, so that some have.
    for trial in 0..<300 as Range<UInt64> {
      var sequence = DrawKey(seed: 1, trial: trial, purpose: .recovery).sequence()
      add(sequence.next())
    }
    for index in tables.layers.indices {
      add(tables.layers[index].threshold)
      add(tables.layers[index].width)
      add(tables.densities[index])
    }
    // The far end of the base layer is met once in ten thousand draws.
    add(ExponentialTables.baseEnd)
  }

  /// Adds the table of Λ, and what it gives between its nodes.
  public mutating func add(_ table: HazardTable) {
    add(table.cells)
    for argument in Self.arguments { add(table.hazard(at: argument)) }
  }

  /// Adds the table of Φ, and what it gives between its nodes.
  public mutating func add(_ table: NormalCumulativeTable) {
    add(table.cells)
    for argument in Self.arguments { add(table.probability(at: argument)) }
  }

  /// Adds a table of quantiles, and what it gives between its nodes and at its ends.
  public mutating func add(_ table: QuantileTable) {
    add(table.evenCells)
    add(table.cells)
    for tail in Self.tails {
      add(table.value(at: tail))
      add(table.value(at: 1 - tail))
    }
    var words = SplitMix64(seed: 7)
    for _ in 0..<20 { add(table.value(from: words.next())) }
  }

  /// Adds quantiles of the laws from which tables are made, each where its formulas change.
  public mutating func addLaws() {
    for (mean, deviation) in [(0.35, 0.2), (0.5, 0.45), (0.9, 0.05)] {
      addFew(QuantileTable.beta(mean: mean, standardDeviation: deviation, isTabulated: false))
    }
    for variance in [0.04, 0.5, 3] {
      addFew(QuantileTable.gamma(variance: variance, isTabulated: false))
    }
    for tail in Self.tails {
      add(normalQuantile(tail))
      for degrees in [2.5, 6] { add(studentTQuantile(tail, degreesOfFreedom: degrees)) }
    }
  }

  private mutating func addFew(_ table: QuantileTable?) {
    for tail in Self.tails {
      add(table?.value(at: tail) ?? .nan)
      add(table?.value(at: 1 - tail) ?? .nan)
    }
  }

  private mutating func add(_ cells: [CubicCell]) {
    for cell in cells {
      add(cell.constant)
      add(cell.linear)
      add(cell.quadratic)
      add(cell.cubic)
    }
  }

  private static var arguments: [Double] { [-12, -8.1, -3.3, -0.7, 0, 0.001, 1.9, 4.4, 9.2, 12] }
  private static var tails: [Double] { [0.4999, 0.31, 0.07, 0.004, 3e-6, 1e-13] }
}
