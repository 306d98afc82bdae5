import ClaimRules
import CompensationKernel
import DocumentReading
public import FundCore
public import Simulation

/// What one month of a trial was drawn to be.
public struct DrawnMonth: Hashable, Sendable {
  /// The systematic factors of its period, by sector; empty where there are none.
  public let factors: [Double]
  /// How many loans were first overdue in it.
  public let defaultCount: Int
  /// What was outstanding of them.
  public let overdue: Money
}

extension Scenario {
  /// The loans of a trial that suspended or paused banks of a fund did not make (I-46), in the order of their
  /// starts.
  ///
  /// - Parameter place: The position of the fund in the plan that was run.
  public func loansNotMade(
    in history: TrialHistory, fund place: Int
  ) -> [(id: String, principal: Money)] {
    history.funds[place].stoppedLoans.map {
      (portfolio.loans[$0].id, portfolio.loans[$0].principal)
    }
  }

  /// What was drawn in a trial, by month of the run.
  ///
  /// - Parameter place: The position of a fund in the plan that was run: loans that its banks did not make
  ///   are left out.
  public func drawnMonths(of history: TrialHistory, fund place: Int = 0) -> [DrawnMonth] {
    let stopped = Set(
      history.funds.indices.contains(place) ? history.funds[place].stoppedLoans : [])
    var counts = [Int](repeating: 0, count: horizon)
    var overdue = [Money](repeating: .zero, count: horizon)
    for item in history.defaults where !stopped.contains(item.loan) {
      let loan = portfolio.loans[item.loan]
      counts[item.month] += 1
      overdue[item.month] += loan.schedule.outstanding(
        monthsAfterStart: start.advanced(by: item.month).months(since: loan.start))
    }
    return (0..<horizon).map { month in
      let period = defaults.factors.period(of: month)
      return DrawnMonth(
        factors: history.factors.indices.contains(period) ? history.factors[period] : [],
        defaultCount: counts[month], overdue: overdue[month])
    }
  }

  /// The position of a fund that a command names.
  ///
  /// - Parameter name: The fund's name, or a part of it that no other fund has.
  public func position(ofFund name: String) throws(Diagnostics) -> Int {
    if let exact = funds.firstIndex(where: { $0.name == name }) { return exact }
    let found = funds.indices.filter { funds[$0].name.contains(name) }
    if found.count == 1 { return found[0] }
    let problem: LocalizedText =
      found.isEmpty
      ? .init(en: "the scenario has no fund \(quoted(name))", zh: "情景中没有基金\(quoted(name))")
      : .init(
        en: "\(found.count) funds have \(quoted(name)) in their names",
        zh: "有\(found.count)只基金的名称含有\(quoted(name))")
    throw Diagnostics(
      found.isEmpty ? "unknown-fund" : "unclear-fund", problem,
      help: (found.isEmpty ? didYouMean(name, among: Self.parts(of: funds.map(\.name))) : .empty)
        + oneOf(funds.map(\.name)),
      at: SourceLocation(file: file))
  }

  /// Names, and those of their words that no other name has: a fund is found by a part of its name, too.
  private static func parts(of names: [String]) -> [String] {
    let words = names.flatMap { $0.split(separator: " ").map(String.init) }
    return names + words.filter { word in names.count { $0.contains(word) } == 1 }
  }

  /// The names of the sectors that have a factor of their own; empty where all share one.
  public var factorSectors: [String] {
    defaults.factors.assetCorrelations.count > 1 ? portfolio.sectors : []
  }
}

/// How bad a trial was for a fund.
public enum TrialMeasure: String, CaseIterable, Sendable {
  /// By what the fund paid.
  case compensation
  /// By how early an amount went unpaid, and then by how much did.
  case exhaustion

  /// The trial of a rank: the ⌈nα⌉-th from the best. Trials that are equally bad rank by number.
  ///
  /// - Parameters:
  ///   - millionths: α, from 1 to 1,000,000 for the worst.
  ///   - result: The fund's trials; at least one.
  public func trial(atMillionths millionths: Int, of result: FundResult) -> Int {
    let months = result.column(.exhaustionMonth)
    let unpaid = result.column(.unpaid)
    let compensation = result.column(.compensation)
    let order = (0..<result.trialCount).sorted { left, right in
      switch self {
      case .compensation:
        return (compensation[left], left) < (compensation[right], right)
      case .exhaustion:
        // A fund that never ran dry did better than any that did.
        let ages = (months[left], months[right])
        let lasts = (ages.0 < 0 ? Int64.max : ages.0, ages.1 < 0 ? Int64.max : ages.1)
        if lasts.0 != lasts.1 { return lasts.0 > lasts.1 }
        return (unpaid[left], compensation[left], left) < (
          unpaid[right], compensation[right], right
        )
      }
    }
    let rank = (result.trialCount * millionths + 999_999) / 1_000_000
    return order[min(max(rank, 1), order.count) - 1]
  }
}
