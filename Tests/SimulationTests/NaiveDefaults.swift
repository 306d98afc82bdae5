import Foundation
import FundCore
import RandomStreams
import Simulation
import TestSupport

/// Defaults drawn loan by loan and month by month, straight from MODEL.md §3, with another
/// generator and without any of the engine's shortcuts.
struct NaiveDefaults {
  let draft: ScenarioDraft
  private var words: SeededWords

  init(_ draft: ScenarioDraft, seed: UInt64) {
    self.draft = draft
    words = SeededWords(seed: seed)
  }

  /// What each loan does in one trial, shape `[loans]`.
  mutating func trial() -> [LoanDefault?] {
    let factors = drawFactors()
    var known: [String: Double] = [:]
    return draft.loans.map { loan in
      let last = loan.start + loan.term
      let months = draft.timing == .maturity ? last..<last + 1 : loan.start + 1..<last + 1
      for month in months where (0..<draft.horizon).contains(month) {
        let annual = min(loan.probability * (draft.stress[month] ?? 1), 0.999999)
        let period = month / draft.factors.periodMonths
        let key = "\(annual) \(period) \(loan.sector) \(loan.term)"
        let probability = known[key] ?? failing(annual, loan, factors[loan.sector][period])
        known[key] = probability
        if uniform() < probability { return recovered(loan, month, factors) }
      }
      return nil
    }
  }

  /// The probability that an assessment fails, given the factor.
  private func failing(_ annual: Double, _ loan: LoanDraft, _ factor: Double) -> Double {
    switch draft.timing {
    case .maturity:
      conditional(1 - pow(1 - annual, Double(loan.term) / 12), loan.sector, factor)
    case .monthly:
      1 - pow(1 - conditional(annual, loan.sector, factor), 1.0 / 12)
    }
  }

  private func conditional(_ probability: Double, _ sector: Int, _ factor: Double) -> Double {
    guard draft.factors.dependence == .gaussian else { return probability }
    let correlation = draft.factors.assetCorrelations[sector]
    return normalCumulative(
      (normalQuantile(probability) - correlation.squareRoot() * factor)
        / (1 - correlation).squareRoot())
  }

  /// X of each sector and period: √c·X₀ + √(1−c)·Yₖ, each following φX + √(1−φ²)ε.
  private mutating func drawFactors() -> [[Double]] {
    let periods = (draft.horizon - 1) / draft.factors.periodMonths + 1
    let common = drawCourse(periods)
    let share = draft.factors.sectorCorrelation
    return draft.factors.assetCorrelations.map { _ in
      zip(common, drawCourse(periods)).map {
        share.squareRoot() * $0 + (1 - share).squareRoot() * $1
      }
    }
  }

  private mutating func drawCourse(_ periods: Int) -> [Double] {
    let memory = draft.factors.persistence
    var course = [normal()]
    while course.count < periods {
      course.append(
        memory * course[course.count - 1] + (1 - memory * memory).squareRoot() * normal())
    }
    return course
  }

  /// R fixed, or Beta by inversion; loaded Betas at Φ(√q X + √(1−q) ε).
  private mutating func recovered(
    _ loan: LoanDraft, _ month: Int, _ factors: [[Double]]
  ) -> LoanDefault {
    let part: Double
    switch draft.recovery.part {
    case .fixed(let value): part = value
    case .beta(let table): part = table.value(at: uniform())
    case .loadedBeta(let table, let loading):
      // These tests claim in the month of default.
      let factor = factors[loan.sector][month / draft.factors.periodMonths]
      part = table.value(
        at: normalCumulative(
          loading.squareRoot() * factor + (1 - loading).squareRoot() * normal()))
    }
    return LoanDefault(
      month: month, part: part, lag: Int.random(in: draft.recovery.lag, using: &words))
  }

  private mutating func uniform() -> Double { UniformDraw.unit(from: words.next()) }

  private mutating func normal() -> Double { normalQuantile(uniform()) }
}
