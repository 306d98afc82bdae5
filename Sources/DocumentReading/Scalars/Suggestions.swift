public import FundCore

/// The report of a word that is not one of `names`, with the one that was most likely meant.
///
/// - Parameters:
///   - word: What was written.
///   - names: The words of the files.
///   - others: For each of them, other words that are understood; the first is listed, too.
///   - code: The kind of problem.
func unknownWord(
  _ word: String, among names: [String], others: [[String]] = [], code: String
) -> ScalarProblem {
  let spoken = names.indices.map { others.indices.contains($0) ? others[$0].first : nil }
  let list = oneOf(zip(names, spoken).map { name, other in other.map { "\(name) \($0)" } ?? name })
  if word.isEmpty {
    return ScalarProblem("missing-value", .init(en: "there is no value", zh: "没有值"), help: list)
  }
  return ScalarProblem(
    code,
    .init(en: "\(quoted(word)) is not one of the choices", zh: "\(quoted(word))不在可选范围内"),
    help: didYouMean(word, among: names + others.joined()) + list)
}

/// The choices, as advice.
public func oneOf(_ names: [String]) -> LocalizedText {
  .init(
    en: "use one of: \(names.joined(separator: ", "))", zh: "可选：\(names.joined(separator: "、"))")
}

/// The name that a misspelt word most likely meant, as the first words of an advice; no words if
/// none is close.
public func didYouMean(_ word: String, among names: [String]) -> LocalizedText {
  guard let match = closestMatch(to: word, among: names) else { return .empty }
  return .init(en: "did you mean '\(match)'? ", zh: "是否想写“\(match)”？")
}
