/// Tells whether the bytes of a segment are those that were written, at the speed of memory: a
/// checkpoint holds every figure of every trial.
///
/// Words of eight bytes, lowest first, go to four lanes in turn; zeros fill up the last round. A
/// lane takes a word by ⊕, is turned left by 29 bits and multiplied by an odd number. Each of these
/// is one-to-one, so a change within one word is always seen, and any other but once in 2⁶⁴.
struct WordChecksum {
  /// The bytes of one round.
  static let round = 32

  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var count: UInt64 = 0

  /// Takes whole rounds.
  mutating func add(rounds bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count % Self.round == 0, "whole rounds only")
    var (first, second, third, fourth) = lanes
    var place = 0
    while place < bytes.count {
      func word(_ index: Int) -> UInt64 {
        UInt64(
          littleEndian: bytes.loadUnaligned(fromByteOffset: place &+ 8 &* index, as: UInt64.self))
      }
      first = Self.mixed(first, word(0))
      second = Self.mixed(second, word(1))
      third = Self.mixed(third, word(2))
      fourth = Self.mixed(fourth, word(3))
      place &+= Self.round
    }
    lanes = (first, second, third, fourth)
    count += UInt64(bytes.count)
  }

  /// Takes the last bytes and gives the checksum of all.
  func finished(with rest: UnsafeRawBufferPointer) -> UInt64 {
    var whole = self
    var last = [UInt8](rest)
    while last.count % Self.round != 0 { last.append(0) }
    last.withUnsafeBytes { whole.add(rounds: $0) }
    let size = count + UInt64(rest.count)
    return [whole.lanes.1, whole.lanes.2, whole.lanes.3, size].reduce(whole.lanes.0, Self.mixed)
  }

  /// The checksum of some bytes.
  static func of(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { bytes in
      let whole = bytes.count / round * round
      var checksum = WordChecksum()
      checksum.add(rounds: UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
      return checksum.finished(with: UnsafeRawBufferPointer(rebasing: bytes[whole...]))
    }
  }

  private static func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let sum = lane ^ word
    return (sum &<< 29 | sum &>> 35) &* 0x9E37_79B9_7F4A_7C15
  }
}
