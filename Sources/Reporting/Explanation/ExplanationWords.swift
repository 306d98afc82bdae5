import ClaimRules
import CompensationKernel
import FundCore
import ReportForm

/// A step of an explanation in words, with its numbers.
struct ExplanationWords {
  let step: ExplanationStep
  /// Whether the fund is a pool, whose own part is that of its fiscal account.
  let isPool: Bool

  init(_ step: ExplanationStep, isPool: Bool) {
    self.step = step
    self.isPool = isPool
  }

  /// What the step came to, or when it happened.
  var mark: LocalizedText {
    if case .duty = step.kind {
      return step.verdict == .met
        ? .init(en: "in time", zh: "按时")
        : step.verdict == .notMet ? .init(en: "LATE", zh: "逾时") : .init(same: "–")
    }
    if step.stage == .recoveries, let date = step.date { return .init(same: date.description) }
    if step.kind == .uncovered { return .empty }
    return switch step.verdict {
    case .met: step.stage == .ipPart ? .empty : .init(en: "met", zh: "满足")
    case .notMet: step.stage == .ipPart ? .empty : .init(en: "NOT MET", zh: "不满足")
    case .metInPart: .init(en: "in part", zh: "部分满足")
    case .notReached:
      step.stage == .caps ? .init(en: "not cut", zh: "未触顶") : .init(en: "in full", zh: "足额")
    case .reached: step.stage == .caps ? .init(en: "CUT", zh: "封顶") : .init(en: "SHORT", zh: "不足")
    case .notStated, nil: .empty
    }
  }

  /// The step with its numbers.
  var text: LocalizedText {
    switch step.kind {
    case .condition(let condition): conditionText(condition)
    case .amendment(let id): amendment(id)
    case .model(let model):
      .init(en: "the operating model \(model.words) is allowed", zh: "允许\(model.words)")
    case .claimDate: claimDate
    case .lossInForce: lossInForce
    case .duty: duty
    case .ipPart: ipPart
    case .covered: covered
    case .repayment: repayment
    case .principalLost: principalLost
    case .interestLost: interestLost
    case .noClaim: noClaim
    case .lossBase: lossBase
    case .uncovered:
      .init(
        en: "no cover: the whole loss of \(result) stays with the bank",
        zh: "不予补偿：损失\(result)全部由银行承担")
    case .share(let party):
      .init(
        en: "share of the \(party.bearer)\(hangs) \(text(.share)) × \(text(.base)) = \(result)",
        zh: "\(party.bearer)份额\(hangs)\(text(.share)) × \(text(.base)) = \(result)")
    case .cap:
      step.verdict == .reached
        ? .init(
          en: "cap \(text(.cap)) a claim\(hangs): \(text(.amount)) is cut to \(result)",
          zh: "单笔上限\(text(.cap))\(hangs)：\(text(.amount))减为\(result)")
        : .init(
          en: "cap \(text(.cap)) a claim\(hangs): not reached by \(text(.amount))",
          zh: "单笔上限\(text(.cap))\(hangs)：\(text(.amount))未达到")
    case .ofCut(let party):
      .init(
        en: "of what the cap cut, the \(party.bearer) bears \(result)",
        zh: "上限削减的部分中，\(party.bearer)承担\(result)")
    case .firstLoss, .stopLoss, .claimRate, .limit: ofMany
    case .payment: payment
    case .refund: refund
    case .part(let party): part(of: party, .lossBase)
    case .outsideCover:
      .init(en: "bank, outside the covered part: \(result)", zh: "银行，补偿范围之外：\(result)")
    case .recovered, .divisible, .returned, .gets, .latePayment: recovery
    case .finalPart(let party): part(of: party, .total)
    }
  }

  private func part(of party: Party, _ whole: ExplanationStep.Input) -> LocalizedText {
    .init(
      en: "\(bearer(party)): \(result)\(percent(of: whole))",
      zh: "\(bearer(party))：\(result)\(percent(of: whole))")
  }

  private var ipPart: LocalizedText {
    word(.value) == "ipPart"
      ? .init(
        en: "only what is pledged on intellectual property counts: \(result)",
        zh: "只计知识产权质押部分：\(result)")
      : .init(en: "the whole loan counts: \(result)", zh: "计整笔贷款：\(result)")
  }

  private var covered: LocalizedText {
    switch step.verdict {
    case .notMet: .init(en: "nothing is covered", zh: "不予补偿")
    case .metInPart:
      .init(en: "covered principal within the limits: \(result)", zh: "限额之内纳入补偿的本金：\(result)")
    default: .init(en: "covered principal: \(result)", zh: "纳入补偿的本金：\(result)")
    }
  }

  // MARK: The claim

  private var claimDate: LocalizedText {
    var parts = [
      LocalizedText(en: "first overdue on \(text(.overdueOn))", zh: "\(text(.overdueOn))首次逾期")
    ]
    if step[.daysOverdue] != nil {
      parts.append(
        .init(en: "\(text(.daysOverdue)) overdue at least", zh: "至少逾期\(text(.daysOverdue))"))
    }
    if step[.recognisedOn] != nil {
      parts.append(
        .init(en: "recognised on \(text(.recognisedOn))", zh: "\(text(.recognisedOn))认定"))
    }
    if step[.appliedOn] != nil {
      parts.append(.init(en: "applied for on \(text(.appliedOn))", zh: "\(text(.appliedOn))申请"))
    }
    if let delay = step[.delay] {
      parts.append(
        delay == .months(0)
          ? .init(en: "settled at once", zh: "即时结算")
          : .init(en: "settled after \(text(.delay))", zh: "\(text(.delay))后结算"))
    }
    if step[.provincePaidOn] != nil {
      parts.append(
        .init(
          en: "the province paid on \(text(.provincePaidOn))",
          zh: "\(text(.provincePaidOn))省级资金到账"))
    }
    if step[.realisedOn] != nil {
      parts.append(
        .init(
          en: "the last recovery came in on \(text(.realisedOn))",
          zh: "\(text(.realisedOn))末笔追偿到账"))
    }
    let list = parts.joined(with: .init(en: ", ", zh: "，"))
    return .init(en: "settled on \(result): \(list)", zh: "\(result)结算：\(list)")
  }

  private var lossInForce: LocalizedText {
    let until: LocalizedText =
      step[.inForceUntil].map { .init(en: "until \(joined($0))", zh: "至\(joined($0))止") }
      ?? .init(en: "without end", zh: "无截止日期")
    return switch word(.value) {
    case CoverPeriodRule.startsInForce.rawValue:
      .init(
        en: "a loan made in force stays covered, whenever it is overdue",
        zh: "有效期内发放的贷款，无论何时逾期均予补偿")
    case CoverPeriodRule.claimInForce.rawValue:
      .init(
        en: "first overdue on \(text(.overdueOn)); day 60 overdue must be in force, \(until)",
        zh: "\(text(.overdueOn))首次逾期；逾期第60日须在有效期内，\(until)")
    default:
      .init(
        en: "first overdue on \(text(.overdueOn)); losses count \(until)",
        zh: "\(text(.overdueOn))首次逾期；损失计入期间\(until)")
    }
  }

  private var duty: LocalizedText {
    let rule = text(.text)
    guard step.verdict != .notStated else {
      return .init(en: "\(rule): no dates given, counts as kept", zh: "\(rule)：未填日期，视为按时")
    }
    let done = LocalizedText(
      en: "\(rule): from \(text(.timeFrom)), done on \(text(.doneOn))",
      zh: "\(rule)：自\(text(.timeFrom))起算，\(text(.doneOn))完成")
    guard step.verdict == .notMet else { return done }
    let effect: LocalizedText =
      step.stage == .recoveries || word(.value) != "forfeit"
      ? .init(en: "flagged only", zh: "仅作提示") : .init(en: "the claim is forfeited", zh: "丧失补偿")
    return .init(
      en: "\(done), due on \(text(.dueOn)): \(effect)",
      zh: "\(done)，应于\(text(.dueOn))完成：\(effect)")
  }

  // MARK: The loss

  private var lossBase: LocalizedText {
    step[.covered] == step[.principal]
      ? .init(en: "loss base: the whole loss, \(result)", zh: "损失基数：全部损失，\(result)")
      : .init(
        en: "loss base \(text(.total)) × \(text(.covered)) / \(text(.principal)) = \(result)",
        zh: "损失基数\(text(.total)) × \(text(.covered)) / \(text(.principal)) = \(result)")
  }

  private var payment: LocalizedText {
    step.verdict == .reached
      ? .init(
        en: """
          holds only \(text(.balance)) of the \(text(.owed)) owed: pays \(result), and \
          \(difference(.owed)) goes unpaid
          """,
        zh: """
          应付\(text(.owed))，余额只有\(text(.balance))：支付\(result)，\
          未付\(difference(.owed))
          """)
      : .init(
        en: "holds \(text(.balance)), owes \(text(.owed)): pays \(result)",
        zh: "余额\(text(.balance))，应付\(text(.owed))：支付\(result)")
  }

  private var refund: LocalizedText {
    guard step[.share] != nil else {
      return .init(
        en: "the fiscal account refunds \(result) to the social account",
        zh: "财政资金账户向社会资本账户补偿\(result)")
    }
    let owed = LocalizedText(
      en: """
        the fiscal account owes the social one \(text(.share)) × \(text(.paid)) = \
        \(text(.refundOwed))
        """,
      zh: "财政资金账户应补偿社会资本账户\(text(.share)) × \(text(.paid)) = \(text(.refundOwed))")
    if step[.delay] != nil {
      return .init(en: "\(owed), after \(text(.delay))", zh: "\(owed)，\(text(.delay))后支付")
    }
    return step.verdict == .reached
      ? .init(
        en: "\(owed), holds \(text(.balance)) and refunds only \(result)",
        zh: "\(owed)，余额\(text(.balance))，只补偿\(result)")
      : .init(
        en: "\(owed) and refunds it out of \(text(.balance))",
        zh: "\(owed)，从余额\(text(.balance))中支付")
  }

  /// The party that bears a part.
  private func bearer(_ party: Party) -> LocalizedText {
    isPool && party.role == .fund
      ? .init(en: "fund (fiscal account)", zh: "基金（财政资金账户）") : party.bearer
  }

  // MARK: Numbers

  /// What came out.
  var result: LocalizedText { step.result.map { joined($0) } ?? .init(same: "–") }

  /// A number that went in.
  func text(_ name: ExplanationStep.Input) -> LocalizedText {
    // These are the two languages of one text.
    if name == .text || name == .fact, case .words(let both) = step[name], both.count == 2 {
      return LocalizedText(english: both[0], chinese: both[1])
    }
    return step[name].map { joined($0) } ?? .init(same: "–")
  }

  /// The first word of an input.
  func word(_ name: ExplanationStep.Input) -> String {
    guard case .words(let words) = step[name] else { return "" }
    return words.first ?? ""
  }

  /// An amount that went in.
  func money(_ name: ExplanationStep.Input) -> Money {
    guard case .money(let amount) = step[name] else { return .zero }
    return amount
  }

  /// The amount that came out.
  var amount: Money {
    guard case .money(let amount) = step.result else { return .zero }
    return amount
  }

  /// What of an input did not come out.
  private func difference(_ name: ExplanationStep.Input) -> String {
    (money(name) - amount).toTheFen
  }

  /// The result in per cent of an input.
  private func percent(of name: ExplanationStep.Input) -> LocalizedText {
    let whole = money(name)
    guard whole > .zero else { return .empty }
    let share = NumberFormat.trimmed(amount.yuan / whole.yuan * 100, decimals: 2)
    return .init(en: " (\(share)%)", zh: "（\(share)%）")
  }
}
