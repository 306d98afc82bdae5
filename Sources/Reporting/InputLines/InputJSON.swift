import FundCore
import ReportForm
import ResultFacts

/// Inputs for programs: key, block and fund, what they are called, the value in its kind and unit, and the
/// words of the report.
struct InputJSON {
  let line: InputLine
  /// The name of the fund that it concerns; `nil` if it concerns all.
  let fund: String?

  /// All inputs of a run.
  static func all(of provenance: Provenance) -> JSONValue {
    .array(
      InputLine.all(of: provenance).map {
        InputJSON(line: $0, fund: $0.fact.fundName(in: provenance)).value
      })
  }

  var value: JSONValue {
    [
      "key": .string(line.fact.key), "block": .string(line.fact.block.name),
      "fund": fund.map { .string($0) } ?? .null, "label": .string(line.label.english),
      "value": Self.value(of: line.fact.value), "unit": Self.unit(of: line.fact.value),
      "text": .string(line.value.english),
    ]
  }

  /// The value: a number, a word, `{from, to}`, or a list of `{name, value, loans}`.
  private static func value(of input: InputValue) -> JSONValue {
    switch input {
    case .money(let amount): .number(amount.yuan)
    case .ratio(let ratio): .number(ratio.value)
    case .proportion(let digits), .number(let digits): Double(digits).map { .number($0) } ?? .null
    case .count(let count), .months(let count): .integer(count)
    case .month(let month): .string("\(month)")
    case .words(let words): .string(words.english)
    case .range(let low, let high): ["from": value(of: low), "to": value(of: high)]
    case .items(let items):
      .array(
        items.map { item in
          [
            "name": .string(item.name.english), "value": value(of: item.value),
            "loans": item.loans.map { .integer($0) } ?? .null,
          ]
        })
    }
  }

  /// What its numbers count in; null for words and plain numbers.
  private static func unit(of input: InputValue) -> JSONValue {
    switch input {
    case .money: "yuan"
    case .ratio, .proportion: "part"
    case .months: "months"
    case .count: "count"
    case .number, .words, .month: .null
    case .range(let low, _): unit(of: low)
    case .items(let items): items.first.map { unit(of: $0.value) } ?? .null
    }
  }
}

extension InputFact {
  /// The name of the fund that the fact concerns, as the facts of its result tell it.
  func fundName(in provenance: Provenance) -> String? {
    guard block.fund != nil else { return nil }
    let fact = provenance.inputs.first { $0.block == block && $0.key == "funds[].name" }
    guard case .words(let name) = fact?.value else { return nil }
    return name.english
  }
}
