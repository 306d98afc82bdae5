import ClaimRules
import CompensationKernel
import FundCore

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
  var mark: String {
    if case .duty = step.kind {
      return step.verdict == .met ? "in time" : step.verdict == .notMet ? "LATE" : "–"
    }
    if step.stage == .recoveries, let date = step.date { return date.description }
    if step.kind == .uncovered { return "" }
    return switch step.verdict {
    case .met: step.stage == .ipPart ? "" : "met"
    case .notMet: step.stage == .ipPart ? "" : "NOT MET"
    case .metInPart: "in part"
    case .notReached: step.stage == .caps ? "not cut" : "in full"
    case .reached: step.stage == .caps ? "CUT" : "SHORT"
    case .notStated, nil: ""
    }
  }

  /// The step with its numbers.
  var text: String {
    switch step.kind {
    case .condition(let condition): conditionText(condition)
    case .model: "the operating model \(word(.value)) is allowed"
    case .claimDate: claimDate
    case .lossInForce: lossInForce
    case .duty: duty
    case .ipPart:
      word(.value) == "ipPart"
        ? "only what is pledged on intellectual property counts: \(result)"
        : "the whole loan counts: \(result)"
    case .covered:
      step.verdict == .notMet
        ? "nothing is covered"
        : "covered principal\(step.verdict == .metInPart ? " within the limits" : ""): \(result)"
    case .principalLost: "loss of principal: \(result)"
    case .interestLost:
      step[.rate] == nil
        ? "interest lost, as stated: \(result)"
        : "interest \(text(.principal)) × \(text(.rate)) × \(text(.months)) / 12 = \(result)"
    case .lossBase: lossBase
    case .uncovered: "no cover: the whole loss of \(result) stays with the bank"
    case .share(let party):
      "share of the \(party.words) \(text(.share)) × \(text(.base)) = \(result)"
    case .cap:
      step.verdict == .reached
        ? "cap \(text(.cap)) a claim: \(text(.amount)) is cut to \(result)"
        : "cap \(text(.cap)) a claim: not reached by \(text(.amount))"
    case .payment: payment
    case .refund: refund
    case .part(let party): "\(bearer(party)): \(result)\(percent(of: .lossBase))"
    case .outsideCover: "bank, outside the covered part: \(result)"
    case .recovered, .divisible, .returned, .gets, .latePayment: recovery
    case .finalPart(let party): "\(bearer(party)): \(result)\(percent(of: .total))"
    }
  }

  // MARK: Coverage

  private func conditionText(_ condition: CoverageRefusal.Condition) -> String {
    let isMet = step.verdict == .met
    return switch condition {
    case .datesInForce: datesInForce
    case .collateral:
      "collateral \(word(.value)), \(isMet ? "one of" : "which is none of") \(text(.allowed))"
    case .size:
      "borrower \(word(.value)), \(isMet ? "one of" : "which is none of") \(text(.allowed))"
    case .term: "term \(text(.term)), at most \(text(.longestTerm))"
    case .fact(let id): step[.fact].map { joined($0, by: " ") } ?? id
    case .ipPart:
      "pledged on intellectual property: \(text(.ipPrincipal)) of \(text(.principal))"
    case .singleLoanLimit:
      "single loan, \(measure): \(text(.amount)), at most \(text(.limit))"
    case .enterpriseYearLimit:
      "enterprise in the calendar year, \(measure): \(text(.earlierThisYear)) before and now "
        + "\(text(.amount)), at most \(text(.limit))"
    case .earlierDefault:
      isMet
        ? "no earlier default of the enterprise"
        : "the enterprise defaulted before, on \(text(.firstDefault))"
    case .suspension: standing("suspended", isMet)
    case .pause: standing("paused", isMet)
    }
  }

  private var measure: String { word(.value) == "ipPart" ? "IP part" : "whole loan" }

  private var datesInForce: String {
    let from = step[.inForceFrom].map { " from \(joined($0))" } ?? ""
    let until = step[.inForceUntil].map { " to \(joined($0))" } ?? ""
    let dates = from + until
    return "made on \(text(.startedOn)); "
      + (dates.isEmpty ? "the programme has no dates" : "in force" + dates)
  }

  private func standing(_ word: String, _ isMet: Bool) -> String {
    guard step[.noticedOn] != nil else {
      return isMet ? "the bank's cover is not \(word)" : "the bank's cover is \(word)"
    }
    let notice = "the bank's cover was \(word) on \(text(.noticedOn))"
    if step[.customerSince] != nil {
      return notice + ", and the enterprise, a customer since \(text(.customerSince)), "
        + (isMet ? "keeps its cover" : "does not count as one from before")
    }
    if isMet { return notice + ", which does not concern this loan" }
    return word == "paused"
      ? notice + ": no new loan is covered" : notice + ", and the enterprise is a new customer"
  }

  // MARK: The claim

  private var claimDate: String {
    var parts = ["first overdue on \(text(.overdueOn))"]
    if step[.daysOverdue] != nil { parts.append("\(text(.daysOverdue)) overdue at least") }
    if step[.recognisedOn] != nil { parts.append("recognised on \(text(.recognisedOn))") }
    if step[.appliedOn] != nil { parts.append("applied for on \(text(.appliedOn))") }
    if let delay = step[.delay] {
      parts.append(delay == .months(0) ? "settled at once" : "settled after \(text(.delay))")
    }
    return "settled on \(result): " + parts.joined(separator: ", ")
  }

  private var lossInForce: String {
    let until = step[.inForceUntil].map { "until \(joined($0))" } ?? "without end"
    return switch word(.value) {
    case CoverPeriodRule.startsInForce.rawValue:
      "a loan made in force stays covered, whenever it is overdue"
    case CoverPeriodRule.claimInForce.rawValue:
      "first overdue on \(text(.overdueOn)); day 60 overdue must be in force, \(until)"
    default: "first overdue on \(text(.overdueOn)); losses count \(until)"
    }
  }

  private var duty: String {
    let rule = step[.text].map { joined($0, by: " ") } ?? ""
    guard step.verdict != .notStated else { return "\(rule): no dates given, counts as kept" }
    let done = "\(rule): from \(text(.timeFrom)), done on \(text(.doneOn))"
    guard step.verdict == .notMet else { return done }
    let effect =
      step.stage == .recoveries || word(.value) != "forfeit"
      ? "flagged only" : "the claim is forfeited"
    return "\(done), due on \(text(.dueOn)): \(effect)"
  }

  // MARK: The loss

  private var lossBase: String {
    step[.covered] == step[.principal]
      ? "loss base: the whole loss, \(result)"
      : "loss base \(text(.total)) × \(text(.covered)) / \(text(.principal)) = \(result)"
  }

  private var payment: String {
    step.verdict == .reached
      ? "holds only \(text(.balance)) of the \(text(.owed)) owed: pays \(result), and "
        + "\(difference(.owed)) goes unpaid"
      : "holds \(text(.balance)), owes \(text(.owed)): pays \(result)"
  }

  private var refund: String {
    guard step[.share] != nil else {
      return "the fiscal account refunds \(result) to the social account"
    }
    let owed =
      "the fiscal account owes the social one \(text(.share)) × \(text(.paid)) = "
      + text(.refundOwed)
    if step[.delay] != nil { return owed + ", after \(text(.delay))" }
    return step.verdict == .reached
      ? "\(owed), holds \(text(.balance)) and refunds only \(result)"
      : "\(owed) and refunds it out of \(text(.balance))"
  }

  /// The party that bears a part.
  private func bearer(_ party: Party) -> String {
    isPool && party == .fund ? "fund (fiscal account)" : party.words
  }

  // MARK: Numbers

  /// What came out.
  var result: String { step.result.map { joined($0) } ?? "–" }

  /// A number that went in.
  func text(_ name: ExplanationStep.Input) -> String { step[name].map { joined($0) } ?? "–" }

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
    (money(name) - amount).exact
  }

  /// The result in per cent of an input.
  private func percent(of name: ExplanationStep.Input) -> String {
    let whole = money(name)
    guard whole > .zero else { return "" }
    return " (\(NumberFormat.trimmed(amount.yuan / whole.yuan * 100, decimals: 2))%)"
  }

  private func joined(_ quantity: ExplanationStep.Quantity, by separator: String = ", ") -> String {
    switch quantity {
    case .money(let money): money.exact
    case .ratio(let ratio): ratio.description
    case .months(let count): count == 1 ? "1 month" : "\(count) months"
    case .days(let count): "\(count) days"
    case .date(let date): date.description
    case .words(let words): words.joined(separator: separator)
    }
  }
}

extension Party {
  /// What people call the party.
  var words: String {
    switch self {
    case .province: "province"
    case .fund: "fund"
    case .partner: "partner (social account)"
    case .guarantor: "guarantor"
    case .insurer: "insurer"
    case .bank: "bank"
    }
  }
}

extension Money {
  /// The exact amount in yuan with two decimals and commas between thousands.
  var exact: String {
    let digits = String(fen.magnitude / 100)
    var whole = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    let cents = fen.magnitude % 100
    return (fen < 0 ? "-" : "") + whole + (cents < 10 ? ".0" : ".") + "\(cents)"
  }
}
