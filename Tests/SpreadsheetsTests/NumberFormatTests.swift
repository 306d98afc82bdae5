import Spreadsheets
import Testing

/// What a cell says under a number format: expected are the texts that ECMA-376 part 1, sections 18.8.30 and
/// 18.8.31, has a spreadsheet show, with all digits of the number, the minus sign before it, and the word for
/// the power of ten by which it is shown divided.
@Suite struct `A number format` {
  private func text(_ number: String, _ format: String) throws -> String {
    var book = HandmadeWorkbook(rows: "<row><c s=\"1\"><v>\(number)</v></c></row>")
    let escapes = [("&", "&amp;"), ("\"", "&quot;"), (">", "&gt;"), ("<", "&lt;"), ("\n", "&#10;")]
    book.formats = [escapes.reduce(format) { $0.replacing($1.0, with: $1.1) }]
    return String(try tableText(book.bytes).dropLast())
  }

  @Test(arguments: [
    ("250", "[Red][>500]0\"万元\";0\"万元\"", "250万元"),
    ("600", "[Red][>500]0\"万元\";0\"万元\"", "600万元"),
    ("250", "[Blue][>=100]0.0\"万元\";[Red]0.0\"万元\"", "250万元"),
    ("250", "[>=1000]\"US$\"#,##0;\"US$\"0", "US$250"),
    ("5", "[<1]0\"元\";[>=5]0\"万元\";0\"千元\"", "5万元"),
    ("3", "[<1]0\"元\";[>=5]0\"万元\";0\"千元\"", "3千元"),
    ("0.5", "[<>0.5]0\"元\";0\"万元\"", "0.5万元"),
    ("45366", "[>40000]yyyy-mm-dd;0", "2024-03-15"), ("4", "[>40000]yyyy-mm-dd;0", "4"),
    ("500", "[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", "500"),
    ("125000", "[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", "12.5万"),
    ("250000000", "[>=100000000]0!.00,,\"亿\";[>=10000]0!.0,\"万\";0", "2.5亿"),
    ("1", "[=1]\"是\";[=0]\"否\"", "是"), ("0", "[=1]\"是\";\"否\"", "否"),
  ])
  func `has the section that its conditions choose`(
    number: String, format: String, expected: String
  ) throws {
    #expect(try text(number, format) == expected)
  }

  @Test(arguments: [
    ("-250", "0\"万元\";(0\"万元)\";\"无\"", "-250万元"), ("0", "0\"万元\";-0\"万元\";\"无\"", "0"),
    ("-3", "[Red]0.0\"万元\";▲0.0\"万元\"", "-3万元"), ("-5", "$#,##0_);($#,##0)", "-$5"),
    ("-250", "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ", "-¥250"),
    ("0", "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ", "¥0"),
    ("-5", "0.0\"万元\";@", "-5万元"), ("5", ";;;", "5"), ("0", "0\"万元\";;", "0"),
  ])
  func `without conditions has one for positive numbers, for negative ones, for zero`(
    number: String, format: String, expected: String
  ) throws {
    #expect(try text(number, format) == expected)
  }

  @Test(arguments: [
    ("0.0036", "0.00%\"/月\"", "0.36%/月"), ("0.0036", "\"月利率\"0.00%", "月利率0.36%"),
    ("0.00012", "0.0000%\"（日）\"", "0.012%（日）"), ("2500000", "[$$-409]#,##0,\"K\"", "$2500千"),
    ("2500000", "\"US$\"0.00,,\"M\"", "US$2.5百万"), ("2500000", "#,##0, \"USD\"", "2500千 USD"),
    ("125000", "0!.0,\"万元\"", "12.5万元"), ("125000", "0\\.0,\"万\"", "12.5万"),
    ("125000", "0!.0000\"万元\"", "12.5万元"), ("125000", "0.00,,\"万元\"\n%", "12.5万元"),
    ("1234567", "#,##0,", "1234.567千"), ("2500000", "\"¥\"#,##0,", "¥2500千"),
    ("12345", "0\"亿\"0000\"万\"", "1亿2345万"), ("20240315", "0000-00-00", "2024-03-15"),
    ("1234567", "#\"万\"0000\"元\"", "1234567元"), ("5000", "#\"万\"0000\"元\"", "5000元"),
    ("1234567", "0\"万\"0\"元\"", "123456万7元"), ("45366", "yyyy.m.d", "2024-03-15"),
    ("202403", "0000\".\"00", "2024.03"), ("0.5", "# ??/16\"寸\"", "0.5寸"),
    ("1234567.8", "# ##0.0", "1234567.8"), ("1.5", "G/通用格式\"元\"", "1.5元"),
    ("5", "0\"万元,含税\"", "\"5万元,含税\""), ("0.5", "mm:ss.0", "12:00:00"),
  ])
  func `keeps the words of numbers that it shows multiplied or divided`(
    number: String, format: String, expected: String
  ) throws {
    #expect(try text(number, format) == expected)
  }

  @Test(arguments: [
    ("[$¥-411]#,##0", "JPY250"), ("[$¥-ja-JP]0", "JPY250"), ("[$¥-10411]0", "JPY250"),
    ("[$-411]¥0", "JPY250"), ("[$JP¥-411]0", "JPY250"), ("[$¥-804]0", "¥250"),
    ("[$CN¥-804]0", "¥250"), ("[$¥]0", "¥250"),
    ("[$€-2] 0", "€ 250"), ("[$HK$-C04]0", "HK$250"),
  ])
  func `tells the yen from the yuan`(format: String, expected: String) throws {
    #expect(try text("250", format) == expected)
  }

  @Test(arguments: [
    // Shown are 25,000万元, 2,500元, 250亿, 5.
    ("25000000", "#,##0,\"万元\""), ("2500000", "#,##0,\"元\""), ("250000000", "0.0,,\"亿\""),
    ("5", "[>500]0\"万元\";"), ("3", "[<1]0\"元\";[>5]0\"万元\""), ("3", "[>500]0\"万元\""),
    ("-5", "0\"万元\";;"), ("5", "0.00 yuan"), ("5", "@\"万元\""), ("5", "0,%"),
  ])
  func `whose words cannot be placed is named in the cell`(number: String, format: String) throws {
    let cell = "\(SheetTable.unplacedFormat) \(number) \(format)"
    let needsQuotes = cell.contains { $0 == "," || $0 == "\"" }
    let quoted = "\"\(cell.replacing("\"", with: "\"\""))\""
    #expect(try text(number, format) == (needsQuotes ? quoted : cell))
  }

  @Test func `of any signs is read without end or trap`() throws {
    let signs = Array("0#?.,;%[]$¥\"\\!_*@>=<ymdhsEeGA/-+ 万元K1\n")
    var state: UInt64 = 17
    for _ in 0..<500 {
      var code = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        code.append(signs[Int((state >> 33) % UInt64(signs.count))])
      }
      for number in ["0", "-1234567.8", "0.05"] { #expect(try !text(number, code).isEmpty) }
    }
  }
}
