import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// What the funds of one file need of each other, and of the loans.
struct FundChecks {
  let funds: [FundAgreement]
  let problems: ProblemCollector
  /// Where the file starts.
  let location: SourceLocation

  /// Reports two funds of one name.
  func checkNames() {
    for (index, fund) in funds.enumerated()
    where funds[..<index].contains(where: { $0.name == fund.name }) {
      problems.report(
        "name-twice", "two funds are called '\(fund.name)'",
        help: "give each fund a `name` of its own", at: location)
    }
  }

  /// Reports a fund whose balance could grow, with interest alone, to amounts that cannot be counted.
  func checkGrowth(overMonths months: Int) {
    for fund in funds {
      var amount = fund.injections.reduce(fund.initial.yuan) { $0 + $1.yuan }
      for _ in 0..<max(0, min(months, longestHorizon)) {
        amount *= 1 + fund.interestRate.value / 12
      }
      guard amount > 1e15 else { continue }
      problems.report(
        "balance-too-large", "the balance of '\(fund.name)' could grow beyond 1,000 trillion yuan",
        help: "check its amounts and the interest rate", at: location)
    }
  }

  /// A fact that a programme asks for and the tape is silent about is not assumed silently.
  func checkFacts(_ mapping: TapeMapping) {
    for fund in funds {
      let asked = fund.programme.terms.coverage.facts.map(\.id)
      let unknown = mapping.unknownFacts(among: asked)
      guard !unknown.isEmpty else { continue }
      problems.report(
        "unknown-facts",
        "'\(fund.programme.id)' asks for facts of which the tape says nothing: "
          + unknown.joined(separator: ", "),
        help: mapping.isFromHeader
          ? "add columns of these names, or say --facts met"
          : "name their columns under `facts: {columns: {…}}`, or write `facts: {others: met}`",
        at: location)
    }
  }

  /// Where interest is part of a loss, loans without a rate would lose none silently. A rate of
  /// 0 % that the tape states is a rate.
  ///
  /// - Parameters:
  ///   - mapping: How the loans are read.
  ///   - count: How many loans that can lose interest state neither a rate nor the interest.
  func checkRates(_ mapping: TapeMapping, countWithout count: Int) {
    guard !mapping.hasRate, count > 0 else { return }
    let isRegister = mapping.kind == .register
    for fund in funds where fund.countsInterest && fund.penaltyRate == nil {
      problems.report(
        "missing-rate",
        "'\(fund.programme.id)' compensates interest, and \(count) "
          + "\(isRegister ? "losses" : "loans") have no interest rate",
        help: isRegister
          ? "give the register a `rate` or a `lossInterest`, or the fund a `penaltyRate`"
          : "give the portfolio a `rate`, or the fund a `penaltyRate`", at: location)
    }
  }
}
