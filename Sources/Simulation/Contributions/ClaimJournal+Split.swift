import CompensationKernel
import FundCore

// What a trial that was run again comes to, divided among groups of loans.
extension ClaimJournal {
  /// Divides by group what was paid, what was owed up to the month of exhaustion, and the net outflow up to the month
  /// that sets the needed capital. The row's totals stand in it already.
  ///
  /// - Parameter settingMonth: That month; −1 where none is needed.
  func split(by groups: GroupPlaces, through settingMonth: Int, into row: inout TrialSplit) {
    for entry in entries {
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

  /// Writes what lay outside cover, and what thresholds cost.
  func splitOutside(
    into split: inout OutsideSplit, under terms: FundTerms, watch: inout ThresholdWatch
  ) {
    for item in outside {
      let loan = terms.loans[Int(item.loan)]
      split.add(
        item.fen, item.reason, of: loan,
        covered: terms.coveredPrincipal(item.loan, watch: &watch),
        terms.setup.plan.cause(of: Int(item.loan), loan))
    }
    noteLostCover(into: &split, under: terms, watch: &watch)
  }

  /// Notes the loans that a suspension or pause left without cover, whether they default or not. Those that a bank
  /// did not make are counted elsewhere.
  private func noteLostCover(
    into split: inout OutsideSplit, under terms: FundTerms, watch: inout ThresholdWatch
  ) {
    guard terms.hot.canLoseCover, !watch.suspensions.isEmpty else { return }
    var firms: Set<Int32> = []
    for (index, covered) in terms.setup.plan.cover.principal.enumerated() where covered > 0 {
      let loan = terms.loans[index]
      guard watch.lastSuspension[Int(loan.bank)] >= 0, Int(loan.start) < terms.hot.horizon,
        !watch.stopped.contains(Int32(index)),
        !watch.isCovered(loanIndex: Int32(index), bank: Int(loan.bank), start: Int(loan.start))
      else { continue }
      split.lostLoans += 1
      split.lostCredit += covered
      firms.insert(loan.enterprise)
    }
    split.lostFirms = Int64(firms.count)
  }
}

extension CapitalFlows {
  /// The first month through which a needed capital is that of the whole run: what comes later does not move it. −1
  /// where none is needed.
  ///
  /// - Complexity: O(months · log months).
  func monthThatSets(_ needed: Int64, within months: Int) -> Int {
    guard needed > 0 else { return -1 }
    // What is needed through more months is never less.
    var (low, high) = (0, months)
    while low < high {
      let middle = (low + high) / 2
      if self.needed(through: middle) >= needed { high = middle } else { low = middle + 1 }
    }
    return low - 1
  }
}
