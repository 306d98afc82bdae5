public import ClaimRules
public import FundCore
public import ResultFacts
public import ScenarioInput

extension RegisterStudy {
  /// A fund in words, with what it covered of the register.
  public func description(of replay: Replay) -> FundDescription {
    FundInWords(fund: replay.agreement, isByDay: true).description(coverage: coverage(of: replay))
  }

  /// Where the figures come from, in words. No trials were run, and nothing was drawn.
  public func provenance(version: EngineVersion) -> Provenance {
    var provenance = Provenance(
      engine: version,
      scenario: Provenance.Scenario(
        title: title, path: termsFile ?? registerFile, digest: digest), seed: 0, trials: 0,
      portfolio: PortfolioDescription(tape))
    provenance.portfolio.setAside = unused
    provenance.portfolio.units = units
    provenance.portfolio.notices = notices
    provenance.programmes = ProgrammeReference.all(of: funds)
    for fund in funds {
      provenance.overrides += FundInWords(fund: fund).overrides
      provenance.readings += FundInWords(fund: fund).readings
    }
    provenance.assumptions = assumptions
    return provenance
  }
}
