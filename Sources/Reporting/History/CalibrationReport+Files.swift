import Calibration
import FundCore
import ReportForm

/// The files of a calibration that scenarios take.
extension CalibrationReport {
  /// Writes `posterior.csv`: a draw of the parameters a row, draw 0 the best estimate. A parameter that
  /// was given, and of which the history says nothing, has no column: a scenario keeps its own.
  public func writeDraws(to sink: (String) throws -> Void) rethrows {
    // What single cases tell of recoveries has columns; a yearly table tells none.
    let draws = source.record.recoveryDraws(result.draws.count, seed: result.settings.seed)
    var recoveries: [RecoveryMoments] = []
    if draws.count == result.draws.count, let best = source.record.recoveryMoments {
      recoveries = [best] + draws
    }
    var text = CSVText()
    text.add("draw")
    let parameters = result.posterior.map(\.parameter)
    for parameter in parameters { text.add(CSVText.quoted(parameter.name(in: result.history))) }
    if !recoveries.isEmpty {
      text.add("recovery.mean")
      text.add("recovery.standardDeviation")
    }
    try text.endRow(to: sink)
    for (number, draw) in ([result.best.parameters] + result.draws).enumerated() {
      text.add(Int64(number))
      for parameter in parameters { text.add(parameter.value(draw)) }
      if !recoveries.isEmpty {
        text.add(recoveries[number].mean)
        text.add(recoveries[number].standardDeviation ?? 0)
      }
      try text.endRow(to: sink)
    }
    try text.finish(to: sink)
  }

  /// Writes `calibrated.yaml`: the sections `defaults:` and, where the history tells of recoveries,
  /// `recovery:` of a scenario.
  public func writeFragment(to sink: (String) throws -> Void) rethrows {
    let history = result.history
    let seed = result.settings.seed
    var lines = [
      "# From \(Self.plain(source.file)), \(history.firstYear) to \(history.years.upperBound - 1), "
        + "by `fundsim calibrate` with seed \(seed).",
      "# Put these keys in place of a scenario's own; posterior.csv holds what is not known of them.",
      "defaults:", "  timing: monthly", "  dependence: gaussian",
    ]
    lines.append("  assetCorrelation: " + correlation)
    let persistence = Self.number(pasted(.persistence).value)
    let isGiven = !result.posterior.contains { $0.parameter == .persistence }
    lines.append(
      "  factor: {period: year, persistence: \(persistence)}"
        + (isGiven ? "  # given, not estimated" : ""))
    if history.grades == [""] {
      lines.append("  pd: " + percent(ofGrade: 0))
    } else {
      lines.append("  grades:")
      for (grade, name) in history.grades.enumerated() {
        let quoted = "'" + Self.plain(name).replacing("'", with: "''") + "'"
        lines.append("    \(quoted): " + percent(ofGrade: grade))
      }
    }
    if !ageCurve.isEmpty {
      lines += [
        "  # The history contradicts one PD for all ages: multipliers by months since the start.",
        "  ageCurve: " + Self.line(ageCurve),
      ]
    }
    lines += recovery
    try sink(lines.joined(separator: "\n") + "\n")
  }

  /// A curve as a scenario writes it.
  static func line(_ curve: [AgeTable.Stretch]) -> String {
    let items = curve.map { stretch in
      let until = stretch.until.map { ", until: \($0)" } ?? ""
      return "{from: \(stretch.from)\(until), factor: \(number(stretch.factor, digits: 3))}"
    }
    return "[" + items.joined(separator: ", ") + "]"
  }

  /// What the history tells of `recovery:`.
  private var recovery: [String] {
    guard let moments = source.record.recoveryMoments else { return [] }
    var lines = ["", "recovery:", "  mean: \(Self.number(min(1, moments.mean) * 100))%"]
    guard let deviation = moments.standardDeviation,
      case .loans(_, let recoveries) = source.record
    else {
      return lines + [
        "  # standardDeviation and lag: a yearly table does not tell them; keep those of the scenario."
      ]
    }
    lines.append("  standardDeviation: \(Self.number(deviation * 100))%")
    if let first = recoveries.lags.quantile(0.05), let last = recoveries.lags.quantile(0.95) {
      lines += [
        "  # Months from the first day overdue: take off what passes until the claim.",
        "  lag: {from: \(max(1, first)), to: \(max(1, last))}",
      ]
    } else {
      lines.append("  # lag: the register tells too little of it; keep that of the scenario.")
    }
    return lines
  }

  private var correlation: String {
    let (value, isMedian) = pasted(.assetCorrelation)
    return Self.number(value) + (isMedian ? "  # the posterior median: the likeliest is 0" : "")
  }

  private func percent(ofGrade grade: Int) -> String {
    let (value, isMedian) = pasted(.pd(grade: grade))
    let note = isMedian ? "  # the posterior median: no default was seen" : ""
    return Self.number(value * 100) + "%" + note
  }

  /// Digits that count, without an exponent and without commas.
  private static func number(_ value: Double, digits: Int = 5) -> String {
    var text = NumberFormat.significant(value, digits: digits).replacing(",", with: "")
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A text in a comment or a key: on one line.
  private static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
  }
}
