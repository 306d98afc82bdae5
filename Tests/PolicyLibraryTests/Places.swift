import DocumentReading
import Foundation
import FundCore
import PolicyLibrary

/// Where the files lie that the tests hold against each other. Found from the place of this very
/// file, so that no bundle is needed.
enum Places {
  private static let tests = folder(of: #filePath)
  /// The hand-worked cases.
  static let cases = sources + "/Verification/Cases"
  private static let sources = folder(of: folder(of: tests)) + "/Sources"
  private static let library = sources + "/PolicyLibrary"
  /// The programme files.
  static let programmes = library + "/Programmes"
  /// The texts in our own words.
  static let texts = library + "/PolicyLibrary.docc"

  private static func folder(of path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// The names of the files in a folder, without the ending, in order.
  static func names(in folder: String, ending: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    String(decoding: try readFileBytes(path: path, limit: 1 << 20), as: UTF8.self)
  }
}

/// The place at which a scenario of these tests says everything.
let scenarioPlace = SourceLocation(file: "scenario.yaml", line: 7, column: 3)

/// A built-in programme; read once, because most tests want one.
func builtIn(_ id: String) throws -> PolicyDocument {
  if let document = try builtInDocuments.get()[id] { return document }
  return try PolicyDocument.named(Written(id, at: scenarioPlace), in: "")
}

private let builtInDocuments = Result {
  var documents: [String: PolicyDocument] = [:]
  for id in PolicyDocument.builtInIDs {
    documents[id] = try PolicyDocument.named(Written(id, at: scenarioPlace), in: "")
  }
  return documents
}

/// A programme of the given text, called `draft.yaml` in messages.
func programme(_ text: String) throws -> PolicyDocument {
  try readProgramme(tree: parseDocument(text: text, file: "draft.yaml"))
}

/// A scenario's choice of a reading.
func reading(_ interpretation: String, _ name: String) -> ReadingChoice {
  ReadingChoice(
    id: Written(interpretation, at: scenarioPlace), name: Written(name, at: scenarioPlace))
}

/// A scenario's override of a parameter.
func override(_ path: String, _ value: String, reason: String = "a draft") -> OverrideRequest {
  OverrideRequest(
    path: Written(path, at: scenarioPlace),
    value: DocumentNode(content: .scalar(value, isPlain: true), location: scenarioPlace),
    reason: LocalizedText(same: reason))
}

/// The problems that something reports, as they are printed; empty if there are none.
func problems(_ read: () throws -> Void) -> String {
  do {
    try read()
    return ""
  } catch {
    return "\(error)"
  }
}

/// The parts of a list such as `12, 14`.
func listed(_ text: String?) -> [String] {
  (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
}

/// SplitMix64: what is tried is the same in every run.
struct SeededWords: RandomNumberGenerator {
  private var state: UInt64

  /// Seeds lie far apart, because neighbouring states share their words.
  init(seed: UInt64) { state = (seed &+ 1) &* 0xD6E8_FEB8_6659_FD93 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mix = state
    mix = (mix ^ (mix >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mix = (mix ^ (mix >> 27)) &* 0x94D0_49BB_1331_11EB
    return mix ^ (mix >> 31)
  }
}
