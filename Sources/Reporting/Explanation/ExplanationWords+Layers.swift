import ClaimRules
import FundCore

// What a claim owes to those before it, in words.
extension ExplanationWords {
  /// What a clause on many claims comes to.
  var ofMany: LocalizedText {
    switch step.kind {
    case .firstLoss: firstLoss
    case .stopLoss: stopLoss
    case .claimRate: claimRate
    default: limit
    }
  }

  private var firstLoss: LocalizedText {
    .init(
      en: """
        first loss of \(text(.limit)), of which \(text(.counted)) had been lost: the bank bears \
        \(result)
        """, zh: "先行承担\(text(.limit))，此前已损失\(text(.counted))：银行承担\(result)")
  }

  private var stopLoss: LocalizedText {
    .init(
      en: """
        losses beyond \(text(.limit)) are the fund's; \(text(.counted)) had been lost: \(result) lie \
        beyond
        """, zh: "损失超过\(text(.limit))的部分由基金承担，此前已损失\(text(.counted))：超出\(result)")
  }

  private var claimRate: LocalizedText {
    let from: LocalizedText =
      step[.above] == nil ? .empty : .init(en: " above \(text(.above))", zh: "\(text(.above))以上")
    let to: LocalizedText =
      step[.limit] == nil ? .empty : .init(en: " up to \(text(.limit))", zh: "至\(text(.limit))")
    return .init(
      en: """
        claim rate\(from)\(to), of \(text(.lending)) lent; \(text(.counted)) counted before: \(result) \
        of the loss
        """,
      zh: "代偿率\(from)\(to)，放款\(text(.lending))，此前计入\(text(.counted))：损失中的\(result)")
  }

  private var limit: LocalizedText {
    let head = LocalizedText(
      en: "limit of \(text(.limit)), of which \(text(.counted)) were owed before",
      zh: "限额\(text(.limit))，此前已应付\(text(.counted))")
    return step.verdict == .reached
      ? .init(
        en: "\(head): \(text(.amount)) is cut to \(result)",
        zh: "\(head)：\(text(.amount))减为\(result)")
      : .init(
        en: "\(head): not reached by \(text(.amount))", zh: "\(head)：\(text(.amount))未达到")
  }
}
