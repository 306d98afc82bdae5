import CompensationKernel
import FundCore
import RandomStreams
import Simulation

/// What the loans of a draft do in every trial, read out through the public interface alone.
struct TrialDefaults {
  /// Shape `[trial][loan]`.
  let events: [[LoanDefault?]]

  /// Runs one empty fund for each loan: it is exhausted in the month in which the loan defaults.
  ///
  /// Part and lag of a recovery are drawn again at their addresses (MODEL.md §7): words 2·loan and
  /// 2·loan + 1 of the purpose `recovery`.
  init(_ draft: ScenarioDraft, trials: Int, seed: UInt64) {
    let probes = draft.loans.indices.map { index in
      var probe = FundDraft()
      probe.coveredPrincipal = draft.loans.indices.map {
        $0 == index ? draft.loans[$0].principal : 0
      }
      return probe
    }
    let months = draft.run(probes, trials: trials, seed: seed).funds.map {
      $0.column(.exhaustionMonth)
    }
    events = (0..<trials).map { trial in
      let key = DrawKey(seed: seed, trial: UInt64(trial), purpose: .recovery)
      return draft.loans.indices.map { loan in
        guard months[loan][trial] >= 0 else { return nil }
        let address = UInt64(loan) << 1
        return LoanDefault(
          month: Int(months[loan][trial]),
          part: Self.part(draft.recovery, at: UniformDraw.unit(from: key.word(at: address))),
          lag: UniformDraw.integer(in: draft.recovery.lag, from: key.word(at: address | 1)))
      }
    }
  }

  private static func part(_ model: RecoveryModel, at uniform: Double) -> Double {
    switch model.part {
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
    bankLoss = value(.loss(.bank))
    outsideCover = value(.lossOutsideCover)
    breaches = result.plan.thresholds.indices.map { threshold in
      result.watchedBanks.indices.map { slot in
        Int(result.firstBreaches(threshold: threshold, slot: slot)[trial])
      }
    }
  }
}
