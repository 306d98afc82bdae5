/// Names out of a long list that somebody who wrote another may have meant, the nearest first.
///
/// A name counts as near by the words that it shares (`budget` and `2026` of `2026.budgets`), then by its edit
/// distance. What shares no word and differs in more than half of its letters is none.
///
/// - Parameters:
///   - word: What was written.
///   - candidates: All names.
///   - count: How many are wanted at most.
/// - Complexity: Linear in the number of candidates, for each the product of the two lengths.
public func nearestNames(to word: String, among candidates: [String], count: Int = 6) -> [String] {
  let short = String(word.prefix(64))
  let wanted = words(of: short)
  let ranked = candidates.map { name -> (name: String, shared: Int, distance: Int) in
    let own = words(of: name)
    let shared = wanted.reduce(0) { $0 + likeness(of: $1, among: own) }
    return (name, shared, editDistance(short, name))
  }
  let near = ranked.filter {
    $0.shared > 0 || 2 * $0.distance <= max(short.count, $0.name.count)
  }
  // Of equal ones the order of the list decides.
  return near.enumerated().sorted { one, other in
    let (one, other) = ((one.offset, one.element), (other.offset, other.element))
    if one.1.shared != other.1.shared { return one.1.shared > other.1.shared }
    return (one.1.distance, one.0) < (other.1.distance, other.0)
  }.prefix(count).map(\.element.name)
}

/// How well a word is met by the best of others, in halves: 2 if it is among them, 1 if one begins with it or is a
/// letter or two away, 0 otherwise.
private func likeness(of word: String, among others: [String]) -> Int {
  if others.contains(word) { return 2 }
  guard word.count >= 4 else { return 0 }
  let isNear = others.contains {
    $0.hasPrefix(word) || ($0.count >= 4 && word.hasPrefix($0))
      || editDistance(word, $0) <= max(1, word.count / 4)
  }
  return isNear ? 1 : 0
}

/// The words of a name, in small letters: what points and colons part, and where a capital or a digit begins.
private func words(of name: String) -> [String] {
  var words: [String] = []
  var word = ""
  var last: Character?
  for character in name {
    let isBreak =
      character.isUppercase || (character.isNumber && !(last?.isNumber ?? false))
      || (last?.isNumber ?? false && !character.isNumber)
    if !(character.isLetter || character.isNumber) || isBreak {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    if character.isLetter || character.isNumber { word += character.lowercased() }
    last = character
  }
  return word.isEmpty ? words : words + [word]
}
