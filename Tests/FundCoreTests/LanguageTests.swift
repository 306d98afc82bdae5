import FundCore
import Testing

/// What a text in two languages does.
struct `A text in both languages` {
  @Test func `gives each half the language of what is inserted`() {
    let kind = LocalizedText(en: "a list", zh: "列表")
    let text = LocalizedText(en: "\(kind) stands at \(3)", zh: "第 \(3) 处是\(kind)")
    #expect(text[.english] == "a list stands at 3")
    #expect(text[.chinese] == "第 3 处是列表")
  }

  @Test func `is joined with the marks of its language`() {
    let items = [LocalizedText(en: "bank", zh: "银行"), LocalizedText(en: "fund", zh: "基金")]
    #expect(items.joined() == LocalizedText(en: "bank, fund", zh: "银行、基金"))
    #expect([LocalizedText]().joined().isEmpty)
    #expect(LocalizedText(en: "below zero", zh: "为负数").named("pd").chinese == "pd：为负数")
  }

  /// 万元 with two decimals, 亿元 with four, and yuan to the fen where that would lose something.
  @Test(arguments: [
    (8_000_000_00 as Int64, "800万元"), (1_234_500_00, "123.45万元"), (1_234_567_00, "1234567元"),
    (894_500_000_00, "8.945亿元"), (100_000_000_00, "1亿元"), (100_000_100_00, "10000.01万元"),
    (10_000_00, "1万元"), (9_999_00, "9999元"), (12_34, "12.34元"), (0, "0元"),
    (-20_000_00, "-2万元"), (1_000_000_000_000_00, "10000亿元"),
  ]) func `counts amounts in 万 and 亿`(fen: Int64, chinese: String) {
    #expect(Money(fen: fen).words.chinese == chinese)
    #expect(Money(fen: fen).words.english == Money(fen: fen).description)
  }

  @Test(arguments: [
    ("13", "第十三条"), ("12, 15", "第十二条、第十五条"), ("8(二)7", "第八条（二）7"), ("10", "第十条"),
    ("23", "第二十三条"), ("20", "第二十条"), ("二(二)3", "正文二（二）3"),
  ]) func `cites articles as each language does`(article: String, chinese: String) {
    let citation = Citation(article: article, interpretations: ["I-16"])
    #expect(citation.words.chinese == chinese + "、I-16")
    #expect(citation.words.english == citation.description)
    #expect(Citation.assumption("草案").words.chinese == "假设：草案")
  }
}
