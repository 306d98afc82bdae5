/// A bijection of the 64-bit words under which every output bit depends on every input bit.
///
/// Source: D. Stafford, "Better bit mixing", variant 13, 2011; as used in SplitMix64.
@inlinable
func mixed(_ word: UInt64) -> UInt64 {
  var mix = word
  mix = (mix ^ (mix &>> 30)) &* 0xBF58_476D_1CE4_E5B9
  mix = (mix ^ (mix &>> 27)) &* 0x94D0_49BB_1331_11EB
  return mix ^ (mix &>> 31)
}

/// Words in order from a counter: each is one mix of a state that grows by a fixed step.
///
/// One register of state and a dozen instructions a word: what the walk through a trial draws from,
/// and, by the number of the word, its recoveries. Between two words nothing has to wait but an
/// addition; xoshiro's four words spilled to the stack, and took twice the instructions.
///
/// A step of its own for each sequence keeps two of them from being windows on one: with a common
/// step all sequences lie on one cycle of 2⁶⁴ words.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014, as in Java's `SplittableRandom`; with the fixed step of
/// S. Vigna, <https://prng.di.unimi.it/splitmix64.c>.
@frozen
public struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }
  @usableFromInline var state: UInt64
  @usableFromInline let step: UInt64

  /// Creates the generator with the common step; every seed is good.
  @inlinable
  public init(seed: UInt64) {
    state = seed
    step = Self.increment
  }

  /// Creates a generator with a step made from a word.
  ///
  /// The step is odd, so that the state takes all values. Of the authors' rule too: fewer than 24
  /// changes between neighbouring bits would leave successive states too alike, and half of the
  /// bits are turned then.
  @inlinable
  public init(seed: UInt64, stepFrom word: UInt64) {
    state = seed
    let odd = word | 1
    let changes = (odd ^ odd &>> 1).nonzeroBitCount
    step = changes < 24 ? odd ^ 0xAAAA_AAAA_AAAA_AAAA : odd
  }

  /// The next word.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= step
    return mixed(state)
  }

  /// The word that `next()` gives after so many others.
  @inlinable
  public func word(at index: UInt64) -> UInt64 {
    mixed(state &+ (index &+ 1) &* step)
  }
}

/// Words in order: xoshiro256++, with a period of 2²⁵⁶ − 1. Generated portfolios draw from it.
///
/// Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS
/// 47(4), 2021, article 36; <https://prng.di.unimi.it/xoshiro256plusplus.c>.
@frozen
public struct WordGenerator: RandomNumberGenerator, Sendable {
  @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

  /// Creates a generator from its whole state.
  ///
  /// - Precondition: Not all four parts are zero.
  @inlinable
  public init(state first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
    precondition(
      first | second | third | fourth != 0, "a generator in state zero never leaves it")
    state = (first, second, third, fourth)
  }

  /// The next word.
  @inlinable
  public mutating func next() -> UInt64 {
    let sum = state.0 &+ state.3
    let word = (sum &<< 23 | sum &>> 41) &+ state.0
    let shifted = state.1 &<< 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 &<< 45 | state.3 &>> 19
    return word
  }
}
