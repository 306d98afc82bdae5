import ClaimRules
import FundCore
import LossStatistics
import Planning
import PolicyLibrary
import ReportForm

/// The report of what a size serves, for programs.
struct ServeJSON {
  let study: ServeStudy

  var value: JSONValue {
    [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": StudyFrame(
        study.source.provenance, trialCount: study.trialCount, drawCount: study.drawCount
      ).origin.json,
      "inputs": StudyInputs(provenances: [study.source.provenance]).json,
      "fund": .string(study.fund.name),
      "programme": .string(study.fund.programme.id),
      "operatingModel": .string(study.fund.modelName),
      "initial": .number(study.fund.initial.yuan),
      "months": .array(study.months.map { .integer($0) }),
      "serve": [
        "share": .number(study.share.value),
        "of": .array(study.served.map { .string($0.rawValue) }),
        "clauses": .array(
          study.clauses.map {
            ["path": .string($0.path), "citation": .string($0.citation.description)]
          }),
        "wantedCredit": .estimate(study.wantedCredit),
        "wantedCompensation": .estimate(study.wantedCompensation),
        "answers": .array(study.answers.map { answer($0) }),
        "own": point(study.own),
        "curve": .array(study.curve.map { point($0) }),
        "runs": .integer(study.tryCount),
      ],
    ]
  }

  private func answer(_ answer: ServeStudy.Answer) -> JSONValue {
    [
      "survival": answer.survival.map { .number($0.level.value) } ?? .null,
      "months": answer.survival.map { .integer($0.months) } ?? .null,
      "found": answer.found.map { point($0) } ?? .null,
      "oneFenLess": answer.below.map { point($0) } ?? .null,
      "low": answer.low.map { .number($0.yuan) } ?? .null,
      "high": answer.high.map { .number($0.yuan) } ?? .null,
    ]
  }

  private func point(_ point: ServeStudy.Point) -> JSONValue {
    [
      "size": .number(point.size.yuan), "credit": .estimate(point.credit),
      "compensation": .estimate(point.compensation),
      "survival": .array(point.survival.map { .probability($0) }),
    ]
  }
}
