public import ClaimRules
import CompensationKernel
public import FundCore
import PolicyLibrary
public import ResultFacts

extension RegisterStudy {
  /// Sends the register through the rules of every fund.
  public func replays() -> [Replay] {
    funds.map {
      replay(
        register, under: $0, opening: opening, calendar: calendar, keepsStanding: keepsStandings)
    }
  }

  /// What a fund covered of the register, and why not the rest.
  public func coverage(of replay: Replay) -> CoverageSummary {
    var tally = CoverageTally(replay.agreement.terms.coverage)
    for (loan, outcome) in zip(replay.register.loans, replay.loans) {
      if let cover = outcome.cover { tally.count(cover, CoverageCase(loan).loan) }
    }
    return tally.summary
  }

  /// The units that columns were heard to count in.
  public var units: [HeardUnit] { tape.units + (recoveries?.units ?? []) }

  /// What was noticed while the files were read.
  public var notices: [LocalizedText] {
    tape.notices
      + (recoveries.map { $0.notices.map { $0.named(recoveries?.source ?? "") } } ?? [])
  }

  /// Rows that were not used, by reason, the most frequent first.
  public var unused: [CountedReason] {
    var reasons = tape.unused
    if tape.outsideWindow > 0 {
      reasons.append(
        CountedReason(
          reason: .init(en: "outside the window", zh: "在时间窗口之外"), count: tape.outsideWindow))
    }
    guard let recoveries else { return reasons }
    reasons += recoveries.setAside.sorted(by: SetAsideRows.precedes).map {
      CountedReason(
        reason: $0.reason.named(recoveries.source), count: $0.count, firstRows: $0.firstLines,
        naming: $0.naming)
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

  /// The digest of everything that was read, in hexadecimal digits.
  public var digest: String { inputsDigest(digestInput, funds) }
}
