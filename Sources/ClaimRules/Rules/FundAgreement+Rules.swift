public import CompensationKernel
public import FundCore
import PolicyLibrary

/// By which of a fund's rules a claim is settled: what its loan and its day decide.
public struct RuleChoice: Hashable, Sendable {
  /// The version of the terms under which the loan stands.
  public var version: Int
  /// On what shares hang.
  public var conditions: ShareConditions

  /// Creates a choice.
  public init(version: Int, conditions: ShareConditions) {
    (self.version, self.conditions) = (version, conditions)
  }
}

// The rules of a claim, where shares differ by size or year, or have been amended.
extension FundAgreement {
  /// The terms under which a loan stands.
  public func terms(ofLoanMadeOn date: CivilDate) -> CompensationTerms {
    terms.forLoan(madeOn: date)
  }

  /// What a loan has to meet.
  public func coverage(ofLoanMadeOn date: CivilDate) -> CoverageClauses {
    terms.coverage(inVersion: terms.version(ofLoanMadeOn: date))
  }

  /// How a claim of one model is settled and its recoveries divided; `nil` if the model is not used.
  public func rules(_ model: OperatingModel, _ choice: RuleChoice) -> ClaimRulesInForce? {
    let version = terms.version(choice.version)
    guard let clauses = version.models[model] else { return rules(model) }
    if choice.version == 0, !clauses.payers.contains(where: { !$0.otherShares.isEmpty }) {
      return rules(model)
    }
    guard sharing[model] != nil,
      case .success(let shares) = clauses.sharing(
        agreed: agreed, rounding: version.rounding.value, among: parties, at: choice.conditions)
    else { return nil }
    return ClaimRulesInForce(
      sharing: isLimited ? shares.capped(.fund) : shares, recovery: version.recovery.value,
      accounts: accounts)
  }

  /// The rules by which a loan's claim is settled on a day.
  ///
  /// - Parameter caps: The years of operation.
  func ruleChoice(_ loan: RegisterLoan, on date: CivilDate, _ caps: CapSchedule) -> RuleChoice {
    let version = terms.version(ofLoanMadeOn: loan.disbursedOn)
    let model = model(of: loan.model)
    return RuleChoice(
      version: version,
      conditions: ShareConditions(
        size: loan.size,
        year: caps.shareYear(of: model, version: version, bank: loan.bank, on: date)))
  }

  /// Whether what the fund owes on a claim is limited beside its cap.
  var isLimited: Bool { compensationLimit != nil || !terms.aggregates.limits.isEmpty }
}
