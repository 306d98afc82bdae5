import ArgumentParser
import FundCore
import Reporting
import Simulation

/// What a run came to, with its trials or without their order, and whether it was all that was asked for.
struct RunOutcome<Result: RunSample> where Result.Failure == Never {
  let result: Result
  /// How many trials were asked for.
  let asked: Int
  /// Whether the time limit stopped it, and not a signal.
  let isAtLimit: Bool
  /// What was found before of what moves the headline.
  var findings = HeadlineFindings()
  /// Who uses each fund up; `nil` where the trials were not divided.
  var contributions: [FundContributions]?
  /// How well the figures are known whose precision was asked for; `nil` where none was.
  var precision: PrecisionOutcome?
  /// The rare trials, or the first of them where they were stopped; `nil` where none were asked for, or run.
  var rare: RareTrials?

  /// What was to be told beside the trials, and is not: its time was over, or a signal came.
  var leftOut: [LocalizedText] = []

  /// Whether all trials were done.
  var isWhole: Bool { result.trialCount == asked }

  /// Whether nothing that was asked for is missing.
  var isComplete: Bool { isWhole && leftOut.isEmpty }

  /// Says how much was done if it was not all.
  func tellRest() {
    tellLeftOut()
    tellPrecision()
    guard !isWhole else { return }
    let (done, asked) = (result.trialCount, asked)
    let atLimit = LocalizedText(
      en: "The time limit stopped the run after \(done) of \(asked) trials.",
      zh: "已到时间上限，\(asked)次模拟完成了\(done)次。")
    let stopped = LocalizedText(
      en: "Stopped after \(done) of \(asked) trials.", zh: "已停止，\(asked)次模拟完成了\(done)次。")
    printError(isAtLimit ? atLimit : stopped)
  }

  private func tellPrecision() {
    guard let precision, !precision.isReached else { return }
    for line in precision.lines { printError(line) }
    if let advice = precision.advice { printError(advice) }
  }

  private func tellLeftOut() {
    guard !leftOut.isEmpty else { return }
    let things = leftOut.joined(with: .init(en: "; ", zh: "；"))
    printError(
      StopSignal.number == 0
        ? .init(
          en: "The time limit left out: \(things.english).", zh: "因时间上限而略去：\(things.chinese)。")
        : .init(en: "Stopped, and left out: \(things.english).", zh: "因停止而略去：\(things.chinese)。"))
  }

  /// Ends a run whose report was delivered: says how much was done if it was not all.
  ///
  /// - Throws: The status of a run that was stopped. A time limit is what the analyst asked for.
  func end() throws {
    tellRest()
    if !isWhole, !isAtLimit { throw ExitStatus.stopped }
    if !leftOut.isEmpty, StopSignal.number != 0 { throw ExitStatus.stopped }
  }
}
