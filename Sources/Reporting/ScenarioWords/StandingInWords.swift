import ClaimRules
import FundCore
import ReportForm
import ResultFacts
import ScenarioInput

/// Says in words where a fund stands on the day from which its run goes on.
struct StandingInWords {
  let standing: FundStanding
  let resumed: ResumedRun

  private var state: RegisterState { resumed.state }

  /// The lines of a fund's description.
  var lines: [LabelledText] {
    [LabelledText(.init(en: "on \(state.day)", zh: "\(state.day)"), money)] + reached + suspended
  }

  private var money: LocalizedText {
    let totals = standing.totals
    let running = state.loans.count {
      $0.loan.loss == nil && $0.loan.maturesOn > state.day
    }
    let claimed = Set(standing.claims.map(\.loan))
    let overdue = state.loans.indices.count { place in
      let loss = state.loans[place].loan.loss
      return loss != nil && loss?.curedOn == nil && !claimed.contains(place)
    }
    let dry: LocalizedText =
      standing.ranDryOn.map { .init(en: "; ran dry on \($0)", zh: "；曾于\($0)耗尽") } ?? .empty
    let waits: LocalizedText =
      standing.waiting.isEmpty
      ? .empty
      : .init(
        en: ", \(standing.waiting.count) claims wait for money",
        zh: "，\(standing.waiting.count)笔补偿待付")
    return .init(
      en: """
        holds \(standing.balance), has paid \(totals.compensation) and got back \(totals.returned) since \
        \(resumed.opening); \(running) loans run, \(overdue) are overdue and not claimed, \
        \(standing.claims.count) were claimed\(waits)\(dry)
        """,
      zh: """
        余额\(standing.balance)，自\(resumed.opening)以来已付\(totals.compensation)、收回\(totals.returned)；\
        在贷\(running)笔，逾期未申请补偿\(overdue)笔，已申请补偿\(standing.claims.count)笔\(waits)\(dry)
        """)
  }

  /// The thresholds that were reached by the day.
  private var reached: [LabelledText] {
    let items = zip(state.banks, standing.banks).flatMap { name, bank in
      bank.thresholds.compactMap { threshold in
        threshold.reachedOn.map { "\(name) \(threshold.id) \($0)" }
      }
    }
    return items.isEmpty
      ? []
      : [
        LabelledText(
          .init(en: "reached by then", zh: "此前已触线"), .init(same: items.joined(separator: "; ")))
      ]
  }

  /// The banks whose new loans have no cover on the day.
  private var suspended: [LabelledText] {
    let names = zip(state.banks, standing.banks).filter { _, bank in
      bank.suspensions.contains { $0.until == nil }
    }.map(\.0)
    return names.isEmpty
      ? []
      : [
        LabelledText(
          .init(en: "suspended or paused then", zh: "当时中止或暂停"),
          .init(same: names.joined(separator: ", ")))
      ]
  }
}
