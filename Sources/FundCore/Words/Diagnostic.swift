/// A place in an input file, counted from 1.
public struct SourceLocation: Hashable, Comparable, Sendable {
  /// The file as the analyst named it.
  public let file: String
  /// The line, from 1; 0 where the whole file is meant.
  public let line: Int
  /// The column in characters, from 1; 0 where the whole line is meant.
  public let column: Int

  /// Creates a place.
  public init(file: String, line: Int = 0, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// By file, then line, then column.
  public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}

extension SourceLocation: CustomStringConvertible {
  /// The place as `file:line:column`.
  public var description: String {
    line == 0 ? file : column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
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
  public func description(in language: Language) -> String {
    let (error, help) = language == .english ? ("error", "help: ") : ("错误", "建议：")
    return "\(location): \(error)[\(code)]: \(message[language])\n  \(help)\(advice[language])"
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
