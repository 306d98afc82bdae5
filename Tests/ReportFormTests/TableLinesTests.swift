import FundCore
import LossStatistics
import Testing

@testable import ReportForm

@Suite("Tables on a terminal")
struct TableLinesTests {
  private func lines(_ head: LocalizedText, _ cell: String, in language: Language) -> [String] {
    let table = FigureTable(
      "t", heads: [.init(en: "row", zh: "行"), head], rows: [[.name("a"), .name(cell)]])
    return TableLines(table, face: TerminalFace(language: language), money: MoneyScale(1)).lines
  }

  @Test("Where room is scarce, a head takes no more than its cells and its longest word")
  func scarceHeads() {
    #expect(
      TableLines.broken("capital for 95 % survival", beside: 1)
        == ["capital", "for 95 %", "survival"])
    #expect(TableLines.broken("耗尽概率（百分点）", beside: 1) == ["耗尽概率", "（百分点）"])
    #expect(TableLines.broken("capital for 95 % survival", beside: 25).count == 1)
  }

  @Test("Where a page has room, heads are not broken")
  func heads() {
    let capital = LocalizedText(en: "capital for 95 % survival", zh: "95%足额所需资本")
    #expect(
      lines(capital, "1", in: .english) == [
        "  row  capital for 95 % survival", "  a                            1",
      ])
    let points = LocalizedText(en: "exhaustion, % points", zh: "耗尽概率（百分点）")
    #expect(
      lines(points, "1", in: .chinese) == ["  行  耗尽概率（百分点）", "  a                    1"])
  }

  @Test("A part that is exact in per cent is rounded from the exact number")
  func parts() {
    // 47 of 200 trials: 23.5 %, which 0.235 ÷ 0.01 misses.
    let odds = Figure(0.235, in: .part, interval95: Interval(low: 0.18, high: 0.30)).bare
    #expect(MoneyScale(1).text(odds) == LocalizedText(en: "24 %", zh: "24%"))
  }

  @Test func `a long label is broken before a table is continued below`() {
    let label = String(repeating: "a condition ", count: 4)
    let number = Int(String(repeating: "9", count: 18)) ?? 0
    let table = FigureTable(
      "labels", heads: [.empty, LocalizedText(same: "loans")],
      rows: [[.words(LocalizedText(same: label)), .count(number)]])
    let face = TerminalFace(width: 64, language: .english)
    let lines = TableLines(table, face: face, money: MoneyScale(1)).lines
    #expect(lines.count == 3)
    // 18 nines stand in 23 columns; 2 + 37 + 2 + 23 = 64, and 37 columns hold three conditions and an a.
    #expect(lines[1] == "  a condition a condition a condition a  999,999,999,999,999,999")
    #expect(lines[2] == "  condition")
  }
}
