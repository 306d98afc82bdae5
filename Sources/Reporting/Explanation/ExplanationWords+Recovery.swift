import ClaimRules
import CompensationKernel
import FundCore
import ReportForm

// Steps of recoveries in words.
extension ExplanationWords {
  var recovery: LocalizedText {
    switch step.kind {
    case .recovered: recovered
    case .divisible:
      step[.costs] == nil
        ? divided(
          .init(
            en: "of \(text(.received)) is divided: \(result)",
            zh: "\(text(.received))中分配\(result)"))
        : divided(
          .init(
            en: "of \(text(.received)) less costs of \(text(.costs)) is divided: \(result)",
            zh: "\(text(.received))扣除成本\(text(.costs))后分配\(result)"))
    case .returned(let party): returned(party)
    case .gets(let party):
      money(.costs) > .zero
        ? .init(
          en: "the \(party.bearer) gets \(result), after costs of \(text(.costs))",
          zh: "\(party.bearer)得\(result)（已扣成本\(text(.costs))）")
        : .init(en: "the \(party.bearer) gets \(result)", zh: "\(party.bearer)得\(result)")
    case .latePayment:
      .init(en: "the fund pays \(result) of what has waited", zh: "基金补付此前未付的\(result)")
    default: .empty
    }
  }

  private var recovered: LocalizedText {
    var words = LocalizedText(
      en: "recovered on the covered part of the loss: \(result)", zh: "损失中补偿范围之内的追偿所得：\(result)")
    if money(.costs) > .zero {
      words =
        words + LocalizedText(en: ", which cost \(text(.costs))", zh: "，成本\(text(.costs))")
    }
    if money(.onRest) != .zero {
      words =
        words
        + LocalizedText(
          en: "; on the rest, the bank's own: \(text(.onRest))", zh: "；其余部分归银行：\(text(.onRest))")
    }
    return words
  }

  /// Adds where a part of a recovery was not divided.
  private func divided(_ words: LocalizedText) -> LocalizedText {
    let beyond = money(.received) - money(.costs) - amount
    guard beyond > .zero else { return words }
    return words
      + LocalizedText(
        en: "; \(beyond.toTheFen) exceeds the loss that is divided, and is the bank's",
        zh: "；\(beyond.toTheFen)超出分担的损失，归银行")
  }

  private func returned(_ party: Party) -> LocalizedText {
    let goes: LocalizedText =
      party.role == .fund
      ? .init(en: "comes back to the fund", zh: "返还基金")
      : .init(en: "goes to the \(party.bearer)", zh: "归\(party.bearer)")
    let product: LocalizedText
    if step[.bornePart] != nil {
      product = .init(
        en: "\(text(.base)) × \(text(.bornePart)) / \(text(.lossBase))",
        zh: "\(text(.base)) × \(text(.bornePart)) / \(text(.lossBase))")
    } else {
      let share = step[.rate] == nil ? text(.share) : text(.rate)
      product = .init(en: "\(share) × \(text(.base))", zh: "\(share) × \(text(.base))")
    }
    let isAtLimit = step[.limit] != nil && amount == max(.zero, money(.limit) - money(.backBefore))
    guard isAtLimit else {
      return .init(en: "\(goes): \(product) = \(result)", zh: "\(goes)：\(product) = \(result)")
    }
    let before: LocalizedText =
      money(.backBefore) > .zero
      ? .init(en: " less \(text(.backBefore)) that came before", zh: "减去此前的\(text(.backBefore))")
      : .empty
    return .init(
      en: "\(goes): \(product), at most the \(text(.limit)) paid\(before) = \(result)",
      zh: "\(goes)：\(product)，以已付\(text(.limit))\(before)为限 = \(result)")
  }
}
