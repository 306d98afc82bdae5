import LossStatistics

/// The distributions of a fund's amounts: those of the run and of its years, in the order of the columns.
///
/// Losses are estimated with those who bear them, in `PartyEstimates`.
public struct FundAmounts: Sendable {
  /// A distribution with what it is of.
  public struct Entry: Sendable {
    /// What it is of.
    public let column: OutcomeColumn
    /// The distribution.
    public let estimates: AmountEstimates
  }

  /// All of them.
  public let entries: [Entry]

  /// Estimates all amounts of a fund.
  ///
  /// - Parameter read: Is shown each sample, for what else is read off it.
  init<Run>(
    of fund: FundSample<Run>, read: (OutcomeColumn, LossSample) -> Void
  ) throws(Run.Failure) {
    var entries: [Entry] = []
    let lastMonth = fund.run.frame.horizon - 1
    for column in fund.columns where Self.hold(column) {
      // The last year ends with the run: nothing is fetched and sorted for it again.
      if case .balance(lastMonth) = column.source,
        let closing = entries.first(where: { $0.column == .closing })
      {
        entries.append(Entry(column: column, estimates: closing.estimates))
        continue
      }
      let sample = column == .compensation ? fund.paid : try fund.values(column)
      read(column, sample)
      entries.append(
        Entry(
          column: column,
          estimates: AmountEstimates(
            sample, of: column, certainty: fund.frame.certainty, means: fund.means,
            wanted: .usual(own: fund.levels))))
    }
    self.entries = entries
  }

  private static func hold(_ column: OutcomeColumn) -> Bool {
    switch column.scope {
    case .run, .year, .calendarYear: column.unit != .month
    case .bearer, .months, .cost: false
    }
  }

  /// A distribution.
  ///
  /// - Precondition: The column is an amount of the run, or of a year of it.
  public subscript(column: OutcomeColumn) -> AmountEstimates {
    guard let entry = entries.first(where: { $0.column == column }) else {
      preconditionFailure("no distribution of \(column)")
    }
    return entry.estimates
  }
}

extension FundEstimates {
  /// Defaults of the whole portfolio, a count.
  public var defaults: AmountEstimates { amounts[.defaults] }
  /// What the fund paid.
  public var compensation: AmountEstimates { amounts[.compensation] }
  /// What it owed and did not pay.
  public var unpaid: AmountEstimates { amounts[.unpaid] }
  /// What came back to it.
  public var returned: AmountEstimates { amounts[.returned] }
  /// The smallest initial amount that leaves nothing unpaid.
  public var neededCapital: AmountEstimates { amounts[.neededCapital] }
  /// Management fees.
  public var fees: AmountEstimates { amounts[.fees] }
  /// Interest.
  public var interest: AmountEstimates { amounts[.interest] }
  /// The balance at the end.
  public var closing: AmountEstimates { amounts[.closing] }
  /// The lowest balance at the end of a month, or at the start.
  public var lowest: AmountEstimates { amounts[.lowest] }

  /// The balance at the end of a year of the run.
  public func balance(endOf year: YearOfRun) -> AmountEstimates {
    amounts[.balance(endOfYear: year.year, lastMonth: year.lastMonth)]
  }
}
