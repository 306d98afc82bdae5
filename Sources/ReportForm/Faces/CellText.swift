import FundCore
import LossStatistics

/// Cells as text in one language.
struct CellText {
  let language: Language
  let money: MoneyScale

  private var figures: FigureWords { FigureWords(language: language, money: money) }

  /// The text of a cell.
  func text(_ cell: ReportCell) -> String {
    switch cell {
    case .words(let words): words[language]
    case .name(let name): visibleText(name)
    case .amount(let amount): money.text(amount)[language]
    case .figure(let figure): figures.text(figure)
    case .count(let count): NumberFormat.whole(count)
    case .number(let number, let decimals): NumberFormat.trimmed(number, decimals: decimals)
    case .percent(let part):
      figures.text(Figure.exact(part, in: .part).bare)
    case .level(let level): figures.level(level)
    case .month(let month): "\(month)"
    case .date(let date): "\(date)"
    case .ratio(let part, let whole): figures.text(part) + " / " + figures.text(whole)
    case .notAllowed(let reason): reason[language]
    case .none: ""
    }
  }
}
