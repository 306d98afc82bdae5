import Dispatch
import DocumentReading
import Foundation
import FundCore
import Synchronization
import TestSupport
import Testing

private func problems(ofFile path: String) -> String {
  problems { _ = try readDocument(path: path, displayName: "s.yaml") }
}

@Suite struct `A file` {
  @Test func `a file is read and named as its reader wants`() throws {
    let folder = try TemporaryFolder()
    let tree = try readDocument(
      path: folder.write("a.yaml", "a: 1"), displayName: "scenario.yaml")
    #expect(tree.node(at: "a")?.location.description == "scenario.yaml:1:4")
  }

  @Test func `a folder that is refused leaves the files of other threads open`() throws {
    let folder = try TemporaryFolder()
    let (path, folderPath) = (try folder.write("a.yaml", "a: 1"), folder.path)
    let failed = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      for _ in 0..<4_000 {
        let isFile = thread % 2 == 0
        let found = problems(ofFile: isFile ? path : folderPath)
        if found.isEmpty != isFile { failed.add(1, ordering: .relaxed) }
      }
    }
    #expect(failed.load(ordering: .relaxed) == 0)
    withExtendedLifetime(folder) {}
  }

  @Test func `a folder that is written wrongly is told, with what is in it`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/scenarios/baotou", withIntermediateDirectories: true)
    try folder.write("scenarios/baotou/scenario.yaml", "a: 1")
    try folder.write("scenarios/baotou/register.csv", "a")
    func advice(_ path: String) -> String {
      String(problems(ofFile: "\(folder.path)/\(path)").split(separator: "help: ").last ?? "")
    }
    #expect(
      advice("scenarios/baotuo/scenario.yaml")
        == "did you mean '\(folder.path)/scenarios/baotou'?")
    #expect(
      advice("scenario/baotou/register.csv")
        == "did you mean '\(folder.path)/scenarios/baotou/register.csv'?")
    // What is not there either is not offered.
    #expect(advice("scenarios/baotuo/other.yaml").hasPrefix("check the path"))
  }

  @Test func `a missing file is reported with its neighbour`() throws {
    let folder = try TemporaryFolder()
    try folder.write("scenario.yaml", "a: 1")
    #expect(
      problems(ofFile: folder.path + "/senario.yaml").hasSuffix(
        "senario.yaml'\n  help: did you mean 'scenario.yaml' in the same folder?"))
    #expect(
      problems { _ = try readFileBytes(path: "/tmp/no-such-file-7f", limit: 10) } == """
        /tmp/no-such-file-7f: error[file-not-found]: there is no file '/tmp/no-such-file-7f'
          help: check the path and the spelling
        """)
    #expect(
      problems { _ = try readFileBytes(path: "/tmp/no-such-7f/a", limit: 10) } == """
        /tmp/no-such-7f/a: error[file-not-found]: there is no file '/tmp/no-such-7f/a'
          help: check the path; there is no folder '/tmp/no-such-7f' either
        """)
  }

  @Test(arguments: ["", "a\u{0}b"])
  func `a path that names nothing is reported`(path: String) {
    #expect(
      problems(ofFile: path) == """
        s.yaml: error[file-not-found]: the file has no name
          help: give the path of a file
        """)
  }

  @Test func `a folder is refused`() {
    #expect(
      problems(ofFile: "/tmp") == """
        s.yaml: error[not-a-file]: '/tmp' is a folder
          help: give the path of a file inside it
        """)
  }

  @Test func `a device is refused`() {
    #expect(
      problems(ofFile: "/dev/zero") == """
        s.yaml: error[not-a-file]: '/dev/zero' is a device or a pipe, not a file
          help: write - in its place and send it through standard input, or save what it delivers to a file
        """)
  }

  @Test(.timeLimit(.minutes(10))) func `a pipe without a writer does not make the reader wait`()
    throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    #expect(problems(ofFile: path).contains("error[not-a-file]"))
  }

  @Test(.disabled(if: geteuid() == 0, "root may read everything"))
  func `a file without permission is named`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", "a: 1")
    chmod(path, 0)
    #expect(
      problems(ofFile: path) == """
        s.yaml: error[no-permission]: the file '\(path)' may not be read
          help: ask its owner for permission to read it, or copy it to a folder of your own
        """)
  }

  @Test(.timeLimit(.minutes(10))) func `a line of 2 GB is refused by its size`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.writeSparse("a.yaml", size: 2 << 30)
    #expect(
      problems(ofFile: path) == """
        s.yaml: error[file-too-large]: the file has 2048 MB, and at most 8 MB are read
          help: check that this is the right file; divide it if it is
        """)
    #expect(
      problems { _ = try DelimitedTable(path: path, displayName: "t.csv") }.hasPrefix(
        "t.csv: error[binary-file]"))
  }

  @Test(
    arguments: [[0x61, 0x00, 0x62], [1, 2, 3, 4], [0x7F, 0x45, 0x4C, 0x46, 0, 1]] as [[UInt8]])
  func `a binary file is refused`(bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    #expect(
      try problems(ofFile: folder.write("a", bytes: bytes)) == """
        s.yaml: error[binary-file]: the file is not text
          help: give a text file, saved with the encoding UTF-8
        """)
  }

  @Test func `an Excel workbook is recognised`() throws {
    let folder = try TemporaryFolder()
    #expect(
      try problems(ofFile: folder.write("a", bytes: [0x50, 0x4B, 3, 4, 0, 0])) == """
        s.yaml: error[binary-file]: the file is not text
          help: it looks like an Excel workbook; save the sheet as "CSV UTF-8" and give that file
        """)
  }

  @Test func `UTF-16 is recognised`() throws {
    let folder = try TemporaryFolder()
    #expect(
      try problems(ofFile: folder.write("a", bytes: [0xFF, 0xFE, 0x61, 0])) == """
        s.yaml: error[utf16]: the file is written in UTF-16
          help: save it again with the encoding UTF-8
        """)
  }

  @Test func `Chinese text in GB18030 is recognised at the first such character`() throws {
    let folder = try TemporaryFolder()
    let bytes: [UInt8] = Array("a: 1\nb: ".utf8) + [0xD2, 0xF8, 0xD0, 0xD0]
    #expect(
      try problems(ofFile: folder.write("a", bytes: bytes)) == """
        s.yaml:2:4: error[not-utf8]: the file is not UTF-8; it looks like GB18030 or GBK
          help: save it with the encoding UTF-8, or run: iconv -f GB18030 -t UTF-8 FILE > NEW-FILE
        """)
  }

  @Test func `bytes of no known encoding are refused`() throws {
    let folder = try TemporaryFolder()
    #expect(
      try problems(ofFile: folder.write("a", bytes: [0x61, 0xFF, 0xFF])) == """
        s.yaml:1:2: error[not-utf8]: the file is not UTF-8 text
          help: save it with the encoding UTF-8
        """)
  }

  @Test func `a table is read from its file`() throws {
    let folder = try TemporaryFolder()
    let table = try DelimitedTable(path: folder.write("t.csv", "a,b\n1,2\n3,4\n"))
    var sum = 0
    try table.forEachRow { row in sum += try row.integer(1).get() }
    #expect(sum == 6)
  }
}
