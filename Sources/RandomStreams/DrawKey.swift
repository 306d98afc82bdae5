/// The address of all words that belong to one seed, trial and purpose.
///
/// A word is a pure function of its address. It does not matter which thread asks, what other
/// trials drew, or in which order the words are taken.
///
/// The key is 128 bits wide and enters at two depths: word *i* is mix(mix(k₀ + iγ) ⊕ k₁). A counter
/// through one mix would make all keys windows on a single sequence; the second key word makes
/// them different sequences.
@frozen
public struct DrawKey: Sendable, Hashable {
  @usableFromInline let counterOrigin: UInt64
  @usableFromInline let whitening: UInt64

  /// Creates the key of one seed, trial and purpose.
  ///
  /// - Complexity: Six mixes, about 10 ns. Make it once a trial, not once a draw.
  @inlinable
  public init(seed: UInt64, trial: UInt64, purpose: DrawPurpose) {
    let purposeTerm = (UInt64(purpose.rawValue) &+ 1) &* 0xD6E8_FEB8_6659_FD93
    let first = mixed(mixed(seed &+ 0x9E37_79B9_7F4A_7C15) &+ trial)
    let second = mixed(mixed(seed ^ 0x6A09_E667_F3BC_C908) ^ trial)
    counterOrigin = mixed(first &+ purposeTerm)
    whitening = mixed(second ^ purposeTerm)
  }

  /// The word at a running number, in any order and as often as wanted.
  @inlinable
  public func word(at index: UInt64) -> UInt64 {
    mixed(mixed(counterOrigin &+ index &* SplitMix64.increment) ^ whitening)
  }

  /// The sequence of words of this key, for draws that take a varying number of words.
  ///
  /// Unrelated to the words that `word(at:)` gives for numbers below 2⁶³, which seed it: with a start
  /// and a step of its own, from seed, trial and purpose.
  @inlinable
  public func sequence() -> SplitMix64 {
    SplitMix64(seed: word(at: 1 &<< 63), stepFrom: word(at: 1 &<< 63 | 1))
  }

  /// One of many sequences of this key, such as one for each period.
  ///
  /// The sequences of a key are unrelated to each other, and to its `word(at:)`.
  @inlinable
  public func generator(at index: UInt64) -> WordGenerator {
    // The complement keeps this clear of the words that `word(at:)` gives for small numbers.
    var seeds = SplitMix64(seed: word(at: ~index))
    // The key enters a second time, so that two keys whose words meet still differ. The first two
    // parts differ from each other, hence are not both zero, as xoshiro demands.
    return WordGenerator(
      state: seeds.next(), seeds.next(), seeds.next() ^ counterOrigin, seeds.next() ^ whitening)
  }
}
