import DocumentReading
import FundCore

/// The problems that reading reports, as they are printed; empty if there are none.
func problems(_ read: () throws -> Void) -> String {
  do {
    try read()
    return ""
  } catch {
    return "\(error)"
  }
}

/// The problems of a YAML text in the file `s.yaml`.
func problems(ofYAML text: String) -> String {
  problems { _ = try parseDocument(text: text, file: "s.yaml") }
}

/// The problems of a table in the file `t.csv`, all rows read.
func problems(ofTable bytes: [UInt8], separator: CellSeparator? = nil) -> String {
  problems {
    let table = try DelimitedTable(bytes: bytes, file: "t.csv", separator: separator)
    try table.forEachRow { _ in }
  }
}

/// The problems of a table in the file `t.csv`, all rows read.
func problems(ofTable text: String) -> String { problems(ofTable: Array(text.utf8)) }

/// The cells of all rows of a table.
func cells(of bytes: [UInt8], separator: CellSeparator? = nil) throws -> [[String]] {
  let table = try DelimitedTable(bytes: bytes, file: "t.csv", separator: separator)
  var rows: [[String]] = []
  try table.forEachRow { row in
    var cells: [String] = []
    for column in 0..<row.cellCount { cells.append(row.text(column)) }
    rows.append(cells)
  }
  return rows
}

/// The cells of all rows of a table.
func cells(of text: String) throws -> [[String]] { try cells(of: Array(text.utf8)) }

/// Reads a YAML mapping as a section, finishes it, and returns the problems as they are printed.
func problems(ofSection text: String, _ read: (inout Section) -> Void) -> String {
  problems {
    let collector = ProblemCollector()
    let document = try parseDocument(text: text, file: "s.yaml")
    if var section = Section(document, problems: collector) {
      read(&section)
      section.finish()
    }
    try collector.throwIfAny()
  }
}

/// The value, or the problem as `code: message / advice`.
func outcome<Value>(_ result: Result<Value, ScalarProblem>) -> String {
  switch result {
  case .success(let value): "\(value)"
  case .failure(let problem):
    "\(problem.code): \(problem.message.english) / \(problem.advice.english)"
  }
}

/// Numbers for tests that try many inputs, the same in every run (SplitMix64).
struct FixedNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
