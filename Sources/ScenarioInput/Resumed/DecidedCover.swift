import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import Simulation

/// What was decided by a state's day of the cover of its loans, and what that leaves to later ones.
struct DecidedCover {
  /// What a loan of the state took of its enterprise's limit of a year.
  struct Taken {
    let enterprise: Int32
    let year: Int
    let member: Headroom.Member
  }

  /// The decisions, by the positions of the loans in the scenario's portfolio.
  let byLoan: [Int: CoverageDecision]
  /// The enterprises whose later loans have no cover, by version of the terms.
  let inDefault: [Set<Int>]
  /// The limits of the enterprises, as far as they are used up.
  let book: CoverageBook
  /// The sets of rules of the claims so far.
  let ruleSetsOfClaims: [RuleSet]
  private let state: RegisterState
  private let standing: FundStanding
  private let enterprises: [Int]

  /// `nil` if the scenario does not go on from a state.
  init?(_ fund: FundAgreement, position: Int, in scenario: Scenario) {
    guard let resumed = scenario.resumed else { return nil }
    state = resumed.state
    standing = resumed.standing(ofFund: position)
    enterprises = resumed.enterprisePlaces(in: scenario.portfolio)
    var decisions: [Int: CoverageDecision] = [:]
    for (cover, position) in zip(standing.covers, resumed.positions) {
      if let position { decisions[position] = cover.decision }
    }
    byLoan = decisions
    inDefault = (0...fund.terms.amendments.count).map { [enterprises] version in
      Set(
        resumed.state.enterprisesInDefault(under: fund.terms.coverage(inVersion: version))
          .map { enterprises[$0] })
    }
    book = CoverageBook(fund, goingOnFrom: standing, enterprises: enterprises)
    ruleSetsOfClaims = standing.claims.compactMap { claim in
      claim.divided.map { divided in
        let loan = resumed.state.loans[claim.loan].loan
        return RuleSet(
          fund, idle: Set(divided.idle.compactMap { fund.parties.party(at: $0) }),
          size: loan.size, madeOn: loan.disbursedOn)
      }
    }
  }

  /// What the loans of the state took of a limit of the year, in the order of their starts.
  func taken(under fund: FundAgreement) -> [Taken] {
    state.loans.indices.sorted {
      (state.loans[$0].loan.disbursedOn, $0) < (state.loans[$1].loan.disbursedOn, $1)
    }.compactMap { index in
      let loan = state.loans[index].loan
      let decision = standing.covers[index].decision
      guard decision.coveredPrincipal > .zero,
        let limit = fund.coverage(ofLoanMadeOn: loan.disbursedOn).perEnterpriseYear
      else { return nil }
      return Taken(
        enterprise: Int32(enterprises[loan.enterprise]), year: loan.disbursedOn.month.year,
        member: Headroom.Member(
          loan: -1, amount: CoverageCase(loan).loan.amount(limit.measure),
          open: decision.coveredPrincipal,
          under: .init(limit.atMost.value, isCoveredUpTo: limit.above == .coveredUpTo)))
    }
  }
}
