import CompensationKernel
import FundCore
import PolicyLibrary

/// A claim of a case after the programme's terms were applied.
struct SettledClaim {
  let settlement: Settlement
  let rules: ClaimRulesInForce
}

/// Why a case cannot be settled.
struct UnsettledCase: Error, CustomStringConvertible {
  let description: String
}

extension ClaimFacts {
  /// The claim, settled under the terms: IP part, loss base, shares, cap, balance (I-14).
  func settled(under terms: CompensationTerms) throws -> SettledClaim {
    guard let clauses = terms.models[model] else {
      throw UnsettledCase(description: "the programme has no \(model.id) model")
    }
    let sharing = try clauses.sharing(
      agreed: agreed, rounding: terms.rounding.value, among: terms.parties
    ).get()
    let idle = terms.coverage.facts.filter { missing.contains($0.id) }
    let rules = ClaimRulesInForce(
      sharing: sharing, recovery: terms.recovery.value, accounts: terms.fund.accountRule
    ).without(terms.parties.places(of: idle.reduce(into: []) { $0.formUnion($1.concerns ?? []) }))
    var purse = FundPurse(account(under: rules.accounts), rule: rules.accounts)
    var log = NoLog()
    let settlement = settle(
      loss: lossBase(clauses, terms), under: rules.sharing,
      cap: clauses.cap(yearOfOperation: yearOfOperation), from: &purse, log: &log)
    return SettledClaim(settlement: settlement, rules: rules)
  }

  private func lossBase(_ clauses: ModelClauses, _ terms: CompensationTerms) -> Money {
    let loss = clauses.lossBase.value == .principal ? principal : principal + interest
    guard terms.coverage.combinedPledge.value == .ipPart else { return loss }
    return loss.multiplied(by: ipPart, rounding: .halfUp)
  }

  private func account(under rule: AccountRule) -> FundAccount {
    switch balance {
    case .enough: FundAccount(opening: .largestInput, under: rule)
    case .single(let balance): FundAccount(paying: balance)
    case .pool(let social, let fiscal): FundAccount(paying: social, refunding: fiscal)
    }
  }
}

extension WorkedRecovery {
  /// The recovery, divided under the terms of the claim.
  func division(under terms: CompensationTerms) throws -> RecoveryDivision {
    let claim = try facts.settled(under: terms)
    var log = NoLog()
    return divideRecovery(
      recovered, costs: costs, of: claim.settlement, under: claim.rules, log: &log)
  }
}

extension ModelClauses {
  /// The limit per claim in a year of operation, counted from 1.
  func cap(yearOfOperation: Int) -> Money {
    payers.flatMap(\.caps).last { $0.fromYear <= yearOfOperation }?.perClaim.value
      ?? Money(fen: .max)
  }
}

extension FundClauses {
  /// The accounts as the programme sets them, without an agreement.
  var accountRule: AccountRule {
    switch accounts.value {
    case .single, .byBank: .single
    case .socialFirst(let share, let lag, let newMoney):
      .socialFirst(
        refundShare: share.value, lagMonths: lag,
        newMoney: newMoney.fiscalPart(agreed: share.value))
    }
  }
}

extension CompensationTerms {
  /// The fee of one year; a fee for the whole life is spread evenly over its years.
  func annualFee() throws -> Money {
    guard let fee = fund.fee?.value, let base = fee.base else {
      throw UnsettledCase(description: "the programme has no fee on a stated amount")
    }
    let whole = base.multiplied(by: fee.rate.value, rounding: .halfUp)
    guard !fee.isYearly, case .months(let months) = inForce.end else { return whole }
    return Money(fen: whole.fen / Int64(months / 12))
  }
}
