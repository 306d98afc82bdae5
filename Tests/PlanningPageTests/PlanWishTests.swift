import FundCore
import PlanningPage
import ReportForm
import Testing

/// What the page sends.
struct `A wish` {
  private func wish(_ text: String) -> PlanWish? { PlanWish(parsing: Array(text.utf8)) }

  @Test func `is read as it was sent`() {
    let text = """
      {"number":3,"moved":{"funds.1.initial":"1200"},"pin":"set","signature":"ab","language":"zh","width":"narrow"}
      """
    #expect(
      wish(text)
        == PlanWish(
          number: 3, moved: ["funds.1.initial": "1200"], pin: .set, signature: "ab",
          language: .chinese, width: .narrow))
  }

  @Test(arguments: [
    "", "[]", "{}", "null", #"{"moved":{},"language":"fr","width":"wide"}"#,
    #"{"moved":[],"language":"en","width":"wide"}"#,
    #"{"moved":{"a":1},"language":"en","width":"wide"}"#,
    #"{"moved":{},"language":"en","width":"1"}"#,
    #"{"moved":{},"pin":"x","language":"en","width":"wide"}"#,
  ])
  func `is none where something is missing`(text: String) { #expect(wish(text) == nil) }

  @Test func `moves no more than there can be`() {
    func moved(_ count: Int, _ value: String) -> String {
      let places = (0..<count).map { "\"c\($0)\":\"\(value)\"" }.joined(separator: ",")
      return "{\"moved\":{\(places)},\"language\":\"en\",\"width\":\"wide\"}"
    }
    #expect(wish(moved(1_000, "1"))?.moved.count == 1_000)
    #expect(wish(moved(1_001, "1")) == nil)
    #expect(wish(moved(1, String(repeating: "9", count: 201))) == nil)
  }
}
