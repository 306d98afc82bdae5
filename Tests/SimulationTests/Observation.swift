import CompensationKernel
import FundCore
import RandomStreams
import Simulation

extension ScenarioDraft {
  /// Runs funds, and reads out through the public interface alone what each loan did.
  ///
  /// One empty fund for each loan is exhausted in the month in which that loan defaults. Part and
  /// lag of a recovery are drawn again at their address (MODEL.md §7): the word at the loan's
  /// number, in the sequence of the purpose `recovery`.
  ///
  /// - Returns: The funds' figures, and the defaults, shape `[trial][loan]`.
  func observe(
    _ funds: [FundDraft], trials: Int, seed: UInt64
  ) -> (figures: [FundResult], defaults: [[LoanDefault?]]) {
    let probes = loans.indices.map { index in
      var probe = FundDraft()
      probe.coveredPrincipal = loans.indices.map { $0 == index ? loans[$0].principal : 0 }
      return probe
    }
    let results = run(funds + probes, trials: trials, seed: seed).funds
    let months = results.dropFirst(funds.count).map { $0.column(.exhaustionMonth) }
    let defaults = (0..<trials).map { trial in
      let words = DrawKey(seed: seed, trial: UInt64(trial), purpose: .recovery).sequence()
      return loans.indices.map { loan -> LoanDefault? in
        guard months[loan][trial] >= 0 else { return nil }
        let word = words.word(at: UInt64(loan))
        return LoanDefault(
          month: Int(months[loan][trial]),
          part: part(at: UniformDraw.unit(from: word)),
          lag: UniformDraw.integer(in: recovery.lag, fromLowerHalf: word))
      }
    }
    return (Array(results.prefix(funds.count)), defaults)
  }

  private func part(at uniform: Double) -> Double {
    switch recovery.part {
    case .fixed(let part): part
    case .beta(let table), .loadedBeta(let table, _): table.value(at: uniform)
    }
  }
}

/// What the engine records of one trial, in the shape of a ledger's outcome.
extension LedgerOutcome {
  init(_ result: FundResult, trial: Int) {
    func value(_ column: OutcomeColumn) -> Int { Int(result.column(column)[trial]) }
    exhaustionMonth = value(.exhaustionMonth)
    compensation = value(.compensation)
    unpaid = value(.unpaid)
    returned = value(.returned)
    fees = value(.fees)
    interest = value(.interest)
    closing = value(.closing)
    lowest = value(.lowest)
    yearEnds = result.columns.filter { if case .year = $0.scope { true } else { false } }
      .map(value)
    bankLoss = value(.loss(.bank))
    outsideCover = value(.lossOutsideCover)
    defaults = value(.defaults)
    filledUp = result.columns.filter {
      if case .calendarYear = $0.scope { true } else { false }
    }.map(value)
    if result.columns.contains(.stoppedLoans) {
      (stoppedLoans, stoppedFirms) = (value(.stoppedLoans), value(.stoppedFirms))
      stoppedCredit = value(.stoppedCredit)
    }
    breaches = result.plan.thresholds.indices.map { threshold in
      result.watchedBanks.indices.map { slot in
        Int(result.firstBreaches(threshold: threshold, slot: slot)[trial])
      }
    }
  }
}
