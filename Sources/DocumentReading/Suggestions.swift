import FundCore

/// The report of a word that is not one of `names`, with the one that was most likely meant.
func unknownWord(_ word: String, among names: [String], code: String) -> ScalarProblem {
  if word.isEmpty {
    return ScalarProblem(
      "missing-value", "there is no value", help: "use one of: \(names.joined(separator: ", "))")
  }
  let list = "use one of: \(names.joined(separator: ", "))"
  let suggestion = closestMatch(to: word, among: names).map { "did you mean '\($0)'? " } ?? ""
  return ScalarProblem(
    code, "\(quoted(word)) is not one of the choices", help: suggestion + list)
}
