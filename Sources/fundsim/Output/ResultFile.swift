import FundCore
import Planning
import ScenarioInput

/// A file of a result: its name, and what hands over its contents, piece by piece.
///
/// Every table of a report is one. A new one is added where the faces of its report are made; `ResultKind`
/// needs a line for it only if it should be known where no manifest lists it.
struct ResultFile {
  /// Takes a piece of text.
  typealias TextSink = (String) throws -> Void
  /// Takes some bytes.
  typealias ByteSink = ([UInt8]) throws -> Void

  /// The name in the folder.
  let name: String
  /// Hands over the bytes.
  let write: (ByteSink) throws -> Void

  /// A file of bytes.
  init(bytesOf name: String, _ write: @escaping (ByteSink) throws -> Void) {
    self.name = name
    self.write = write
  }

  /// A file of text.
  init(_ name: String, _ write: @escaping (TextSink) throws -> Void) {
    self.init(bytesOf: name) { sink in
      try withoutActuallyEscaping(sink) { sink in try write { try sink(Array($0.utf8)) } }
    }
  }
}

extension Scenario {
  /// The rows of its tape that were set aside, as files of a result.
  var setAside: [ResultFile] { setAsideFiles.map(\.resultFile) }
}

extension [Variant] {
  /// The rows of all their tapes that were set aside, each file once.
  var setAside: [ResultFile] { compactMap(\.scenario).setAsideFiles.map(\.resultFile) }
}

extension SetAsideFile {
  /// The rows of a tape that were set aside, as a file of a result.
  var resultFile: ResultFile { ResultFile(name) { try write(in: .current, to: $0) } }
}
