import LossStatistics

/// The values of a figure as a run goes on: the latest as they came, narrow; before them, where those of all figures took
/// more room than there is, a few sorted and packed pieces, each more than twice as long as the next, since a long list
/// takes fewer bits a number than as many short ones.
///
/// A number is sorted once. Packed ones are merged about as often as the pieces' count has binary digits.
struct PackedPieces: Hashable, Sendable {
  private var merged: [PackedColumn] = []
  private var recent: [NarrowValues] = []
  /// Whether the latest, one after the other, are in ascending order.
  private var isSorted = false

  /// Adds values, in any order.
  mutating func add(_ values: Span<Int64>) {
    recent.append(NarrowValues(values))
    isSorted = false
  }

  /// Sorts and packs what came last.
  mutating func pack() {
    guard !recent.isEmpty else { return }
    sortRecent()
    merged.append(PackedColumn(sorted: NarrowValues.values(of: recent)))
    (recent, isSorted) = ([], false)
    while merged.count > 1, merged[merged.count - 2].count <= 2 * merged[merged.count - 1].count {
      mergeLast()
    }
  }

  /// Makes one sorted piece of all.
  mutating func finish() {
    guard !merged.isEmpty else { return sortRecent() }
    pack()
    while merged.count > 1 { mergeLast() }
  }

  private mutating func sortRecent() {
    guard !isSorted else { return }
    let counts = recent.map(\.count)
    let sorted = NarrowValues(sorting: recent)
    recent = []
    recent = sorted.parts(of: counts)
    isSorted = true
  }

  private mutating func mergeLast() {
    let (last, before) = (merged.removeLast(), merged.removeLast())
    merged.append(PackedColumn(merging: before, last))
  }

  /// Keeps no copy of values that are known.
  mutating func share(_ known: inout Set<NarrowValues>) {
    guard let last = recent.last else { return }
    recent[recent.count - 1] = known.insert(last).memberAfterInsert
  }

  /// All values, sorted: at once where the pieces are finished.
  var sample: LossSample {
    var whole = self
    whole.finish()
    return LossSample(
      ascending: whole.merged.first?.numbers ?? NarrowValues.values(of: whole.recent))
  }
}
