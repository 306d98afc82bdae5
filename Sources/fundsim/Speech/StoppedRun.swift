import ArgumentParser
import FundCore
import Planning

/// A run that was stopped before it had anything to report.
enum StoppedRun: Error {
  /// Before the first trials were done: by a signal, or because its time was over.
  case empty(isAtLimit: Bool)
  /// Before all trials were done, where one was to be chosen by its rank.
  case withoutRank
  /// Before the shard was done, which is all that would be written.
  case unfinishedShard(isAtLimit: Bool)

  /// What is said of it; `nil` if it was said already.
  var words: LocalizedText? {
    switch self {
    case .empty(isAtLimit: true):
      LocalizedText(
        en: "The time limit came before the first trials were done: there is nothing to report.",
        zh: "在完成任何模拟之前已到时间上限：没有可报告的内容。")
    case .empty(isAtLimit: false):
      LocalizedText(
        en: "Stopped before the first trials were done: there is nothing to report.",
        zh: "在完成任何模拟之前停止：没有可报告的内容。")
    case .withoutRank:
      LocalizedText(
        en: "Stopped before all trials were done: no rank can be told.",
        zh: "在全部模拟完成之前停止：无法确定名次。")
    case .unfinishedShard: nil
    }
  }

  /// The status to leave with.
  var status: ExitCode {
    switch self {
    case .empty(let isAtLimit), .unfinishedShard(let isAtLimit):
      isAtLimit ? ExitStatus.unfinished : ExitStatus.stopped
    case .withoutRank: ExitStatus.stopped
    }
  }

  /// What is said of a study.
  static let studyWords = LocalizedText(
    en: "Stopped before all runs were done: there is nothing to compare.",
    zh: "未完成全部运行即停止：没有可比较的结果。")
}
