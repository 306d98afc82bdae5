import ClaimRules
import CompensationKernel
import FundCore
import ReportForm

/// Where a fund stands, for programs. The order of keys is that of `Schemas/replay.schema.json`.
struct StandingJSON {
  let state: RegisterState
  let fund: Int
  let agreement: FundAgreement

  var value: JSONValue {
    let standing = state.funds[fund]
    let figures = StandingFigures(state, fund: fund, agreement: agreement)
    return [
      "day": .string(state.day.description),
      "balance": .number(standing.balance.yuan),
      "monthsOfProgramme": .integer(max(0, state.nextMonth.months(since: standing.firstMonth))),
      "monthsSinceOpening": .integer(state.monthsGone),
      "monthsOfFactorYear": .integer(state.monthsOfFactorYear),
      "accounts": .array(standing.accounts.enumerated().map { account($0, $1) }),
      "running": sum(figures.running),
      "overdue": sum(figures.overdue),
      "waiting": sum(figures.waiting),
      "recovering": sum(figures.recovering),
      "refundsDue": sum(figures.refunds),
      "nextFee": figures.nextFee.map {
        ["on": .string($0.on.description), "amount": .number($0.amount.yuan)]
      } ?? .null,
      "woundUp": .bool(standing.isWoundUp),
      "banks": .array(figures.banks.map { bank($0) }),
      "thresholds": .array(figures.ratios.map { ratio($0) }),
      "defaults": .array(figures.defaults.map { defaults($0) }),
    ]
  }

  private func account(_ place: Int, _ account: FundAccount) -> JSONValue {
    [
      "bank": state.funds[fund].accounts.count > 1 ? .string(state.banks[place]) : .null,
      "paying": .number(account.paying.yuan), "refunding": .number(account.refunding.yuan),
    ]
  }

  private func sum(_ sum: StandingFigures.Sum) -> JSONValue {
    ["count": .integer(sum.count), "amount": .number(sum.amount.yuan)]
  }

  private func bank(_ bank: StandingFigures.Bank) -> JSONValue {
    let counters = bank.standing.counters
    return [
      "bank": .string(state.banks[bank.bank]), "running": sum(bank.running),
      "overdue": sum(bank.overdue), "owed": .number(Money(fen: counters.owed).yuan),
      "paid": .number(Money(fen: counters.paid).yuan),
      "returned": .number(Money(fen: counters.returned).yuan),
    ]
  }

  private func ratio(_ ratio: StandingFigures.Ratio) -> JSONValue {
    [
      "threshold": .string(ratio.terms.id), "bank": .string(state.banks[ratio.bank]),
      "numerator": .number(ratio.part.yuan), "denominator": .number(ratio.whole.yuan),
      "level": .string(ratio.terms.level.description),
      "effect": .string(ratio.terms.effect.rawValue),
      "reachedOn": date(ratio.reachedOn), "lastsSince": date(ratio.lasting?.from),
    ]
  }

  private func defaults(_ row: StandingFigures.Defaults) -> JSONValue {
    [
      "from": .string(row.firstMonth.description), "to": .string(row.lastMonth.description),
      "grade": row.grade.map { .string($0) } ?? .null, "loanMonths": .integer(row.loanMonths),
      "defaults": .integer(row.defaults),
    ]
  }

  private func date(_ date: CivilDate?) -> JSONValue {
    date.map { .string($0.description) } ?? .null
  }
}
