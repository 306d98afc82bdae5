public import FundCore

/// Why a file of partial results, or a checkpoint, cannot be used.
public struct PartProblem: Error, Hashable {
  /// The name by which a message can be looked up.
  public let code: String
  /// What is wrong, with the values.
  public let what: LocalizedText
  /// A way out.
  public let help: LocalizedText

  /// Creates a problem.
  public init(_ code: String, _ what: LocalizedText, help: LocalizedText) {
    self.code = code
    self.what = what
    self.help = help
  }

  /// The message for an analyst.
  public func diagnostic(of path: String) -> Diagnostic {
    Diagnostic(
      code: code, message: what, advice: help, location: SourceLocation(file: path))
  }

  static func damaged(_ what: LocalizedText) -> PartProblem {
    PartProblem(
      "damaged-part", what,
      help: LocalizedText(
        en: "run the shard again; a part is written whole or not at all, so it was changed since",
        zh: "请重新运行该分片；分片结果文件要么完整写入、要么不写入，因此它后来被改动过"))
  }

  static func unreadable(_ reason: String) -> PartProblem {
    PartProblem(
      "unreadable-part",
      LocalizedText(en: "the file cannot be read: \(reason)", zh: "文件无法读取：\(reason)"),
      help: LocalizedText(en: "check the path and the disk", zh: "请检查路径和磁盘"))
  }

  static let foreign = PartProblem(
    "not-a-part",
    LocalizedText(
      en: "the file is not a partial result of fundsim", zh: "该文件不是 fundsim 的分片结果"),
    help: LocalizedText(
      en: "parts are written by 'fundsim run SCENARIO --shard I/N --out PART'",
      zh: "分片结果由 'fundsim run 情景 --shard I/N --out 文件' 写出"))

  static func otherFormat(_ version: UInt32, than own: UInt32) -> PartProblem {
    PartProblem(
      "other-format",
      LocalizedText(
        en: "the file has format \(version), and this program reads format \(own)",
        zh: "文件格式为第\(version)版，本程序读取第\(own)版"),
      help: LocalizedText(
        en: "use the program of the version that wrote it", zh: "请使用写出该文件的程序版本"))
  }

  /// - Parameter isOtherEngine: Whether another program ran it; one scenario is then not enough.
  static func stranger(
    _ differences: [LocalizedText], than model: String, isOtherEngine: Bool
  ) -> PartProblem {
    PartProblem(
      "foreign-part",
      LocalizedText(
        en: "the part belongs to another run than \(model): \(differences.joined())",
        zh: "该分片与 \(model) 不属于同一次运行：\(differences.joined())"),
      help: isOtherEngine
        ? LocalizedText(
          en: """
            programs that compute differently ran them: run all shards with one of them ('fundsim \
            engine' tells which it is), and merge again
            """,
          zh: "它们由计算方式不同的程序运行：请用同一程序（'fundsim engine' 输出其标识）运行全部分片，再合并")
        : LocalizedText(
          en: "merge the parts of one run, each made with the same scenario, seed and trials",
          zh: "请合并同一次运行的分片：情景、种子和模拟次数都相同"))
  }

  static func otherEngine(_ engine: EngineVersion, than own: EngineVersion) -> PartProblem {
    PartProblem(
      "other-engine",
      LocalizedText(
        en: "the parts were run by engine \(engine), and this program is engine \(own)",
        zh: "分片由计算内核 \(engine) 运行，而本程序是 \(own)"),
      help: LocalizedText(
        en: "merge them with the program that ran them, or run all shards again with this one",
        zh: "请用运行它们的程序合并，或用本程序重新运行全部分片"))
  }

  static func double(of shard: Shard, _ other: String) -> PartProblem {
    PartProblem(
      "doubled-part",
      LocalizedText(
        en: "shard \(shard.index)/\(shard.count) is in \(other) already",
        zh: "分片\(shard.index)/\(shard.count)已在 \(other) 中"),
      help: LocalizedText(en: "leave one of them out", zh: "请去掉其中一个"))
  }

  static func missing(_ shards: [Int], of count: Int) -> PartProblem {
    let more = shards.count - min(20, shards.count)
    let shown = shards.prefix(20).map { LocalizedText(same: "\($0)/\(count)") }.joined()
    let rest = more == 0 ? .empty : LocalizedText(en: " and \(more) more", zh: "，另有\(more)个")
    return PartProblem(
      "missing-part",
      LocalizedText(
        en: "of this run \(shards.count) of \(count) shards are missing: \(shown)\(rest)",
        zh: "本次运行的\(count)个分片缺少\(shards.count)个：\(shown)\(rest)"),
      help: LocalizedText(
        en: "run them with 'fundsim run SCENARIO --shard I/N --out PART' and merge again",
        zh: "请用 'fundsim run 情景 --shard I/N --out 文件' 运行后再合并"))
  }
}
