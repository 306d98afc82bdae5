import CompensationKernel
import FundCore

// What banks do that are suspended or paused (I-46): loans that they do not make are disbursed to nobody,
// so that every ratio of theirs is then reckoned anew, where others are read from tables.
extension ThresholdWatch {
  /// Finds the loans that banks do not make in a month, by the state at the end of the month before.
  @inline(never)
  mutating func stopLending(_ month: Int, defaults: TrialDefaults) {
    let before = stopped.banks.map { volumes(of: $0, before: month) }
    let banks = stopped.banks
    for position in stopped.starting(in: month) {
      let bank = Int(portfolio.loans[Int(position)].bank)
      guard lastSuspension[bank] >= 0, isStopped(position, bank: bank, start: month) else {
        continue
      }
      stopped.stop(position, defaults: defaults)
      // A bar that was found in the tables holds no more.
      bars[bank] = 0
    }
    crossing.removeAll(keepingCapacity: true)
    for bank in stopped.banks {
      stir(bank)
      let volumes = banks.firstIndex(of: bank).map { before[$0] }
      noteCrossing(bank, month: month, before: volumes ?? self.volumes(of: bank, in: month - 1))
    }
  }

  /// Whether a bank that is suspended or paused leaves a loan unmade.
  private func isStopped(_ loanIndex: Int32, bank: Int, start: Int) -> Bool {
    let isPledged = portfolio.loans[Int(loanIndex)].isIPPledged
    var item = lastSuspension[bank]
    while item >= 0 {
      let suspension = suspensions[Int(item)]
      item = suspension.previous
      let terms = setup.thresholds[suspension.cover.threshold].terms
      guard suspension.cover.concerns(loanStarting: start), terms.counts(isIPPledged: isPledged)
      else { continue }
      switch terms.afterSuspension {
      case .lendsOn: continue
      case .stops: return true
      case .newCustomersStop:
        if !isCustomer(
          loanIndex, bank: bank, suspension: suspension.cover, by: terms.customers ?? .ofBank)
        {
          return true
        }
      }
    }
    return false
  }

  /// What a ratio is measured against, where that is known beforehand, less what the bank did not lend.
  func whole(_ index: Int, bank: Int, month: Int) -> Int64 {
    let whole = tables.denominators[(index * bankCount + bank) * horizon + month]
    guard stopped.concerns(bank) else { return whole }
    return whole
      - (setup.thresholds[index].terms.denominator == .outstanding
        ? stopped.outstanding(index, bank: bank, month: month)
        : stopped.disbursed(index, bank: bank))
  }

  /// What a bank has disbursed so far, for a minimum volume.
  func disbursed(_ index: Int, bank: Int, month: Int) -> Int64 {
    let all = setup.thresholds[index].disbursed[bank * horizon + month]
    return stopped.concerns(bank) ? all - stopped.disbursed(index, bank: bank) : all
  }

  // MARK: Minimum volumes

  /// What a bank has disbursed at the end of a month, by threshold, less what it has not lent so far.
  private func volumes(of bank: Int, in month: Int) -> [Int64] {
    setup.thresholds.indices.map { index in
      month < 0
        ? setup.plan.carried?.thresholds[index][bank].disbursed ?? 0
        : setup.thresholds[index].disbursed[bank * horizon + month]
    }
  }

  private func volumes(of bank: Int, before month: Int) -> [Int64] {
    volumes(of: bank, in: month - 1).enumerated().map {
      $0.element - stopped.disbursed($0.offset, bank: bank)
    }
  }

  /// Notes the minimum volumes that a bank reaches in a month, which no table knows of it.
  private mutating func noteCrossing(_ bank: Int, month: Int, before: [Int64]) {
    for (index, threshold) in setup.thresholds.enumerated()
    where threshold.terms.watched == .claims && threshold.terms.minimumDisbursed > .zero {
      let least = threshold.terms.minimumDisbursed.fen
      if before[index] < least, disbursed(index, bank: bank, month: month) >= least {
        crossing.append(ThresholdTables.Reaching(threshold: Int32(index), bank: Int32(bank)))
      }
    }
  }

  /// Compares the ratios of these, for ratios of compensation or for the others.
  @inline(__always)
  mutating func compareCrossing(_ month: Int, countsCompensation: Bool) {
    guard !crossing.isEmpty else { return }
    for item in crossing
    where tables.thresholds[Int(item.threshold)].numerator.countsCompensation
      == countsCompensation
    {
      compare(Int(item.threshold), bank: Int(item.bank), month: month)
    }
  }
}
