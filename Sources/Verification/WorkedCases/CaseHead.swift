import DocumentReading
import FundCore
import PolicyLibrary

/// What all cases have in common.
struct CaseHead: Sendable {
  /// The programme's id.
  let programme: String
  /// What it shows.
  let name: LocalizedText
  /// The articles that the case shows at work.
  let articles: [String]
  /// The interpretations of unclear articles that it rests on.
  let interpretations: [String]
  /// The readings under which it was worked, where they are not the programme's own.
  let readings: [ReadingChoice]
  /// Where it stands in its file.
  let location: SourceLocation

  /// The programme under the readings of the case.
  func document() throws -> PolicyDocument {
    let place = SourceLocation(file: "\(programme).yaml")
    return try PolicyDocument.named(Written(programme, at: place), in: "")
      .changed(readings: readings, overrides: [])
  }
}

extension CaseHead {
  /// The programme's articles, the readings of unclear ones, and the place of the case.
  var source: LocalizedText {
    let list = interpretations.isEmpty ? "" : ", " + interpretations.joined(separator: ", ")
    let numbers = articles.joined(separator: ", ")
    return LocalizedText(
      en: "\(programme), Art. \(numbers)\(list); \(location.description)",
      zh: "\(programme)，第\(numbers)条\(list)；\(location.description)")
  }
}
