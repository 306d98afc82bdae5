import Charts
import FundCore
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
    ("plan", TextResources.plan_mustache), ("controls", TextResources.controls_mustache),
    ("control", TextResources.control_mustache),
  ]

  /// What stands above a table that has more than fits.
  private static let scrollHint = LocalizedText(
    en: "the table goes on to the right: scroll", zh: "表格较宽，可左右滑动")
  /// What a table is called where it can be scrolled by keyboard.
  private static let tableLabel = LocalizedText(
    en: "table, scrolls sideways where it is wide", zh: "表格，较宽时可左右滚动")

  /// The page, or a part of it, for its contents, which say its language.
  ///
  /// - Throws: Nothing, unless the template itself is broken; a test renders it.
  static func rendered(_ contents: [String: Any], by name: String = "page") throws -> String {
    let language = contents["lang"] as? String == "zh-Hans" ? Language.chinese : .english
    let library = try library.get()
    let own: [String: Any] = [
      "scrollHint": scrollHint[language], "tableLabel": tableLabel[language],
    ]
    let all = contents.merging(own) { given, _ in given }
    return library.render(all, withTemplate: name) ?? ""
  }

  /// All parts, read once.
  private static let library = Result {
    MustacheContentTypes.register(ContentType(), named: "PAGE")
    var library = MustacheLibrary()
    for (name, text) in parts { try library.register(text, named: name) }
    return library
  }

  /// The style of the page and of its charts.
  static let style = ChartStyle.sheet + TextResources.page_css
}
