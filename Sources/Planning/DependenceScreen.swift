import LossStatistics
import RandomStreams
public import Simulation

/// What the funds of a run come to under another law of dependence with the same probabilities and the
/// same correlation, on the first trials of the run.
///
/// A history of a few years tells how strongly defaults go together, and hardly by which law: Gaussian
/// factors and Student's t with the same correlation differ in the bad years, which make a fund's tail.
/// Like ``HeadlineScreen`` it takes a bounded number of trials, and what it finds depends on the scenario
/// alone.
public struct DependenceScreen {
  let plan: SimulationPlan
  let fundCount: Int

  /// Prepares for a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan of a run.
  ///   - fundCount: How many of its funds, from the first, are asked about.
  public init(_ plan: SimulationPlan, fundCount: Int) {
    self.plan = plan
    self.fundCount = fundCount
  }

  /// The degrees of freedom of the t law that stands against Gaussian factors: moderate, not the worst
  /// that can be thought of.
  ///
  /// Ten degrees are a judgement. That factors of Student's t put more into the tail at the same correlation:
  /// R. Frey, A. McNeil, M. Nyfeler, "Copulas and credit models", Risk, October 2001, pp. 111–114 (not read; by the
  /// references of others).
  public static let degreesOfFreedom = 10.0
  /// About so many loans times trials times funds are looked at, all laws together.
  static let largestWork = 200_000_000

  /// The laws with what they make of the funds.
  ///
  /// - Parameter simulate: Runs the trials of a plan.
  /// - Returns: `nil` if a run was stopped before all laws were looked at, or if the run has so few
  ///   trials that nothing can be said.
  public func laws(
    simulate: (SimulationPlan, Range<Int>) throws -> SimulationResult
  ) rethrows -> HeadlineLaws? {
    guard plan.trialCount >= HeadlineScreen.smallestTrialCount else { return nil }
    let others = alternatives
    let work = max(1, plan.portfolio.loans.count) * max(1, fundCount) * (others.count + 1)
    let count = min(
      plan.trialCount, HeadlineScreen.largestTrialCount,
      max(HeadlineScreen.smallestTrialCount, Self.largestWork / work))
    func exhausted(_ plan: SimulationPlan) throws -> [Int]? {
      var few = plan
      few.capitalMonths = []
      few.isChecked = false
      few.funds = Array(plan.funds.prefix(fundCount))
      let result = try simulate(few, 0..<count)
      guard result.trialCount == count else { return nil }
      return result.funds.map { $0.column(.exhaustionMonth).count { $0 >= 0 } }
    }
    guard let own = try exhausted(plan) else { return nil }
    var laws: [HeadlineLaws.Law] = []
    for other in others {
      guard let found = try exhausted(plan.under(other.factors)) else { return nil }
      laws.append(
        HeadlineLaws.Law(
          other.factors.dependence, ownCorrelation: other.ownCorrelation, exhausted: found))
    }
    return HeadlineLaws(
      trials: count, inUse: HeadlineLaws.Law(plan.defaults.factors.dependence, exhausted: own),
      others: laws)
  }

  /// A law that stands against that in use.
  struct Alternative {
    let factors: FactorModel
    var ownCorrelation: Double?
  }

  /// The laws to stand against that in use.
  var alternatives: [Alternative] {
    var factors = plan.defaults.factors
    switch factors.dependence {
    case .gaussian, .independent:
      factors.dependence = .studentT(degreesOfFreedom: Self.degreesOfFreedom)
      return [Alternative(factors: factors)]
    case .studentT:
      factors.dependence = .gaussian
      return [Alternative(factors: factors)]
    case .gamma(let variance):
      // A gamma factor has no asset correlation: that under which defaults correlate as much.
      let correlation = Self.correlation(
        likeGamma: variance, probability: plan.meanProbability)
      factors.dependence = .gaussian
      factors.known = factors.known?.mirrored
      factors.assetCorrelations = factors.assetCorrelations.map { _ in correlation }
      return [Alternative(factors: factors, ownCorrelation: correlation)]
    }
  }

  /// The asset correlation of Gaussian factors under which two loans default together as often as under a
  /// gamma factor of a variance: E[p(X)²] = p² (1 + σ²).
  static func correlation(likeGamma variance: Double, probability: Double) -> Double {
    guard (1e-9..<1).contains(probability) else { return 0 }
    let threshold = normalQuantile(probability)
    var (low, high) = (0.0, 0.999)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      var together = 0.0
      // Even points in ±9: the density vanishes at both ends, so the sum is as good as exact.
      for step in -450...450 {
        let factor = Double(step) / 50
        let conditional = normalCumulative(
          (threshold - middle.squareRoot() * factor) / (1 - middle).squareRoot())
        together += normalDensity(factor) / 50 * conditional * conditional
      }
      if together < probability * probability * (1 + variance) {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }
}
