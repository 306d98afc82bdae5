import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts
import ScenarioInput
import Simulation

/// The report of a replay for programs. The order of keys is that of `Schemas/replay.schema.json`.
struct ReplayJSON {
  let report: ReplayReport

  var value: JSONValue {
    [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": provenance,
      "funds": .array(
        report.replays.indices.map { place in
          fund(report.replays[place], report.funds[place], standing(place))
        }),
    ]
  }

  private var provenance: JSONValue {
    let source = report.provenance
    return [
      "program": "fundsim",
      "version": .string(source.engine.version),
      "engine": .engine(source.engine),
      "title": .string(source.scenario.title),
      "terms": source.scenario.path == source.portfolio.source.english
        ? .null : .string(source.scenario.path),
      "digest": .string(source.scenario.digest),
      "opening": .string(
        report.opening.day == 1 ? report.opening.month.description : report.opening.description),
      "until": .string(report.replays[0].register.until.description),
      "programmes": .array(source.programmes.map { .programme($0) }),
      "register": .portfolio(source.portfolio),
      "overrides": .array(source.overrides.map { .override($0) }),
      "readings": .array(source.readings.map { .reading($0) }),
      "assumptions": .array(source.assumptions.map { .string($0.english) }),
    ]
  }

  private func standing(_ place: Int) -> JSONValue {
    report.state.map {
      StandingJSON(state: $0, fund: place, agreement: report.replays[place].agreement).value
    } ?? .null
  }

  private func fund(
    _ replay: Replay, _ fund: FundDescription, _ standing: JSONValue
  ) -> JSONValue {
    let figures = ReplayFigures(replay)
    return [
      "name": .string(fund.name),
      "programme": .string(fund.programme),
      "programmeTitle": .string(fund.programmeTitle.english),
      "operatingModel": .string(fund.operatingModel),
      "initial": .number(fund.initial.yuan),
      "shares": .array(fund.shares.map { .share($0) }),
      "terms": .array(fund.terms.map { .labelled($0) }),
      "coverage": .coverage(fund.coverage),
      "totals": totals(replay.totals),
      "ranDryOn": replay.ranDryOn.map { .string($0.description) } ?? .null,
      "eventsOutside": .integer(replay.eventsOutside),
      "parties": .array(
        replay.agreement.parties.listed.map {
          let loss = replay.agreement.parties.amount(of: $0, in: replay.totals.losses)
          return ["party": .string($0.name), "loss": .number(loss.yuan)]
        }),
      "years": .array(figures.years.map { year($0, $1) }),
      "contributors": ReplayHoldings(replay).contributors,
      "programmeEnd": ReplayHoldings(replay).end,
      "cost": replay.cost?.json ?? .null,
      "moneyAndIndicators": ReplayYears(replay, limits: report.limits).json,
      "banks": .array(figures.banks.map { bank($0, replay) }),
      "crossings": .array(figures.breaches.map { crossing($0, replay) }),
      "late": .array(replay.missedDuties.map { late($0, replay) }),
      "contributions": LedgerContributions(replay, by: report.groupings).value,
      "standing": standing,
    ]
  }

  private func totals(_ totals: LedgerTotals) -> JSONValue {
    [
      "opening": .number(totals.opening.yuan),
      "interest": .number(totals.interest.yuan),
      "injected": .number(totals.injected.yuan),
      "filledUp": .number(totals.filledUp.yuan),
      "returned": .number(totals.returned.yuan),
      "compensation": .number(totals.compensation.yuan),
      "fees": .number(totals.fees.yuan),
      "givenBack": .number(totals.givenBack.yuan),
      "closing": .number(totals.closing.yuan),
      "unpaid": .number(totals.unpaid.yuan),
      "losses": .number(totals.totalLoss.yuan),
      "outsideCover": .number(totals.outsideCover.yuan),
      "balanced": .bool(totals.isBalanced),
      "divided": .bool(totals.isDivided),
    ]
  }

  private func year(_ year: Int, _ sums: ReplayFigures.Sums) -> JSONValue {
    [
      "year": .integer(year), "claims": .integer(sums.claims),
      "lossBase": .number(sums.lossBase.yuan),
      "compensation": .number(sums.compensation.yuan), "returned": .number(sums.returned.yuan),
      "unpaid": .number(sums.unpaid.yuan), "fees": .number(sums.fees.yuan),
      "interestAndNewMoney": .number(sums.otherIn.yuan),
      "filledUp": .number(sums.filledUp.yuan), "closing": .number(sums.closing.yuan),
    ]
  }

  private func bank(_ bank: ReplayFigures.BankSums, _ replay: Replay) -> JSONValue {
    [
      "bank": .string(replay.register.banks[bank.bank]),
      "coveredLoans": .integer(bank.coveredLoans), "covered": .number(bank.covered.yuan),
      "claims": .integer(bank.sums.claims), "lossBase": .number(bank.sums.lossBase.yuan),
      "compensation": .number(bank.sums.compensation.yuan),
      "returned": .number(bank.sums.returned.yuan), "unpaid": .number(bank.sums.unpaid.yuan),
    ]
  }

  private func crossing(_ breach: ReplayFigures.Breach, _ replay: Replay) -> JSONValue {
    let crossing = breach.crossing
    return [
      "threshold": .string(crossing.id), "date": .string(crossing.date.description),
      "bank": .string(replay.register.banks[crossing.bank]),
      "numerator": .number(crossing.part.yuan), "denominator": .number(crossing.whole.yuan),
      "level": .string(crossing.level.description), "effect": .string(crossing.effect.rawValue),
      "citation": .string(crossing.citation.description),
      "refusedLoans": .integer(breach.refusedLoans),
      "refusedAmount": .number(breach.refusedAmount.yuan),
      "refusedLoss": .number(breach.refusedLoss.yuan),
    ]
  }

  private func late(_ duty: MissedDuty, _ replay: Replay) -> JSONValue {
    let loan = replay.register.loans[duty.loan]
    return [
      "duty": .string(duty.id), "loan": .string(loan.id),
      "bank": .string(replay.register.banks[loan.bank]),
      "due": .string(duty.dueOn.description), "done": .string(duty.doneOn.description),
      "forfeited": .bool(duty.isForfeited), "citation": .string(duty.citation.description),
    ]
  }
}
