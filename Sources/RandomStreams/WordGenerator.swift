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

/// A small generator, used to fill the state of the larger one.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014; code of S. Vigna, <https://prng.di.unimi.it/splitmix64.c>.
@frozen
public struct SplitMix64: RandomNumberGenerator, Sendable {
  @usableFromInline static var increment: UInt64 { 0x9E37_79B9_7F4A_7C15 }
  @usableFromInline var state: UInt64

  /// Creates a generator; every seed is good.
  @inlinable
  public init(seed: UInt64) {
    state = seed
  }

  /// The next word.
  @inlinable
  public mutating func next() -> UInt64 {
    state &+= Self.increment
    return mixed(state)
  }
}

/// Words in order: xoshiro256++, with a period of 2²⁵⁶ − 1.
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
  public init(state: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(
      state.0 | state.1 | state.2 | state.3 != 0, "a generator in state zero never leaves it")
    self.state = state
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
