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

/// One run of assessments of one loan with the same unconditional probability.
struct Assessment {
  var loan: Int32
  var firstMonth: Int16
  var monthCount: Int16
  var sector: Int16
  /// The stretch of equal stress in which the run begins.
  var stretch: Int16 = 0
  /// The unconditional probability: of the whole term (`maturity`), or annual (`monthly`).
  var probability: Double
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
    periodCount = (stress.count + factors.periodMonths - 1) / factors.periodMonths
    let assessments = Self.assessments(
      of: portfolio, risks: risks, stress: stress, timing: timing,
      periodMonths: factors.periodMonths)
    canDefault = !assessments.isEmpty
    walk = DefaultWalk(assessments: assessments, factors: factors, timing: timing)
  }

  /// When each loan is assessed, with which unconditional probability.
  private static func assessments(
    of portfolio: PlannedPortfolio, risks: [LoanRisk], stress: [Double], timing: AssessmentTiming,
    periodMonths: Int
  ) -> [Assessment] {
    let stretches = stretches(of: stress)
    var assessments: [Assessment] = []
    assessments.reserveCapacity(portfolio.loans.count)
    for (index, loan) in portfolio.loans.enumerated() where risks[index].annualProbability > 0 {
      let risk = risks[index]
      switch timing {
      case .maturity:
        let month = Int(loan.start) + Int(loan.term)
        guard (0..<stress.count).contains(month) else { continue }
        let annual = min(risk.annualProbability * stress[month], 0.999999)
        assessments.append(
          Assessment(
            loan: Int32(index), firstMonth: Int16(month), monthCount: 1, sector: risk.sector,
            probability: termProbability(annual: annual, months: Int(loan.term))))
      case .monthly:
        let first = max(0, Int(loan.start) + 1)
        let last = min(stress.count - 1, Int(loan.start) + Int(loan.term))
        guard first <= last else { continue }
        for month in first...last {
          add(
            Assessment(
              loan: Int32(index), firstMonth: Int16(month), monthCount: 1, sector: risk.sector,
              stretch: stretches[month],
              probability: min(risk.annualProbability * stress[month], 0.999999)),
            to: &assessments, periodMonths: periodMonths)
        }
      }
    }
    return assessments
  }

  /// How often the stress has changed up to each month.
  private static func stretches(of stress: [Double]) -> [Int16] {
    var stretch: Int16 = 0
    return stress.indices.map { month in
      if month > 0, stress[month] != stress[month - 1] { stretch += 1 }
      return stretch
    }
  }

  /// Adds a month's assessment; one that continues the run before it, with the same probability
  /// in the same period, only lengthens that.
  private static func add(
    _ item: Assessment, to runs: inout [Assessment], periodMonths: Int
  ) {
    if let last = runs.last, last.loan == item.loan, last.probability == item.probability,
      Int(last.firstMonth) / periodMonths == Int(item.firstMonth) / periodMonths
    {
      runs[runs.count - 1].monthCount += 1
    } else {
      runs.append(item)
    }
  }

  /// What multiplies a loan's annual probability where it is assessed in a month.
  func multiplier(of loan: PlannedLoan, in month: Int) -> Double { stress[month] }

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
