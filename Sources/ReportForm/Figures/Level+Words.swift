public import FundCore
public import LossStatistics

extension Level {
  /// The level in per cent: `99.9 %`, `99.9%`.
  public var words: LocalizedText {
    LocalizedText { FigureWords(language: $0, money: MoneyScale(1)).level(self) }
  }
}
