import FundCore
import ReportForm
import ResultFacts

/// What reports say of how the loans were read.
struct ReadingNotes {
  let portfolio: PortfolioDescription

  /// The units that were heard, other than yuan and months, and what was noticed, line by line.
  func lines(in language: Language) -> [(label: String, text: String)] {
    var lines: [(label: String, text: String)] = []
    func add(_ label: LocalizedText, _ texts: [LocalizedText]) {
      for (index, text) in texts.enumerated() {
        lines.append((label: index == 0 ? label[language] : "", text: text[language]))
      }
    }
    add(.init(en: "units heard", zh: "识别的单位"), portfolio.units.filter { !$0.isUsual }.map(\.text))
    add(.init(en: "noticed", zh: "提示"), portfolio.notices)
    return lines
  }

  /// The rows that were set aside, by reason.
  var setAside: [LocalizedText] {
    portfolio.setAside.map { item in
      LocalizedText(
        en: "\(NumberFormat.whole(item.count)), \(item.text)",
        zh: "\(NumberFormat.whole(item.count))，\(item.text)")
    }
  }

  /// The same, with the rows set aside, for reports that say nothing else of the loans.
  func everything(in language: Language) -> [String] {
    let setAside = setAside.map { LocalizedText(en: "rows not used: \($0)", zh: "未使用的行：\($0)") }
    let units = portfolio.units.filter { !$0.isUsual }.map(\.text)
    return (setAside + units + portfolio.notices).map { $0[language] }
  }
}
