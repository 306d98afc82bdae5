public import LossStatistics

/// Sharpens the mean amounts of a fund by its controls.
public struct SharpenedMeans: Sendable {
  /// A column with what it is taken times in a sum of columns.
  public struct Part: Sendable {
    let column: OutcomeColumn
    let factor: Double

    /// Names the column, and the factor.
    public init(_ column: OutcomeColumn, times factor: Double = 1) {
      (self.column, self.factor) = (column, factor)
    }
  }

  private let columns: [OutcomeColumn]
  private let controls: ControlVariates?

  /// - Parameters:
  ///   - frame: The fund.
  ///   - horizon: The number of months.
  ///   - sums: What its trials leave of its controls.
  ///   - paid: What it paid.
  init(_ frame: FundFrame, horizon: Int, sums: ControlSums, paid: LossSample) {
    columns = frame.controlled(horizon: horizon)
    let own = frame.controls.controls
    guard !own.isEmpty, let place = columns.firstIndex(of: .compensation) else {
      controls = nil
      return
    }
    controls = ControlVariates.best(
      sums, own, subsets: [Array(own.indices), [0]], testing: place, of: paid)
  }

  /// A mean of some columns' sum, sharpened where that is possible.
  ///
  /// - Parameters:
  ///   - parts: The columns.
  ///   - plain: The mean as the trials give it, in fen.
  ///   - deviation: The standard deviation from trial to trial.
  public func mean(
    of parts: [Part], plain: Estimate, deviation: Double
  ) -> Estimate {
    guard let controls else { return plain }
    var figures: [ControlVariates.Part] = []
    for part in parts {
      guard let place = columns.firstIndex(of: part.column) else { return plain }
      figures.append(ControlVariates.Part(place, times: part.factor))
    }
    return controls.mean(of: figures, plain: plain, deviation: deviation) ?? plain
  }

  /// The ratio of two columns' means, which were sharpened, in yuan.
  func ratio(
    of ratio: CostRatio, _ part: Estimate, over whole: Estimate, _ moments: RatioMoments
  ) -> Estimate? {
    guard part.method == .control, let controls, let top = columns.firstIndex(of: ratio.part),
      let bottom = columns.firstIndex(of: ratio.whole),
      let found = controls.ratio(
        of: .init(top, mean: part), over: .init(bottom, mean: whole), moments, unit: 100)
    else { return moments.ratio(of: part, unit: 100) }
    return found
  }

  /// The mean of a column.
  func mean(of column: OutcomeColumn, _ sample: LossSample, within limits: Limits) -> Estimate {
    mean(
      of: [Part(column)], plain: sample.mean(within: limits),
      deviation: sample.standardDeviation)
  }
}

/// Sharpens the differences of a fund's means from those of the first fund.
struct SharpenedDifferences {
  private let figures: [PairedFigure]
  private let controls: ControlVariates?

  init<Run: RunSample>(_ fund: FundSample<Run>) throws(Run.Failure) {
    let pair = PairedControls(fund.run.frame, fund: fund.position)
    figures = pair.figures
    guard let place = figures.firstIndex(of: .compensation) else {
      controls = nil
      return
    }
    let paid = try fund.run.differences(of: .compensation, fund: fund.position)
    controls = ControlVariates.best(
      fund.sums.controls.paired, pair.controls.map(\.control),
      subsets: [Array(pair.controls.indices), [0]], testing: place, of: paid)
  }

  /// The mean of a difference, sharpened where that is possible, in fen.
  func mean(of figure: PairedFigure, _ sample: LossSample) -> Estimate {
    guard let controls, let place = figures.firstIndex(of: figure) else { return sample.mean }
    return controls.mean(
      of: [ControlVariates.Part(place)], plain: sample.mean, deviation: sample.standardDeviation)
      ?? sample.mean
  }
}

extension ControlVariates {
  /// The first of some sets of controls that sharpens the mean of a figure so that its error is seen.
  static func best(
    _ sums: ControlSums, _ controls: [FundControls.Control], subsets: [[Int]],
    testing place: Int, of sample: LossSample
  ) -> ControlVariates? {
    let (plain, deviation) = (sample.mean, sample.standardDeviation)
    for wanted in subsets {
      guard
        let controls = ControlVariates(
          sums, known: controls.map(\.mean), centres: controls.map(\.centre), wanted: wanted),
        controls.mean(of: [Part(place)], plain: plain, deviation: deviation) != nil
      else { continue }
      return controls
    }
    return nil
  }
}
