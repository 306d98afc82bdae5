import FundCore
import PartialResults
import Simulation

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

/// Runs one shard and writes its part, unless it is there already.
struct ShardRun {
  let piece: PieceRun
  let path: String
  let isForced: Bool

  func run() throws {
    let identity = piece.identity
    let shard = identity.shard
    let file = OutputFile(path: path, isForced: isForced)
    if isDone(identity) {
      let text = LocalizedText(
        en: "Shard \(shard.index)/\(shard.count) is there already: \(path)\n",
        zh: "分片\(shard.index)/\(shard.count)已存在：\(path)\n")
      if !piece.isQuiet { try printOutput(text[.current]) }
      return
    }
    // Found now, not after hours: that the part cannot be written.
    try file.checkTarget(signature: PartFile.signature)
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try OutputFolder.make(String(path[..<slash]))
    }
    try piece.checkCheckpoint(is: path)
    let end = try piece.end()
    end.report()
    guard end.result.trialCount == end.asked else {
      throw end.status ?? ExitStatus.unfinished
    }
    let bytes = identity.part(of: end.result, words: piece.words)
    try file.write(signatureSize: PartFile.signature.count) { try $0(bytes) }
    guard !piece.isQuiet else { return }
    let trials = shard.trials(of: identity.plannedTrials)
    let (all, size) = (identity.plannedTrials, bytes.count)
    let text = LocalizedText(
      en: """
        Shard \(shard.index)/\(shard.count), \(trials.count) of \(all) trials, \(size) bytes. \
        Written: \(path)\n
        """,
      zh: """
        分片\(shard.index)/\(shard.count)，\(all)次模拟中的\(trials.count)次，\(size)字节。\
        已写入：\(path)\n
        """)
    try printOutput(text[.current])
    if let note = setAsideNote(of: piece.words.provenance) { try printOutput(note[.current]) }
  }

  /// Whether the file holds this very shard, whole.
  private func isDone(_ identity: RunIdentity) -> Bool {
    guard let part = try? PartFile(path: path), part.identity == identity else { return false }
    do {
      try part.checkFigures()
      return true
    } catch {
      return false
    }
  }
}
