/// SplitMix64: the examples of a law are the same in every run.
public struct SeededWords: RandomNumberGenerator {
  private var state: UInt64

  /// Seeds lie far apart, because neighbouring states share their words.
  public init(seed: UInt64) { state = (seed &+ 1) &* 0xD6E8_FEB8_6659_FD93 }

  /// The next word.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mix = state
    mix = (mix ^ (mix >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mix = (mix ^ (mix >> 27)) &* 0x94D0_49BB_1331_11EB
    return mix ^ (mix >> 31)
  }
}
