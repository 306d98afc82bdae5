import RandomStreams

/// The table of checks, which `fundsim verify` and the tests run: all that is known of the program's answers without it.
public enum CheckTable {
  /// The odds that a right program fails one of the statistical checks of the whole table, had its seeds been
  /// others: an upper bound, each check taking an equal part of it (Bonferroni).
  public static let falseAlarm = 0.001

  /// All sets of the table, in the order of the groups.
  public static let sets: [CheckSet] = CheckGroup.allCases.flatMap { group in
    all.filter { $0.group == group }
  }

  private static let all: [CheckSet] =
    RuleChecks.sets + RandomChecks.sets + FunctionChecks.sets + DistributionChecks.sets
    + StatisticsChecks.sets + DefaultChecks.sets + DependenceChecks.sets + TimingChecks.sets
    + FundChecks.sets + RareChecks.sets + ContributionChecks.sets + ConservationChecks.sets
    + CostChecks.sets + IndicatorChecks.sets + HistoryChecks.sets

  /// How many statistical checks the table has.
  public static let statisticalCount = sets.flatMap(\.checks).count { $0.allowance == .chance }

  /// How many standard errors a statistical check may be off: −Φ⁻¹(α ÷ 2m), m checks sharing α.
  public static let limit = -normalQuantile(falseAlarm / (2 * Double(max(1, statisticalCount))))
}
