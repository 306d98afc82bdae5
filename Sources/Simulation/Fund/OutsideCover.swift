import FundCore

/// Why a part of a loss lies outside cover.
public enum OutsideReason: Int, CaseIterable, Sendable, Hashable {
  /// No part of the loan was covered when it was made.
  case neverCovered
  /// The loan was covered, and defaulted when the programme was not in force.
  case notInForce
  /// The enterprise had defaulted before the loan was made.
  case enterpriseDefaulted
  /// The bank had been suspended or paused when the loan was made.
  case suspended
  /// The loan is covered, and a part of its loss is none of the loss base: what is not pledged, interest.
  case beyondBase

  /// The reason's name in files.
  public var name: String { "\(self)" }
}

/// What lay outside cover in one trial, by reason, before recoveries: fen and loans.
struct OutsideCover: BitwiseCopyable {
  /// In fen, by `OutsideReason`.
  private(set) var amounts = SIMD8<Int64>()
  /// How many loans, by `OutsideReason`.
  private(set) var loans = SIMD8<Int64>()

  /// Counts what lies outside of one loan.
  @inline(__always)
  mutating func note(_ amount: Int64, _ reason: OutsideReason, loans count: Int64 = 1) {
    amounts[reason.rawValue] &+= amount
    loans[reason.rawValue] &+= count
  }
}
