/// The loans whose claims have lost their cover in a trial that is settled by totals.
struct LostCover {
  private let list: UnsafeMutableBufferPointer<Int32>
  private var count = 0
  /// Whether a loan is in the list, by loan.
  private let isLost: UnsafeMutableBufferPointer<Bool>

  /// - Parameter loanCount: How many loans can lose it at all.
  init(loanCount: Int, in memory: WorkingMemory) {
    list = memory.table(0, count: loanCount)
    isLost = memory.table(false, count: loanCount)
  }

  var isEmpty: Bool { count == 0 }

  /// Marks a loan whose claim owes nothing in this trial.
  mutating func note(_ loan: Int32) {
    isLost[Int(loan)] = true
    list[count] = loan
    count &+= 1
  }

  /// Whether a loan's claim owes nothing in this trial.
  @inline(__always)
  func contains(_ loan: Int32) -> Bool { count > 0 && isLost[Int(loan)] }

  /// Forgets the trial before.
  mutating func forget() {
    for place in 0..<count { isLost[Int(list[place])] = false }
    count = 0
  }
}
