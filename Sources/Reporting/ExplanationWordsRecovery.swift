import ClaimRules
import CompensationKernel
import FundCore

// Steps of recoveries in words.
extension ExplanationWords {
  var recovery: String {
    switch step.kind {
    case .recovered: recovered
    case .divisible:
      step[.costs] == nil
        ? divided("of \(text(.received)) is divided: \(result)")
        : divided("of \(text(.received)) less costs of \(text(.costs)) is divided: \(result)")
    case .returned(let party): returned(party)
    case .gets(let party):
      money(.costs) > .zero
        ? "the \(party.words) gets \(result), after costs of \(text(.costs))"
        : "the \(party.words) gets \(result)"
    case .latePayment: "the fund pays \(result) of what has waited"
    default: ""
    }
  }

  private var recovered: String {
    var words = "recovered on the covered part of the loss: \(result)"
    if money(.costs) > .zero { words += ", which cost \(text(.costs))" }
    if money(.onRest) != .zero {
      words += "; on the rest, the bank's own: \(text(.onRest))"
    }
    return words
  }

  /// Adds where a part of a recovery was not divided.
  private func divided(_ words: String) -> String {
    let beyond = money(.received) - money(.costs) - amount
    return beyond > .zero
      ? words + "; \(beyond.exact) exceeds the loss that is divided, and is the bank's" : words
  }

  private func returned(_ party: Party) -> String {
    let goes =
      party == .fund ? "comes back to the fund" : "goes to the \(party.words)"
    let product: String
    if step[.bornePart] != nil {
      product = "\(text(.base)) × \(text(.bornePart)) / \(text(.lossBase))"
    } else {
      product = "\(step[.rate] == nil ? text(.share) : text(.rate)) × \(text(.base))"
    }
    let isAtLimit = step[.limit] != nil && amount == max(.zero, money(.limit) - money(.backBefore))
    guard isAtLimit else { return "\(goes): \(product) = \(result)" }
    let before = money(.backBefore) > .zero ? " less \(text(.backBefore)) that came before" : ""
    return "\(goes): \(product), at most the \(text(.limit)) paid\(before) = \(result)"
  }
}
