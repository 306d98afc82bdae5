import FundCore
import Testing

@testable import ReportForm

@Suite("Tables on a terminal") struct TableLinesTests {
  private func text(_ table: FigureTable, width: Int) -> String {
    let face = TerminalFace(width: width, language: .english)
    return TableLines(table, face: face, money: MoneyScale(1)).lines.map { $0 + "\n" }.joined()
  }

  @Test func `a table that is too wide is continued below with its labels`() {
    let bank = LocalizedText(same: "bank")
    let long = LocalizedText(same: "a head of words")
    let table = FigureTable(
      "banks", heads: [bank, long, LocalizedText(same: String(repeating: "s", count: 14))],
      rows: [
        [.name(String(repeating: "甲银行", count: 3)), .words(.init(same: "1 (0–2)")), .count(10)],
        [.name("B"), .count(2), .count(20)],
      ])
    // 2 for the indent, 18 for the label, 2 and 10 for the first column: no room for the second.
    #expect(
      text(table, width: 40) == """
                              a head of
          bank                    words
          甲银行甲银行甲银行    1 (0–2)
          B                           2
          bank                ssssssssssssss
          甲银行甲银行甲银行              10
          B                               20

        """)
  }

  @Test func `a long label is broken before a table is continued below`() {
    let label = String(repeating: "a condition ", count: 4)
    let number = Int(String(repeating: "9", count: 18)) ?? 0
    let table = FigureTable(
      "labels", heads: [.empty, LocalizedText(same: "loans")],
      rows: [[.words(LocalizedText(same: label)), .count(number)]])
    let lines = text(table, width: 64).split(separator: "\n")
    #expect(lines.count == 3)
    // 18 nines stand in 23 columns; 2 + 37 + 2 + 23 = 64, and three times "a condition " with "a" is 37.
    #expect(lines[1] == "  a condition a condition a condition a  999,999,999,999,999,999")
    #expect(lines[2] == "  condition")
  }
}
