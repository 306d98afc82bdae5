import FundCore
import Simulation

extension Machine {
  /// - Throws: Why rare trials of a plan cannot be run, before anything is.
  func checkRare(_ plan: SimulationPlan) throws(Diagnostics) {
    guard let refusal = plan.rareRefusal else { return }
    throw Diagnostics(
      "no-rare-trials",
      LocalizedText(
        en: "--rare cannot be used with this scenario: \(refusal.reason.english)",
        zh: "本情景不能使用 --rare：\(refusal.reason.chinese)"),
      help: LocalizedText(
        en: "leave --rare out and use more trials (--trials), or let a factor move the defaults",
        zh: "请去掉 --rare 并增加模拟次数（--trials），或设定影响违约的因子"),
      at: SourceLocation(file: scenario))
  }

  /// Trials in which the funds fail often.
  ///
  /// - Parameters:
  ///   - trials: Which of the set.
  /// - Returns: The first of them if the time was over, or a signal came; `nil` if that was before any.
  func rareTrials(
    of plan: SimulationPlan, _ request: RareRequest, _ trials: Range<Int>, fundCount: Int
  ) -> RareTrials? {
    progress.follow(.rare) { control in
      simulateRare(
        plan, request, trials: trials, fundCount: fundCount,
        on: RareWork(threads: threads, control: control))
    }
  }
}
