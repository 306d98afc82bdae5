import Charts
import Mustache

/// The page's template, with all that it holds within it.
enum PageTemplate {
  /// Escapes as `escapedForMarkup` does: Mustache's own rule looks at whole characters, and an
  /// accent upon a quotation mark hides it.
  private struct ContentType: MustacheContentType {
    func escapeText(_ text: String) -> String { escapedForMarkup(text) }
  }

  /// The parts by name. Each says what its contents are: a part does not inherit it.
  private static let parts = [
    ("page", TextResources.page_mustache), ("figure", TextResources.figure_mustache),
    ("table", TextResources.table_mustache), ("block", TextResources.block_mustache),
  ]

  /// The page for its contents.
  ///
  /// - Throws: Nothing, unless the template itself is broken; a test renders it.
  static func rendered(_ contents: [String: Any]) throws -> String {
    MustacheContentTypes.register(ContentType(), named: "PAGE")
    var library = MustacheLibrary()
    for (name, text) in parts {
      try library.register(text, named: name)
    }
    return library.render(contents, withTemplate: "page") ?? ""
  }

  /// The style of the page and of its charts.
  static let style = ChartStyle.sheet + TextResources.page_css
}
