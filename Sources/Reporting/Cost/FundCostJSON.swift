import CompensationKernel
import FundCore
import ReportForm
import Simulation

/// What a fund costs, and whom, for programs.
struct FundCostJSON {
  /// `null` where the scenario does not ask for it.
  static func value(_ cost: CostEstimates?) -> JSONValue {
    guard let cost else { return .null }
    return [
      "discountRate": .number(cost.terms.discountRate.value),
      "netPresentValue": .amount(cost.netPresentValue),
      "coveredLending": .estimate(cost.lending),
      "subsidyRate": cost.subsidyRate.map { .amount($0) } ?? .null,
      "principalYears": .estimate(cost.principalYears),
      "discountedPrincipalYears": .estimate(cost.discountedPrincipalYears),
      "breakEvenFee": cost.breakEvenFee.map { .estimate($0) } ?? .null,
      "premiums": .array(cost.premiums.map { premium($0) }),
      "payers": .array(
        cost.payers.map {
          [
            "payer": .string($0.name), "loss": $0.loss.map { .number($0) } ?? .null,
            "netCost": .amount($0.net),
          ]
        }),
    ]
  }

  private static func premium(_ item: CostEstimates.Premium) -> JSONValue {
    [
      "party": .string(item.party.name),
      "principalYears": .estimate(item.principalYears),
      "breakEven": item.breakEven.map { .estimate($0) } ?? .null,
      "coversWorst1Percent": item.loaded.map { .estimate($0) } ?? .null,
      "loading": item.loading.map { .number($0) } ?? .null,
      "named": named(item.named),
      "income": item.income.map { .estimate($0) } ?? .null,
    ]
  }

  /// A premium that a file names; `null` without one.
  static func named(_ premium: CostTerms.Premium?) -> JSONValue {
    guard let premium else { return .null }
    return [
      "rate": .number(premium.rate.value), "paidBy": .string(premium.paidBy.rawValue),
      "subsidy": .number(premium.subsidy.value),
    ]
  }

  /// How those who bear costs differ between two funds; empty where costs are not reckoned.
  static func differences(_ item: FundDifference) -> JSONValue {
    .array(
      item.netCosts.map {
        ["payer": .string($0.payer), "netCost": .estimate($0.difference)]
      })
  }
}
