import CompensationKernel
import FundCore
import PolicyLibrary

/// Holds every loan of a portfolio against a programme's coverage, once, in the order of starts.
struct CoverageCompilation {
  /// The covered principal of each loan, in fen.
  private(set) var principal: [Int64]
  /// How many loans were left out, and how much, by reason.
  private(set) var summary = CoverageSummary()
  private var leftOut: [CoverageRefusalKey: (count: Int, amount: Money)] = [:]
  private let fund: ScenarioFund
  private let scenario: Scenario
  private let clauses: CoverageClauses

  private struct CoverageRefusalKey: Hashable {
    let condition: String
    let article: String
  }
  private struct EnterpriseYear: Hashable {
    let enterprise: Int32
    let year: Int
  }

  init(_ fund: ScenarioFund, in scenario: Scenario) {
    self.fund = fund
    self.scenario = scenario
    clauses = fund.programme.terms.coverage
    let loans = scenario.portfolio.loans
    principal = Array(repeating: 0, count: loans.count)
    var admitted: [EnterpriseYear: Money] = [:]
    let order = loans.indices.sorted { (loans[$0].start, $0) < (loans[$1].start, $1) }
    for index in order { decide(index, loans[index], &admitted) }
    summary.leftOut = leftOut.map { key, value in
      CoverageSummary.LeftOut(
        condition: key.condition, article: key.article, count: value.count, amount: value.amount)
    }.sorted { ($1.amount, $0.condition) < ($0.amount, $1.condition) }
  }

  private mutating func decide(
    _ index: Int, _ loan: LoanRecord, _ admitted: inout [EnterpriseYear: Money]
  ) {
    guard isInForce(loan) else {
      let force = fund.programme.terms.inForce.citation
      leave(loan, "started outside the dates in force", force, amount: loan.principal)
      return
    }
    let key = EnterpriseYear(enterprise: loan.enterprise, year: loan.start.year)
    let ip = loan.principal.multiplied(by: loan.ipPart, rounding: .halfUp)
    let decision = clauses.decide(
      on: LoanToCover(
        size: loan.size, collateral: loan.collateral, principal: loan.principal, ipPrincipal: ip,
        termMonths: Int(loan.termMonths),
        earlierThisYear: clauses.perEnterpriseYear == nil ? .zero : admitted[key] ?? .zero),
      missingFacts: scenario.portfolio.missingFactSets[Int(loan.missingFacts)])
    principal[index] = decision.coveredPrincipal.fen
    if clauses.perEnterpriseYear != nil { admitted[key, default: .zero] += decision.admitted }
    if decision.isCovered {
      summary.coveredCount += 1
      summary.coveredAmount += decision.coveredPrincipal
    }
    let whole = clauses.combinedPledge.value == .ipPart ? ip : loan.principal
    // A loan that is refused outright is not covered in part for another reason.
    for refusal in decision.refusals where decision.isCovered || !refusal.isPartial {
      leave(
        loan, words(refusal), refusal.citation,
        amount: refusal.isPartial ? whole - decision.coveredPrincipal : loan.principal)
    }
    if decision.refusals.isEmpty, !decision.isCovered {
      leave(
        loan, "no part pledged on intellectual property", clauses.combinedPledge.citation,
        amount: loan.principal)
    }
  }

  private func isInForce(_ loan: LoanRecord) -> Bool {
    if case .open = fund.programme.terms.inForce.start { return true }
    if loan.start < fund.programmeStart { return false }
    guard let end = fund.programmeEnd else { return true }
    return loan.start <= end
  }

  private mutating func leave(
    _ loan: LoanRecord, _ condition: String, _ citation: Citation, amount: Money
  ) {
    // The reason of an override stands at the head of the report already.
    let source = citation.assumption == nil ? citation.description : "overridden"
    let key = CoverageRefusalKey(condition: condition, article: source)
    let before = leftOut[key] ?? (0, .zero)
    leftOut[key] = (before.count + 1, before.amount + amount)
  }

  private func words(_ refusal: CoverageRefusal) -> String {
    let part = refusal.isPartial ? ", covered in part" : ""
    switch refusal.condition {
    case .collateral: return "collateral of another kind"
    case .size: return "borrower of another size"
    case .singleLoanLimit: return "above the single-loan limit" + part
    case .enterpriseYearLimit: return "above the enterprise's limit of the year" + part
    case .term: return "term too long"
    case .fact(let id):
      let fact = clauses.facts.first { $0.id == id }
      return "not met: \(fact?.english ?? id)"
    }
  }
}
