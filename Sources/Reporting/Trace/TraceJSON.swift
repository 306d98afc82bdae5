import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts

/// The story of a trial for programs. The order of keys is that of `Schemas/trace.schema.json`.
struct TraceJSON {
  let report: TraceReport

  var value: JSONValue {
    let source = report.provenance
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": [
        "program": "fundsim", "version": .string(source.engine.version),
        "engine": .engine(source.engine),
        "title": .string(source.scenario.title), "scenario": .string(source.scenario.path),
        "digest": .string(source.scenario.digest), "seed": .unsigned(source.seed),
      ],
      "trial": .integer(report.choice.trial),
      "rank": report.choice.rank.map { .string($0.english) } ?? .null,
      "fund": .string(report.fund.name),
      "programme": .string(report.fund.programme),
      "operatingModel": .string(report.fund.operatingModel),
      "agrees": .bool(report.differences.isEmpty),
      "ranDryOn": report.replay.ranDryOn.map { .string($0.description) } ?? .null,
      "sectors": .array(report.sectors.map { .string($0) }),
      "months": .array(zip(report.months, report.replay.months).map { month($0, $1) }),
      "defaults": .array(defaults),
      "notMade": .array(
        report.notMade.map {
          ["loan": .string($0.loan), "principal": .number($0.principal.yuan)]
        }),
      "contributions": LedgerContributions(report.replay, by: report.groupings).value,
      "ledger": .array(report.replay.entries.map { entry($0) }),
    ]
  }

  private func month(_ drawn: TraceReport.Month, _ month: LedgerMonth) -> JSONValue {
    [
      "month": .string(month.month.description),
      "factors": .array(drawn.factors.map { .number($0) }),
      "defaults": .integer(drawn.defaultCount),
      "overdue": .number(drawn.overdue.yuan),
      "compensation": .number(month.paid.yuan),
      "returned": .number(month.returned.yuan),
      "balance": .number(month.closing.yuan),
    ]
  }

  private var defaults: [JSONValue] {
    let register = report.replay.register
    // A register that goes on from a state tells of earlier ones, too.
    let first = report.replay.months.first?.month
    return register.loans.compactMap { loan in
      loan.loss.flatMap { $0.overdueOn.month < first ?? $0.overdueOn.month ? nil : $0 }.map {
        loss in
        [
          "loan": .string(loan.id), "bank": .string(register.banks[loan.bank]),
          "month": .string(loss.overdueOn.month.description),
          "overdue": .number(loss.principal.yuan),
        ]
      }
    }
  }

  private func entry(_ entry: LedgerEntry) -> JSONValue {
    let register = report.replay.register
    return [
      "date": .string(entry.date.description),
      "event": .string(entry.event.name),
      "bank": entry.bank.map { .string(register.banks[$0]) } ?? .null,
      "loan": entry.loan.map { .string(register.loans[$0].id) } ?? .null,
      "amount": .number(entry.amount.yuan),
      "balance": .number(entry.balance.yuan),
      "articles": .string(entry.citations.articles),
      "story": report.replay.story(of: entry, naming: { $0 }).map { .string($0.english) } ?? .null,
    ]
  }
}
