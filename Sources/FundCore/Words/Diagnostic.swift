/// A place in an input file, counted from 1.
public struct SourceLocation: Hashable, Comparable, Sendable {
  /// The file as the analyst named it.
  public let file: String
  /// The line, or the row of a sheet, from 1; 0 where the whole file is meant.
  public let line: Int
  /// The column in characters, or the column of a sheet, from 1; 0 where the whole line is meant.
  public let column: Int
  /// The sheet of a workbook, by its name; `nil` in a text.
  public let sheet: String?

  /// Creates a place.
  public init(file: String, line: Int = 0, column: Int = 0, sheet: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.sheet = sheet
  }

  /// By file, then sheet, line and column.
  public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.sheet ?? "", left.line, left.column)
      < (right.file, right.sheet ?? "", right.line, right.column)
  }

  /// What a spreadsheet calls the cell, `C7`, or a row of them, `7:7`; `nil` in a text, and where a whole
  /// sheet is meant.
  public var cell: String? {
    guard sheet != nil, line > 0 else { return nil }
    return column == 0 ? "\(line):\(line)" : Self.columnName(column) + "\(line)"
  }

  /// What a spreadsheet calls a column: `A` of 1, `AA` of 27.
  public static func columnName(_ column: Int) -> String {
    var (rest, letters) = (column, "")
    while rest > 0 {
      let letter = (rest - 1) % 26
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(letter))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}

extension SourceLocation: CustomStringConvertible {
  /// The place as `file:line:column`; in a workbook, as `file:sheet!C7`.
  public var description: String {
    if let sheet { return "\(file):\(sheet)" + (cell.map { "!" + $0 } ?? "") }
    return line == 0 ? file : column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }
}

/// A key that a mapping lacks, for whoever can say more of it than that.
public struct MissingKey: Hashable, Sendable {
  /// The path of the mapping from the top of the document; empty for the document itself.
  public let section: String
  /// The key.
  public let key: String
  /// What could stand there.
  public let example: String

  /// Names a key that is missing.
  public init(_ key: String, in section: String, example: String) {
    self.section = section
    self.key = key
    self.example = example
  }
}

/// One problem of an input, addressed to the person who wrote it.
public struct Diagnostic: Hashable, Sendable {
  /// A stable name of the kind of problem, in words joined by hyphens.
  public let code: String
  /// What is wrong, with the value that was found.
  public let message: LocalizedText
  /// The way out.
  public let advice: LocalizedText
  /// Where it stands.
  public let location: SourceLocation
  /// The key whose absence is the problem; `nil` for any other one.
  public var missingKey: MissingKey?

  /// Creates a problem report.
  public init(
    code: String, message: LocalizedText, advice: LocalizedText, location: SourceLocation
  ) {
    self.code = code
    self.message = message
    self.advice = advice
    self.location = location
  }
}

extension Diagnostic {
  /// The problem as it is printed: place, code, message, and a help line.
  ///
  /// - Parameter excerpt: Lines between message and help: what stands at the place.
  public func description(in language: Language, excerpt: [String] = []) -> String {
    let (error, help) = language == .english ? ("error", "help: ") : ("错误", "建议：")
    let lines = ["\(location): \(error)[\(code)]: \(message[language])"] + excerpt
    return (lines + ["  \(help)\(advice[language])"]).joined(separator: "\n")
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The problem in English, for logs and tests.
  public var description: String { description(in: .english) }
}

/// All problems of an input, thrown together.
public struct Diagnostics: Error, Sendable {
  /// The problems, in the order of their places.
  public let problems: [Diagnostic]

  /// Creates the report of all problems of an input.
  public init(_ problems: [Diagnostic]) {
    self.problems = problems.sorted { $0.location < $1.location }
  }

  /// The report of a single problem.
  public init(
    _ code: String, _ message: LocalizedText, help advice: LocalizedText,
    at location: SourceLocation
  ) {
    self.init([Diagnostic(code: code, message: message, advice: advice, location: location)])
  }
}

extension Diagnostics {
  /// All problems, as they are printed.
  public func description(in language: Language) -> String {
    problems.map { $0.description(in: language) }.joined(separator: "\n")
  }
}

extension Diagnostics: CustomStringConvertible {
  /// All problems in English, for logs and tests.
  public var description: String { description(in: .english) }
}
