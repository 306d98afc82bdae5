import LossStatistics

/// Sharpens the mean amounts of a fund's years by its controls.
struct YearMeans {
  private static let figures = YearFigure.amounts
  private let controls: ControlVariates

  /// - Returns: `nil` where nothing is known, or too few trials show what it brings.
  init?(_ table: YearTable, _ known: FundControls) {
    let items = known.controls
    guard !items.isEmpty, let paid = Self.figures.firstIndex(of: .compensation),
      let run = table.periods.firstIndex(where: { $0.kind == .run })
    else { return nil }
    let figures = Self.figures
    var sums = ControlSums(
      controls: items.count, figures: figures.count * table.periods.count)
    sums.add(firstTrial: 0, controls: items.map { table.control($0) }) {
      table.column(figures[$0 % figures.count], period: $0 / figures.count)
    }
    let sample = LossSample(table.column(.compensation, period: run))
    let best = ControlVariates.best(
      sums, items, subsets: [Array(items.indices), [0]], testing: run * figures.count + paid,
      of: sample)
    guard let best else { return nil }
    controls = best
  }

  /// Where the means of an amount of a time are; `nil` for a ratio.
  func place(of figure: YearFigure, period: Int) -> Int? {
    Self.figures.firstIndex(of: figure).map { period * Self.figures.count + $0 }
  }

  /// A mean, sharpened where that is possible.
  func mean(of place: Int, _ plain: Estimate, deviation: Double) -> Estimate? {
    controls.mean(of: [ControlVariates.Part(place)], plain: plain, deviation: deviation)
  }
}
