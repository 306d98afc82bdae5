import DocumentReading
import FundCore
import ScenarioInput

extension ScenarioDocument {
  /// What contributors whose amounts the file names give of another initial amount: each as much of it as before.
  func contributorAmounts(of value: String, at path: String) -> [(path: String, amount: String)]? {
    let parent = path.dropLast(".initial".count) + ".contributors"
    guard let entries = tree.node(at: String(parent))?.entries, !entries.isEmpty,
      case .success(let whole) = Scalar.money(value)
    else { return nil }
    var amounts: [Money] = []
    for entry in entries {
      guard let text = entry.value.text, case .success(let amount) = Scalar.money(text) else {
        return nil
      }
      amounts.append(amount)
    }
    let sum = amounts.reduce(.zero, +)
    guard sum > .zero, !entries.contains(where: { $0.key.value.contains(".") }) else { return nil }
    var rest = whole
    return zip(entries, amounts).enumerated().map { place, pair in
      let share = Double(pair.1.fen) / Double(sum.fen)
      // The last one gives the rest.
      let part =
        place == entries.count - 1
        ? rest : Money(fen: Int64((Double(whole.fen) * share / 100).rounded()) * 100)
      rest = Money(fen: rest.fen - part.fen)
      return ("\(parent).\(pair.0.key.value)", "\(part.fen / 100)元")
    }
  }
}
