public import FundCore
import ScenarioInput

/// A figure over a grid of one or two settings.
public struct SweepStudy: Sendable {
  /// One point of the grid.
  public struct Cell: Sendable {
    /// The positions of the values of each setting.
    public let values: [Int]
    /// The figure; `nil` if the articles do not allow the point.
    public let value: FigureValue?
    /// How it differs from the first point that is allowed, trial by trial; `nil` there.
    public let difference: FigureDifference?
    /// Why it is not allowed.
    public let refusal: Diagnostics?
  }

  /// The settings, one or two.
  public let settings: [VariedSetting]
  /// The figure.
  public let figure: StudyFigure
  /// The points, the last setting varying fastest.
  public let cells: [Cell]
  /// What was run.
  public let study: StudyResult

  /// Puts the rows of a study on their grid.
  ///
  /// - Precondition: The study's variants are the combinations of the settings, in order.
  public init(_ study: StudyResult, settings: [VariedSetting], figure: StudyFigure) {
    self.study = study
    self.settings = settings
    self.figure = figure
    let widths = settings.map(\.edits.count)
    precondition(widths.reduce(1, *) == study.variants.count, "a point for each combination")
    let base = study.rows.first
    var cells: [Cell] = study.variants.enumerated().map { index, variant in
      var values: [Int] = []
      var rest = index
      for width in widths.reversed() {
        values.insert(rest % width, at: 0)
        rest /= width
      }
      let row = study.rows.first { $0.variant == index }
      var refusal: Diagnostics?
      if case .failure(let reason) = variant.outcome { refusal = reason }
      let isBase = row?.variant == base?.variant
      return Cell(
        values: values, value: row?.value(figure),
        difference: isBase ? nil : base.flatMap { row?.difference(figure, from: $0) },
        refusal: refusal)
    }
    Self.adjust(&cells)
    self.cells = cells
  }

  private static func adjust(_ cells: inout [Cell]) {
    var differences = cells.compactMap(\.difference)
    adjustForTable(&differences)
    var next = differences.makeIterator()
    cells = cells.map { cell in
      guard cell.difference != nil else { return cell }
      return Cell(
        values: cell.values, value: cell.value, difference: next.next(), refusal: cell.refusal)
    }
  }
}
