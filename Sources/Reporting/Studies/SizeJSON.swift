import ClaimRules
import FundCore
import LossStatistics
import Planning
import PolicyLibrary
import ReportForm

/// The report of fund sizes for programs.
struct SizeJSON {
  let report: SizeReport

  var value: JSONValue {
    let sizes = report.sizes
    let value: JSONValue = [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": StudyFrame(
        sizes.provenance, trialCount: sizes.trialCount, drawCount: sizes.drawCount
      ).origin.json,
      "inputs": StudyInputs(provenances: [sizes.provenance]).json,
      "fund": .string(sizes.fund.name),
      "programme": .string(sizes.fund.programme.id),
      "operatingModel": .string(sizes.fund.modelName),
      "initial": .number(sizes.fund.initial.yuan),
      "textAmount": sizes.textAmount.map { text in
        [
          "amount": .number(text.amount.yuan), "rule": text.isLeast ? "atLeast" : "exactly",
          "citation": .string(text.citation.description),
        ]
      } ?? .null,
      "feeFollowsSize": .bool(sizes.feeFollowsSize),
      "months": .array(sizes.months.map { .integer($0) }),
      "requirements": .array(
        sizes.requirements.indices.map { place in
          requirement(
            sizes.requirements[place],
            sizes.rows.indices.contains(place) ? sizes.rows[place] : nil)
        }),
      "bandHalfWidth": .number(sizes.bandHalfWidth),
      "curve": .array(sizes.curve.map { point($0) }),
      "precision": report.reached?.json ?? .null,
      "lending": report.lending.map { lending($0) } ?? .null,
    ]
    return value.with("balance", sizes.balance.map { .number($0.yuan) })
  }

  private func requirement(_ item: SizeStudy.Requirement, _ row: StudyRow?) -> JSONValue {
    let trials = report.precision.flatMap {
      item.trials(forPrecision: $0, of: report.sizes.trialCount)
    }
    let value: JSONValue = [
      "survival": .number(item.level.value), "months": .integer(item.months),
      "size": .number(Double(item.size.value) / 100), "low": .number(Double(item.size.low) / 100),
      "high": .number(Double(item.size.high) / 100), "reliable": .bool(item.size.isReliable),
      "trialsNeeded": item.size.isReliable ? .null : .integer(item.level.reliableTrialCount),
      "belowTextAmount": .bool(
        report.sizes.textAmount.map { item.size.value < $0.amount.fen } ?? false),
      "method": item.rareTrials == nil ? "plain" : "importance",
      "rareTrials": item.rareTrials.map { .integer($0) } ?? .null,
      "survivors": .integer(item.survivors),
      "confirmed": item.confirmed.map {
        ["atSize": .integer($0.atSize), "oneFenLess": .integer($0.below)]
      } ?? .null,
      "trialsForPrecision": trials.map { .integer($0) } ?? .null,
      "notKnown": notKnown(item),
      "figures": .array(
        report.sizes.figures.compactMap { figure in
          row?.value(figure).map { .figure(figure, $0) }
        }),
      "years": row?.years.map { YearsJSON($0, from: report.sizes.firstMonth).value } ?? .null,
    ]
    return value.with("topUp", item.topUp.map { topUp($0) })
  }

  /// What is not known of a size; null if that was not looked at.
  private func notKnown(_ item: SizeStudy.Requirement) -> JSONValue {
    guard let doubts = item.doubts else { return .null }
    func range(_ range: SizeStudy.AmountRange?) -> JSONValue {
      range.map {
        ["low": .number(Double($0.low) / 100), "high": .number(Double($0.high) / 100)]
      } ?? .null
    }
    return [
      "figure": "size", "value": .number(Double(item.size.value) / 100),
      "simulation": item.size.isReliable ? .number(item.halfWidth / 1.959_964) : .null,
      "bestEstimate": doubts.bestEstimate.map { .number(Double($0.value) / 100) } ?? .null,
      "ownValues": doubts.ownValues.map { .number(Double($0.value) / 100) } ?? .null,
      "parameters": doubts.overDraws.map { draws in
        [
          "low": .number(Double(draws.low) / 100), "high": .number(Double(draws.high) / 100),
          "varianceShare": doubts.varianceShare.map { .number($0) } ?? .null,
          "varianceShareError": doubts.shareError.map { .number($0) } ?? .null,
          "intervalShare": item.intervalShare.map { .number($0) } ?? .null,
          "draws": .integer(report.sizes.drawCount ?? 0),
        ]
      } ?? .null,
      "readings": range(doubts.readings), "dependence": range(doubts.dependence),
    ]
  }

  private func topUp(_ estimate: QuantileEstimate) -> JSONValue {
    [
      "value": .number(Double(estimate.value) / 100), "low": .number(Double(estimate.low) / 100),
      "high": .number(Double(estimate.high) / 100),
    ]
  }

  private func point(_ point: SizeStudy.CurvePoint) -> JSONValue {
    [
      "size": .number(point.size.yuan),
      "survival": .array(
        point.survival.map { .probability($0) }),
    ]
  }

  private func lending(_ lending: LendingStudy) -> JSONValue {
    [
      "yearlyLending": .number(lending.yearlyLending),
      "capacities": .array(
        lending.capacities.map { item in
          func amount(_ factor: Double?) -> JSONValue {
            factor.map { .number($0 * lending.yearlyLending) } ?? .null
          }
          return [
            "survival": .number(item.level.value), "months": .integer(item.months),
            "factor": item.factor.map { .number($0) } ?? .null, "value": amount(item.factor),
            "low": amount(item.low), "high": amount(item.high),
          ]
        }),
      "tries": .array(
        lending.trials.map { trial in
          [
            "factor": .number(trial.factor), "loans": .integer(trial.loans),
            "yearlyLending": .number(trial.yearlyLending),
            "survival": .array(trial.survival.map { .number($0.value) }),
          ]
        }),
    ]
  }
}

extension JSONValue {
  /// This object with one more member, if there is a value for it.
  fileprivate func with(_ key: String, _ value: JSONValue?) -> JSONValue {
    guard let value, case .object(let members) = self else { return self }
    return .object(members + [(key, value)])
  }
}
