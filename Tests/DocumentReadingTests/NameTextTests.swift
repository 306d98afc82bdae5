import DocumentReading
import FundCore
import Testing

@Suite struct `A name` {
  /// One firm in six spellings was six firms.
  @Test(arguments: [
    "沈阳(高新)科技有限公司", "沈阳（高新）科技有限公司", "沈阳（高新）科技有限公司 ", "　沈阳（高新）科技有限公司", "沈阳（高新）科技有限公司\u{A0}",
    "沈阳（高新）\u{200B}科技有限公司", "\u{202A}沈阳（高新）科技有限公司\u{202C}", "沈阳（高新）科技有限公司\u{FEFF}", "⼤连（高新）科技有限公司",
  ])
  func `has one form`(text: String) {
    #expect(["沈阳(高新)科技有限公司", "大连(高新)科技有限公司"].contains(Scalar.name(text)))
  }

  @Test(arguments: [
    ("ＡＢＣ  Ltd", "ABC Ltd"), ("a\tb\nc", "a b c"), ("", ""), ("　", ""), ("甲 乙", "甲 乙"),
    ("cafe\u{301}", "café"),
  ])
  func `has single blanks and plain width`(text: String, name: String) {
    #expect(Scalar.name(text).utf8.elementsEqual(name.utf8))
    #expect(Scalar.name(name).utf8.elementsEqual(name.utf8))
  }

  @Test(arguments: ["有限公司", "有限责任公司"]) func `keeps what may make it another firm`(form: String) {
    #expect(Scalar.name("沈阳\(form)") == "沈阳\(form)")
  }
}

@Suite struct `A cell without a name` {
  @Test(arguments: [
    "", " ", "NULL", "null", "nan", "NaN", "N/A", "#N/A", "NA", "-", "--", "—", "——", "无", "/", "?",
    "？", "未知", ".", "－",
    "ＮＵＬＬ", "n/a ",
  ])
  func `says nothing`(text: String) { #expect(Scalar.isMissing(text)) }

  @Test(arguments: ["无锡银行", "甲", "0", "A-", "nano", "-1", "N", "/x"])
  func `is not one that says something`(text: String) { #expect(!Scalar.isMissing(text)) }

  @Test(arguments: ["9.12102E+17", "9.12E17", "1.23457e+17", "9E+17", "９.12E+17"])
  func `lost its digits in a spreadsheet`(text: String) {
    #expect(Scalar.lostDigits(text)?.code == "lost-digits")
  }

  @Test(arguments: [
    "12E5", "9E17", "912102000000000000", "E+17", "9.12E+", "L1", "1.2.3E+4", "9.12E+17号",
  ])
  func `did not`(text: String) { #expect(Scalar.lostDigits(text) == nil) }

  @Test(arguments: ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "###", "########", "＃REF！"])
  func `holds an error of a spreadsheet`(text: String) {
    #expect(Scalar.spreadsheetError(text)?.code == "spreadsheet-error")
  }

  @Test(arguments: ["#1", "#N/A", "#", "##", "C#", "# REF"]) func `holds none`(text: String) {
    #expect(Scalar.spreadsheetError(text) == nil)
  }
}
