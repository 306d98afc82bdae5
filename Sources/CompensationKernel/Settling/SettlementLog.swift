public import FundCore

/// One step of a settlement or of the division of a recovery, as an analyst reads it.
@frozen
public enum SettlementStep: Hashable, Sendable {
  /// The loss that is divided.
  case lossBase
  /// A payer's share before caps.
  case share(PartyPlace)
  /// A payer's part after the cap of the claim.
  case afterCap(PartyPlace)
  /// What a payer bears of what another's cap cut.
  case ofCut(PartyPlace)
  /// What the fund owes for the claim.
  case owed
  /// What the fund pays out of its balance.
  case paid
  /// What the fiscal account refunds to the social account.
  case refunded
  /// What is left with the bank.
  case borneByBank
  /// What is recovered, before costs.
  case recovered
  /// What is divided of a recovery.
  case divisible
  /// A party's part of a recovery.
  case returned(PartyPlace)
}

/// Hears each step of a settlement.
public protocol SettlementLog {
  /// Takes note of one amount.
  mutating func record(_ step: SettlementStep, _ amount: Money)
}

/// Hears nothing, and costs nothing.
@frozen
public struct NoLog: SettlementLog {
  /// Creates a log that keeps nothing.
  @inlinable
  public init() {}

  /// Does nothing.
  @inlinable
  public mutating func record(_ step: SettlementStep, _ amount: Money) {}
}

/// Keeps every step, in order.
public struct StepLog: SettlementLog, Sendable {
  /// The steps with their amounts.
  public private(set) var steps: [(step: SettlementStep, amount: Money)] = []

  /// Creates an empty log.
  public init() {}

  /// Keeps one amount.
  public mutating func record(_ step: SettlementStep, _ amount: Money) {
    steps.append((step, amount))
  }
}
