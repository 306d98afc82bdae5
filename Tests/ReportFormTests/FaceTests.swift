import Charts
import FundCore
import LossStatistics
import Spreadsheets
import Testing

@testable import ReportForm

@Suite("Faces of a report")
struct FaceTests {
  /// A report that holds a cell of every kind, and names that would steer a terminal.
  private var report: Report {
    var report = Report(
      kind: .init(en: "Risk report", zh: "风险报告"), title: "A\u{1B}[2J\u{202E}b",
      generator: "fundsim 1", money: MoneyScale(5e6))
    report.notes = [.list([.init(en: "read this", zh: "先读这里")])]
    let table = FigureTable(
      "payouts",
      heads: [.init(en: "fund", zh: "基金"), .init(en: "compensation", zh: "风险补偿")],
      rows: [
        [.name("=1+1"), .figure(Figure(2_000_000, in: .yuan, standardError: 10_000))],
        [.name("\u{9B}31m"), .amount(Money(fen: 1_050))],
      ])
    let section = ReportSection(
      .init(en: "Payouts", zh: "支付"),
      [
        .subheading(.init(en: "In \(report.money.name)", zh: "单位：\(report.money.name)")),
        .pairs([LabelledText(.init(en: "label", zh: "标签"), .init(en: "text", zh: "文字"))]),
        .table(table), .paragraph(.init(en: "The end.", zh: "完。")),
      ])
    report.sections = [section, report.signs(differences: [3])]
    return report
  }

  @Test("A terminal is not steered by names", arguments: Language.allCases)
  func terminal(language: Language) {
    let text = TerminalFace(width: 60, language: language).text(of: report)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(scalar.properties.generalCategory != .control)
      #expect(scalar != "\u{202E}")
    }
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 60) }
  }

  @Test("A table is a file whose numbers read back, with its precision")
  func csv() throws {
    let files = CSVFace(language: .english).files(of: report)
    #expect(files.map(\.name) == ["table-index.csv", "table-payouts.csv"])
    let file = try #require(files.last)
    #expect(
      file.text == """
        \u{FEFF}fund,compensation,compensation (standard error),compensation (low),\
        compensation (high),compensation (reliable)\r
        '=1+1,2000000,10000,,,1\r
        ?31m,10.50,,,,\r

        """)
  }

  @Test(
    "A workbook has the words first, a sheet a table with numbers as numbers, and the sources last")
  func workbook() throws {
    var report = report
    report.sections[0].isRepeated = true
    report.bases = [
      ReportSection(.init(en: "Rules", zh: "规则"), [.list([.init(same: "30% (Art. 12)")])])
    ]
    report.sections[0].lead = [
      .pairs([
        LabelledText(.init(en: "shares", zh: "分担"), .init(en: "50% (Art. 7)", zh: "50%（第七条）"))
      ])
    ]
    var table = FigureTable(
      "dates",
      heads: ["day", "month", "share", "count"].map { LocalizedText(same: $0) },
      rows: [
        [
          .date(try #require(CivilDate(year: 2024, month: 2, day: 29))),
          .month(try #require(CivilMonth(year: 2025, month: 12))), .percent(0.0435), .count(1_234),
        ]
      ])
    table.rows.append([.none, .none, .percent(1), .number(-0.5, decimals: 1)])
    report.sections.append(ReportSection(.init(same: "2"), [.table(table)]))
    let bytes = WorkbookFace(language: .english).bytes(of: report)
    #expect(bytes == WorkbookFace(language: .english).bytes(of: report))
    #expect(bytes.starts(with: WorkbookFace.signature))
    try bytes.withUnsafeBufferPointer { bytes in
      let book = try Workbook(bytes)
      #expect(book.sheets.map(\.name) == ["Inputs", "1 In yuan", "2 2", "Sources"])
      func text(_ sheet: String) throws -> String {
        String(decoding: try book.table(sheet: sheet).bytes, as: UTF8.self)
      }
      #expect(
        try text("1 In yuan") == """
          Payouts · In yuan
          fund,compensation,compensation (standard error),compensation (low),compensation (high),\
          compensation (reliable)
          =1+1,2000000,10000,,,1
          ?31m,10.5

          """)
      #expect(
        try text("2 2") == """
          2
          day,month,share,count
          2024-02-29,2025-12,4.35%,1234
          ,,100%,-0.5

          """)
      #expect(try text("Inputs").contains("label,text\n"))
      #expect(try !text("Inputs").contains("Art. 7"))
      #expect(try text("Sources").contains("shares,50% (Art. 7)"))
      #expect(try text("Sources").contains("Rules\n,30% (Art. 12)\n"))
      #expect(try !text("Inputs").contains("Art. 12"))
    }
  }

  /// What a workbook makes of words that hold a number alone: its digits, and the unit beside it.
  @Test(
    "Words that are a number are a number in a workbook",
    arguments: [
      ("300", "300", ""), ("20240101", "20240101", ""), ("3 %", "3%", ""), ("0.12%", "0.12%", ""),
      ("-1.5", "-1.5", ""), ("22*", "22*", ""), ("16,000,000 yuan", "16000000", ",yuan"),
      ("16 million yuan", "16000000", ",yuan"), ("2.5 thousand yuan", "2500", ",yuan"),
      ("12 months", "12", ",months"), ("007", "007", ""), ("1,23", "1,23", ""),
      ("12345678901234567", "12345678901234567", ""), ("2024-01", "2024-01", ""),
      ("3 of 4", "3 of 4", ""), ("1.", "1.", ""), ("1.2.3", "1.2.3", ""), ("0", "0", ""),
    ])
  func writtenNumbers(text: String, shown: String, unit: String) throws {
    var report = report
    report.sections = [
      ReportSection(
        .init(same: "s"), [.pairs([LabelledText(.init(same: "label"), .init(same: text))])])
    ]
    let bytes = WorkbookFace(language: .english).bytes(of: report)
    let sheet = try bytes.withUnsafeBufferPointer { bytes in
      String(decoding: try Workbook(bytes).table(sheet: "Inputs").bytes, as: UTF8.self)
    }
    let cell = shown.contains(",") ? "\"\(shown)\"" : shown
    #expect(sheet.contains("\nlabel,\(cell)\(unit)\n"), "\(sheet)")
  }

  /// The heads said 万元, or points of a per cent, over yuan and shares: wrong by ten thousand.
  @Test("The heads of a file name the units of its numbers")
  func heads() throws {
    var report = Report(
      kind: .init(en: "Sizes", zh: "规模"), title: "t", generator: "g", money: MoneyScale(2e7))
    let table = FigureTable(
      "sizes",
      heads: [
        .init(en: "amount (million yuan)", zh: "资金（万元）"),
        .init(en: "exhaustion, % points", zh: "耗尽概率（百分点）"),
        .init(en: "from 20 million yuan", zh: "满2000万元之后"),
      ],
      rows: [
        [
          .amount(.yuan(20_000_000)),
          .figure(Figure(-0.04, in: .part, standardError: 0.01)),
          .count(3),
        ]
      ])
    report.sections = [
      ReportSection(.init(en: "Sizes (million yuan)", zh: "规模（万元）"), [.table(table)])
    ]
    let chinese = CSVFace(language: .chinese).files(of: report)
    #expect(chinese[0].text.contains("规模（元）"))
    #expect(
      chinese[1].text.hasPrefix(
        """
        \u{FEFF}资金（元）,耗尽概率,耗尽概率（标准误）,耗尽概率（下限）,耗尽概率（上限）,\
        耗尽概率（可靠）,满2000万元之后\r
        20000000,-0.04,0.01,
        """))
    let english = CSVFace(language: .english).files(of: report)
    #expect(english[1].text.contains("amount (yuan),exhaustion,exhaustion (standard error),"))
    #expect(english[1].text.contains("from 20 million yuan\r\n"))
  }

  @Test("A page holds every text of the report", arguments: Language.allCases)
  func page(language: Language) throws {
    let page = try PageFace(language: language).page(of: report)
    for text in ["A?[2J?b", language == .english ? "The end." : "完。"] {
      #expect(page.contains(text))
    }
    #expect(!page.contains("\u{202E}") && !page.contains("<script"))
  }
}
