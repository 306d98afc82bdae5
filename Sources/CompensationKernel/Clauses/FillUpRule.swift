public import FundCore

/// When a fund is filled up.
public enum FillUpTime: String, CaseIterable, Sendable {
  /// At the start of every calendar year.
  case yearStart
  /// At the start of every calendar quarter.
  case quarterStart
  /// At the start of every month.
  case month

  /// When that is, in words.
  public var words: LocalizedText {
    switch self {
    case .yearStart: .init(en: "at each calendar year's start", zh: "每年初")
    case .quarterStart: .init(en: "at each quarter's start", zh: "每季初")
    case .month: .init(en: "at each month's start", zh: "每月初")
    }
  }

  /// Whether a fund is filled up on the first day of a month.
  public func isDue(atStartOf month: CivilMonth) -> Bool {
    switch self {
    case .yearStart: month.month == 1
    case .quarterStart: month.month % 3 == 1
    case .month: true
    }
  }
}

extension FillUpTime: SpokenChoice {
  /// The words of planners.
  public var otherWords: [String] {
    switch self {
    case .yearStart: ["每年初", "年初", "每年1月", "每年一月"]
    case .quarterStart: ["每季初", "季初", "每季度初"]
    case .month: ["每月初", "每月", "月初"]
    }
  }
}

/// What the text says of filling a fund up.
public struct FillUpClause: Hashable, Sendable {
  /// When; `nil` for never.
  public var time: FillUpTime?
  /// The amount to which it is filled up; `nil` for the initial amount of the text, or else of the fund.
  public var amount: Money?
  /// The most in a calendar year; `nil` if that is not limited.
  public var atMostAYear: Money?
  /// The most in all; `nil` if that is not limited.
  public var inAll: Money?

  /// Creates a clause.
  public init(
    at time: FillUpTime?, to amount: Money?, atMostAYear: Money? = nil, inAll: Money? = nil
  ) {
    (self.time, self.amount) = (time, amount)
    (self.atMostAYear, self.inAll) = (atMostAYear, inAll)
  }

  /// The rule of a fund; `nil` if it is never filled up.
  ///
  /// - Parameters:
  ///   - text: What the text says of the initial amount.
  ///   - initial: The initial amount of the fund.
  public func rule(of text: FundClauses.Initial, initial: Money) -> FillUpRule? {
    guard let time else { return nil }
    let ofText: Money =
      switch text {
      case .exactly(let amount), .atLeast(let amount): amount
      case .scenario: initial
      }
    return FillUpRule(
      to: amount ?? ofText, at: time, atMostAYear: atMostAYear, inAll: inAll)
  }
}

/// A fund that is filled up to an amount, again and again, within limits.
///
/// The more a fund holds, the less it is given, and never so much less that it holds less in the end than a
/// fund that held less: the balance afterwards rises with the balance before, so that the smallest initial
/// amount that leaves nothing unpaid keeps its meaning.
public struct FillUpRule: Hashable, Sendable {
  /// The amount to which the fund is filled up.
  public var amount: Money
  /// When.
  public var time: FillUpTime
  /// The most that it is given in a calendar year; `nil` if that is not limited.
  public var atMostAYear: Money?
  /// The most that it is given in all; `nil` if that is not limited.
  public var inAll: Money?

  /// Creates a rule.
  public init(to amount: Money, at time: FillUpTime, atMostAYear: Money? = nil, inAll: Money? = nil)
  {
    self.amount = amount
    self.time = time
    self.atMostAYear = atMostAYear
    self.inAll = inAll
  }

  /// What an account can be given, by account: each its part of the amount and of the limits, as the
  /// opening is divided between them. No account lends to another, so each is filled up by itself.
  ///
  /// - Parameters:
  ///   - rule: How the accounts work together.
  ///   - partition: The share of each bank's own account; empty for one balance.
  public func allowances(under rule: AccountRule, partition: [Ratio]) -> [FillUpAllowance] {
    func parts(_ amount: Money) -> [FundAccount] {
      (partition.isEmpty ? [amount] : partitioned(amount, by: partition))
        .map { FundAccount(opening: $0, under: rule) }
    }
    let targets = parts(amount)
    let years = atMostAYear.map(parts)
    let totals = inAll.map(parts)
    return targets.indices.map { index in
      FillUpAllowance(
        target: targets[index], aYear: years?[index] ?? .unlimited,
        inAll: totals?[index] ?? .unlimited)
    }
  }
}

extension FundAccount {
  /// More than any account is ever given.
  fileprivate static let unlimited = FundAccount(
    paying: Money(fen: .max / 4), refunding: Money(fen: .max / 4))
}
