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

extension FundPath {
  /// Notes what of a loan's loss lies outside cover, with the reason.
  ///
  /// - Parameters:
  ///   - amount: The loss outside cover; nothing is noted where there is none.
  ///   - base: The loss base.
  ///   - isCovered: Whether the loan has kept its cover.
  mutating func noteOutside(
    _ amount: Int64, base: Int64, of event: DefaultEvent, isCovered: Bool,
    trial: borrowing TrialContext
  ) {
    guard amount > 0 else { return }
    outcome.outside.note(
      amount, isCovered && base > 0 ? .beyondBase : lossOfCover(event, isCovered, trial: trial))
  }

  /// Why nothing of a loan is covered.
  private mutating func lossOfCover(
    _ event: DefaultEvent, _ isCovered: Bool, trial: borrowing TrialContext
  ) -> OutsideReason {
    let loan = Int(event.loan)
    if isCovered || covered[loan] == 0 && !hot.hasHeadroom { return .neverCovered }
    return isInForce(event) ? reasonOfLostCover(event, trial: trial) : .notInForce
  }

  /// Why a loan that was covered has lost its cover in force.
  mutating func reasonOfLostCover(
    _ event: DefaultEvent, trial: borrowing TrialContext
  ) -> OutsideReason {
    let loan = Int(event.loan)
    return repeatsMatter(in: trial)
      && trial.firstDefault(of: enterprises[loan]) < Int(loans[loan].start)
      ? .enterpriseDefaulted : .suspended
  }

  /// What is recovered on the part of a loan that no programme covers is the bank's, less costs.
  ///
  /// - Parameter times: −1 takes it back.
  mutating func recoverOutside(_ recovered: Int64, times: Int64 = 1) {
    guard recovered > 0 else { return }
    let net = times * (recovered - costs(of: Money(fen: recovered)).fen)
    outcome.outsideCover -= net
    outcome.recoveredNet += net
  }
}
