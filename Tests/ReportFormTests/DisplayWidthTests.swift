import Testing

@testable import ReportForm

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("bank", 4), ("银行", 4), ("银行 A", 6), ("（试行）", 8), ("e\u{301}", 1), ("± 0.1 – 2", 9),
    ("１２", 4), ("𠮷", 2), ("é", 1),
  ])
  func `a Chinese character takes two columns, a mark above a letter none`(
    text: String, width: Int
  ) {
    #expect(DisplayWidth.of(text) == width)
  }

  @Test func `padding counts columns and not characters`() {
    #expect(DisplayWidth.padded("银行", to: 6) == "银行  ")
    #expect(DisplayWidth.padded("银行", to: 6, right: true) == "  银行")
    #expect(DisplayWidth.padded("银行银行", to: 6) == "银行银行")
  }

  @Test func `text is broken at blanks`() {
    #expect(DisplayWidth.lines(of: "one two three", width: 7) == ["one two", "three"])
    #expect(DisplayWidth.lines(of: "", width: 7) == [""])
    // A number keeps its sign of per cent.
    #expect(DisplayWidth.lines(of: "with 95 % odds", width: 9) == ["with 95 %", "odds"])
    #expect(DisplayWidth.lines(of: "within 95 % odds", width: 9) == ["within", "95 % odds"])
  }

  @Test func `text is broken between Chinese characters, but not before a full stop`() {
    #expect(DisplayWidth.lines(of: "风险补偿资金。", width: 8) == ["风险补偿", "资金。"])
    #expect(DisplayWidth.lines(of: "风险补偿。资金", width: 8) == ["风险补", "偿。资金"])
    #expect(DisplayWidth.lines(of: "用于（试行）", width: 6) == ["用于", "（试", "行）"])
  }

  @Test func `a word that is too long is broken where the line ends`() {
    #expect(DisplayWidth.lines(of: "a 0123456789", width: 4) == ["a", "0123", "4567", "89"])
  }

  @Test(arguments: 1...12)
  func `no line is wider than asked for, and nothing is lost`(width: Int) {
    let text = "fund 风险补偿资金（试行）, 2024 年：initial，1000万元。"
    let lines = DisplayWidth.lines(of: text, width: width)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= max(2, width) })
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }
}
