import RandomStreams
import Testing

/// Words of neighbouring addresses must be as unrelated as any two words.
@Suite struct IndependenceTests {
  /// Two addresses that differ in one place, for running numbers.
  enum Neighbours: CaseIterable {
    case indices, trials, seeds, purposes, generators, order
    /// Of the sequences that walk and recoveries draw from: the first words of two trials, and two
    /// words of one trial.
    case sequences, succession, distance

    func words(_ number: UInt64) -> (UInt64, UInt64) {
      switch self {
      case .indices:
        let key = DrawKey(seed: 1, trial: 1, purpose: .defaults)
        return (key.word(at: 2 * number), key.word(at: 2 * number + 1))
      case .trials:
        return (
          DrawKey(seed: 1, trial: 2 * number, purpose: .defaults).word(at: 0),
          DrawKey(seed: 1, trial: 2 * number + 1, purpose: .defaults).word(at: 0)
        )
      case .seeds:
        return (
          DrawKey(seed: 2 * number, trial: 0, purpose: .defaults).word(at: 0),
          DrawKey(seed: 2 * number + 1, trial: 0, purpose: .defaults).word(at: 0)
        )
      case .purposes:
        return (
          DrawKey(seed: 1, trial: number, purpose: .systematicFactor).word(at: 0),
          DrawKey(seed: 1, trial: number, purpose: .defaults).word(at: 0)
        )
      case .sequences:
        let keys = [2 * number, 2 * number + 1].map {
          DrawKey(seed: 1, trial: $0, purpose: .defaults)
        }
        return (keys[0].sequence().word(at: 0), keys[1].sequence().word(at: 0))
      case .succession:
        let sequence = DrawKey(seed: 1, trial: number, purpose: .defaults).sequence()
        return (sequence.word(at: 0), sequence.word(at: 1))
      case .distance:
        let sequence = DrawKey(seed: 1, trial: number, purpose: .recovery).sequence()
        return (sequence.word(at: number % 10_000), sequence.word(at: number % 10_000 + 10_000))
      case .generators:
        let key = DrawKey(seed: 1, trial: number, purpose: .defaults)
        var (first, second) = (key.generator(at: 0), key.generator(at: 1))
        return (first.next(), second.next())
      case .order:
        let key = DrawKey(seed: 1, trial: number, purpose: .defaults)
        return (key.word(at: 0), key.sequence().word(at: 0))
      }
    }
  }

  @Test(arguments: Neighbours.allCases)
  func `neighbours fill the square evenly`(neighbours: Neighbours) {
    var counts = [Int](repeating: 0, count: 32 * 32)
    for number in 0..<100_000 as Range<UInt64> {
      let (first, second) = neighbours.words(number)
      counts[Int(first >> 59) << 5 | Int(second >> 59)] += 1
    }
    #expect(Fit.chiSquare(counts) < Fit.chiSquareLimit(degrees: 1023))
  }

  @Test(arguments: Neighbours.allCases)
  func `neighbours differ in every bit half of the time`(neighbours: Neighbours) {
    let count = 20_000
    var differences = [Int](repeating: 0, count: 64)
    for number in 0..<UInt64(count) {
      let (first, second) = neighbours.words(number)
      for bit in 0..<64 { differences[bit] += Int((first ^ second) >> UInt64(bit) & 1) }
    }
    for difference in differences {
      let deviation = Double(2 * difference - count) / Double(count).squareRoot()
      // One bit of 64 goes beyond once in 16 000 seeds.
      #expect(abs(deviation) < Fit.normalLimit)
    }
  }

  /// The upper bits of a word decide a recovery's part, the lower ones its lag; the part of one loan
  /// and the lag of the next are as unrelated.
  @Test func `upper bits of a word and lower bits of the next fill the square evenly`() {
    var counts = [Int](repeating: 0, count: 32 * 32)
    for number in 0..<100_000 as Range<UInt64> {
      let sequence = DrawKey(seed: 1, trial: number / 100, purpose: .recovery).sequence()
      let (first, second) = (sequence.word(at: number % 100), sequence.word(at: number % 100 + 1))
      counts[Int(first >> 59) << 5 | Int(second >> 27 & 31)] += 1
    }
    #expect(Fit.chiSquare(counts) < Fit.chiSquareLimit(degrees: 1023))
  }

  /// Where an address enters a word.
  enum Part: CaseIterable {
    case seed, trial, index

    func word(_ base: UInt64, flipping bit: UInt64?) -> UInt64 {
      let flip: UInt64 = bit.map { 1 << $0 } ?? 0
      let (seed, trial, index) = (base &* 3, base &* 5, base &* 7)
      switch self {
      case .seed:
        return DrawKey(seed: seed ^ flip, trial: trial, purpose: .recovery).word(at: index)
      case .trial:
        return DrawKey(seed: seed, trial: trial ^ flip, purpose: .recovery).word(at: index)
      case .index:
        return DrawKey(seed: seed, trial: trial, purpose: .recovery).word(at: index ^ flip)
      }
    }
  }

  @Test(arguments: Part.allCases)
  func `every bit of an address turns half of the bits of the word`(part: Part) {
    let count = 500
    for bit in 0..<64 as Range<UInt64> {
      let turned = (0..<UInt64(count)).reduce(0) { sum, base in
        sum + (part.word(base, flipping: nil) ^ part.word(base, flipping: bit)).nonzeroBitCount
      }
      // 64 bits a pair, each turned with probability ½: standard deviation ½ √(64 n).
      let deviation = Double(turned - 32 * count) / (0.5 * Double(64 * count).squareRoot())
      #expect(abs(deviation) < Fit.normalLimit)
    }
  }

  @Test func `no key is another one shifted`() {
    let keys = (0..<200 as Range<UInt64>).map { number in
      DrawKey(seed: number / 20, trial: number % 20, purpose: .defaults)
    }
    let words = keys.flatMap { key in
      (0..<500).flatMap { [key.word(at: $0), key.sequence().word(at: $0)] }
    }
    // 200 000 words out of 2⁶⁴: a chance meeting has probability 1e-9.
    #expect(Set(words).count == words.count)
  }

  @Test func `the order of asking changes nothing`() {
    let key = DrawKey(seed: 3, trial: 9, purpose: .thinning)
    let upwards = (0..<100 as Range<UInt64>).map { key.word(at: $0) }
    let downwards = (0..<100 as Range<UInt64>).reversed().map { key.word(at: $0) }
    #expect(upwards == downwards.reversed())
  }
}
