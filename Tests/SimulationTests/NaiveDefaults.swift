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
    let scales = drawScales()
    var known: [String: Double] = [:]
    return draft.loans.map { loan in
      let last = loan.start + loan.term
      let months = draft.timing == .maturity ? last..<last + 1 : loan.start + 1..<last + 1
      for month in months where (0..<draft.horizon).contains(month) {
        let byAge = draft.ageCurve.steps.last { $0.from <= month - loan.start }?.factor ?? 1
        let annual = min(loan.probability * (draft.stress[month] ?? 1) * byAge, 0.999999)
        let period = month / draft.factors.periodMonths
        let key = "\(annual) \(period) \(loan.sector) \(loan.term)"
        let probability =
          known[key] ?? failing(annual, loan, (factors[loan.sector][period], scales[period]))
        known[key] = probability
        if uniform() < probability { return recovered(loan, month, factors) }
      }
      return nil
    }
  }

  /// The probability that an assessment fails, given the factors.
  private func failing(
    _ annual: Double, _ loan: LoanDraft, _ factors: (normal: Double, scale: Double)
  ) -> Double {
    switch draft.timing {
    case .maturity:
      conditional(1 - pow(1 - annual, Double(loan.term) / 12), loan.sector, factors)
    case .monthly:
      1 - pow(1 - conditional(annual, loan.sector, factors), 1.0 / 12)
    }
  }

  private func conditional(
    _ probability: Double, _ sector: Int, _ factors: (normal: Double, scale: Double)
  ) -> Double {
    let quantile: Double
    switch draft.factors.dependence {
    case .independent: return probability
    case .gamma: return min(1, probability * factors.scale)
    case .gaussian: quantile = normalQuantile(probability)
    case .studentT(let degrees):
      quantile = studentTQuantile(probability, degreesOfFreedom: degrees) * factors.scale
    }
    let correlation = draft.factors.assetCorrelations[sector]
    return normalCumulative(
      (quantile - correlation.squareRoot() * factors.normal) / (1 - correlation).squareRoot())
  }

  /// √(W/ν) or G of each period, by inversion; 1 where there is none.
  private mutating func drawScales() -> [Double] {
    let periods = (draft.horizon - 1) / draft.factors.periodMonths + 1
    return (0..<periods).map { _ in
      switch draft.factors.dependence {
      case .independent, .gaussian: 1
      case .gamma(let variance): gammaQuantile(uniform(), shape: 1 / variance) * variance
      case .studentT(let degrees):
        (gammaQuantile(uniform(), shape: degrees / 2) * 2 / degrees).squareRoot()
      }
    }
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
