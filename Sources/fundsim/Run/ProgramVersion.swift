import FundCore
import Simulation

/// The program, as results name it.
enum ProgramVersion {
  /// What it calls itself.
  static let number = "0.1.0"
  /// What it is by what it computes, too. The questions are asked once, when it is first wanted.
  static let current: EngineVersion = {
    let word = String(knownAnswers(), radix: 16)
    return EngineVersion(
      version: number, words: String(repeating: "0", count: 16 - word.count) + word,
      sources: String(sourcesDigest.prefix(16)))
  }()
}

extension EngineVersion {
  /// - Throws: `other-engine` if an engine is wanted, and this program is another one.
  static func check(wanted: String?) throws(Diagnostics) {
    guard let wanted, wanted != ProgramVersion.current.description else { return }
    throw Diagnostics(
      "other-engine",
      .init(
        en: "engine \(wanted) is wanted, and this program is engine \(ProgramVersion.current)",
        zh: "要求的计算内核是 \(wanted)，而本程序是 \(ProgramVersion.current)"),
      help: .init(
        en: "use the same program on all machines; 'fundsim engine' tells which one it is",
        zh: "请在所有机器上使用同一程序；'fundsim engine' 输出其标识"),
      at: SourceLocation(file: "--engine"))
  }
}
