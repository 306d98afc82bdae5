import ClaimRules
import FundCore
import Planning
import ReportForm

/// The report of a tornado for programs.
struct TornadoJSON {
  let tornado: TornadoStudy

  var value: JSONValue {
    let study = tornado.study
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": StudyFrame(study).origin.json,
      "scenarioInputs": StudyInputs(provenances: study.provenances).json,
      "fund": .string(tornado.fund.name),
      "step": .number(tornado.step),
      "base": .figure(tornado.figure, tornado.base),
      "inputs": .array(
        tornado.bars.map { bar in
          [
            "input": .string(bar.input.rawValue),
            "name": ["en": .string(bar.input.name.english), "zh": .string(bar.input.name.chinese)],
            "down": step(bar.down), "up": step(bar.up),
          ]
        }),
    ]
  }

  private func step(_ step: TornadoStudy.Step?) -> JSONValue {
    guard let step else { return .null }
    return [
      "from": json(step.from), "to": json(step.to),
      "value": .figure(tornado.figure, step.value), "difference": .difference(step.difference),
    ]
  }

  private func json(_ value: TornadoInput.Value) -> JSONValue {
    switch value {
    case .amount(let amount): .number(amount.yuan)
    case .text(let text): .string(text)
    }
  }
}
