/// The trials of an earlier run, from which a longer one goes on.
struct ResumedTrials: RunJournal {
  let result: SimulationResult

  func restore(_ shape: RunShape, _ take: (RunSegment) -> Bool) {
    guard result.trialCount > 0 else { return }
    _ = take(
      RunSegment(
        rows: 0..<result.trialCount,
        funds: result.funds.map { fund in
          RunSegment.Fund(
            columns: fund.columns.map { fund.column($0) },
            breachMonths: (0..<fund.table.breachWidth).map {
              fund.table.breachColumn($0, count: fund.trialCount)
            }, sums: fund.tally.numbers)
        }))
  }

  func nextCount() -> Int { .max }

  func keep(_ rows: FinishedRows) {}
}

extension SimulationPlan {
  /// Runs the plan from where an earlier run of fewer of its trials ended.
  ///
  /// - Parameters:
  ///   - earlier: The earlier run, of the same plan but for the number of trials, from trial 0; `nil` begins anew.
  ///   - threads: How many threads work at once, at least 1.
  ///   - control: Follows and stops the run.
  public func continued(
    from earlier: SimulationResult?, threads: Int, control: RunControl
  ) -> SimulationResult {
    guard let earlier else { return simulate(self, threads: threads, control: control) }
    return simulate(
      self, trials: 0..<trialCount, threads: threads, journal: ResumedTrials(result: earlier),
      control: control)
  }
}
