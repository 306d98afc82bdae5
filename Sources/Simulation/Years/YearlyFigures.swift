public import FundCore

/// What a run says of the years of its funds: estimates on its first trials. Every part of a run holds all of
/// it, so that a merge gives the same bits.
public struct YearlyFigures: Sendable, Hashable, Codable {
  /// The distribution of a figure of a time.
  public struct Entry: Sendable, Hashable, Codable {
    /// What it is of.
    public let figure: YearFigure
    /// Its mean, in yuan or as a ratio; `nil` where it is infinite, or defined in no trial.
    public let mean: KnownFigure?
    /// Quantiles at 1, 5, 50, 95 and 99 %, and at the budget's level; none where it is defined in no trial.
    public let quantiles: [KnownQuantile]
    /// The mean of the worst 1 % of trials, towards the bad end; `nil` as above.
    public let worst: KnownFigure?
    /// In how many trials it is not defined: they count for nothing here.
    public let undefined: Int

    /// The quantile at a level in millionths.
    public func quantile(_ level: Int) -> KnownQuantile? { quantiles.first { $0.level == level } }
  }

  /// How likely a limit is passed.
  public struct Odds: Sendable, Hashable, Codable {
    /// The limit.
    public let limit: YearRequest.Limit
    /// At the end of the time.
    public let atEnd: KnownFigure
    /// At the end of any of its months; `nil` where that is not asked of the indicator.
    public let ever: KnownFigure?
  }

  /// A time of a fund.
  public struct Period: Sendable, Hashable, Codable {
    /// The time.
    public let period: YearPeriod
    /// Its figures, in their order.
    public let entries: [Entry]
    /// The probability that it needs money at its start.
    public let chanceNeeded: KnownFigure
    /// The odds of the limits that the scenario names, in their order.
    public let odds: [Odds]
    /// The balances of the accounts at its end, in their order; empty where there is one account.
    public let accounts: [Entry]

    /// A figure.
    public func entry(_ figure: YearFigure) -> Entry? { entries.first { $0.figure == figure } }
  }

  /// What one who has put money in has at the end of the run: of the balance then, and of what went back before
  /// (I-47), in proportion to what each has put in; of a fund with two accounts, each side its own.
  public struct ContributorEnd: Sendable, Hashable, Codable {
    /// Its name, or what it is.
    public let name: LocalizedText
    /// What it has put in, without what filling up gave.
    public let putIn: Money
    /// What it has at the end, as a balance: little is bad.
    public let atEnd: Entry
  }

  /// A fund.
  public struct Fund: Sendable, Hashable, Codable {
    /// Its accounts; empty where there is one.
    public let accounts: [AccountName]
    /// Who has put money in; empty where nobody is named and there is one account.
    public let contributors: [ContributorEnd]
    /// The whole run, then its calendar years, then its own where those are others.
    public let periods: [Period]

    /// The times of a kind.
    public func periods(_ kind: YearPeriod.Kind) -> [Period] {
      periods.filter { $0.period.kind == kind }
    }
  }

  /// On how many trials the figures rest: the first ones of the run.
  public let trials: Int
  /// What was asked.
  public let request: YearRequest
  /// One entry a fund, in the order of the scenario.
  public let funds: [Fund]

  /// Whether it can be of so many funds.
  public func isSound(fundCount: Int, horizon: Int) -> Bool {
    trials > 0 && funds.count == fundCount
      && funds.allSatisfy { fund in
        fund.periods.allSatisfy { period in
          period.period.isSound(horizon: horizon) && period.chanceNeeded.isSound
            && (period.entries + period.accounts).allSatisfy { entry in
              (0...trials).contains(entry.undefined) && entry.mean?.isSound ?? true
                && entry.worst?.isSound ?? true
            }
            && period.odds.map(\.limit) == request.limits
            && period.accounts.count == fund.accounts.count
        }
          && fund.contributors.allSatisfy { (0...trials).contains($0.atEnd.undefined) }
      }
  }
}
