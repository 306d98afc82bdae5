import FundCore
import Testing

@testable import ReportForm

@Suite("Tables of texts, and exact amounts") struct TextTableTests {
  private func text(_ widths: [Int], width: Int, _ cells: [ReportCell]) -> String {
    var table = FigureTable(
      "texts", heads: cells.indices.map { LocalizedText(same: "h\($0)") }, rows: [cells])
    table.textWidths = widths
    var report = Report(kind: .init(same: "R"), title: "", generator: "")
    report.sections = [ReportSection(.init(same: "S"), [.table(table)])]
    return TerminalFace(width: width, language: .english).text(of: report)
      .split(separator: "\n").dropFirst(4).joined(separator: "\n")
  }

  private func words(_ text: String) -> ReportCell { .words(LocalizedText(same: text)) }

  /// 60 columns less indent and gap leave 56: 14 and 42.
  @Test func `texts are broken within their columns, in the measure that was asked for`() {
    let long = String(repeating: "a word ", count: 8)
    #expect(
      text([10, 30], width: 60, [words("met in part here"), words(long)]) == """
          met in part     a word a word a word a word a word a word
          here            a word a word
        """)
  }

  /// Amounts keep their width and stand right under their heads; the texts share what is left.
  @Test func `figures beside texts are never broken`() {
    let lines = text(
      [20, 0], width: 40, [words("a long reason for it all"), .exact(Money(fen: 123_456_789_00))]
    ).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasSuffix("h1") && lines[0].count == 40)
    #expect(lines[1] == "  a long reason for it    123,456,789.00")
    #expect(lines[2] == "  all")
  }

  @Test func `a terminal without room continues the table below`() {
    let amounts = Array(repeating: ReportCell.exact(Money(fen: 123_456_789_00)), count: 3)
    let text = text([20, 0, 0, 0], width: 40, [words("reason")] + amounts)
    for line in text.split(separator: "\n") { #expect(line.count <= 40, "\(line)") }
    #expect(text.ranges(of: "123,456,789.00").count == 3)
  }

  /// A head that was broken within a word: `compensati` above `on`.
  @Test func `a word of a head is not broken for narrow cells`() {
    let table = FigureTable(
      "t", heads: [.empty, .init(same: "compensation")], rows: [[words("x"), .count(1)]])
    let lines = TableLines(
      table, face: TerminalFace(width: 40, language: .english), money: MoneyScale(1)
    ).lines
    #expect(lines == ["     compensation", "  x             1"])
  }

  @Test func `amounts of a ledger are exact`() {
    for (fen, exact, sentence) in [
      (Int64(5), "0.05", "0.05"), (100, "1.00", "1"), (-123_456_70, "-123,456.70", "-123,456.70"),
      (1_000_000_00, "1,000,000.00", "1,000,000"),
    ] {
      #expect(Money(fen: fen).toTheFen == exact)
      #expect(Money(fen: fen).inYuan == sentence)
    }
    #expect(Money(fen: 1_000_000_00).named.chinese == "100万元")
    #expect(Money(fen: 1_234_567_89).named.chinese == "1,234,567.89元")
    #expect(Money(fen: 1_234_567_89).named.english == "1,234,567.89 yuan")
  }

  @Test func `a number about zero has its sign`() {
    let cells = CellText(language: .english, money: MoneyScale(1))
    #expect(cells.text(.signed(0.5, decimals: 2)) == "+0.50")
    #expect(cells.text(.signed(-1.234, decimals: 2)) == "−1.23")
  }
}
