import RandomStreams

/// What tells the probability of assessments: those of a class default alike, given the factor.
///
/// The walk knows classes by number, and what follows from them by a table of its own
/// (`ClassArguments`): other parameters change the table, and nothing else.
struct AssessmentClass: Hashable, Sendable {
  /// The annual probability, before stress.
  var annualProbability: Double
  /// What multiplies it.
  var stress: Double
  /// Over how many months: the whole term where loans are assessed once, else 12.
  var months: Int16
  var sector: Int16
  /// The group of loans whose probability a draw of the parameters moves together; −1 for none.
  var group: Int16 = -1

  /// The unconditional probability.
  var probability: Double { probability([]) }

  /// The unconditional probability under a draw of the parameters.
  func probability(_ moves: [ProbabilityMove]) -> Double {
    termProbability(annual: min(annual(moves) * stress, 0.999999), months: Int(months))
  }

  /// The annual probability under a draw: the plan's own, to the bit, where nothing moves it.
  private func annual(_ moves: [ProbabilityMove]) -> Double {
    moves.indices.contains(Int(group))
      ? moves[Int(group)].moved(annualProbability) : annualProbability
  }

  /// What stands for the probability in a model of factors.
  func argument(under factors: FactorModel) -> Double {
    factors.argument(of: probability, sector: Int(sector))
  }
}

extension FactorModel {
  /// Φ⁻¹(h) / √(1−ρ) for normal factors (t⁻¹ for Student t), and h otherwise.
  func argument(of probability: Double, sector: Int) -> Double {
    let scale = (1 - assetCorrelations[sector]).squareRoot()
    return switch dependence {
    case .gaussian: normalQuantile(probability) / scale
    case .studentT(let degrees):
      studentTQuantile(probability, degreesOfFreedom: degrees) / scale
    case .gamma, .independent: probability
    }
  }
}

/// What the walk makes of classes and cells: the parameters of a trial, where everything else is how the
/// portfolio was laid out.
struct ClassArguments: Sendable {
  /// The argument of each class, shape `[classes]`.
  var ofClasses: [Double]
  /// The largest argument of the classes in each cell, shape `[cells]`.
  var ofCells: [Double]
  /// Up to this shift `DefaultWalk.leastKept` holds, by cell: thinning then seldom needs the entry's own
  /// rate. Any shift in a cell of one probability; none under other arguments than those of the layout.
  var surelyBelow: [Double]
}

/// One run of assessments of one loan with the same unconditional probability.
struct Assessment {
  var loan: Int32
  var firstMonth: Int16
  var monthCount: Int16
  var sector: Int16
  /// The stretch of equal stress in which the run begins.
  var stretch: Int16 = 0
  /// The number of its class.
  var riskClass: Int32
  /// The unconditional probability: of the whole term (`maturity`), or annual (`monthly`).
  var probability: Double
}

/// When the loans of a portfolio are assessed, with which unconditional probability.
struct PlannedAssessments {
  private(set) var items: [Assessment] = []
  private(set) var classes: [AssessmentClass] = []
  let periodCount: Int
  private let factors: FactorModel
  private let stress: [Double]
  private var numbers: [AssessmentClass: Int32] = [:]

  init(
    of portfolio: PlannedPortfolio, risks: [LoanRisk], stress: [Double], timing: AssessmentTiming,
    factors: FactorModel
  ) {
    self.factors = factors
    self.stress = stress
    periodCount = factors.period(of: stress.count - 1) + 1
    items.reserveCapacity(portfolio.loans.count)
    let stretches = Self.stretches(of: stress)
    for (index, loan) in portfolio.loans.enumerated() where risks[index].annualProbability > 0 {
      switch timing {
      case .maturity:
        let month = Int(loan.start) + Int(loan.term)
        guard stress.indices.contains(month) else { continue }
        add(loan: index, risks[index], month: month, of: loan.term)
      case .monthly:
        let first = max(0, Int(loan.start) + 1)
        let last = min(stress.count - 1, Int(loan.start) + Int(loan.term))
        guard first <= last else { continue }
        for month in first...last {
          guard !continues(loan: index, month: month, stretch: stretches[month]) else { continue }
          add(loan: index, risks[index], month: month, stretch: stretches[month])
        }
      }
    }
  }

  /// How often the stress has changed up to each month.
  private static func stretches(of stress: [Double]) -> [Int16] {
    var stretch: Int16 = 0
    return stress.indices.map { month in
      if month > 0, stress[month] != stress[month - 1] { stretch += 1 }
      return stretch
    }
  }

  /// Whether a month's assessment continues the run before it, with the same probability in the same
  /// period; it then only lengthens that.
  private mutating func continues(loan: Int, month: Int, stretch: Int16) -> Bool {
    guard let last = items.last, Int(last.loan) == loan, last.stretch == stretch,
      factors.period(of: Int(last.firstMonth)) == factors.period(of: month)
    else { return false }
    items[items.count - 1].monthCount += 1
    return true
  }

  private mutating func add(
    loan: Int, _ risk: LoanRisk, month: Int, of months: Int16 = 12, stretch: Int16 = 0
  ) {
    let riskClass = AssessmentClass(
      annualProbability: risk.annualProbability, stress: stress[month], months: months,
      sector: risk.sector, group: risk.group)
    let number = number(of: riskClass)
    items.append(
      Assessment(
        loan: Int32(loan), firstMonth: Int16(month), monthCount: 1, sector: risk.sector,
        stretch: stretch, riskClass: number, probability: classes[Int(number)].probability))
  }

  private mutating func number(of riskClass: AssessmentClass) -> Int32 {
    if let number = numbers[riskClass] { return number }
    let number = Int32(classes.count)
    classes.append(riskClass)
    numbers[riskClass] = number
    return number
  }
}
