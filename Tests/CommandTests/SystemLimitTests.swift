import Foundation
import TestSupport
import Testing

/// What the system does not give: threads, files, memory, /proc. Nothing hangs, traps or ends with 0.
struct `Limits of the system` {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("s.yaml", SmallScenario.text)
    return folder
  }

  /// Whether this machine lets a test do something; a container may not.
  private static func can(_ line: String, in folder: TemporaryFolder) async throws -> Bool {
    try await Command.shell(line, in: folder.path).status == 0
  }

  /// Another user without rights: limits of processes do not hold for root.
  private static let nobody = "setpriv --reuid 65533 --regid 65533 --clear-groups"

  @Test func `without proc a command says so and does nothing`() async throws {
    let folder = try Self.folder()
    let hidden = "unshare -m sh -c 'mount -t tmpfs none /proc &&"
    guard try await Self.can("\(hidden) true' 2>/dev/null", in: folder) else { return }
    let outcome = try await Command.shell("\(hidden) exec $FUNDSIM run s.yaml'", in: folder.path)
    #expect(outcome.status == 71)
    #expect(
      outcome.errors.contains("error[no-arguments]") && outcome.errors.contains("mount /proc"))
    #expect(try folder.names() == ["s.yaml"])
  }

  /// Dispatch waits for ever for a thread that it cannot have.
  @Test func `a run without a second thread ends with the same results`() async throws {
    let folder = try Self.folder()
    chmod(folder.path, 0o777)
    let limited = "\(Self.nobody) sh -c 'ulimit -u 1 && exec"
    guard try await Self.can("\(limited) test -x $FUNDSIM -a -r s.yaml' 2>/dev/null", in: folder)
    else { return }
    let line = "run s.yaml --threads 4 --checkpoint c --time-limit 60s"
    let alone = try await Command.shell(
      "timeout 60 \(limited) $FUNDSIM \(line) --out alone'", in: folder.path)
    #expect(alone.status == 0, "\(alone.errors)")
    if ProcessInfo.processInfo.activeProcessorCount > 1 {
      #expect(alone.errors.contains("no more than 1 of 4 threads"))
    }
    try FileManager.default.removeItem(atPath: folder.path + "/c")
    let together = try await Command.shell("$FUNDSIM \(line) --out together", in: folder.path)
    #expect(together.status == 0)
    #expect(try folder.text("alone/summary.json") == folder.text("together/summary.json"))
  }

  @Test(arguments: 4...9)
  func `with few open files a command says what is missing`(count: Int) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.shell(
      "ulimit -n \(count) && exec $FUNDSIM run s.yaml --trials 20 --out o", in: folder.path)
    #expect([0, 65, 74].contains(outcome.status), "\(outcome.status)")
    if outcome.status != 0 {
      #expect(outcome.errors.contains("error["))
    }
  }

  @Test func `check refuses for want of memory what run would refuse`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "s.yaml", SmallScenario.changed("trials: 300", to: "trials: 900000000"))
    for command in ["run", "check"] {
      let outcome = try await Command.shell(
        "ulimit -v 3000000 && exec $FUNDSIM \(command) s.yaml", in: folder.path)
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("error[too-many-trials]"))
      #expect(outcome.errors.contains("the limit of this process (ulimit -v) leaves "))
    }
  }

  /// Whatever the limit: results, or a message. 127 is the system's, where it cannot load the program.
  @Test(arguments: Array(stride(from: 60, through: 240, by: 20)))
  func `no limit of memory ends in a crash`(megabytes: Int) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.shell(
      "ulimit -v \(megabytes)000 && exec $FUNDSIM run s.yaml --trials 20 --quiet --out o",
      in: folder.path)
    #expect([0, 65, 71, 127].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
    if outcome.status == 65 { #expect(outcome.errors.contains("error[too-little-memory]")) }
    if outcome.status == 71 { #expect(outcome.errors.contains("error[no-memory]")) }
  }

  @Test func `the limit of a container counts`() async throws {
    let folder = try Self.folder()
    let group = "unshare -m sh -c 'mount -t tmpfs none /sys/fs/cgroup &&"
    guard try await Self.can("\(group) true' 2>/dev/null", in: folder) else { return }
    // Version 2 at the root of the container; version 1 beside it, with a larger limit.
    let outcome = try await Command.shell(
      """
      \(group) echo 300000000 > /sys/fs/cgroup/memory.max && mkdir /sys/fs/cgroup/memory && \
      echo 9223372036854771712 > /sys/fs/cgroup/memory/memory.limit_in_bytes && \
      grep -q ^0:: /proc/self/cgroup || exit 9; exec $FUNDSIM run s.yaml --trials 90000000'
      """, in: folder.path)
    guard outcome.status != 9 else { return }
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("the container (control group) leaves this process 0."))
  }

  @Test func `a signal of kill ends a run as one of the keyboard does`() async throws {
    let folder = try Self.folder()
    // A slow machine has not begun when the signal comes early.
    var outcome = Command.Outcome(status: 0, output: "", errors: "")
    for seconds in [2.0, 5, 20] where !outcome.errors.contains("Stopped after") {
      outcome = try await Command.run(
        ["run", "s.yaml", "--trials", "4000000", "--out", "o"], in: folder.path,
        interrupt: seconds, signal: SIGTERM)
    }
    #expect(outcome.status == 143)
    #expect(outcome.errors.contains("of 4000000 trials."))
  }

  @Test func `a help text that nobody gets is no success`() async throws {
    let folder = try Self.folder()
    for line in ["--help", "run --help", "help size", "--version"] {
      let outcome = try await Command.shell("$FUNDSIM \(line) > /dev/full", in: folder.path)
      #expect(outcome.status == 74, "\(line)")
    }
  }

  @Test(arguments: [([], "USAGE: fundsim"), (["policy"], "USAGE: fundsim policy")])
  func `a command without its subcommand shows what there is, and ends with 64`(
    arguments: [String], text: String
  ) async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(arguments, in: folder.path)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(text))
  }

  @Test func `a help topic that there is not is told with what is near`() async throws {
    let folder = try Self.folder()
    let outcome = try await Command.run(["help", "policy", "shw"], in: folder.path)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("no command 'shw'; did you mean 'show'?"))
    #expect(try await Command.run(["help", "policy", "show"], in: folder.path).status == 0)
  }

  @Test func `links in a circle are named`() async throws {
    let folder = try Self.folder()
    symlink("b.yaml", folder.path + "/a.yaml")
    symlink("a.yaml", folder.path + "/b.yaml")
    let outcome = try await Command.run(["check", "a.yaml"], in: folder.path)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("a.yaml: error[link-loop]"))
  }
}
