import FundCore
import ResultFacts

/// What a scenario says of how well its parameters are known, as facts.
struct UncertaintyFacts {
  let uncertainty: UncertaintyAssumptions

  /// The source, the number of draws, and each parameter with 5, 50 and 95 % of its draws.
  var all: [InputFact] {
    func fact(_ key: String, _ value: InputValue) -> InputFact {
      InputFact("uncertainty." + key, of: .model, value)
    }
    var facts: [InputFact] =
      switch uncertainty.source {
      case .draws(let file): [fact("draws", .word(file))]
      case .history(let file, let counted):
        [fact("history", .word(file))] + (counted.map { [fact("counted", .words($0))] } ?? [])
      case .byHand: []
      }
    facts.append(fact("count", .count(uncertainty.count)))
    if let reference = uncertainty.reference {
      facts.append(fact("reference", .proportion(reference)))
    }
    return facts + uncertainty.columns.map(Self.fact)
  }

  private static func fact(_ column: UncertaintyAssumptions.Column) -> InputFact {
    let shares = [("5 %", 0.05), ("50 %", 0.5), ("95 %", 0.95)]
    let items = shares.map { InputItem($0.0, .proportion(column.quantile($0.1))) }
    guard case .pdOfGrade(let grade) = column.parameter else {
      return InputFact("uncertainty." + column.parameter.name, of: .model, .items(items))
    }
    return InputFact(
      "uncertainty.pd.*", of: .model,
      .items(items.map { InputItem("\(grade) " + $0.name.english, $0.value) }))
  }
}
