public import CompensationKernel
public import FundCore

/// A loan about which coverage is asked.
public struct CoverageCase: Sendable {
  /// The position of the enterprise.
  public var enterprise: Int
  /// When the loan starts.
  public var startsOn: CivilDate
  /// The loan, without what its enterprise has had before.
  public var loan: LoanToCover
  /// The facts that do not hold.
  public var missingFacts: Set<String>

  /// Creates a case.
  public init(
    enterprise: Int, startsOn: CivilDate, loan: LoanToCover, missingFacts: Set<String> = []
  ) {
    self.enterprise = enterprise
    self.startsOn = startsOn
    self.loan = loan
    self.missingFacts = missingFacts
  }

  /// The case of a loan of a register.
  public init(_ loan: RegisterLoan) {
    self.init(
      enterprise: loan.enterprise, startsOn: loan.disbursedOn,
      loan: LoanToCover(
        size: loan.size, collateral: loan.collateral, principal: loan.schedule.principal,
        ipPrincipal: loan.ipPrincipal, termMonths: loan.schedule.termMonths),
      missingFacts: loan.missingFacts)
  }
}

/// Decides which loans a fund covers, one after the other in the order of their starts, and
/// remembers what each enterprise has had in a calendar year.
///
/// What happens to a bank or an enterprise (suspension, pause, an earlier default) is told it loan by
/// loan: who gets no cover uses no headroom (I-40).
public struct CoverageBook: Sendable {
  struct EnterpriseYear: Hashable {
    let enterprise: Int
    let year: Int

    init(enterprise: Int, year: Int) {
      self.enterprise = enterprise
      self.year = year
    }

    init(_ item: CoverageCase) {
      self.init(enterprise: item.enterprise, year: item.startsOn.month.year)
    }
  }

  /// What one loan counts towards its enterprise's limit, where twelve months count and not calendar
  /// years (I-50).
  struct Counted {
    let on: CivilDate
    let amount: Money
  }

  private let agreement: FundAgreement
  var admitted: [EnterpriseYear: Money] = [:]
  var lastMonths: [Int: [Counted]] = [:]
  /// Loans of `EarlierHistory.loans` that are not decided on yet.
  var earlier: ArraySlice<CoverageCase>

  /// Opens the book of a fund.
  ///
  /// - Parameters:
  ///   - agreement: The fund.
  ///   - history: What enterprises have had before the first loan that the book decides on.
  public init(_ agreement: FundAgreement, history: EarlierHistory = EarlierHistory()) {
    self.agreement = agreement
    earlier = history.loans[...]
    for item in history.admitted {
      admitted[EnterpriseYear(enterprise: item.enterprise, year: item.year), default: .zero] +=
        item.amount
    }
  }

  /// What the enterprise of a loan has had of its limit in the loan's calendar year so far; nothing
  /// where there is no such limit.
  public mutating func admittedBefore(_ item: CoverageCase) -> Money {
    while let before = earlier.first, before.startsOn <= item.startsOn {
      earlier.removeFirst()
      _ = decision(on: before, besides: [])
    }
    return counted(before: item)
  }

  private func counted(before item: CoverageCase) -> Money {
    guard let limit = agreement.coverage(ofLoanMadeOn: item.startsOn).perEnterpriseYear else {
      return .zero
    }
    let inYear = admitted[EnterpriseYear(item)] ?? .zero
    guard limit.period == .twelveMonths else { return inYear }
    let first = item.startsOn.advanced(byMonths: -12)
    let counted = (lastMonths[item.enterprise] ?? []).filter { $0.on > first }
    return counted.reduce(inYear) { $0 + $1.amount }
  }

  /// Notes what a loan counts towards its enterprise's limit.
  private mutating func count(_ item: CoverageCase, _ decision: CoverageDecision) {
    let clauses = agreement.coverage(ofLoanMadeOn: item.startsOn)
    guard let limit = clauses.perEnterpriseYear else { return }
    let amount = clauses.used(by: item.loan, decision, of: limit)
    if limit.period == .twelveMonths {
      lastMonths[item.enterprise, default: []].append(Counted(on: item.startsOn, amount: amount))
    } else {
      admitted[EnterpriseYear(item), default: .zero] += amount
    }
  }

  /// Decides on the next loan: every reason against cover, each with its article.
  ///
  /// - Parameter reasons: What stands against it beside its own terms: what became of its bank or
  ///   enterprise before.
  public mutating func decide(
    on item: CoverageCase, besides reasons: [CoverageRefusal] = []
  ) -> CoverageDecision {
    _ = admittedBefore(item)
    return decision(on: item, besides: reasons)
  }

  private mutating func decision(
    on item: CoverageCase, besides reasons: [CoverageRefusal]
  ) -> CoverageDecision {
    let clauses = agreement.coverage(ofLoanMadeOn: item.startsOn)
    var loan = item.loan
    loan.earlierThisYear = counted(before: item)
    var decision = clauses.decide(on: loan, missingFacts: item.missingFacts)
    if !agreement.admits(loanMadeOn: item.startsOn) {
      let outside = CoverageRefusal(
        condition: .datesInForce, citation: agreement.terms.inForce.citation)
      decision = CoverageDecision(
        coveredPrincipal: .zero, admitted: .zero, refusals: [outside] + decision.refusals)
    }
    if !reasons.isEmpty {
      decision = CoverageDecision(
        coveredPrincipal: .zero, admitted: .zero, refusals: decision.refusals + reasons)
    }
    count(item, decision)
    return decision
  }
}

extension CoverageClauses {
  /// What a loan uses up of its enterprise's limit of the year (I-40, I-50).
  func used(
    by loan: LoanToCover, _ decision: CoverageDecision, of limit: SingleLoanLimit
  ) -> Money {
    switch headroom?.value ?? .coveredLoans {
    case .coveredLoans: decision.admitted
    case .ipPledgedLoans:
      loan.collateral == .other || loan.ipPrincipal == .zero ? .zero : loan.amount(limit.measure)
    case .allLoans: loan.amount(limit.measure)
    }
  }
}

extension CoverageClauses {
  /// A reason in words, for a reader who knows the programme.
  public func words(_ refusal: CoverageRefusal) -> LocalizedText {
    let part: LocalizedText =
      refusal.isPartial ? .init(en: ", covered in part", zh: "，部分纳入") : .empty
    return switch refusal.condition {
    case .collateral: .init(en: "collateral of another kind", zh: "质押物种类不符")
    case .size: .init(en: "borrower of another size", zh: "借款企业规模不符")
    case .singleLoanLimit:
      .init(en: "above the single-loan limit\(part)", zh: "超过单笔限额\(part)")
    case .enterpriseYearLimit:
      .init(en: "above the enterprise's limit of the year\(part)", zh: "超过企业年度限额\(part)")
    case .term: .init(en: "term too long", zh: "期限过长")
    case .fact(let id): notMet(id)
    case .ipPart:
      .init(en: "no part pledged on intellectual property", zh: "没有以知识产权质押的部分")
    case .datesInForce: .init(en: "started outside the dates in force", zh: "放款不在有效期内")
    case .earlierDefault:
      earlierDefaultLasts == .forGood
        ? .init(en: "the enterprise defaulted before", zh: "企业曾有违约")
        : .init(en: "another loan of the enterprise is in default", zh: "企业另有贷款处于违约状态")
    case .coverLimit:
      .init(
        en: "covered lending at its limit of the fund's balance", zh: "纳入补偿的余额已达基金余额的倍数上限")
    case .suspension: .init(en: "a new customer of a suspended bank", zh: "被中止银行的新增客户")
    case .pause: .init(en: "the bank's new business is paused", zh: "该银行新业务已暂停")
    }
  }

  private func notMet(_ id: String) -> LocalizedText {
    guard let fact = facts.first(where: { $0.id == id }) else {
      return .init(en: "not met: \(id)", zh: "不满足：\(id)")
    }
    let idle = Party.ordered(fact.concerns ?? []).map(\.words).joined()
    let rest: LocalizedText =
      idle.isEmpty
      ? .empty : .init(en: " (nothing from the \(idle))", zh: "（\(idle)不予补偿）")
    return .init(en: "not met: \(fact.english)\(rest)", zh: "不满足：\(fact.chinese)\(rest)")
  }
}
