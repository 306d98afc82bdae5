import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Simulation

/// Says in words what a scenario is, for its report.
struct ScenarioDescription {
  let scenario: Scenario

  // MARK: Provenance

  func provenance(version: String) -> Provenance {
    let tape = scenario.portfolio
    var lent = Money.zero
    for loan in tape.loans { lent += loan.principal }
    var setAside = tape.setAside.map { CountedReason(reason: $0.reason, count: $0.count) }
    if tape.outsideWindow > 0 {
      setAside.append(
        CountedReason(reason: "outside the scenario's window", count: tape.outsideWindow))
    }
    var provenance = Provenance(
      programVersion: version,
      scenario: Provenance.Scenario(
        title: scenario.title, path: scenario.file, digest: digest),
      seed: scenario.seed, trials: scenario.trials,
      portfolio: PortfolioDescription(
        source: tape.source, loans: tape.loans.count,
        parties: (tape.banks.count, tape.enterprises.count), lent: lent, setAside: setAside))
    provenance.programmes = programmeReferences(of: scenario.funds)
    provenance.model = model
    for fund in scenario.funds {
      provenance.overrides += FundInWords(fund: fund).overrides
      provenance.readings += FundInWords(fund: fund).readings
    }
    if scenario.assumesFacts {
      provenance.assumptions.append(
        "every coverage fact without a column (registration, credit record, …) counts as met")
    }
    return provenance
  }

  private var digest: String {
    var bytes = scenario.digestInput
    for fund in scenario.funds { bytes += Array(fund.programme.tree.digestText.utf8) }
    return SHA256.hexDigest(of: bytes)
  }

  private var model: [LabelledText] {
    let defaults = scenario.defaults
    let factors = defaults.factors
    let dependence =
      switch factors.dependence {
      case .independent: "independent"
      case .gaussian: "Gaussian factor"
      case .studentT(let degrees): "Student t factor, \(degrees) degrees of freedom"
      case .gamma(let variance): "gamma factor, variance \(variance)"
      }
    var lines = [
      LabelledText("timing of defaults", defaults.timing.rawValue),
      LabelledText("dependence", dependence),
    ]
    switch factors.dependence {
    case .gaussian, .studentT:
      let values = factors.assetCorrelations
      let text =
        values.count == 1
        ? "\(values[0])"
        : zip(scenario.portfolio.sectors, values).map { "\($0) \($1)" }.joined(separator: ", ")
          + "; between sectors \(factors.sectorCorrelation)"
      lines.append(LabelledText("asset correlation", text))
    case .independent, .gamma: break
    }
    if factors.dependence != .independent {
      lines.append(
        LabelledText(
          "factor period",
          (factors.periodMonths == 12 ? "year" : "month")
            + ", persistence \(factors.persistence)"))
    }
    let recovery = scenario.recovery
    lines.append(
      LabelledText(
        "recovery",
        "mean \(recovery.mean), SD \(recovery.standardDeviation), after \(recovery.lag.lowerBound)"
          + "–\(recovery.lag.upperBound) months, costs \(recovery.costs)"
          + (recovery.loading > 0 ? ", loading \(recovery.loading)" : "")))
    return lines
  }
}

extension DocumentNode {
  /// The content of a tree without its places, for a digest.
  var digestText: String {
    switch content {
    case .scalar(let text, _): "'\(text)'"
    case .null: "~"
    case .sequence(let items): "[" + items.map(\.digestText).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key.value):\($0.value.digestText)" }.joined(separator: ",") + "}"
    }
  }
}
