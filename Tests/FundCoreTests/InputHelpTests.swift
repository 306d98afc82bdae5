import Testing

@testable import FundCore

@Suite struct InputHelpTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("", "ab", 2), ("baotou", "baotou", 0), ("baotuo", "baotou", 1),
    ("rnu", "run", 1),
    ("kitten", "sitting", 3), ("Rate", "rate", 0), ("bank", "banks", 1),
  ])
  func `an edit is an insertion, a deletion, a substitution or an exchange of neighbours`(
    left: String, right: String, distance: Int
  ) {
    #expect(editDistance(left, right) == distance)
    #expect(editDistance(right, left) == distance)
  }

  @Test func `the nearest candidate is suggested`() {
    #expect(closestMatch(to: "dalien", among: ["baotou", "dalian", "weihai"]) == "dalian")
    #expect(closestMatch(to: "trails", among: ["seed", "trials", "months"]) == "trials")
  }

  @Test func `a word unlike all candidates gets no suggestion`() {
    #expect(closestMatch(to: "harbin", among: ["baotou", "dalian", "weihai"]) == nil)
    #expect(closestMatch(to: "seed", among: []) == nil)
    #expect(closestMatch(to: String(repeating: "a", count: 65), among: ["a"]) == nil)
  }

  @Test func `a short word may differ in one letter`() {
    #expect(closestMatch(to: "pb", among: ["pd"]) == "pd")
    #expect(closestMatch(to: "xy", among: ["pd"]) == nil)
  }

  @Test func `problems are printed in the order of their places, each with its help`() {
    let place = { SourceLocation(file: "a.yaml", line: $0, column: $1) }
    let text = { (word: String) in LocalizedText(english: word, chinese: "中" + word) }
    let problems = Diagnostics([
      Diagnostic(code: "late", message: text("second"), advice: text("b"), location: place(7, 1)),
      Diagnostic(code: "early", message: text("first"), advice: text("a"), location: place(2, 11)),
    ])
    #expect(
      problems.description == """
        a.yaml:2:11: error[early]: first
          help: a
        a.yaml:7:1: error[late]: second
          help: b
        """)
    #expect(
      problems.description(in: .chinese) == """
        a.yaml:2:11: 错误[early]: 中first
          建议：中a
        a.yaml:7:1: 错误[late]: 中second
          建议：中b
        """)
  }

  @Test func `a place names as much as is known`() {
    #expect(SourceLocation(file: "a.csv").description == "a.csv")
    #expect(SourceLocation(file: "a.csv", line: 3).description == "a.csv:3")
  }

  @Test func `a citation is written as it is looked up`() {
    #expect(
      Citation(article: "13", interpretations: ["I-16", "I-17"]).description
        == "Art. 13, I-16, I-17")
    #expect(Citation.assumption("draft").description == "assumption: draft")
  }
}
