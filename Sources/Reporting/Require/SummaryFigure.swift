import FundCore
import ReportForm

/// A figure of a fund in the summary, by the name under which it can be required.
public struct SummaryFigure: Sendable {
  /// Its name: `survival`, `compensation.q99`, `2025.budget.q95`.
  public let name: String
  /// Its value: yuan, a probability, a ratio, months or a count; infinite for a ratio by nothing.
  public let value: Double
  /// The ends of its 95 % interval; `nil` where none is known to hold, or where there is no error.
  public let interval: ClosedRange<Double>?
}

extension RiskReport {
  /// All figures of a fund in the summary, each under the names by which it can be required.
  ///
  /// - Parameter fund: The position of the fund.
  public func figures(ofFund fund: Int) -> [SummaryFigure] {
    var list = SummaryFigures()
    list.add(JSONReport(report: self).fund(fund), at: "")
    return list.withShortNames
  }
}

extension JSONValue {
  /// The value of an object's member; `nil` without it.
  fileprivate subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The number; `nil` if this is none.
  fileprivate var amount: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}

/// Finds the figures in an object of the summary.
private struct SummaryFigures {
  private(set) var all: [SummaryFigure] = []

  /// Parts of the summary's paths that no name needs.
  private static let silent: Set<String> = ["years", "money", "indicators", "quantiles", "figures"]
  /// Members that say where a figure belongs, and are none.
  private static let places: Set<String> = [
    "month", "lastMonth", "year", "level", "trials", "trialsNeeded", "standardError", "limit",
  ]

  mutating func add(_ value: JSONValue, at path: String) {
    switch value {
    case .object(let members):
      guard value["low"] == nil || value["high"] == nil else { return noteEstimate(path, value) }
      for member in members where !Self.places.contains(member.key) {
        add(member.value, at: Self.join(path, member.key))
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        guard case .object = item else { continue }
        add(item, at: Self.path(of: item, in: path, index: index))
      }
    case .number(let number): note(path, number)
    case .integer(let number): note(path, Double(number))
    default: break
    }
  }

  private mutating func noteEstimate(_ path: String, _ item: JSONValue) {
    // A ratio by nothing is infinite, and null.
    let value = item["value"]?.amount ?? item["probability"]?.amount ?? .infinity
    guard let low = item["low"]?.amount, let high = item["high"]?.amount, low <= high else {
      return note(path, value)
    }
    all.append(SummaryFigure(name: path, value: value, interval: low...high))
  }

  private mutating func note(_ path: String, _ value: Double) {
    all.append(SummaryFigure(name: path, value: value, interval: nil))
  }

  private static func join(_ path: String, _ key: String) -> String {
    if silent.contains(key) { return path }
    return path.isEmpty ? key : path + "." + key
  }

  /// The path of an item of a list, by what tells it from the others.
  private static func path(of item: JSONValue, in path: String, index: Int) -> String {
    func text(_ key: String) -> String? {
      switch item[key] {
      case .string(let text): return text
      case .integer(let number): return "\(number)"
      case .number(let number): return percent(number)
      default: return nil
      }
    }
    let list = path.split(separator: ".").last.map(String.init) ?? ""
    let before = path.split(separator: ".").dropLast().joined(separator: ".")
    if let level = text("level") {
      switch list {
      case "expectedShortfall", "lowestMean": return join(before, "es" + level)
      default: return join(path, "q" + level)
      }
    }
    if let survival = text("survival") { return join(before, "capital" + survival) }
    if let month = text("month").flatMap({ Int($0) }) { return join(path, "\(month + 1)") }
    if let threshold = text("threshold") {
      let bank = text("bank").map { "@" + $0 } ?? ""
      return join(before, "breach." + threshold + bank)
    }
    if let kind = text("kind") {
      return join(
        path, kind == "run" ? "run" : (kind == "programme" ? "year" : "") + (text("year") ?? ""))
    }
    for key in ["party", "indicator", "reason", "figure", "by"] {
      if let name = text(key) { return join(path, name + (text("group").map { ".\($0)" } ?? "")) }
    }
    return join(path, text("year").map { "year\($0)" } ?? "\(index + 1)")
  }

  /// A share in per cent, as names hold it: 99, 99.9.
  private static func percent(_ share: Double) -> String {
    let digits = "\((share * 1_000_000).rounded() / 10_000)"
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  /// The figures with the short names of those that are asked for most.
  var withShortNames: [SummaryFigure] {
    func renamed(_ figure: SummaryFigure, _ name: String) -> SummaryFigure {
      SummaryFigure(name: name, value: figure.value, interval: figure.interval)
    }
    var list: [SummaryFigure] = []
    if let last = all.last(where: { $0.name.hasPrefix("survival.") }) {
      list.append(renamed(last, "survival"))
    }
    for figure in all {
      list.append(figure)
      if figure.name == "exhaustionProbability" { list.append(renamed(figure, "exhaustion")) }
      if figure.name.hasSuffix(".mean") {
        list.append(renamed(figure, String(figure.name.dropLast(5))))
      }
      let parts = figure.name.split(separator: ".", maxSplits: 1).map(String.init)
      if parts.count == 2, parts[0] == "compensation", parts[1] != "mean" {
        list.append(renamed(figure, parts[1]))
      }
    }
    return list
  }
}
