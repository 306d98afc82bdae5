import Foundation
import FundCore
import Simulation

/// The memory that this process may still take: the least of what the machine has, what its limit of address
/// space leaves (`ulimit -v`), and what its container leaves (control groups, version 1 and 2).
struct MemoryLimit {
  /// Whose limit it is.
  enum Kind {
    case machine, process, container
  }

  let bytes: Double
  let kind: Kind

  /// The part of the memory that results may take.
  private static let share = 0.7

  /// What the program takes beside results, measured on the shipped scenarios: as a whole, and a thread.
  private static let own = 32e6
  private static let ownOfThread = 20e6
  /// What a thread takes of the address space alone: its stack.
  private static let stack = 10e6

  /// What so many threads take beside results.
  private func own(threads: Int) -> Double {
    Self.own + Double(threads) * (Self.ownOfThread + (kind == .process ? Self.stack : 0))
  }

  /// How many of so many threads have room; at least one.
  func threads(of wanted: Int) -> Int {
    var count = max(1, wanted)
    while count > 1, own(threads: count) > bytes / 2 { count -= 1 }
    return count
  }

  /// How many bytes results may take.
  var room: Double {
    let threads = threads(of: ProcessInfo.processInfo.activeProcessorCount)
    return max(0, min(bytes * Self.share, bytes - own(threads: threads)))
  }

  /// What holds for this process.
  static let current: MemoryLimit = {
    var limits = [
      MemoryLimit(bytes: Double(ProcessInfo.processInfo.physicalMemory), kind: .machine)
    ]
    if let bytes = addressSpaceLeft { limits.append(MemoryLimit(bytes: bytes, kind: .process)) }
    if let bytes = containerLimit {
      limits.append(MemoryLimit(bytes: max(0, bytes - taken(1)), kind: .container))
    }
    return limits.min { $0.bytes < $1.bytes } ?? limits[0]
  }()

  /// What is held in memory at the same time.
  struct Load {
    /// How many trials of the run, and how many rare ones beside.
    var trials: Int
    var rareTrials = 0
    /// Whether the order of the trials is forgotten.
    var isUnordered = false

    /// So many trials.
    init(trials: Int, rareTrials: Int = 0, isUnordered: Bool = false) {
      (self.trials, self.rareTrials, self.isUnordered) = (trials, rareTrials, isUnordered)
    }

    /// All trials of a plan, as they are run where nobody asks for them.
    init(of plan: SimulationPlan) {
      self.init(
        trials: plan.trialCount,
        isUnordered: plan.isBetterUnordered(trialCount: plan.trialCount))
    }
  }

  /// - Throws: A diagnostic if the program, or the results of so many trials, would not fit into memory.
  static func check(
    _ plan: SimulationPlan, _ load: Load, of scenario: String
  ) throws(Diagnostics) {
    let place = SourceLocation(file: scenario)
    guard current.own(threads: 1) <= current.bytes else { throw current.tooLittle(at: place) }
    let bytes = load.isUnordered ? plan.unorderedBytesPerTrial : plan.bytesPerTrial
    let rareBytes = plan.bytesPerTrial + Double(plan.funds.count) * 24 + 8
    let (ofTrials, ofRare) = (Double(load.trials) * bytes, Double(load.rareTrials) * rareBytes)
    guard ofTrials + ofRare > current.room else { return }
    let isOfRare = ofRare > ofTrials
    let (option, fewer) =
      isOfRare
      ? ("--rare-trials", (current.room - ofTrials) * 0.7 / rareBytes)
      : ("--trials", (current.room - ofRare) * 0.7 / bytes)
    let beside =
      load.rareTrials == 0
      ? LocalizedText.empty
      : .init(en: " and \(load.rareTrials) rare ones", zh: "（另有\(load.rareTrials)次稀有抽样）")
    throw Diagnostics(
      "too-many-trials",
      .init(
        en: """
          \(load.trials) trials\(beside) of \(plan.funds.count) funds need about \(gigabytes(ofTrials + ofRare)) GB \
          of memory, and \(current.words)
          """,
        zh: """
          \(plan.funds.count)只基金的\(load.trials)次模拟\(beside)约需\(gigabytes(ofTrials + ofRare)) GB 内存，\
          \(current.words)
          """),
      help: .init(
        en: "use \(option) \(max(1, Int(fewer))) or fewer, or run it in pieces with --shard",
        zh: "用 \(option) \(max(1, Int(fewer))) 或更少，或用 --shard 分片运行"), at: place)
  }

  private func tooLittle(at place: SourceLocation) -> Diagnostics {
    let needed = gigabytes(own(threads: 1))
    return Diagnostics(
      "too-little-memory",
      .init(
        en: "the program itself needs about \(needed) GB of memory more, and \(words)",
        zh: "程序本身还需要约\(needed) GB 内存，而\(words)"),
      help: .init(
        en: "raise the limit, or run it on another machine", zh: "请提高限额，或换一台机器运行"), at: place)
  }

  /// Who gives how much.
  var words: LocalizedText {
    let size = gigabytes(bytes)
    return switch kind {
    case .machine: .init(en: "this machine has \(size) GB", zh: "本机只有\(size) GB")
    case .process:
      .init(
        en: "the limit of this process (ulimit -v) leaves \(size) GB",
        zh: "本进程的地址空间限额（`ulimit -v`）只余\(size) GB")
    case .container:
      .init(
        en: "the container (control group) leaves this process \(size) GB",
        zh: "容器（控制组）只给本进程留下\(size) GB")
    }
  }

  /// What RLIMIT_AS leaves beside what is mapped already; `nil` where there is no limit.
  private static var addressSpaceLeft: Double? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < 1 << 62
    else { return nil }
    return max(0, Double(limit.rlim_cur) - taken(0))
  }

  /// What this process takes by now, in bytes: of the address space (0), or of the memory (1).
  private static func taken(_ column: Int) -> Double {
    let columns = text("/proc/self/statm").split(separator: " ")
    guard column < columns.count, let pages = Double(columns[column]) else { return 0 }
    return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The least limit of the control groups that this process is in; `nil` where there is none.
  private static var containerLimit: Double? {
    var files: [String] = []
    for line in text("/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let controllers = parts[1].split(separator: ",")
      guard parts[1].isEmpty || controllers.contains("memory") else { continue }
      let (root, name) =
        parts[1].isEmpty
        ? ("/sys/fs/cgroup", "memory.max") : ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
      // A group's parents limit it, too; within a container its own group may stand at the root.
      var group = parts[2].split(separator: "/").map(String.init)
      while true {
        files.append(([root] + group + [name]).joined(separator: "/"))
        guard group.popLast() != nil else { break }
      }
    }
    // Version 1 writes a number near 2⁶³ for no limit, version 2 "max".
    return files.compactMap { Double(text($0).filter { !$0.isWhitespace }) }.filter { $0 < 0x1p60 }
      .min()
  }

  private static func text(_ path: String) -> String {
    (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }
}

/// Bytes in gigabytes, with decimals where there are few.
func gigabytes(_ bytes: Double) -> String {
  let value = bytes / 1e9
  if value < 0.1 { return "\((value * 1_000).rounded() / 1_000)" }
  return value < 10 ? "\((value * 10).rounded() / 10)" : "\(Int(min(value, 1e15)))"
}
