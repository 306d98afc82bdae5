public import ClaimRules
import CompensationKernel
public import FundCore
import PolicyLibrary
public import ResultFacts

extension RegisterStudy {
  /// Sends the register through the rules of every fund.
  public func replays() -> [Replay] {
    funds.map { replay(register, under: $0, opening: opening, calendar: calendar) }
  }

  /// A fund in words, with what it covered of the register.
  public func description(of replay: Replay) -> FundDescription {
    var tally = CoverageTally(replay.agreement.terms.coverage)
    for (loan, outcome) in zip(replay.register.loans, replay.loans) {
      if let cover = outcome.cover { tally.count(cover, CoverageCase(loan).loan) }
    }
    return FundInWords(fund: replay.agreement, isByDay: true).description(coverage: tally.summary)
  }

  /// Where the figures come from. No trials were run, and nothing was drawn.
  public func provenance(version: EngineVersion) -> Provenance {
    var lent = Money.zero
    for loan in tape.loans { lent += loan.principal }
    var provenance = Provenance(
      engine: version,
      scenario: Provenance.Scenario(
        title: title, path: termsFile ?? registerFile, digest: digest), seed: 0, trials: 0,
      portfolio: PortfolioDescription(
        source: tape.source, loans: tape.loans.count,
        banks: tape.banks.count, enterprises: tape.enterprises.count, lent: lent))
    provenance.portfolio.setAside = unused
    provenance.portfolio.units = tape.units + (recoveries?.units ?? [])
    provenance.portfolio.notices =
      tape.notices
      + (recoveries.map { $0.notices.map { $0.named(recoveries?.source ?? "") } } ?? [])
    provenance.programmes = programmeReferences(of: funds)
    for fund in funds {
      provenance.overrides += FundInWords(fund: fund).overrides
      provenance.readings += FundInWords(fund: fund).readings
    }
    provenance.assumptions = assumptions
    return provenance
  }

  /// Rows that were not used, by reason, the most frequent first.
  private var unused: [CountedReason] {
    var reasons = tape.setAside.sorted(by: SetAsideRows.precedes).map(\.counted)
    if tape.outsideWindow > 0 {
      reasons.append(
        CountedReason(
          reason: .init(en: "outside the window", zh: "在时间窗口之外"), count: tape.outsideWindow))
    }
    guard let recoveries else { return reasons }
    reasons += recoveries.setAside.sorted(by: SetAsideRows.precedes).map {
      CountedReason(
        reason: $0.reason.named(recoveries.source), count: $0.count, firstRows: $0.firstLines)
    }
    if recoveries.ofUnusedLoans > 0 {
      reasons.append(
        CountedReason(
          reason: .init(
            en: "\(recoveries.source): recoveries of loans that are not used",
            zh: "\(recoveries.source)：未使用贷款的追偿"),
          count: recoveries.ofUnusedLoans))
    }
    return reasons
  }

  private var digest: String {
    var bytes = digestInput
    for fund in funds { bytes += Array(fund.programme.tree.digestText.utf8) }
    return SHA256.hexDigest(of: bytes)
  }
}
