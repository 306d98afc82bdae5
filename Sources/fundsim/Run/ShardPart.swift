import FundCore
import PartialResults
import ResultFacts
import ScenarioInput
import Simulation
import Reporting

/// What a shard or a merge says of the rows of a tape that were set aside: it has no place for a file of
/// them.
func setAsideNote(of provenance: Provenance) -> LocalizedText? {
  let rows = provenance.portfolio.setAside.filter { !$0.firstRows.isEmpty }
  guard !rows.isEmpty else { return nil }
  let count = rows.reduce(0) { $0 + $1.count }
  let reasons = rows.map {
    LocalizedText(en: "\($0.count) × \($0.text)", zh: "\($0.count) × \($0.text)")
  }.joined(with: .init(en: "; ", zh: "；"))
  return LocalizedText(
    en: """
      Rows set aside: \(count) (\(reasons)). 'fundsim portfolio \(provenance.scenario.path)' writes \
      them, into set-aside.csv.\n
      """,
    zh: """
      剔除\(count)行（\(reasons)）。'fundsim portfolio \(provenance.scenario.path)' 可把它们写入 \
      set-aside.csv。\n
      """)
}

/// The part that one shard of a run is written into.
struct ShardPart {
  let request: RunRequest
  let path: String
  let isForced: Bool

  /// Runs the shard and writes its part, unless it is there already.
  func write() throws {
    if isThere { return try tellThere() }
    let file = try openedFile()
    let outcome = try request.outcome(beside: [path])
    outcome.tellRest()
    guard outcome.isComplete else {
      throw StoppedRun.unfinishedShard(isAtLimit: outcome.isAtLimit || StopSignal.number == 0)
    }
    let bytes = request.identity.part(
      of: outcome.result, words: request.words(of: outcome), rare: outcome.rare)
    try file.write(signatureSize: PartFile.signature.count) { try $0(bytes) }
    try tellWritten(size: bytes.count)
  }

  private var shard: Shard { request.identity.shard }

  /// Whether the file holds this very shard, whole. One that cannot be read, or is damaged, is written
  /// anew.
  private var isThere: Bool {
    do {
      let part = try PartFile(path: path)
      guard part.identity == request.identity else { return false }
      try part.checkFigures()
      return true
    } catch {
      return false
    }
  }

  /// The file, and the folder that it stands in.
  ///
  /// - Throws: `WriteError` if the part cannot be written: found now, not after hours.
  private func openedFile() throws -> OutputFile {
    let file = OutputFile(path: path, isForced: isForced)
    try file.checkTarget(signature: PartFile.signature)
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try OutputFolder.make(String(path[..<slash]))
    }
    return file
  }

  private func tellThere() throws {
    guard !request.isQuiet else { return }
    try printOutput(
      en: "Shard \(shard.index)/\(shard.count) is there already: \(path)\n",
      zh: "分片\(shard.index)/\(shard.count)已存在：\(path)\n")
  }

  private func tellWritten(size: Int) throws {
    guard !request.isQuiet else { return }
    let all = request.identity.plannedTrials
    let count = shard.trials(of: all).count
    try printOutput(
      en: """
        Shard \(shard.index)/\(shard.count), \(count) of \(all) trials, \(size) bytes. \
        Written: \(path)\n
        """,
      zh: """
        分片\(shard.index)/\(shard.count)，\(all)次模拟中的\(count)次，\(size)字节。\
        已写入：\(path)\n
        """)
    if let note = setAsideNote(of: request.compiled.source.provenance) {
      try printLines(note[.current])
    }
  }
}
