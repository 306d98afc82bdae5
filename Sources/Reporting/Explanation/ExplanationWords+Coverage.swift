import ClaimRules
import CompensationKernel
import FundCore

// Conditions of coverage in words.
extension ExplanationWords {
  func conditionText(_ condition: CoverageRefusal.Condition) -> LocalizedText {
    let isMet = step.verdict == .met
    let among: LocalizedText =
      isMet
      ? .init(en: "one of \(text(.allowed))", zh: "属于\(text(.allowed))")
      : .init(en: "which is none of \(text(.allowed))", zh: "不属于\(text(.allowed))")
    return switch condition {
    case .datesInForce: datesInForce
    case .collateral:
      .init(en: "collateral \(text(.value)), \(among)", zh: "质押物为\(text(.value))，\(among)")
    case .size: .init(en: "borrower \(text(.value)), \(among)", zh: "借款企业为\(text(.value))，\(among)")
    case .term:
      .init(
        en: "term \(text(.term)), at most \(text(.longestTerm))",
        zh: "期限\(text(.term))，最长\(text(.longestTerm))")
    case .fact(let id): step[.fact] == nil ? .init(same: id) : text(.fact)
    case .ipPart:
      .init(
        en: "pledged on intellectual property: \(text(.ipPrincipal)) of \(text(.principal))",
        zh: "知识产权质押部分：\(text(.principal))中的\(text(.ipPrincipal))")
    case .singleLoanLimit:
      .init(
        en: "single loan, \(measure): \(text(.amount)), at most \(text(.limit))",
        zh: "单笔贷款（\(measure)）：\(text(.amount))，最高\(text(.limit))")
    case .enterpriseYearLimit:
      .init(
        en: """
          enterprise in the calendar year, \(measure): \(text(.earlierThisYear)) before and now \
          \(text(.amount)), at most \(text(.limit))
          """,
        zh: """
          企业当年累计（\(measure)）：此前\(text(.earlierThisYear))，本笔\(text(.amount))，\
          最高\(text(.limit))
          """)
    case .earlierDefault: earlierDefault(isMet)
    case .coverLimit:
      isMet
        ? .init(
          en: "covered lending, this loan with it, within \(text(.value)) times the fund's balance",
          zh: "纳入补偿的余额（含本笔）未超过基金余额的\(text(.value))倍")
        : .init(
          en: """
            covered lending, this loan with it, would pass \(text(.value)) times the fund's balance
            """,
          zh: "纳入补偿的余额（含本笔）将超过基金余额的\(text(.value))倍")
    case .suspension: standing(.init(en: "suspended", zh: "中止"), isPause: false, isMet)
    case .pause: standing(.init(en: "paused", zh: "暂停"), isPause: true, isMet)
    }
  }

  /// Another loan's default, which concerns this one only if it came before, and, where that is all that
  /// matters, still lasted (I-42).
  private func earlierDefault(_ isMet: Bool) -> LocalizedText {
    let first = text(.firstDefault)
    let end: LocalizedText =
      step[.endedOn] == nil
      ? .empty
      : .init(en: ", until \(text(.endedOn))", zh: "，至\(text(.endedOn))止")
    guard isMet else {
      return step[.firstDefault] == nil
        ? .init(en: "the enterprise defaulted before", zh: "企业曾有违约")
        : .init(
          en: "the enterprise defaulted before, on \(first)\(end)", zh: "企业曾于\(first)违约\(end)")
    }
    guard step[.firstDefault] != nil else {
      return .init(en: "no earlier default of the enterprise", zh: "企业此前没有违约")
    }
    return isBeforeLoan(.firstDefault)
      ? .init(
        en:
          "the enterprise was in default from \(first)\(end), and no longer when this loan was made",
        zh: "企业曾于\(first)违约\(end)，本笔贷款发放时已不在违约状态")
      : .init(
        en:
          "another loan was first overdue on \(first), not before this one was made: still covered",
        zh: "另一笔贷款于\(first)首次逾期，不早于本笔发放：仍予补偿")
  }

  /// Whether a day comes before that on which the loan was made.
  private func isBeforeLoan(_ name: ExplanationStep.Input) -> Bool {
    guard case .date(let date) = step[name], case .date(let start) = step[.startedOn] else {
      return true
    }
    return date < start
  }

  private var measure: LocalizedText {
    word(.value) == "ipPart" ? .init(en: "IP part", zh: "质押部分") : .init(en: "whole loan", zh: "整笔")
  }

  private var datesInForce: LocalizedText {
    let from: LocalizedText =
      step[.inForceFrom].map { .init(en: " from \(joined($0))", zh: "自\(joined($0))起") } ?? .empty
    let until: LocalizedText =
      step[.inForceUntil].map { .init(en: " to \(joined($0))", zh: "至\(joined($0))止") } ?? .empty
    let dates = from + until
    return dates.isEmpty
      ? .init(
        en: "made on \(text(.startedOn)); the programme has no dates",
        zh: "\(text(.startedOn))发放；该办法没有规定有效期")
      : .init(
        en: "made on \(text(.startedOn)); in force\(dates)",
        zh: "\(text(.startedOn))发放；有效期\(dates)")
  }

  private func standing(
    _ word: LocalizedText, isPause: Bool, _ isMet: Bool
  ) -> LocalizedText {
    guard step[.noticedOn] != nil else {
      return isMet
        ? .init(en: "the bank's cover is not \(word)", zh: "该银行未被\(word)")
        : .init(en: "the bank's cover is \(word)", zh: "该银行已被\(word)")
    }
    let notice = LocalizedText(
      en: "the bank's cover was \(word) on \(text(.noticedOn))",
      zh: "该银行于\(text(.noticedOn))被\(word)")
    if isMet, !isBeforeLoan(.noticedOn) {
      return notice
        + LocalizedText(
          en: ", not before this loan was made: still covered", zh: "，不早于本笔贷款发放：仍予补偿")
    }
    let since = text(.customerSince)
    let rest: LocalizedText =
      switch (step[.customerSince] != nil, isMet, isPause) {
      case (true, true, _):
        .init(
          en: ", and the enterprise, a customer since \(since), keeps its cover",
          zh: "；企业自\(since)起为其客户，仍予补偿")
      case (true, false, _):
        .init(
          en: ", and the enterprise, a customer since \(since), does not count as one from before",
          zh: "；企业自\(since)起为其客户，但不算存量客户")
      case (false, true, _):
        .init(
          en: """
            , and that had ended when this loan was made (one loan does not tell the bank's ratio, which is \
            taken to be below the level)
            """,
          zh: "；本笔贷款发放时已经解除（单笔贷款不能判断该银行的比率，视为低于标准）")
      case (false, false, true): .init(en: ": no new loan is covered", zh: "：新贷款不予补偿")
      case (false, false, false):
        .init(en: ", and the enterprise is a new customer", zh: "，而该企业为新增客户")
      }
    return notice + rest
  }
}
