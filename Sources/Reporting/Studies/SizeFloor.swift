import FundCore
import LossStatistics
import Planning
import ReportForm

/// Which of the sizes found lie below the amount that the programme's text asks for.
struct SizeFloor {
  let text: TextAmount
  /// The sizes below it.
  let below: [SizeStudy.Requirement]

  /// - Returns: `nil` where the text asks for no amount, or no size lies below it.
  init?(_ sizes: SizeStudy) {
    guard let text = sizes.textAmount else { return nil }
    self.text = text
    below = sizes.requirements.filter { $0.size.value < text.amount.fen }
    if below.isEmpty { return nil }
  }

  /// The fact in a sentence.
  var words: LocalizedText {
    let list = below.map { item in
      LocalizedText(
        en: "\(item.level.words) through month \(item.months)",
        zh: "\(item.months)个月\(item.level.words)")
    }.joined(with: .init(en: "; ", zh: "、"))
    let amount = MoneyScale.best(text.amount)
    let rule: LocalizedText =
      text.isLeast
      ? .init(en: "asks for at least \(amount)", zh: "要求不少于\(amount)")
      : .init(en: "sets the amount at \(amount)", zh: "规定为\(amount)")
    return LocalizedText(
      en: """
        Below the amount of the text, which \(rule) (\(text.citation)): the sizes for \(list). A fund \
        under this programme cannot be so small; they say how much of that amount survival needs.
        """,
      zh: """
        低于条文规定的资金（\(text.citation)\(rule)）的有：\(list)。该办法下的基金不得小于规定数额；\
        这些结果说明规定数额中有多少为足额所必需。
        """)
  }
}
