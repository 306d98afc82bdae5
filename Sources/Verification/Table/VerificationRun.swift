import FundCore

/// The table of checks, run: what the program comes to, held against what is known without it.
public struct VerificationRun: Sendable {
  /// What came of each check.
  public let results: [CheckResult]

  /// Runs sets of checks.
  ///
  /// - Parameters:
  ///   - sets: The sets; the whole table, or some of it.
  ///   - work: With what.
  ///   - isSpoiled: Whether every expected value is made wrong, to see that each check can fail.
  ///   - isStopped: Whether to leave off; asked before each set.
  public init(
    _ sets: [CheckSet] = CheckTable.sets, _ work: CheckWork, isSpoiled: Bool = false,
    isStopped: () -> Bool = { false }
  ) {
    var results: [CheckResult] = []
    for set in sets where !isStopped() {
      results += Self.results(of: set, work, isSpoiled: isSpoiled)
    }
    self.results = results
  }

  /// The checks that do not hold.
  public var failures: [CheckResult] { results.filter { !$0.holds } }

  private static func results(
    of set: CheckSet, _ work: CheckWork, isSpoiled: Bool
  ) -> [CheckResult] {
    do {
      let findings = try set.find(work)
      guard findings.count == set.checks.count else {
        return set.checks.map {
          CheckResult(
            $0, of: set.group,
            problem: .init(
              en: "\(findings.count) values were found for \(set.checks.count) checks",
              zh: "\(set.checks.count)项核对只得到\(findings.count)个值"))
        }
      }
      return zip(set.checks, findings).map { check, finding in
        CheckResult(
          isSpoiled ? check.spoiled(finding) : check, of: set.group, finding,
          limit: CheckTable.limit)
      }
    } catch {
      let text = "\(error)"
      return set.checks.map {
        CheckResult($0, of: set.group, problem: LocalizedText(same: text))
      }
    }
  }
}
