public import FundCore

/// Of whose claims something is added up.
public enum AggregateScope: String, CaseIterable, Sendable {
  /// Of each bank's, for itself.
  case bank
  /// Of all claims of the fund.
  case fund
}

/// Over which time something is added up.
public enum AggregatePeriod: String, CaseIterable, Sendable {
  /// The calendar year of the claim.
  case calendarYear
  /// The twelve-month year of the programme in which the claim is settled.
  case programmeYear
  /// From the start of the programme on.
  case programme
}

/// Which covered lending a level is a part of.
public enum LendingMeasure: String, CaseIterable, Sendable {
  /// What was lent under cover in the period, by the day of the claim.
  case madeInPeriod
  /// What was lent under cover so far.
  case madeSoFar
  /// What is outstanding of it by schedule at the end of the month of the claim.
  case outstanding
}

/// How much something may add up to.
public enum AggregateLevel: Hashable, Sendable {
  /// An amount.
  case amount(Money)
  /// A part of the covered lending, rounded down to the fen.
  case part(Ratio, of: LendingMeasure)
  /// A part of the fund's money, rounded down to the fen.
  case partOfFund(Ratio, FundMoney.Measure)

  /// Which of the fund's money it is a part of; `nil` where it is of none.
  public var fundMeasure: FundMoney.Measure? {
    if case .partOfFund(_, let measure) = self { measure } else { nil }
  }
}

/// One clause on what claims add up to.
public struct AggregateTerms: Hashable, Sendable {
  /// Its name in the programme file.
  public let id: String
  /// Of whose claims.
  public let scope: AggregateScope
  /// Over which time.
  public let period: AggregatePeriod
  /// How much.
  public let level: AggregateLevel

  /// Creates a clause.
  public init(
    id: String, scope: AggregateScope, period: AggregatePeriod, level: AggregateLevel
  ) {
    (self.id, self.scope, self.period, self.level) = (id, scope, period, level)
  }
}

/// What the claim rate of a bank counts (代偿率), where shares hang on it.
public struct ClaimRateTerms: Hashable, Sendable {
  /// What stands above the line.
  public enum Numerator: String, CaseIterable, Sendable {
    /// The covered losses that were claimed.
    case losses
    /// The compensation that the fund owed.
    case compensation
  }
  /// What of a claim that takes the rate past a step goes by the share of the next one.
  public enum Beyond: String, CaseIterable, Sendable {
    /// The part of its loss that lies beyond.
    case part
    /// Nothing: a claim goes by the step on which the rate stands before it.
    case laterClaims
  }
  /// What is counted.
  public let numerator: Numerator
  /// The covered lending that it is measured against.
  public let denominator: LendingMeasure
  /// Of whose claims and lending.
  public let scope: AggregateScope
  /// Over which time.
  public let period: AggregatePeriod
  /// What goes by the share of the next step.
  public let beyond: Beyond

  /// Creates a rate.
  public init(
    _ numerator: Numerator, of denominator: LendingMeasure, scope: AggregateScope = .bank,
    period: AggregatePeriod, beyond: Beyond
  ) {
    (self.numerator, self.denominator) = (numerator, denominator)
    (self.scope, self.period, self.beyond) = (scope, period, beyond)
  }
}

/// The clauses of a programme that look at many claims together.
public struct AggregateClauses: Sendable {
  /// The most that the fund owes.
  public var limits: [Cited<AggregateTerms>] = []
  /// The covered losses up to which nobody pays, and the bank bears all.
  public var firstLosses: [Cited<AggregateTerms>] = []
  /// The covered losses beyond which the fund pays all.
  public var stopLosses: [Cited<AggregateTerms>] = []
  /// What the claim rate counts on whose steps shares hang; `nil` where none do.
  public var claimRate: Cited<ClaimRateTerms>?

  /// Creates clauses that look at nothing.
  public init() {}

  /// Whether there are none.
  public var isEmpty: Bool {
    limits.isEmpty && firstLosses.isEmpty && stopLosses.isEmpty && claimRate == nil
  }

  /// The same without their sources.
  public var rules: AggregateRules {
    AggregateRules(
      limits: limits.map(\.value), firstLosses: firstLosses.map(\.value),
      stopLosses: stopLosses.map(\.value), claimRate: claimRate?.value)
  }
}

/// The clauses on many claims together, without their sources.
public struct AggregateRules: Hashable, Sendable {
  /// The most that the fund owes.
  public let limits: [AggregateTerms]
  /// The losses that the bank bears first.
  public let firstLosses: [AggregateTerms]
  /// The losses beyond which the fund pays all.
  public let stopLosses: [AggregateTerms]
  /// What the claim rate counts.
  public let claimRate: ClaimRateTerms?

  /// Whether any of them is measured against covered lending.
  public var countsLending: Bool {
    claimRate != nil
      || (limits + firstLosses + stopLosses).contains {
        if case .part = $0.level { true } else { false }
      }
  }

  /// Whether there are none.
  public var isEmpty: Bool {
    limits.isEmpty && firstLosses.isEmpty && stopLosses.isEmpty && claimRate == nil
  }

  /// Those that are not measured against the fund's money.
  public var withoutFund: AggregateRules {
    func left(_ list: [AggregateTerms]) -> [AggregateTerms] {
      list.filter { $0.level.fundMeasure == nil }
    }
    return AggregateRules(
      limits: left(limits), firstLosses: left(firstLosses), stopLosses: left(stopLosses),
      claimRate: claimRate)
  }

  /// Whether any of them is measured against the fund's money.
  public var looksAtFund: Bool {
    (limits + firstLosses + stopLosses).contains { $0.level.fundMeasure != nil }
  }

  /// Whether any of them is measured against what is outstanding of it.
  public var countsOutstanding: Bool {
    claimRate?.denominator == .outstanding
      || (limits + firstLosses + stopLosses).contains {
        if case .part(_, .outstanding) = $0.level { true } else { false }
      }
  }
}

/// Whether covered lending stays within so many times a balance.
///
/// - Parameters:
///   - lending: The covered lending that is outstanding, with the loan that is asked about.
///   - times: How many times.
///   - balance: The fund's balance.
public func isWithin(_ lending: Money, times: Int, balance: Money) -> Bool {
  Int128(lending.fen) <= Int128(balance.fen) * Int128(times)
}
