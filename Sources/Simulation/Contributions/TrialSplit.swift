/// One trial, divided among the groups of all groupings. In fen.
struct TrialSplit {
  var compensation: Int64 = 0
  var neededCapital: Int64 = 0
  /// −1 where nothing owed went unpaid.
  var exhaustionMonth = -1
  /// What was paid, shape `[groups]`.
  var paid: ArraySlice<Int64>
  /// What was owed up to the end of the month of exhaustion, same shape.
  var owed: ArraySlice<Int64>
  /// What was owed, less what came back, up to the month that sets the needed capital, same shape.
  var outflow: ArraySlice<Int64>

  init(width: Int) {
    let nothing = [Int64](repeating: 0, count: width)[...]
    (paid, owed, outflow) = (nothing, nothing, nothing)
  }

  /// Forgets the trial before.
  mutating func reset() {
    for place in paid.indices {
      paid[place] = 0
      owed[place] = 0
      outflow[place] = 0
    }
  }
}
