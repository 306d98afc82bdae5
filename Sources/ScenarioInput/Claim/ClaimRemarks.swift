import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

/// What an explanation of one claim takes as given, of each clause that looks beyond it.
struct ClaimRemarks {
  let loan: RegisterLoan
  let agreement: FundAgreement
  let before: ClaimReading.Before

  /// All of it.
  var all: [LocalizedText] { facts + ofMany + cover + enterprise + thresholds }

  private var facts: [LocalizedText] {
    guard loan.missingFacts.isEmpty, !agreement.terms.coverage.facts.isEmpty else { return [] }
    return [
      .init(
        en: "every fact that coverage asks for counts as met, as the input says",
        zh: "按输入，补偿范围要求的条件均视为满足")
    ]
  }

  private var claimedOn: CivilDate {
    loan.loss.map { claimDate(of: $0, under: agreement) } ?? loan.disbursedOn
  }

  // MARK: Clauses on many claims

  private var ofMany: [LocalizedText] {
    let clauses = agreement.terms.aggregates
    guard !clauses.isEmpty else { return [] }
    var found = clauses.limits.map { remark($0, .init(en: "limit", zh: "限额"), counted: owed) }
    found += clauses.firstLosses.map {
      remark($0, .init(en: "first loss", zh: "先行承担"), counted: losses)
    }
    found += clauses.stopLosses.map {
      remark($0, .init(en: "stop-loss", zh: "止损"), counted: losses)
    }
    if let rate = clauses.claimRate {
      let terms = rate.value
      found.append(
        words(
          .init(en: "the claim rate (\(rate.citation))", zh: "代偿率（\(rate.citation)）"),
          terms.scope, terms.period,
          [terms.numerator == .losses ? losses : owed, lent(terms.denominator, terms.period)]))
    }
    return found + [
      .init(
        en: "other claims are not looked at: `fundsim replay` follows a whole register",
        zh: "不计其他各笔；完整登记簿请用 `fundsim replay`")
    ]
  }

  private func remark(
    _ clause: Cited<AggregateTerms>, _ kind: LocalizedText, counted: LocalizedText
  ) -> LocalizedText {
    let terms = clause.value
    var parts = [counted]
    switch terms.level {
    case .amount: break
    case .part(_, let measure): parts.append(lent(measure, terms.period))
    case .partOfFund(_, let measure): parts.append(money(measure))
    }
    return words(
      .init(
        en: "\(kind) '\(terms.id)' (\(clause.citation))",
        zh: "\(kind)“\(terms.id)”（\(clause.citation)）"),
      terms.scope, terms.period, parts)
  }

  private func words(
    _ clause: LocalizedText, _ scope: AggregateScope, _ period: AggregatePeriod,
    _ parts: [LocalizedText]
  ) -> LocalizedText {
    let who: LocalizedText =
      scope == .bank ? .init(en: "this bank", zh: "本银行") : .init(en: "all banks", zh: "各银行")
    let time: LocalizedText =
      switch period {
      case .calendarYear: .init(en: "in \(claimedOn.month.year)", zh: "\(claimedOn.month.year)年内")
      case .programmeYear:
        .init(
          en: "in year \(agreement.programmeYear(on: claimedOn)) of the programme",
          zh: "办法第\(agreement.programmeYear(on: claimedOn))年内")
      case .programme: .init(en: "since the programme began", zh: "办法实施以来")
      }
    let list = parts.joined(with: .init(en: "; ", zh: "；"))
    return .init(
      en: "\(clause) counts what comes to \(who) \(time): \(list)",
      zh: "\(clause)计\(who)\(time)的合计：\(list)")
  }

  /// What the fund had owed before.
  private var owed: LocalizedText {
    given(before.owed?.value, .init(en: "owed before this claim", zh: "本笔之前应付"), "--owed-before")
  }

  /// The losses that were claimed before.
  private var losses: LocalizedText {
    given(
      before.losses?.value, .init(en: "losses claimed before", zh: "此前已申请的损失"),
      "--losses-before")
  }

  /// The lending besides the loan, and whether the loan itself is among it.
  private func lent(_ measure: LendingMeasure, _ period: AggregatePeriod) -> LocalizedText {
    let besides = given(
      before.lent?.value, .init(en: "lent under cover besides this loan", zh: "本笔之外纳入补偿的放款"),
      "--lent-before")
    guard measure == .madeInPeriod, isOutside(period) else { return besides }
    return .init(
      en: "\(besides); this loan, made on \(loan.disbursedOn), is not among it",
      zh: "\(besides)；本笔于\(loan.disbursedOn)发放，不在其内")
  }

  /// Whether the loan was made before the time began in which its claim counts.
  private func isOutside(_ period: AggregatePeriod) -> Bool {
    switch period {
    case .calendarYear: loan.disbursedOn.month.year != claimedOn.month.year
    case .programmeYear:
      agreement.programmeYear(on: loan.disbursedOn) != agreement.programmeYear(on: claimedOn)
    case .programme: false
    }
  }

  /// The fund's money that an amount is a part of.
  private func money(_ measure: FundMoney.Measure) -> LocalizedText {
    guard let balance = before.balance?.value, measure != .balance else {
      return measure == .balance
        ? .init(en: "a part of the balance at the claim", zh: "以补偿时余额计")
        : .init(
          en: "a part of the fund's money as interest, fees and new money alone have moved it",
          zh: "基金资金只计利息、管理费和追加资金的变动")
    }
    return measure == .yearOpening
      ? .init(
        en: "the balance at the year's start is taken to be that at the claim, \(balance)",
        zh: "年初余额视同补偿时余额\(balance)")
      : .init(
        en: "all money put in is taken to be the balance at the claim, \(balance)",
        zh: "累计投入资金视同补偿时余额\(balance)")
  }

  private func given(
    _ amount: Money?, _ what: LocalizedText, _ option: String
  ) -> LocalizedText {
    amount.map { .init(en: "\(what) \($0), as given", zh: "\(what)\($0)（输入所给）") }
      ?? .init(en: "\(what) nothing, as \(option) is not given", zh: "\(what)为零（未给 \(option)）")
  }

  // MARK: Other clauses

  /// What a limit on covered lending is asked with.
  private var cover: [LocalizedText] {
    guard let limit = agreement.coverage(ofLoanMadeOn: loan.disbursedOn).coverLimit else {
      return []
    }
    let besides = given(
      before.lent?.value, .init(en: "outstanding besides this loan", zh: "本笔之外纳入补偿的余额"),
      "--lent-before")
    return [
      .init(
        en: "the limit of covered lending (\(limit.citation)): \(besides)",
        zh: "纳入补偿余额的限额（\(limit.citation)）：\(besides)")
    ]
  }

  /// What was owed on the enterprise's loans in the year, where that is limited (I-51).
  private var enterprise: [LocalizedText] {
    guard let limit = agreement.compensationLimit else { return [] }
    let year = claimedOn.month.year
    return [
      .init(
        en: """
          the limit of an enterprise's compensation in a calendar year (\(limit.citation)): nothing is taken to have been \
          owed on its other loans in \(year)
          """,
        zh: "企业年度补偿限额（\(limit.citation)）：视同\(year)年内该企业其他贷款没有应付补偿")
    ]
  }

  private var thresholds: [LocalizedText] {
    guard !agreement.terms.thresholds.isEmpty else { return [] }
    return [
      .init(
        en:
          "a bank's ratios are not judged by one loan: `fundsim replay` follows a whole register",
        zh: "单笔贷款不能判断银行的比率；完整登记簿请用 `fundsim replay`")
    ]
  }
}
