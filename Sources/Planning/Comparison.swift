public import CompensationKernel
import FundCore
import LossStatistics
public import Simulation

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
    /// Those of figures of years, which are judged among themselves; none where no years were run.
    public internal(set) var years: [FigureDifference] = []
    /// Those of who uses the funds up, which are judged among themselves; none where that was not asked.
    public internal(set) var contributions: [FigureDifference] = []
  }

  /// What was run.
  public let study: StudyResult
  /// The figures that are compared.
  public let figures: [StudyFigure]
  /// The figures of years that are told and compared: of the calendar years and of the whole run.
  public let yearFigures: [StudyFigure]
  /// The groups' parts that are told and compared.
  public let parts: [StudyFigure]
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
    yearFigures = Self.yearFigures(of: study).filter { !wanted.contains($0) }
    parts = Self.parts(of: study).filter { !wanted.contains($0) }
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
      func differences(of figures: [StudyFigure]) -> [FigureDifference] {
        figures.compactMap { row.difference($0, from: study.rows[place]) }
      }
      self.differences.append(
        RowDifference(
          row: index, reference: place, figures: differences(of: self.figures),
          years: differences(of: yearFigures), contributions: differences(of: parts)))
    }
    for family in Self.families { adjust(family) }
  }

  /// The differences that are judged together.
  private static let families: [any WritableKeyPath<RowDifference, [FigureDifference]> & Sendable] =
    [
      \.figures, \.years, \.contributions,
    ]

  /// The figures of years that any row has.
  private static func yearFigures(of study: StudyResult) -> [StudyFigure] {
    var figures: [StudyFigure] = []
    var known: Set<StudyFigure> = []
    for years in study.rows.compactMap(\.years) {
      for figure in YearStudyFigure.usual(
        of: years.fund.periods.map(\.period), request: years.figures.request)
      where known.insert(.year(figure)).inserted { figures.append(.year(figure)) }
    }
    return figures
  }

  /// The figures in which groups' parts are compared.
  public static let dividedFigures: [ContributionFigure] = [
    .compensationMean, .compensationBeyond99, .capitalBeyond95, .exhaustion,
  ]

  /// The parts of all groups that any row has.
  private static func parts(of study: StudyResult) -> [StudyFigure] {
    var parts: [StudyFigure] = []
    var known: Set<StudyFigure> = []
    for division in study.rows.compactMap(\.divided).flatMap(\.contributions.divisions) {
      for part in division.parts {
        for figure in dividedFigures {
          let part = ContributionPart(
            by: division.by, group: part.group.name.english, figure: figure)
          if known.insert(.contribution(part)).inserted { parts.append(.contribution(part)) }
        }
      }
    }
    // Trait by trait, as one row after the other brought them.
    return LoanTrait.allCases.flatMap { trait in
      parts.filter { if case .contribution(let part) = $0 { part.by == trait } else { false } }
    }
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

  private mutating func adjust(_ family: WritableKeyPath<RowDifference, [FigureDifference]>) {
    var all = differences.flatMap { $0[keyPath: family] }
    adjustForTable(&all)
    var place = 0
    for index in differences.indices {
      let count = differences[index][keyPath: family].count
      differences[index][keyPath: family] = Array(all[place..<place + count])
      place += count
    }
  }

  /// The number of differences that were looked at and are not the same in every trial, by what is judged
  /// together: totals, years, who uses the funds up.
  public var testedCounts: [Int] {
    Self.families.map { family in
      differences.flatMap { $0[keyPath: family] }.count { !$0.isIdentical }
    }
  }

  /// The number of those of totals.
  public var testedCount: Int { testedCounts[0] }
}
