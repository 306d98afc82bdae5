/// What belongs to one loan, and is settled within its month in the order of the portfolio.
protocol LoanOrdered: BitwiseCopyable {
  /// The place of the loan in the portfolio.
  var loan: Int32 { get }
}

extension UnsafeMutableBufferPointer where Element: LoanOrdered {
  /// Sorts a part by portfolio order. Most months hold few, which one by one is quickest for.
  @inline(__always)
  func sortByLoan(_ range: Range<Int>) {
    guard range.count > 1 else { return }
    guard range.count <= 32 else {
      self[range].sort { $0.loan < $1.loan }
      return
    }
    var next = range.lowerBound &+ 1
    while next < range.upperBound {
      let item = self[next]
      var place = next
      while place > range.lowerBound, self[place &- 1].loan > item.loan {
        self[place] = self[place &- 1]
        place &-= 1
      }
      self[place] = item
      next &+= 1
    }
  }
}
