import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Simulation

/// Says in words what a scenario is, for its report.
struct ScenarioDescription {
  let scenario: Scenario

  func description(of fund: FundAgreement, coverage: CoverageSummary) -> FundDescription {
    var described = FundDescription(
      name: fund.name, programme: (fund.programme.id, fund.programme.title.english),
      operatingModel: fund.model?.rawValue ?? "fromLoan",
      money: (fund.initial, shares(of: fund)), claimDelayMonths: fund.claimDelay)
    described.terms = terms(of: fund)
    described.thresholds = fund.programme.terms.thresholds.map { threshold($0, of: fund) }
    described.coverage = coverage
    return described
  }

  private func shares(of fund: FundAgreement) -> [ShareDescription] {
    let models = fund.sharing.keys.sorted { $0.rawValue < $1.rawValue }
    return models.flatMap { model -> [ShareDescription] in
      guard let sharing = fund.sharing[model], let clauses = fund.programme.terms.models[model]
      else { return [] }
      let prefix = models.count > 1 ? "\(model.rawValue): " : ""
      var shares = zip(sharing.payers, clauses.payers).map { payer, clause in
        let cap = clause.caps.last.map { ", at most \($0.perClaim.value) a claim" } ?? ""
        return ShareDescription(
          party: prefix + payer.party.name, share: payer.share.description + cap,
          citation: clause.share.citation.description)
      }
      shares.append(
        ShareDescription(
          party: prefix + "bank", share: "the rest (\(sharing.bankShare) of the loss base)",
          citation: clauses.bankMustBear.citation.description))
      return shares
    }
  }

  private func terms(of fund: FundAgreement) -> [LabelledText] {
    let terms = fund.programme.terms
    var lines: [LabelledText] = []
    let end = fund.dates.lastMonth.map { " to \($0)" } ?? ", no end"
    lines.append(
      LabelledText("in force", "\(fund.dates.firstMonth)\(end) (\(terms.inForce.citation))"))
    for model in fund.sharing.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let base = terms.models[model]?.lossBase else { continue }
      lines.append(
        LabelledText(
          fund.sharing.count > 1 ? "loss base, \(model.rawValue)" : "loss base",
          "\(base.value == .principal ? "principal" : "principal and interest") (\(base.citation))"
        ))
    }
    if case .socialFirst(let share, let lag) = fund.accounts {
      lines.append(
        LabelledText(
          "accounts",
          "social account pays first, fiscal account refunds \(share)"
            + (lag > 0 ? " after \(lag) months" : " at once")
            + " (\(terms.fund.accounts.citation))"))
    }
    if !fund.partition.isEmpty {
      lines.append(
        LabelledText("accounts", "one for each bank (\(terms.fund.accounts.citation))"))
    }
    if fund.interestRate > .zero {
      lines.append(LabelledText("interest on the balance", "\(fund.interestRate) a year"))
    }
    if let fee = terms.fund.fee {
      lines.append(LabelledText("management fee", "\(fund.annualFee) a year (\(fee.citation))"))
    }
    return lines
  }

  private func threshold(
    _ cited: Cited<ThresholdTerms>, of fund: FundAgreement
  ) -> ThresholdDescription {
    let terms = cited.value
    let time =
      switch terms.watched {
      case .claims:
        terms.numerator.countsCompensation ? "at every claim" : "every month after the last claim"
      case .monthEnds: "at month ends"
      case .quarterEnds: "at calendar quarter ends"
      case .yearEnds: "at calendar year ends"
      }
    let volume =
      terms.minimumDisbursed > .zero
      ? "once \(terms.minimumDisbursed) are disbursed" : "from the first loan on"
    let numerator =
      switch terms.numerator {
      case .compensationOwed: "compensation owed"
      case .compensationPaid: "compensation paid"
      case .compensationNet: "compensation net of returns"
      case .overdueOutstanding: "overdue principal"
      case .overdueEver: "all principal ever overdue"
      }
    let denominator =
      switch terms.denominator {
      case .disbursed: "disbursed"
      case .covered: "covered disbursements"
      case .outstanding: "outstanding"
      }
    let measure = terms.measure == .ipPart ? "IP part" : "whole loans"
    return ThresholdDescription(
      id: terms.id,
      rule: (
        terms.level.description, terms.effect.rawValue, cited.citation.description
      ), ratio: "\(numerator) ÷ \(denominator) (\(measure))",
      reading: "I-16: \(time), \(volume)")
  }

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
    var seen: Set<String> = []
    for fund in scenario.funds where seen.insert(fund.programme.id).inserted {
      provenance.programmes.append(
        ProgrammeReference(
          id: fund.programme.id, title: fund.programme.title.chinese,
          checkedOn: fund.programme.checkedOn))
    }
    provenance.model = model
    for fund in scenario.funds {
      provenance.overrides += fund.overrides.map { override($0, of: fund) }
      provenance.readings += fund.readings.compactMap { reading($0, of: fund) }
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

  private func override(_ item: OverrideRequest, of fund: FundAgreement) -> ParameterOverride {
    let original = fund.original.tree.node(at: item.path.value)?.text
    return ParameterOverride(
      scope: fund.name, parameter: item.path.value, original: original ?? "",
      value: item.value.text ?? "…", reason: item.reason)
  }

  private func reading(_ choice: ReadingChoice, of fund: FundAgreement) -> ChosenReading? {
    let interpretation = fund.programme.interpretations.first { $0.id == choice.id.value }
    let reading = interpretation?.others.first { $0.name == choice.name.value }
    return ChosenReading(
      scope: fund.name, interpretation: choice.id.value, name: choice.name.value,
      text: reading?.text.english ?? interpretation?.reading.english ?? "")
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
