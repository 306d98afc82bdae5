import CompensationKernel
import FundCore

/// What the claims of one trial moved, each with its loan and month: kept only where a trial is run again to
/// be divided.
///
/// A class, because a path and what it defers write into one.
final class ClaimJournal {
  /// What money did.
  enum Move: Equatable {
    /// It was paid as compensation.
    case paid
    /// It was owed, whatever the balance.
    case owed
    /// It came back on a claim that was paid in full.
    case returned
  }

  /// Money that moved.
  struct Entry {
    let move: Move
    let loan: Int32
    let month: Int
    let fen: Int64
  }

  /// What of a loss lay outside cover.
  struct Outside {
    let reason: OutsideReason
    let loan: Int32
    let fen: Int64
  }

  /// What moved in the trial, in no order of months.
  private(set) var entries: [Entry] = []
  /// What lay outside cover.
  private(set) var outside: [Outside] = []

  /// Begins a trial.
  func begin() {
    entries.removeAll(keepingCapacity: true)
    outside.removeAll(keepingCapacity: true)
  }

  /// Notes what of a loss lies outside cover.
  func noteOutside(_ fen: Int64, _ reason: OutsideReason, loan: Int32) {
    outside.append(Outside(reason: reason, loan: loan, fen: fen))
  }

  /// Notes what a loss of a loan added to what lies outside cover.
  func noteOutside(from before: OutsideCover, to after: OutsideCover, loan: Int32) {
    for reason in OutsideReason.allCases {
      let added = after.amounts[reason.rawValue] - before.amounts[reason.rawValue]
      if added != 0 { noteOutside(added, reason, loan: loan) }
    }
  }

  /// Notes money that moved.
  func note(_ move: Move, _ fen: Int64, loan: Int32, month: Int) {
    guard fen != 0 else { return }
    entries.append(Entry(move: move, loan: loan, month: month, fen: fen))
  }

  /// Notes a claim of a month: what it owes whatever the balance, and what was paid of it.
  func note(_ unlimited: Settlement, paid: Int64, loan: Int32, month: Int) {
    note(.owed, unlimited.owed.fen, loan: loan, month: month)
    note(.paid, paid, loan: loan, month: month)
  }
}
