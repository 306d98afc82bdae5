/// The candidate that a misspelt word most likely meant.
///
/// - Returns: The candidate with the smallest edit distance, if that is at most a third of the
///   word's length (and at least 1); `nil` otherwise.
public func closestMatch(to word: String, among candidates: [String]) -> String? {
  guard word.count <= 64 else { return nil }
  let limit = max(1, word.count / 3)
  let ranked = candidates.map { (name: $0, distance: editDistance(word, $0)) }
  guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= limit ? best.name : nil
}

/// The number of insertions, deletions, substitutions and exchanges of neighbours between two words, case
/// ignored ("optimal string alignment": nothing is edited twice).
func editDistance(_ left: String, _ right: String) -> Int {
  let source = Array(left.lowercased())
  let target = Array(right.lowercased())
  guard !source.isEmpty, !target.isEmpty else { return max(source.count, target.count) }
  var (beforePrevious, previous) = ([Int](), Array(0...target.count))
  for (row, character) in source.enumerated() {
    var current = [row + 1]
    for (column, other) in target.enumerated() {
      let substitution = previous[column] + (character == other ? 0 : 1)
      var least = min(substitution, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, source[row - 1] == other, character == target[column - 1] {
        least = min(least, beforePrevious[column - 1] + 1)
      }
      current.append(least)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[target.count]
}
