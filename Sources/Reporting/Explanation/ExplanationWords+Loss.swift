import ClaimRules
import CompensationKernel
import FundCore

// What came in before the claim, and what is lost on its day, in words.
extension ExplanationWords {
  var repayment: LocalizedText {
    .init(
      en: """
        on \(step.date.map { "\($0)" } ?? "–"), before the claim, \(result) came in: \(text(.left)) of \
        principal is unpaid
        """,
      zh: """
        \(step.date.map { "\($0)" } ?? "–")补偿申请前收回\(result)：未还本金\(text(.left))
        """)
  }

  var principalLost: LocalizedText {
    step[.paidBefore] == nil
      ? .init(en: "loss of principal: \(result)", zh: "本金损失：\(result)")
      : .init(
        en: """
          loss of principal: \(text(.unpaid)) less \(text(.paidBefore)) that came in before the claim = \
          \(result)
          """,
        zh: "本金损失：\(text(.unpaid))减去补偿申请前收回的\(text(.paidBefore)) = \(result)")
  }

  var interestLost: LocalizedText {
    let less: LocalizedText =
      step[.paidBefore] == nil
      ? .empty
      : .init(
        en: " less \(text(.paidBefore)) that came in before the claim",
        zh: "减去补偿申请前收回的\(text(.paidBefore))")
    guard step[.rate] != nil else {
      return .init(
        en: "interest lost, as stated\(less): \(result)", zh: "利息损失（按所填）\(less)：\(result)")
    }
    if step[.months] != nil {
      return .init(
        en: """
          interest \(text(.principal)) × \(text(.rate)) × \(text(.months)) / 12\(less) = \(result)
          """,
        zh: "利息\(text(.principal)) × \(text(.rate)) × \(text(.months)) / 12\(less) = \(result)")
    }
    let products = unpaidByDays
    let sum =
      products.count == 1
      ? products[0]
      : LocalizedText(same: "(") + products.joined(with: .init(same: " + "))
        + LocalizedText(same: ")")
    guard !products.isEmpty else {
      return .init(en: "interest: no day of it is unpaid, \(result)", zh: "利息：没有未付的日数，\(result)")
    }
    return .init(
      en: "interest \(sum) × \(text(.rate)) / 360\(less) = \(result)",
      zh: "利息\(sum) × \(text(.rate)) / 360\(less) = \(result)")
  }

  /// What was unpaid times how long, stretch by stretch.
  private var unpaidByDays: [LocalizedText] {
    let amounts = step.inputs.filter { $0.name == .unpaid }.map { joined($0.value) }
    let days = step.inputs.filter { $0.name == .days }.map { joined($0.value) }
    return zip(amounts, days).map { .init(en: "\($0) × \($1)", zh: "\($0) × \($1)") }
  }

  var noClaim: LocalizedText {
    step[.curedOn] == nil
      ? .init(
        en: "repaid in full before the claim: nothing is claimed", zh: "补偿申请前已全部收回：不发生补偿")
      : .init(
        en: "first overdue on \(text(.overdueOn)), cured on \(text(.curedOn)): nothing is claimed",
        zh: "\(text(.overdueOn))首次逾期，\(text(.curedOn))恢复正常：不发生补偿")
  }
}
