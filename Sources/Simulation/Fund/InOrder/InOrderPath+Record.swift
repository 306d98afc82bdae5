extension InOrderPath {
  /// Hands the figures of the trial to the tally, and writes its row.
  mutating func record(into tally: inout FundTally, row: Int, of table: OutcomeTable) {
    tally.add(flows)
    tally.count(closing, binsPerFen: hot.binsPerFen)
    tally.add(&outcome, accounts.yearEnds, opening: hot.opening)
    watch.record(into: &tally)
    table.write(&outcome, closing, losses: terms.setup.places, trial: row)
    table.writeCapital(trial: row) { capital.needed(through: terms.inForce($0)) }
    watch.record(trial: row, into: table)
    if let costs, let cost {
      costs.write(&outcome, cost, outlays: outlays, to: TrialPlace(table: table, row: row))
    }
  }
}
