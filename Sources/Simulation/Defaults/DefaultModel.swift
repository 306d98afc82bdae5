/// How defaults depend on each other: the conditional probability of an assessment.
///
/// With *h* the unconditional probability, ρ the asset correlation and X, W, G the factors of the
/// assessment's period and sector:
///
/// - `independent`: h
/// - `gaussian`: Φ((Φ⁻¹(h) − √ρ X) / √(1−ρ))
/// - `studentT`: Φ((t_ν⁻¹(h) √(W/ν) − √ρ X) / √(1−ρ))
/// - `gamma`: min(1, h G), G gamma with mean 1
///
/// Source: O. Vasicek, "Loan portfolio value", Risk 15(12), December 2002, pp. 160–162; P.
/// Schönbucher, "Taken to the limit", 2002 (Student t); Credit Suisse, CreditRisk+, 1997 (gamma).
public enum Dependence: Hashable, Sendable {
  /// No common factor.
  case independent
  /// Normal factors.
  case gaussian
  /// Normal factors with a common chi-square mixing variable of so many degrees of freedom.
  case studentT(degreesOfFreedom: Double)
  /// A gamma factor with this variance.
  case gamma(variance: Double)
}

/// The factors behind the defaults, and their course over periods.
public struct FactorModel: Hashable, Sendable {
  /// The kind of dependence.
  public var dependence: Dependence
  /// The asset correlation of each sector, 0 ..< 1.
  public var assetCorrelations: [Double]
  /// The numbers by which the sectors' own factors are addressed; by position where there are none.
  public var sectorIdentities: [UInt64] = []
  /// The correlation between the factors of two sectors, 0 … 1.
  public var sectorCorrelation: Double
  /// The autocorrelation of a factor from period to period, 0 ..< 1.
  public var persistence: Double
  /// The months of a period: 12 (years of the run) or 1.
  public var periodMonths: Int
  /// The months of the factors' clock that lie before the run: periods keep their number from the
  /// opening when a run goes on from a later day.
  public var monthsBefore = 0
  /// What is known of the factors of the last period that began before the run.
  public var known: KnownPeriod?

  /// The period that holds a month of the run, counted from the opening.
  @inline(__always)
  public func period(of month: Int) -> Int { (month + monthsBefore) / periodMonths }

  /// Creates a model.
  public init(
    dependence: Dependence, assetCorrelations: [Double], sectorCorrelation: Double = 1,
    persistence: Double = 0, periodMonths: Int = 12
  ) {
    self.dependence = dependence
    self.assetCorrelations = assetCorrelations
    self.sectorCorrelation = sectorCorrelation
    self.persistence = persistence
    self.periodMonths = periodMonths
  }
}

/// When a loan is assessed.
public enum AssessmentTiming: String, CaseIterable, Sendable {
  /// Once, in the month of its maturity, with its whole-term probability.
  case maturity
  /// In every month of its term.
  case monthly
}

/// Which loans are assessed when, with which probability, compiled for the walk.
public struct DefaultModel: Sendable {
  /// The factors.
  public let factors: FactorModel
  /// When loans are assessed.
  public let timing: AssessmentTiming
  /// Whether any loan can default within the horizon.
  let canDefault: Bool
  let walk: DefaultWalk
  /// What tells the probabilities of the walk's entries, by the numbers of their classes.
  let classes: [AssessmentClass]
  /// The sector of each loan, shape `[loans]`.
  let sectors: [Int16]
  /// The risk of each loan, shape `[loans]`.
  let risks: [LoanRisk]
  /// The multiplier of the annual probability for each month, shape `[horizon]`.
  let stress: [Double]
  let periodCount: Int

  /// Compiles the assessments of a portfolio.
  ///
  /// - Parameters:
  ///   - factors: The factors.
  ///   - timing: When loans are assessed.
  ///   - portfolio: The loans.
  ///   - risks: For each loan its sector and annual probability of default (0 if it cannot
  ///     default).
  ///   - stress: The multiplier of the annual probability for each month, shape `[horizon]`.
  public init(
    factors: FactorModel, timing: AssessmentTiming, portfolio: PlannedPortfolio,
    risks: [LoanRisk], stress: [Double]
  ) {
    self.factors = factors
    self.timing = timing
    sectors = risks.map(\.sector)
    self.risks = risks
    self.stress = stress
    periodCount = factors.period(of: stress.count - 1) + 1
    let assessments = PlannedAssessments(
      of: portfolio, risks: risks, stress: stress, timing: timing, factors: factors)
    canDefault = !assessments.items.isEmpty
    classes = assessments.classes
    walk = DefaultWalk(
      assessments: assessments, identities: portfolio.identities, factors: factors, timing: timing)
  }

  /// An annual probability under the stress of a month.
  func stressed(_ probability: Double, in month: Int) -> Double {
    min(probability * stress[month], 0.999999)
  }
}

/// The risk of one loan.
public struct LoanRisk: Sendable {
  /// The position of the sector.
  public var sector: Int16
  /// The annual probability of default, 0 … 0.999999.
  public var annualProbability: Double
  /// The group of loans whose probability a draw of the parameters moves together
  /// (`ParameterDraws.Draw.moves`); −1 for a loan whose probability is known.
  public var group: Int16 = -1

  /// Creates a risk.
  public init(sector: Int16, annualProbability: Double) {
    self.sector = sector
    self.annualProbability = annualProbability
  }
}

/// The probability of default over a term: 1 − (1 − p)^(months / 12).
public func termProbability(annual probability: Double, months: Int) -> Double {
  months == 12 ? probability : 1 - power(1 - probability, Double(months) / 12)
}
