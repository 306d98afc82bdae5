import LossStatistics
import ReportForm
import Simulation

extension RunDoubts {
  /// What is not known of a fund's survival through the horizon, for programs.
  func json(_ fund: Int) -> JSONValue {
    let spread = report.estimates.funds[fund].parameterSpread
    return [
      "figure": "survival",
      "value": survival(fund).map { .number($0.value) } ?? .null,
      "bestEstimate": bestEstimate(fund).map { .probability($0) } ?? .null,
      "simulation": .number(simulationError(fund)),
      "parameters": spread.map { spread in
        [
          "low": .number(spread.low), "high": .number(spread.high),
          "varianceShare": spread.varianceShare.map { .number($0) } ?? .null,
          "varianceShareError": spread.shareError.map { .number($0) } ?? .null,
          "intervalShare": intervalShare(fund).map { .number($0) } ?? .null,
          "draws": .integer(spread.drawCount),
        ]
      } ?? .null,
      "readings": Self.json(readings(fund)),
      "dependence": dependenceJSON(fund),
    ]
  }

  static func json(_ range: Interval?) -> JSONValue {
    range.map { ["low": .number($0.low), "high": .number($0.high)] } ?? .null
  }

  private func dependenceJSON(_ fund: Int) -> JSONValue {
    guard let range = dependence(fund), let laws = report.headlineLaws else { return .null }
    return [
      "low": .number(range.low), "high": .number(range.high), "trials": .integer(laws.trials),
      "laws": .array(
        ([laws.inUse] + laws.others).map { law in
          [
            "law": .string(law.name), "parameter": law.parameter.map { .number($0) } ?? .null,
            "ownCorrelation": law.ownCorrelation.map { .number($0) } ?? .null,
            "survival": .number(1 - Double(law.exhausted[fund]) / Double(laws.trials)),
          ]
        }),
    ]
  }
}
