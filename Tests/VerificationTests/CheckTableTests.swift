import Foundation
import FundCore
import PolicyLibrary
import Testing

@testable import Verification

/// The table of checks, which `fundsim verify` runs, too: what the program comes to, held against what is known without it.
@Suite struct `The table of checks` {
  /// `FUNDSIM_LONG_TESTS` asks for longer evidence.
  private static let work = CheckWork(
    threads: 2,
    times: ProcessInfo.processInfo.environment["FUNDSIM_LONG_TESTS"] == "1" ? 40 : 1)

  /// A check that holds, and the same with a wrong value, which does not: one fen, more than the tolerance, twelve standard
  /// errors.
  @Test(arguments: CheckGroup.allCases)
  func `holds, and each check of it fails with a wrong value`(group: CheckGroup) throws {
    for set in CheckTable.sets where set.group == group {
      let findings = try set.find(Self.work)
      try #require(findings.count == set.checks.count, "\(set.checks.map(\.name.english))")
      for (check, finding) in zip(set.checks, findings) {
        let result = CheckResult(check, of: group, finding, limit: CheckTable.limit)
        #expect(
          result.holds,
          "\(check.name.english): expected \(check.expected), found \(finding.value), z \(result.deviation ?? 0)"
        )
        let spoiled = CheckResult(
          check.spoiled(finding), of: group, finding, limit: CheckTable.limit)
        #expect(!spoiled.holds, "\(check.name.english) holds with a wrong value, too")
      }
    }
  }

  @Test func `has at least 150 checks, each with a name of its own and a source`() {
    let checks = CheckTable.sets.flatMap(\.checks)
    #expect(checks.count >= 150)
    for language in [\LocalizedText.english, \LocalizedText.chinese] {
      let names = checks.map { $0.name[keyPath: language] }
      let twice = Dictionary(grouping: names, by: \.self).filter { $1.count > 1 }.keys.sorted()
      #expect(twice == [])
      #expect(checks.allSatisfy { !$0.source[keyPath: language].isEmpty })
    }
    #expect(Set(CheckTable.sets.map(\.group)) == Set(CheckGroup.allCases))
    // A sum of sets that forgot one would be shorter than its groups.
    #expect(WorkedCases.all.heads.count + 1 == CheckTable.sets.count { $0.group == .rules })
  }

  /// Φ(−4.4) = 5.4e-6 and Φ(−4.0) = 3.2e-5, to either side.
  @Test func `divides its rate of false alarms among its statistical checks`() {
    let count = Double(CheckTable.statisticalCount)
    #expect(count > 50)
    #expect((0.001 / (2 * count) > 5.4e-6) == (CheckTable.limit < 4.4))
    #expect(CheckTable.limit > 4)
  }

  @Test func `a value that cannot be found does not hold, and says why`() {
    let check = Check(.init(same: "a"), 1, .exact, source: .init(same: "b"))
    let set = CheckSet(.money, [check, check]) { _ in throw UnknownError() }
    let short = CheckSet(.money, [check, check]) { _ in [.number(1)] }
    let run = VerificationRun([set, short], CheckWork(threads: 1))
    #expect(run.results.count == 4 && run.failures.count == 4)
    #expect(run.results.allSatisfy { $0.found == nil && $0.problem != nil })
  }

  /// P(X ≤ 2) of ten trials with one half is 56/1024, whose score is −1.6009; P(X ≥ 8) the same.
  @Test func `counts are judged by the tails of the binomial law`() throws {
    let low = try #require(Finding.count(2, of: 10).deviation(from: .number(0.5)))
    let high = try #require(Finding.count(8, of: 10).deviation(from: .number(0.5)))
    #expect(abs(low + 1.60101) < 1e-4 && abs(high - 1.60101) < 1e-4)
    #expect(Finding.count(0, of: 10).deviation(from: .number(1e-9)) == 0)
    #expect(try #require(Finding.count(3, of: 10).deviation(from: .number(1e-9))) > 5)
  }
}
