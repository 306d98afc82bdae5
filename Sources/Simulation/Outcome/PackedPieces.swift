import LossStatistics

/// The values of a figure as a run goes on, sorted and packed: a few pieces, each more than twice as long as
/// the next, since a long list takes fewer bits a number than as many short ones. Before the pieces, the last
/// few that were added.
///
/// A number is merged about as often as the pieces' count has binary digits.
struct PackedPieces: Sendable {
  /// So many that were added are sorted into one.
  private static let sortedCount = 8
  private var merged: [PackedColumn] = []
  private var recent: [PackedColumn] = []

  /// Adds values, in any order.
  mutating func add(_ values: [Int64]) {
    guard recent.count == Self.sortedCount - 1 else {
      recent.append(PackedColumn(sorted: LossSample.ascending(values)))
      return
    }
    var all = values
    for piece in recent { all += piece.numbers }
    recent = []
    merged.append(PackedColumn(sorted: LossSample.ascending(all)))
    while merged.count > 1, merged[merged.count - 2].count <= 2 * merged[merged.count - 1].count {
      mergeLast()
    }
  }

  /// Makes one piece of all.
  mutating func finish() {
    merged += recent
    recent = []
    while merged.count > 1 { mergeLast() }
  }

  private mutating func mergeLast() {
    let (last, before) = (merged.removeLast(), merged.removeLast())
    merged.append(PackedColumn(merging: before, last))
  }

  /// Keeps no copy of a piece that is known.
  mutating func share(_ known: inout [PackedColumn: PackedColumn]) {
    func shared(_ piece: PackedColumn) -> PackedColumn {
      if let same = known[piece] { return same }
      known[piece] = piece
      return piece
    }
    merged = merged.map(shared)
    recent = recent.map(shared)
  }

  /// All values, sorted.
  var sample: LossSample {
    var whole = self
    whole.finish()
    return LossSample(ascending: whole.merged.first?.numbers ?? [])
  }
}
