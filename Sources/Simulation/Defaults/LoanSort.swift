/// Sorts a trial's places by the portfolio order of their loans.
///
/// Counting sort by the digits of the loans' positions, the last first. Nothing in it depends on a guess,
/// where comparing loan by loan guesses wrong at every other step: at 10,000 loans one microsecond a trial.
struct LoanSort {
  /// From how many places on it is worth its tables.
  static let leastCount = 64
  private static let mostDigitBits = 8

  private let digitBits: Int
  private let digitCount: Int
  /// A loan in the upper half of a key, its place in the lower one.
  private let keys: UnsafeMutableBufferPointer<UInt64>
  private let spare: UnsafeMutableBufferPointer<UInt64>
  /// How many keys have a digit, then where its next key goes, shape `[digit number × 2^digitBits + digit]`.
  private let offsets: UnsafeMutableBufferPointer<Int32>

  /// - Parameters:
  ///   - loanCount: How many loans there are.
  ///   - mostPlaces: How many places a trial may have.
  init(loanCount: Int, mostPlaces: Int, in memory: WorkingMemory) {
    let bits = max(1, Int.bitWidth - max(0, loanCount - 1).leadingZeroBitCount)
    digitCount = (bits + Self.mostDigitBits - 1) / Self.mostDigitBits
    digitBits = (bits + digitCount - 1) / digitCount
    keys = memory.room(count: mostPlaces)
    spare = memory.room(count: mostPlaces)
    offsets = memory.table(0, count: digitCount << digitBits)
  }

  /// Begins a trial.
  func begin() { offsets.update(repeating: 0) }

  /// Takes a place, which counts unless the next one is given the same number.
  @inline(__always)
  func take(_ number: Int, loan: Int32, place: Int) {
    keys[number] = UInt64(truncatingIfNeeded: loan) &<< 32 | UInt64(truncatingIfNeeded: place)
  }

  /// Sorts so many places; returns them.
  func sorted(_ count: Int) -> UnsafeMutableBufferPointer<UInt64> {
    let mask = 1 &<< digitBits &- 1
    var (from, to) = (keys, spare)
    for digit in 0..<digitCount {
      let offsets = offsets.baseAddress.unsafelyUnwrapped + digit &<< digitBits
      let shift = UInt64(truncatingIfNeeded: 32 &+ digit &* digitBits)
      for index in 0..<count {
        offsets[Int(truncatingIfNeeded: from[index] &>> shift) & mask] &+= 1
      }
      var sum: Int32 = 0
      for value in 0...mask {
        let number = offsets[value]
        offsets[value] = sum
        sum &+= number
      }
      for index in 0..<count {
        let key = from[index]
        let value = Int(truncatingIfNeeded: key &>> shift) & mask
        to[Int(offsets[value])] = key
        offsets[value] &+= 1
      }
      (from, to) = (to, from)
    }
    return from
  }

  /// The loan of a key.
  @inline(__always)
  static func loan(of key: UInt64) -> Int32 { Int32(truncatingIfNeeded: key &>> 32) }

  /// The place of a key.
  @inline(__always)
  static func place(of key: UInt64) -> Int { Int(truncatingIfNeeded: key & 0xFFFF_FFFF) }
}
