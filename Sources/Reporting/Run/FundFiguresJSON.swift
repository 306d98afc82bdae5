import FundCore
import Simulation
import ReportForm

/// Figures of a fund that programs find beside its amounts: losses outside cover by reason, and accounts.
struct FundFiguresJSON {
  let fund: FundEstimates
  /// What lay outside cover, told closely; `nil` where the trials were not divided.
  var outside: OutsideContributions?

  /// What lies outside cover before recoveries: means a trial, of which sums alone are recorded.
  var outsideCover: JSONValue {
    [
      "losses": .number(fund.outsideCover.losses),
      "share": fund.outsideCover.share.map { .number($0) } ?? .null,
      "reasons": .array(
        fund.outsideCover.parts.map { part in
          [
            "reason": .string(part.reason.name), "text": .string(part.reason.words.english),
            "amount": .number(part.amount), "loans": .number(part.loans),
          ]
        }),
      "causes": outside.map { found -> JSONValue in
        .array(
          OutsideComposer(found: found, sums: fund.outsideCover, money: MoneyScale(1)).rows.map {
            [
              "cause": .string($0.cause.rawValue), "text": .string($0.cause.words.english),
              "amount": .part($0.amount), "loans": .part($0.loans),
            ]
          })
      } ?? .null,
      "lostCover": (outside?.lostCover).map {
        ["loans": .part($0.loans), "firms": .part($0.firms), "credit": .part($0.credit)]
      } ?? .null,
    ]
  }

  /// The mean balances of the accounts of a fund that has several, at the ends of the years of the run.
  var accounts: JSONValue {
    .array(
      fund.accounts.map { account in
        [
          "account": .string(account.isRefunding ? "refunding" : "paying"),
          "bank": account.bank.map { .string($0) } ?? .null,
          "name": .string(account.words.english),
          "yearEnds": .array(account.yearEnds.map { .number($0) }),
        ]
      })
  }
}

extension JSONValue {
  /// A part with its error, null where the trials do not show it.
  static func part(_ part: ContributionValue) -> JSONValue {
    [
      "value": .number(part.value),
      "standardError": part.standardError.map { .number($0) } ?? .null,
    ]
  }
}
