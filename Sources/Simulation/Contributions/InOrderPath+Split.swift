import CompensationKernel
import FundCore

// What a trial that was run again comes to, divided among groups of loans.
extension InOrderPath {
  /// Writes the trial's row: its totals, then by group what was paid, what was owed up to the month of
  /// exhaustion, and the net outflow up to the month that sets the needed capital.
  func split(by groups: GroupPlaces, into row: inout TrialSplit) {
    row.reset()
    guard let journal else { return }
    row.compensation = outcome.compensation
    row.neededCapital = outcome.neededCapital
    row.exhaustionMonth = Int(outcome.exhaustionMonth)
    let settingMonth = monthThatSetsCapital
    for entry in journal.entries {
      switch entry.move {
      case .paid: groups.add(entry.fen, ofLoan: entry.loan, to: &row.paid)
      case .owed:
        if entry.month <= row.exhaustionMonth {
          groups.add(entry.fen, ofLoan: entry.loan, to: &row.owed)
        }
        if entry.month <= settingMonth {
          groups.add(entry.fen, ofLoan: entry.loan, to: &row.outflow)
        }
      case .returned:
        if entry.month <= settingMonth {
          groups.add(-entry.fen, ofLoan: entry.loan, to: &row.outflow)
        }
      }
    }
  }

  /// Notes a claim that was settled beforehand and paid in full, with its recovery.
  @inline(never)
  func note(_ claim: ClaimBeforehand, of event: DefaultEvent, month: Int, _ loss: ClaimLoss) {
    guard let journal else { return }
    let settled = claim.settled
    journal.note(settled, paid: settled.paid.fen, loan: event.loan, month: month)
    let outside = claim.total - settled.lossBase.fen
    if outside > 0 { journal.noteOutside(outside, .beyondBase, loan: event.loan) }
    guard loss.recovered > .zero else { return }
    let division = terms.division(loss.recovered, of: settled, model: claim.model)
    journal.note(
      .returned, division.toFund.fen, loan: event.loan, month: loss.recoveryMonth)
  }

  /// Writes what lay outside cover, and what thresholds cost.
  mutating func splitOutside(into split: inout OutsideSplit) {
    split.reset()
    guard let journal else { return }
    for item in journal.outside {
      let loan = terms.loans[Int(item.loan)]
      split.add(
        item.fen, item.reason, of: loan,
        covered: terms.coveredPrincipal(item.loan, watch: &watch),
        terms.setup.plan.cause(of: Int(item.loan), loan))
    }
    noteLostCover(into: &split)
  }

  /// Notes the loans that a suspension or pause left without cover, whether they default or not. Those that a bank
  /// did not make are counted elsewhere.
  private mutating func noteLostCover(into split: inout OutsideSplit) {
    guard hot.canLoseCover, !watch.suspensions.isEmpty else { return }
    var firms: Set<Int32> = []
    for (index, covered) in terms.setup.plan.cover.principal.enumerated() where covered > 0 {
      let loan = terms.loans[index]
      guard watch.lastSuspension[Int(loan.bank)] >= 0, Int(loan.start) < hot.horizon,
        !watch.stopped.contains(Int32(index)),
        !watch.isCovered(loanIndex: Int32(index), bank: Int(loan.bank), start: Int(loan.start))
      else { continue }
      split.lostLoans += 1
      split.lostCredit += covered
      firms.insert(loan.enterprise)
    }
    split.lostFirms = Int64(firms.count)
  }

  /// The first month through which the needed capital is that of the whole run: what comes later does not
  /// move it. −1 where none is needed.
  ///
  /// - Complexity: O(horizon · log horizon).
  private var monthThatSetsCapital: Int {
    let needed = outcome.neededCapital
    guard needed > 0 else { return -1 }
    // What is needed through more months is never less.
    var (low, high) = (0, terms.inForce(hot.horizon))
    while low < high {
      let middle = (low + high) / 2
      if capital.needed(through: middle) >= needed { high = middle } else { low = middle + 1 }
    }
    return low - 1
  }
}

/// One trial, divided among the groups of all groupings. In fen.
struct TrialSplit {
  var compensation: Int64 = 0
  var neededCapital: Int64 = 0
  /// −1 where nothing owed went unpaid.
  var exhaustionMonth = -1
  /// What was paid, shape `[groups]`.
  var paid: ArraySlice<Int64>
  /// What was owed up to the end of the month of exhaustion, same shape.
  var owed: ArraySlice<Int64>
  /// What was owed, less what came back, up to the month that sets the needed capital, same shape.
  var outflow: ArraySlice<Int64>

  init(width: Int) {
    let nothing = [Int64](repeating: 0, count: width)[...]
    (paid, owed, outflow) = (nothing, nothing, nothing)
  }

  fileprivate mutating func reset() {
    for place in paid.indices {
      paid[place] = 0
      owed[place] = 0
      outflow[place] = 0
    }
  }
}
