/// What the rows of a file are called where their numbers are told: lines of a text, or rows of a sheet.
public enum RowNaming: String, Hashable, Sendable, Codable {
  /// Lines of a text.
  case line
  /// Rows of a sheet, as a spreadsheet counts them.
  case row

  /// What those of a sheet are called, or those of a text, where that is `nil`.
  public init(ofSheet sheet: String?) { self = sheet == nil ? .line : .row }

  /// Rows by their numbers: `line 7, 9`, or `row 7, 9, …` where there are more.
  public func words(_ numbers: [Int], hasMore: Bool = false) -> LocalizedText {
    let texts = numbers.map { "\($0)" }
    return LocalizedText(
      en: "\(rawValue) \(texts.joined(separator: ", "))\(hasMore ? ", …" : "")",
      zh: "第\(texts.joined(separator: "、"))\(hasMore ? "……" : "")行")
  }

  /// A row by its number.
  public func words(_ number: Int) -> LocalizedText { words([number]) }
}

extension SourceLocation {
  /// The line or the row in words.
  public var rowWords: LocalizedText { RowNaming(ofSheet: sheet).words(line) }
}
