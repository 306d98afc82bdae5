import FundCore
import LossStatistics
import ReportForm

/// How far one thing that is not known may move a figure.
struct Doubt {
  /// What is not known.
  enum Source: CaseIterable {
    /// How the trials fell.
    case simulation
    /// Whether the probabilities and the correlation are right.
    case parameters
    /// How the text is to be read.
    case readings
    /// By which law defaults go together.
    case dependence

    /// What a report calls it.
    var words: LocalizedText {
      switch self {
      case .simulation: .init(en: "simulation (95 % interval)", zh: "模拟误差（95%区间）")
      case .parameters: .init(en: "parameters (5–95 % over the draws)", zh: "参数（各参数抽样的5%–95%）")
      case .readings: .init(en: "readings of the text", zh: "条文读法")
      case .dependence: .init(en: "law of dependence", zh: "相依结构")
      }
    }
  }

  let source: Source
  /// Between which values it leaves the figure; `nil` where that is not told.
  let range: Interval?
  /// What stands in place of the range where there is none.
  var missing = LocalizedText.empty
}

/// A figure with all that is not known of it.
struct DoubtedFigure {
  /// What it is called: a fund, or a probability with a time.
  let name: LocalizedText
  /// Its place among those beside it, which gives its colour.
  let place: Int
  /// The figure.
  let value: Double
  /// What it counts.
  let unit: Figure.Unit
  /// What it would be by the best estimate alone, as if that were the truth; `nil` where that is the figure.
  var bestEstimate: Double?
  /// What is not known, in the order of reports.
  let doubts: [Doubt]

  /// A number of the figure's unit as a cell: a probability in per cent, near either end with one
  /// decimal more.
  func cell(_ number: Double) -> ReportCell {
    unit == .part
      ? .number(number * 100, decimals: (0.005...0.995).contains(number) ? 1 : 2)
      : .rough(number, unit)
  }

  /// A range as text: `64.2 – 99.97 %`.
  func text(_ doubt: Doubt, in money: MoneyScale) -> LocalizedText {
    guard let range = doubt.range else { return doubt.missing }
    let (low, high) = (money.text(cell(range.low)), money.text(cell(range.high)))
    return unit == .part
      ? LocalizedText(en: "\(low) – \(high) %", zh: "\(low)%至\(high)%")
      : LocalizedText(en: "\(low) – \(high) \(money.name)", zh: "\(low)至\(high)\(money.name)")
  }
}
