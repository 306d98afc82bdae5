import FundCore
import ReportForm
import Simulation

/// Who uses a fund up, for programs: an entry for all loans, then one a group of each trait.
struct ContributionJSON {
  let contributions: FundContributions

  /// The entries.
  var value: JSONValue { .array([whole] + contributions.divisions.flatMap { entries($0) }) }

  /// The figures as a whole, with the trials behind them.
  private var whole: JSONValue {
    [
      "by": "all", "group": "all", "lent": .null,
      "trials": .integer(contributions.trialCount),
      "figures": .array(
        contributions.figures.map { figure in
          [
            "figure": .string(figure.figure.rawValue), "value": .number(figure.value),
            "standardError": .null, "share": .number(1), "trials": .integer(figure.trials),
            "dividedTrials": .integer(figure.dividedTrials), "tooFew": .bool(figure.isTooFew),
          ]
        }),
    ]
  }

  private func entries(_ division: FundContributions.Division) -> [JSONValue] {
    var entries = division.parts.map {
      entry(division.by, $0.group.name, lent: $0.group.lent, $0.values)
    }
    if division.rest.contains(where: { $0.value != 0 }) {
      entries.append(entry(division.by, ContributionComposer.restName, lent: nil, division.rest))
    }
    return entries
  }

  private func entry(
    _ trait: LoanTrait, _ group: LocalizedText, lent: Money?, _ values: [ContributionValue]
  ) -> JSONValue {
    [
      "by": .string(trait.rawValue), "group": .string(group.english),
      "lent": lent.map { .number($0.yuan) } ?? .null, "trials": .null,
      "figures": .array(
        zip(contributions.figures, values).map { figure, value in
          [
            "figure": .string(figure.figure.rawValue), "value": .number(value.value),
            "standardError": figure.isTooFew
              ? .null : value.standardError.map { .number($0) } ?? .null,
            "share": figure.value > 0 ? .number(value.value / figure.value) : .null,
            "trials": .null, "dividedTrials": .null, "tooFew": .bool(figure.isTooFew),
          ]
        }),
    ]
  }
}
