import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// The claim against its programme.
extension ClaimReading {
  func check(
    _ loan: ClaimLoan, _ before: Before, against agreement: FundAgreement, at place: SourceLocation
  ) {
    let terms = agreement.terms
    checkFacts(loan, terms.coverage)
    if agreement.model == nil, loan.model == nil {
      problems.report(
        "missing-key",
        .init(
          en: "the fund takes the operating model from the loan, which gives none",
          zh: "基金按贷款确定运作模式，而贷款没有写明"),
        help: .init(
          en: "add `model: bank` to the loan, or name the model in the fund",
          zh: "在贷款中加上 `model: bank`，或在基金中写明模式"), at: place)
    }
    let model = agreement.model(of: loan.model ?? .bank)
    let version = loan.start.map { terms.version(ofLoanMadeOn: $0.value) } ?? 0
    let countsInterest = agreement.countsInterest(model, version: version)
    if countsInterest, agreement.penaltyRate == nil, loan.rate == nil,
      loan.interest == nil
    {
      problems.report(
        "missing-rate",
        .init(
          en: "'\(agreement.programme.id)' compensates interest, and the loan has none",
          zh: "“\(agreement.programme.id)”补偿利息，而贷款没有利率"),
        help: .init(
          en: """
            give the loan a `rate` (--rate) or its lost `interest` (--loss-interest), or the \
            fund a `penaltyRate` (--penalty-rate)
            """,
          zh: """
            给出贷款的 `rate`（--rate）或损失的 `interest`（--loss-interest），或基金的 \
            `penaltyRate`（--penalty-rate）
            """
        ), at: place)
    }
    checkUseless(before, agreement)
    checkCustomer(before, terms.thresholds.compactMap(\.value.customers).first, at: place)
    loan.checkRecovered(
      problems, rate: countsInterest ? agreement.penaltyRate ?? loan.rate : nil)
    checkOrder(loan, before)
    checkSpan(loan, before, agreement, at: place)
  }

  /// What was before the loan must have been before it.
  private func checkOrder(_ loan: ClaimLoan, _ before: Before) {
    guard let start = loan.start?.value else { return }
    // A suspension, or another loan's default, that comes later leaves the loan covered, and that is told.
    if let date = before.customerSince, date.value >= start {
      problems.report(
        "dates-out-of-order",
        .init(
          en: "\(date.value) is not before the loan, which starts on \(start)",
          zh: "\(date.value)不早于贷款发放日\(start)"),
        help: .init(en: "give a day before the loan", zh: "应为贷款发放之前的日期"), at: date.location)
    }
    if let cured = before.earlierCured, let first = before.earlierDefault, cured.value < first.value
    {
      problems.report(
        "dates-out-of-order",
        .init(
          en: "\(cured.value) lies before \(first.value)", zh: "\(cured.value)早于\(first.value)"),
        help: .init(
          en: "give the day on which that loan was repaid in full or cured",
          zh: "填写该笔贷款全部收回或恢复正常的日期"),
        at: cured.location)
    }
  }

  /// What was before the claim must matter to the programme.
  private func checkUseless(_ before: Before, _ agreement: FundAgreement) {
    let terms = agreement.terms
    let id = agreement.programme.id
    func refuseUseless(_ location: SourceLocation?, _ what: LocalizedText) {
      guard let location else { return }
      problems.report(
        "key-without-use", .init(en: "'\(id)' \(what)", zh: "“\(id)”\(what)"),
        help: .init(en: "leave it out: it changes nothing", zh: "删去它：写了也不起作用"), at: location
      )
    }
    let versions = [terms.coverage] + terms.amendments.map(\.terms.coverage)
    if versions.allSatisfy({ $0.perEnterpriseYear == nil }) {
      refuseUseless(
        before.earlierThisYear?.location,
        .init(en: "has no limit a year for an enterprise", zh: "没有企业年度限额"))
    }
    if terms.aggregates.isEmpty {
      for item in [before.lent, before.losses, before.owed] {
        refuseUseless(
          item?.location, .init(en: "has no clause on many claims", zh: "没有跨笔条款"))
      }
    }
    if !versions.contains(where: { $0.earlierDefaultRemovesCover?.value ?? false }) {
      refuseUseless(
        before.earlierDefault?.location,
        .init(en: "does not ask for earlier defaults", zh: "不考虑以往违约"))
    }
    let isForGood = versions.allSatisfy { $0.earlierDefaultLasts == .forGood }
    if isForGood || before.earlierDefault == nil {
      refuseUseless(
        before.earlierCured?.location,
        isForGood
          ? .init(en: "does not ask when an earlier default ended", zh: "不考虑以往违约何时结束")
          : .init(
            en: "needs `earlierDefault` (--earlier-default) beside it",
            zh: "须同时给出 `earlierDefault`（--earlier-default）"))
    }
    if !terms.thresholds.contains(where: { $0.value.effect != .warning }) {
      refuseUseless(
        before.suspendedOn?.location, .init(en: "has no suspension or pause", zh: "没有中止或暂停的规定"))
    }
  }

  /// An earlier loan matters where a suspension spares old customers; under one reading of I-18,
  /// only while it runs.
  private func checkCustomer(_ before: Before, _ rule: CustomerRule?, at place: SourceLocation) {
    for useless in [before.customerSince, before.customerUntil].compactMap(\.self) {
      let reason: LocalizedText
      if rule == nil {
        reason = .init(
          en: "the programme makes no difference between old and new customers",
          zh: "该办法不区分存量客户和新增客户")
      } else if before.suspendedOn == nil {
        reason = .init(
          en: "without `suspendedOn` (--suspended-on), it does not matter who was a customer",
          zh: "没有 `suspendedOn`（--suspended-on），是否存量客户无关紧要")
      } else if useless == before.customerUntil, before.customerSince == nil {
        reason = .init(
          en: "there is no `customerSince` (--customer-since)",
          zh: "缺少 `customerSince`（--customer-since）")
      } else {
        continue
      }
      problems.report(
        "key-without-use", reason,
        help: .init(en: "leave it out: it changes nothing", zh: "删去它：写了也不起作用"),
        at: useless.location)
    }
    guard let rule, let since = before.customerSince else { return }
    if let until = before.customerUntil, until.value < since.value {
      problems.report(
        "dates-out-of-order",
        .init(
          en: "\(until.value) lies before \(since.value)", zh: "\(until.value)早于\(since.value)"),
        help: .init(en: "give the day on which that loan matures", zh: "填写该笔贷款的到期日"),
        at: until.location)
    } else if rule.earlierLoan == .running, before.customerUntil == nil {
      problems.report(
        "missing-key",
        .init(
          en: "only a loan that runs at the notice makes a customer (I-18)",
          zh: "通知时贷款尚未到期的，才是存量客户（I-18）"),
        help: .init(
          en: "add `customerUntil` (--customer-until): the day on which the earlier loan matures",
          zh: "加上 `customerUntil`（--customer-until）：以往贷款的到期日"),
        at: since.location)
    }
  }

  /// A fact that the programme does not ask for cannot be the one that is not met.
  private func checkFacts(_ loan: ClaimLoan, _ clauses: CoverageClauses) {
    let known = clauses.facts.map(\.id)
    for fact in loan.missingFacts where !known.contains(fact.value) {
      problems.report(
        "unknown-fact",
        .init(
          en: "the programme asks for no fact \(quoted(fact.value))",
          zh: "该办法不要求条件\(quoted(fact.value))"),
        help: didYouMean(fact.value, among: known)
          + LocalizedText(
            en: "its facts: \(known.joined(separator: ", "))",
            zh: "该办法的条件：\(known.joined(separator: "、"))"), at: fact.location)
    }
  }

  /// What lies too far apart, or grows beyond every amount, is no claim.
  private func checkSpan(
    _ loan: ClaimLoan, _ before: Before, _ agreement: FundAgreement, at place: SourceLocation
  ) {
    guard let item = loan.registerLoan, let loss = item.loss else { return }
    let first = min(item.disbursedOn, before.suspendedOn?.value ?? item.disbursedOn)
    let months = max(
      0, lastDay(of: loss, agreement, opening: first.month).month.months(since: first.month))
    guard months <= longestHorizon else {
      problems.report(
        "dates-too-far-apart",
        .init(
          en: "the story takes \(months) months, more than \(longestHorizon)",
          zh: "前后跨\(months)个月，超过\(longestHorizon)个月"),
        help: .init(en: "check the years of the dates", zh: "核对各日期的年份"), at: place)
      return
    }
    var money = agreement.initial.yuan
    for amount in agreement.injections { money += amount.yuan }
    for _ in 0..<months { money *= 1 + agreement.interestRate.value / 12 }
    if before.balance == nil, money > 1e15 {
      problems.report(
        "amount-too-large",
        .init(
          en: "with its interest, the fund would come to more than can be counted",
          zh: "计息之后，基金金额将超出可计算的范围"),
        help: .init(en: "check the initial amount and the interest rate", zh: "核对初始资金和利率"),
        at: place)
    }
  }
}
