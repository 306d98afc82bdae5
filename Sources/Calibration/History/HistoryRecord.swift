/// What a history was made from.
public enum HistoryRecord: Sendable, Hashable {
  /// A yearly table.
  case table(YearlyHistory)
  /// Loans with their outcomes, and the defaults among them with what came back.
  case loans(LoanHistory, recoveries: RecoveryHistory)

  /// What was recovered by year of default.
  public var recoveries: [YearlyRecovery] {
    switch self {
    case .table(let table): table.recoveries
    case .loans(_, let recoveries): recoveries.years
    }
  }

  /// Mean and, where single cases are known, standard deviation of what is recovered.
  public var recoveryMoments: RecoveryMoments? {
    switch self {
    case .table(let table): table.recoveries.moments
    case .loans(_, let recoveries): recoveries.moments
    }
  }

  /// Draws of the moments; empty where single cases are not known or are too few.
  public func recoveryDraws(_ count: Int, seed: UInt64) -> [RecoveryMoments] {
    if case .loans(_, let recoveries) = self { return recoveries.draws(count, seed: seed) }
    return []
  }

  /// What the defaults of each year cost, before recoveries: of years in which that is known of every
  /// default.
  public var losses: [YearlyLosses] {
    switch self {
    case .table(let table): table.losses
    case .loans(let loans, _): loans.losses
    }
  }

  /// Defaults by the age of the loans; `nil` where ages are not known.
  public var ages: AgeTable? {
    if case .loans(let loans, _) = self { return AgeTable(loans) }
    return nil
  }
}
