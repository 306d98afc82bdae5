import PolicyLibrary

/// A programme's text in our own words, by its headings.
struct ProgrammeText {
  /// The text below each `### Article …`, by the article's name.
  private(set) var articles: [String: String] = [:]
  /// The articles in the order of the text.
  private(set) var articleOrder: [String] = []
  /// The text below each `### I-…`, by the id of the interpretation.
  private(set) var interpretations: [String: String] = [:]

  init(_ markdown: String) {
    for part in markdown.split(separator: "\n### ").dropFirst() {
      let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      let heading = String(lines[0])
      // A heading of a higher level ends the section.
      let below = String(lines.count > 1 ? lines[1] : "").split(separator: "\n## ").first ?? ""
      if heading.hasPrefix("Article ") {
        let name = String(heading.dropFirst("Article ".count))
        articleOrder.append(name)
        articles[name] = String(below)
      } else {
        interpretations[String(heading.prefix { $0 != " " })] = String(below)
      }
    }
  }

  /// The text of a document, or `nil` if it names none.
  init?(of document: PolicyDocument) throws {
    guard let name = document.textName else { return nil }
    self.init(try Places.text("\(Places.texts)/\(name).md"))
  }

  /// The heading under which an article stands: its own, or that of the whole of which it is a
  /// part (`8(二)7` stands under `8`).
  func heading(of article: String) -> String? {
    let whole = String(article.prefix { $0 != "(" })
    return [article, whole].first { articles[$0] != nil }
  }
}
