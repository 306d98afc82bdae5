public import CompensationKernel
import LossStatistics
import Simulation

/// Rows side by side, and how each differs from its reference.
public struct Comparison: Sendable {
  /// How one row differs from another.
  public struct RowDifference: Sendable {
    /// The position of the row.
    public let row: Int
    /// The position of the row that it is compared with.
    public let reference: Int
    /// The differences, in the order of the figures.
    public internal(set) var figures: [FigureDifference]
  }

  /// What was run.
  public let study: StudyResult
  /// The figures that are compared.
  public let figures: [StudyFigure]
  /// The parties whose losses are compared, the bank last.
  public let parties: [Party]
  /// The differences, by row; the references themselves are left out.
  public private(set) var differences: [RowDifference]

  /// Compares.
  ///
  /// With several variants a fund is compared with the fund at its place in the reference variant, else
  /// with that variant's first fund; with one variant every fund is compared with the first.
  ///
  /// - Parameters:
  ///   - study: What was run.
  ///   - figures: The figures that are wanted beside the parties' losses; `nil` for the usual ones.
  ///   - reference: The position of the reference row; the first row if `nil`.
  public init(_ study: StudyResult, figures: [StudyFigure]? = nil, reference: Int? = nil) {
    self.study = study
    parties = Party.ordered(study.rows.flatMap(\.result.parties) + [.fund])
    let losses = parties.map { StudyFigure.loss($0) }
    let wanted = figures ?? Self.usualFigures(of: study)
    self.figures = wanted + losses.filter { !wanted.contains($0) }
    differences = []
    guard let base = reference ?? study.rows.indices.first else { return }
    let baseVariant = study.rows[base].variant
    for (index, row) in study.rows.enumerated() {
      let isOfBase = row.variant == baseVariant
      // With several variants the funds of the reference variant are not compared with each other.
      if isOfBase, Set(study.rows.map(\.variant)).count > 1, reference == nil { continue }
      let place =
        isOfBase
        ? base
        : study.rows.firstIndex { $0.variant == baseVariant && $0.position == row.position } ?? base
      guard place != index else { continue }
      differences.append(
        RowDifference(
          row: index, reference: place,
          figures: self.figures.compactMap { row.difference($0, from: study.rows[place]) }))
    }
    adjust()
  }

  /// Exhaustion, compensation, its worst, the capital for 95 %, and every threshold.
  static func usualFigures(of study: StudyResult) -> [StudyFigure] {
    var thresholds: [String] = []
    for row in study.rows {
      for name in row.result.thresholdNames where !thresholds.contains(name) {
        thresholds.append(name)
      }
    }
    return [.exhaustion, .compensation, .shortfall(.percent(99)), .capital(.percent(95)), .unpaid]
      + StudyFigure.ofClauses(in: study.rows) + thresholds.map { .breach(threshold: $0, bank: nil) }
      + costs(of: study)
  }

  /// The discounted outlays, what a yuan lent costs, what each payer would have to charge, and who is left with what, where the
  /// variants reckon costs.
  private static func costs(of study: StudyResult) -> [StudyFigure] {
    let costs = study.rows.compactMap(\.estimates.cost)
    guard !costs.isEmpty else { return [] }
    var payers: [String] = []
    for payer in costs.flatMap(\.payers) where !payers.contains(payer.name) {
      payers.append(payer.name)
    }
    // The borrowers stand behind all parties.
    payers =
      payers.filter { $0 != OutcomeColumn.borrowers }
      + payers.filter { $0 == OutcomeColumn.borrowers }
    return [.netPresentValue, .rate(.subsidy), .rate(.breakEvenFee)]
      + Party.ordered(costs.flatMap(\.premiums).map(\.party)).map { .rate(.breakEvenPremium($0)) }
      + payers.map { .netCost($0) }
  }

  private mutating func adjust() {
    var all = differences.flatMap(\.figures)
    adjustForTable(&all)
    var place = 0
    for index in differences.indices {
      let count = differences[index].figures.count
      differences[index].figures = Array(all[place..<place + count])
      place += count
    }
  }

  /// The number of differences that were looked at and are not the same in every trial.
  public var testedCount: Int {
    differences.flatMap(\.figures).count { !$0.isIdentical }
  }
}
