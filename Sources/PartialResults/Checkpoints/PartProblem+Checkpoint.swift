import FundCore

extension PartProblem {
  static func unwritable(_ reason: String) -> PartProblem {
    PartProblem(
      "checkpoint-not-writable",
      LocalizedText(
        en: "the checkpoint cannot be written: \(reason)", zh: "检查点文件无法写入：\(reason)"),
      help: LocalizedText(
        en: "choose another place with --checkpoint", zh: "请用 --checkpoint 另选位置"))
  }

  static let notACheckpoint = PartProblem(
    "not-a-checkpoint",
    LocalizedText(
      en: "the file exists and is no checkpoint of fundsim", zh: "该文件已存在，但不是 fundsim 的检查点"),
    help: LocalizedText(
      en: "name a file that does not exist yet", zh: "请指定一个尚不存在的文件"))

  static let brokenCheckpoint = PartProblem(
    "damaged-checkpoint",
    LocalizedText(
      en: "the head of the checkpoint is damaged", zh: "检查点文件的开头已损坏"),
    help: LocalizedText(
      en: "delete the file and run from the start", zh: "请删除该文件并从头运行"))

  static let checkpointInUse = PartProblem(
    "checkpoint-in-use",
    LocalizedText(
      en: "another run is writing the checkpoint", zh: "另一次运行正在写入该检查点"),
    help: LocalizedText(
      en: "wait for it to end, or name another file", zh: "请等待其结束，或另选文件"))

  /// - Parameter isOtherEngine: Whether a program that computes differently wrote it.
  static func otherRun(_ differences: [LocalizedText], isOtherEngine: Bool) -> PartProblem {
    PartProblem(
      "other-run",
      LocalizedText(
        en: "the checkpoint belongs to another run: \(differences.joined())",
        zh: "检查点属于另一次运行：\(differences.joined())"),
      help: isOtherEngine
        ? LocalizedText(
          en: """
            go on with the program that wrote it ('fundsim engine' tells which one a program is), or \
            name another file and run from the start
            """,
          zh: "请用写出它的程序继续（'fundsim engine' 输出程序的标识），或另选文件从头运行")
        : LocalizedText(
          en: "go on with the same scenario, seed, trials and program, or name another file",
          zh: "请用相同的情景、种子、模拟次数和程序继续，或另选文件"))
  }
}
