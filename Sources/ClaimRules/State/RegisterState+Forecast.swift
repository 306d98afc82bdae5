public import CompensationKernel
public import FundCore
import PolicyLibrary

// What a forecast asks of a state beside what stands in it.
extension RegisterState {
  /// The enterprises whose later loans have no cover, where an earlier default removes it: those that ever
  /// defaulted, or, where only that matters, those that still are in default (I-42).
  public func enterprisesInDefault(under clauses: CoverageClauses) -> Set<Int> {
    guard clauses.earlierDefaultRemovesCover?.value ?? false else { return [] }
    let isForGood = clauses.earlierDefaultLasts == .forGood
    var found = Set(
      history.defaults.keys.filter { isForGood || history.defaultsEnded[$0] == nil })
    for item in loans where item.loan.loss != nil {
      if isForGood || item.loan.defaultEndedOn == nil { found.insert(item.loan.enterprise) }
    }
    return found
  }

  /// What an overdue loan still counts in a ratio of overdue principal.
  public func counted(_ item: FundStanding.Overdue, by terms: ThresholdTerms) -> Money {
    let loan = loans[item.loan].loan
    let leavesAtOnce = terms.overdueEnd == .firstRecovery
    guard !item.isClosed, !(leavesAtOnce && item.hasReceived),
      terms.counts(isIPPledged: loan.isIPPledged)
    else { return .zero }
    let whole =
      terms.overdueAmount == .outstanding
      ? loan.overduePrincipal : loan.loss?.principal ?? .zero
    return loan.counted(
      leavesAtOnce ? whole : max(.zero, whole - item.received), as: terms.measure)
  }
}

extension FundAgreement {
  /// The whole loss that can be claimed on a day for a loan that is overdue, by what is known of it:
  /// principal, and interest where the programme counts it.
  public func lossToClaim(of loan: RegisterLoan, on date: CivilDate) -> Money {
    guard let loss = loan.loss, loss.curedOn == nil else { return .zero }
    let counts = countsInterest(model(of: loan.model), ofLoanMadeOn: loan.disbursedOn)
    let rate = counts ? penaltyRate ?? loan.rate : nil
    return loss.lossAtClaim(on: date, rate: rate, under: self).total
  }
}

extension CoverageBook {
  /// Goes on with the book of a fund that stands somewhere.
  ///
  /// - Parameters:
  ///   - agreement: The fund.
  ///   - standing: Where it stands.
  ///   - enterprises: The positions that the enterprises of the state have from now on.
  public init(
    _ agreement: FundAgreement, goingOnFrom standing: FundStanding, enterprises: [Int]
  ) {
    self.init(agreement)
    restore(standing, enterprises: enterprises)
  }
}
