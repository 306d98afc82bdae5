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
/// What happens to a bank or an enterprise later (suspension, pause, an earlier default) is not
/// known here: `ClaimBook` and the simulation add it, loan by loan. The year's limit counts a loan
/// that lost its cover so all the same.
public struct CoverageBook: Sendable {
  private struct EnterpriseYear: Hashable {
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

  private let agreement: FundAgreement
  private var admitted: [EnterpriseYear: Money] = [:]

  /// Opens the book of a fund.
  ///
  /// - Parameters:
  ///   - agreement: The fund.
  ///   - history: What enterprises have had before the first loan that the book decides on.
  public init(_ agreement: FundAgreement, history: EarlierHistory = EarlierHistory()) {
    self.agreement = agreement
    for item in history.admitted {
      admitted[EnterpriseYear(enterprise: item.enterprise, year: item.year), default: .zero] +=
        item.amount
    }
  }

  /// What the enterprise of a loan has had of its limit in the loan's calendar year so far; nothing
  /// where there is no such limit.
  public func admittedBefore(_ item: CoverageCase) -> Money {
    guard agreement.terms.coverage.perEnterpriseYear != nil else { return .zero }
    return admitted[EnterpriseYear(item)] ?? .zero
  }

  /// Decides on the next loan: every reason against cover, each with its article.
  public mutating func decide(on item: CoverageCase) -> CoverageDecision {
    let clauses = agreement.terms.coverage
    var loan = item.loan
    loan.earlierThisYear = admittedBefore(item)
    let decision = clauses.decide(on: loan, missingFacts: item.missingFacts)
    guard agreement.dates.contains(item.startsOn) else {
      let outside = CoverageRefusal(
        condition: .datesInForce, citation: agreement.terms.inForce.citation)
      return CoverageDecision(
        coveredPrincipal: .zero, admitted: .zero, refusals: [outside] + decision.refusals)
    }
    if clauses.perEnterpriseYear != nil {
      admitted[EnterpriseYear(item), default: .zero] += decision.admitted
    }
    return decision
  }
}

extension CoverageClauses {
  /// A reason in English words, for a reader who knows the programme.
  public func words(_ refusal: CoverageRefusal) -> String {
    let part = refusal.isPartial ? ", covered in part" : ""
    return switch refusal.condition {
    case .collateral: "collateral of another kind"
    case .size: "borrower of another size"
    case .singleLoanLimit: "above the single-loan limit" + part
    case .enterpriseYearLimit: "above the enterprise's limit of the year" + part
    case .term: "term too long"
    case .fact(let id): "not met: \(facts.first { $0.id == id }?.english ?? id)"
    case .ipPart: "no part pledged on intellectual property"
    case .datesInForce: "started outside the dates in force"
    case .earlierDefault: "the enterprise defaulted before"
    case .suspension: "a new customer of a suspended bank"
    case .pause: "the bank's new business is paused"
    }
  }
}
