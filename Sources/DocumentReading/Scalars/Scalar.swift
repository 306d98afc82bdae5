public import FundCore

/// Numbers, amounts, dates and words as people write them, in a YAML value or in a cell of a table.
///
/// Full-width digits and punctuation mean the same as the ASCII ones everywhere.
public enum Scalar {}

/// Why a text is not the value that was asked for.
public struct ScalarProblem: Error, Hashable, Sendable {
  /// A stable name of the kind of problem.
  public let code: String
  /// What is wrong, with the text that was found.
  public let message: LocalizedText
  /// The way out.
  public let advice: LocalizedText

  /// Creates a problem.
  public init(_ code: String, _ message: LocalizedText, help advice: LocalizedText) {
    self.code = code
    self.message = message
    self.advice = advice
  }
}

extension Scalar {
  /// The text with ASCII in place of full-width signs, single blanks, and none at the ends.
  public static func normalised(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let plain = asciiForm(of: scalar) else { continue }
      if plain == " ", result.last == " " || result.isEmpty { continue }
      result.append(plain)
    }
    if result.last == " " { result.removeLast() }
    return String(result)
  }

  /// The ASCII sign that means the same; `nil` for a sign without width.
  private static func asciiForm(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0xA0, 0x2002...0x200A, 0x202F, 0x3000: return " "
    case 0x200B...0x200F, 0x2060, 0xFEFF: return nil
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0)
    case 0x2010...0x2015, 0x2212, 0xFE63: return "-"
    case 0x3002: return "."
    case 0xFE50: return ","
    case 0xFE6A: return "%"
    case 0xFFE5: return "¥"
    default: return scalar
    }
  }

  /// Refuses what stands for "no value" or for no number at all, and the errors of spreadsheets.
  static func missingValue(
    _ text: String, named name: String? = nil, example: String
  ) -> ScalarProblem? {
    guard isMissing(text) else { return spreadsheetError(text) }
    return ScalarProblem(
      "missing-value",
      text.isEmpty
        ? .init(en: "there is no value", zh: "没有值")
        : .init(
          en: "\(quoted(name ?? text)) is no value", zh: "\(quoted(name ?? text))不是值"),
      help: .init(en: "write a value, such as \(example)", zh: "写一个值，如\(example)"))
  }

  /// The text, unless it is empty.
  public static func text(_ text: String) -> Result<String, ScalarProblem> {
    if normalised(text).isEmpty {
      return .failure(
        ScalarProblem(
          "missing-value", .init(en: "there is no value", zh: "没有值"),
          help: .init(en: "write a text, or remove the key", zh: "写上文字，或删去该键"))
      )
    }
    return .success(text)
  }

  /// `true` or `false`, `yes` or `no`, 是 or 否.
  public static func flag(_ text: String) -> Result<Bool, ScalarProblem> {
    let word = normalised(text)
    if let problem = missingValue(word, example: "true") { return .failure(problem) }
    switch word.lowercased() {
    case "true", "yes", "y", "on", "是", "真": return .success(true)
    case "false", "no", "n", "off", "否", "假": return .success(false)
    default:
      return .failure(
        ScalarProblem(
          "invalid-flag",
          .init(
            en: "\(quoted(text)) is neither true nor false", zh: "\(quoted(text))既不是“是”，也不是“否”"),
          help: .init(en: "write true or false", zh: "写 true 或 false")))
    }
  }

  /// One of the words that a type allows, or another word for it that the type knows.
  public static func choice<Choice>(
    _ text: String, as type: Choice.Type
  ) -> Result<Choice, ScalarProblem>
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let word = normalised(text)
    if let choice = Choice(rawValue: word) { return .success(choice) }
    if let spoken = Choice.self as? any SpokenChoice.Type,
      let choice = choice(word, spoken: spoken) as? Choice
    {
      return .success(choice)
    }
    let others = Choice.allCases.map { ($0 as? any SpokenChoice)?.otherWords ?? [] }
    return .failure(
      unknownWord(
        word, among: Choice.allCases.map(\.rawValue), others: others, code: "unknown-choice"))
  }

  /// One of some words that only the documents say, or another word for it.
  ///
  /// - Parameters:
  ///   - text: What was written.
  ///   - names: The words.
  ///   - others: For each of them, other words that are understood.
  /// - Returns: The place of the word.
  public static func choice(
    _ text: String, among names: [String], others: [[String]]
  ) -> Result<Int, ScalarProblem> {
    let word = normalised(text)
    let plain = word.filter { !" ,，、;；".contains($0) }
    let found =
      names.firstIndex(of: word) ?? others.firstIndex { $0.contains(plain) }
    return found.map { .success($0) }
      ?? .failure(unknownWord(word, among: names, others: others, code: "unknown-choice"))
  }

  private static func choice<Spoken: SpokenChoice>(
    _ word: String, spoken type: Spoken.Type
  ) -> Spoken? { Spoken(spoken: word) }
}
