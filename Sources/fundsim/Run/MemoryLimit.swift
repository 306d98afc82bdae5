import Foundation
import FundCore
import Simulation

/// The memory that this process may take: the least of what the machine has, what its limit of address
/// space leaves (`ulimit -v`), and what its container may have (control groups, version 1 and 2).
struct MemoryLimit {
  /// Whose limit it is.
  enum Kind {
    case machine, process, container
  }

  let bytes: Double
  let kind: Kind

  /// The part of the memory that results may take.
  private static let share = 0.7

  /// How many bytes results may take.
  var room: Double { bytes * Self.share }

  /// What holds for this process.
  static let current: MemoryLimit = {
    var limits = [
      MemoryLimit(bytes: Double(ProcessInfo.processInfo.physicalMemory), kind: .machine)
    ]
    if let bytes = addressSpaceLeft { limits.append(MemoryLimit(bytes: bytes, kind: .process)) }
    if let bytes = containerLimit { limits.append(MemoryLimit(bytes: bytes, kind: .container)) }
    return limits.min { $0.bytes < $1.bytes } ?? limits[0]
  }()

  /// - Parameter isUnordered: Whether the order of the trials is forgotten.
  /// - Throws: A diagnostic if the results of so many trials would not fit into memory.
  static func check(
    _ plan: SimulationPlan, _ count: Int, of scenario: String, isUnordered: Bool = false
  ) throws(Diagnostics) {
    let bytes = isUnordered ? plan.unorderedBytesPerTrial : plan.bytesPerTrial
    let needed = Double(count) * bytes
    guard needed > current.room else { return }
    let fewer = max(1, Int(current.bytes * 0.5 / bytes))
    throw Diagnostics(
      "too-many-trials",
      .init(
        en: """
          \(count) trials of \(plan.funds.count) funds need about \(gigabytes(needed)) GB of memory, \
          and \(current.words.english)
          """,
        zh: """
          \(plan.funds.count)只基金的\(count)次模拟约需\(gigabytes(needed)) GB 内存，\
          \(current.words.chinese)
          """),
      help: .init(
        en: "use --trials \(fewer) or fewer, or run it in pieces with --shard",
        zh: "用 --trials \(fewer) 或更少，或用 --shard 分片运行"),
      at: SourceLocation(file: scenario))
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
        en: "the container (control group) gives this process \(size) GB",
        zh: "容器（控制组）只给本进程\(size) GB")
    }
  }

  /// What RLIMIT_AS leaves beside what is mapped already; `nil` where there is no limit.
  private static var addressSpaceLeft: Double? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < 1 << 62
    else { return nil }
    let pages = text("/proc/self/statm").split(separator: " ").first.flatMap { Double($0) } ?? 0
    return max(0, Double(limit.rlim_cur) - pages * Double(sysconf(Int32(_SC_PAGESIZE))))
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

/// Bytes in gigabytes, with a decimal where there are few.
func gigabytes(_ bytes: Double) -> String {
  let value = bytes / 1e9
  return value < 10 ? "\((value * 10).rounded() / 10)" : "\(Int(min(value, 1e15)))"
}
