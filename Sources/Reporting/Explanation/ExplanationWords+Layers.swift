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
        first loss: the bank bears the first \(text(.limit)), of which \(text(.counted)) had been lost \
        before; of this loss \(result)
        """, zh: "先行承担：银行先承担\(text(.limit))，此前已损失\(text(.counted))；本笔由银行先承担\(result)")
  }

  private var stopLoss: LocalizedText {
    .init(
      en: """
        stop-loss: beyond losses of \(text(.limit)) the fund bears all; \(text(.counted)) had been lost \
        before; of this loss \(result) lie beyond
        """, zh: "止损：损失累计超过\(text(.limit))的部分全部由基金承担，此前已损失\(text(.counted))；本笔超出\(result)")
  }

  private var claimRate: LocalizedText {
    let from: LocalizedText =
      step[.above] == nil ? .empty : .init(en: " above \(text(.above))", zh: "\(text(.above))以上")
    let to: LocalizedText =
      step[.limit] == nil ? .empty : .init(en: " up to \(text(.limit))", zh: "至\(text(.limit))")
    return .init(
      en: """
        the part of the loss at a claim rate\(from)\(to): \(result), with \(text(.lending)) lent and \
        \(text(.counted)) claimed before
        """,
      zh: "损失中代偿率\(from)\(to)的部分：\(result)（已放款\(text(.lending))，此前已计代偿\(text(.counted))）")
  }

  private var limit: LocalizedText {
    let head = LocalizedText(
      en:
        "limit of \(text(.limit)) over many claims, of which \(text(.counted)) had been used before",
      zh: "跨笔限额\(text(.limit))，此前已用\(text(.counted))")
    return step.verdict == .reached
      ? .init(
        en: "\(head): \(text(.amount)) is cut to \(result)",
        zh: "\(head)：\(text(.amount))减为\(result)")
      : .init(
        en: "\(head): not reached by \(text(.amount))", zh: "\(head)：\(text(.amount))未达到")
  }
}
