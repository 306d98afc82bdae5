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
    case .exact(let amount): amount.toTheFen
    case .figure(let figure): figures.text(figure)
    case .count(let count): NumberFormat.whole(count)
    case .number(let number, let decimals): NumberFormat.trimmed(number, decimals: decimals)
    case .rough(let number, let unit):
      NumberFormat.significant(figures.shown(number, of: unit), digits: 3)
        + (unit == .part ? LocalizedText(en: " %", zh: "%")[language] : "")
    case .signed(let number, let decimals):
      (number < 0 ? "−" : "+") + NumberFormat.fixed(abs(number), decimals: decimals)
    case .percent(let part): percent(part)
    case .level(let level): figures.level(level)
    case .month(let month): "\(month)"
    case .date(let date): "\(date)"
    case .ratio(let part, let whole): figures.text(part) + " / " + figures.text(whole)
    case .notAllowed(let reason): reason[language]
    case .none: ""
    }
  }

  /// A share that is known: two digits or more that count.
  private func percent(_ part: Double) -> String {
    let points = part * 100
    let sign = LocalizedText(en: " %", zh: "%")[language]
    if points > 0, points < 0.000_05 { return "< 0.0001" + sign }
    let decimals = points >= 10 ? 1 : points >= 0.1 || points == 0 ? 2 : 4
    return NumberFormat.fixed(points, decimals: decimals) + sign
  }
}
