import DocumentReading
import PlanningServer
import ReportForm

/// What the page is told of something that was done for it.
struct Told {
  let text: String
  var link: String?

  init(_ text: String, link: String? = nil) {
    (self.text, self.link) = (text, link)
  }

  /// As one line, in place of an answer.
  var line: [UInt8] {
    JSONNode.object([.init("refused", .flag(true)), .init("state", .text(visibleText(text)))]).bytes
      + [10]
  }

  /// As an answer of its own.
  var response: HTTPResponse {
    let link = link.map { [JSONNode.Member("link", .text($0))] } ?? []
    let object = JSONNode.object([.init("text", .text(visibleText(text)))] + link)
    return HTTPResponse(type: "application/json; charset=utf-8", body: object.bytes)
  }
}
