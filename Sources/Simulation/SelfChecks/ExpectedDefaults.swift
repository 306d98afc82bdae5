import RandomStreams

/// The expected number of defaults of each month, by closed form or quadrature.
public struct ExpectedDefaults: Sendable, Hashable, Codable {
  /// The expected number by month, shape `[horizon]`.
  public let byMonth: [Double]
  /// By month, how far the number expected given that month's factors strays: a standard deviation.
  /// An upper bound over unlike loans and sectors, as if they all moved together.
  public let factorDeviations: [Double]
  /// By month, the standard error of `byMonth` where it rests on some of the draws of the parameters;
  /// empty where it is exact.
  public var errors: [Double] = []

  /// The expected number in a trial.
  public var total: Double { byMonth.reduce(0, +) }
}

extension DefaultModel {
  /// The expected number of defaults of each month.
  ///
  /// The marginal law of a sector's factor knows nothing of the other sectors, and an expectation
  /// nothing of the other loans: so it suffices to follow, loan by loan, what is left at each value of
  /// the factor from month to month. Loans of one sector, probability and last month go together.
  ///
  /// - Returns: `nil` where so many loans are unlike each other that it would take noticeable time, or where
  ///   a period's factor is known in part: then its law is not the stationary one.
  func expectation(of portfolio: PlannedPortfolio) -> ExpectedDefaults? {
    guard factors.known == nil else { return nil }
    var reckoning = DefaultReckoning(self)
    return reckoning.expectation(reckoning.classes(of: portfolio))
  }
}

/// Follows classes of loans through the months.
struct DefaultReckoning {
  /// Loans that are assessed alike.
  struct LoanClass: Hashable, Comparable {
    var sector: Int16
    /// Annual (`monthly`), or of the whole term and under its stress (`maturity`).
    var probability: Double
    var last: Int16
    var first: Int16
    /// What the probability comes from, so that a draw of the parameters can move it.
    var risk: AssessmentClass

    static func < (one: LoanClass, other: LoanClass) -> Bool {
      if one.sector != other.sector { return one.sector < other.sector }
      if one.probability != other.probability { return one.probability < other.probability }
      if (one.last, one.first) != (other.last, other.first) {
        return (one.last, one.first) < (other.last, other.first)
      }
      return one.risk.group < other.risk.group
    }

    func sharesRisk(with other: LoanClass) -> Bool {
      sector == other.sector && probability == other.probability
    }
  }

  /// A class, and how many loans it has.
  struct ClassCount {
    let key: LoanClass
    let loans: Int
  }

  /// The most products that are computed, some tenth of a second.
  static let workLimit = 100_000_000
  /// What a point of a gamma law counts in products.
  private static let quantileWork = 5_000

  private let model: DefaultModel
  private let factors: FactorModel
  private let table = DrawTables.Standard.hazard
  private var quadrature: (sector: Int16, points: FactorQuadrature)?
  private(set) var work = 0
  private var expected: [Double]
  private var deviations: [Double]

  /// - Parameter factors: The factors; those of the model if `nil`.
  init(_ model: DefaultModel, under factors: FactorModel? = nil) {
    self.model = model
    self.factors = factors ?? model.factors
    expected = Array(repeating: 0, count: model.stress.count)
    deviations = expected
  }

  private var isMonthly: Bool { model.timing == .monthly }

  /// The classes, in order, with the number of their loans.
  func classes(of portfolio: PlannedPortfolio) -> [ClassCount] {
    var counts: [LoanClass: Int] = [:]
    for (loan, risk) in zip(portfolio.loans, model.risks) where risk.annualProbability > 0 {
      let end = Int(loan.start) + Int(loan.term)
      var item = LoanClass(
        sector: risk.sector, probability: risk.annualProbability, last: Int16(clamping: end),
        first: Int16(clamping: end),
        risk: AssessmentClass(
          annualProbability: risk.annualProbability, stress: 1, months: 12, sector: risk.sector,
          group: risk.group))
      if isMonthly {
        item.first = max(0, loan.start + 1)
        item.last = Int16(min(model.stress.count - 1, end))
        guard item.first <= item.last else { continue }
      } else {
        guard model.stress.indices.contains(end) else { continue }
        (item.risk.months, item.risk.stress) = (loan.term, model.stress[end])
        item.probability = termProbability(
          annual: model.stressed(risk.annualProbability, in: end), months: Int(loan.term))
      }
      counts[item, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { ClassCount(key: $0.key, loans: $0.value) }
  }

  mutating func expectation(_ classes: [ClassCount]) -> ExpectedDefaults? {
    var start = 0
    while start < classes.count {
      let end =
        classes[start...].firstIndex { !$0.key.sharesRisk(with: classes[start].key) }
        ?? classes.count
      add(classes[start..<end])
      guard work <= Self.workLimit else { return nil }
      start = end
    }
    return ExpectedDefaults(byMonth: expected, factorDeviations: deviations)
  }

  /// Adds the classes of one sector and probability.
  private mutating func add(_ classes: ArraySlice<ClassCount>) {
    guard let risk = classes.first?.key, let last = classes.last?.key.last,
      let first = classes.lazy.map(\.key.first).min()
    else { return }
    let months = Int(first)...Int(last)
    let probabilities = months.map {
      isMonthly ? model.stressed(risk.probability, in: $0) : risk.probability
    }
    var course = RiskCourse(
      points(for: risk.sector, Set(probabilities).sorted()), probabilities,
      origin: RiskCourse.Origin(
        month: Int(first), period: isMonthly ? factors.periodMonths : Int.max,
        before: factors.monthsBefore),
      share: model.walk.hazardShare)
    var place = classes.startIndex
    while place < classes.endIndex {
      // Loans with the same last month go together, each from its first.
      let end = classes[place].key.last
      let joining = classes[place...].prefix { $0.key.last == end }
      course.follow(
        joining.map { RiskCourse.Joining(first: Int($0.key.first), count: $0.loans) },
        through: Int(end))
      place = joining.endIndex
    }
    work += course.work
    for (row, month) in months.enumerated() {
      let moments = course.moments(row: row)
      expected[month] += isMonthly ? moments.mean : 0
      deviations[month] += moments.deviation
    }
    guard !isMonthly else { return }
    for item in classes {
      expected[Int(item.key.last)] += Double(item.loans) * assessed(item.key.probability)
    }
  }

  /// The unconditional probability of one assessment: in closed form.
  private func assessed(_ probability: Double) -> Double {
    guard case .gamma(let variance) = factors.dependence else { return probability }
    return expectedCut(probability, variance: variance)
  }

  /// The points for a sector; for gamma they lie between the cuts of the probabilities.
  private mutating func points(for sector: Int16, _ probabilities: [Double]) -> FactorQuadrature {
    if let quadrature, quadrature.sector == sector { return quadrature.points }
    let points = FactorQuadrature(
      factors, sector: Int(sector), probabilities: probabilities, table: table)
    if case .gamma = factors.dependence {
      work += points.weights.count * Self.quantileWork
    } else {
      quadrature = (sector, points)
    }
    return points
  }
}

/// What loans of one sector and annual probability do from month to month, at each value of the
/// factors.
private struct RiskCourse {
  /// The first month that is followed, and after how many months the factors change.
  struct Origin {
    let month: Int
    let period: Int
    /// The months before the run, from which the factors' time counts.
    let before: Int
  }

  /// Loans that are followed from a month on.
  struct Joining {
    let first: Int
    let count: Int
  }

  /// How many products it took.
  private(set) var work = 0
  private let points: FactorQuadrature
  private let origin: Origin
  /// The probability of failing at each point, once for each probability.
  private var failing: [[Double]] = []
  /// Which of them holds in each month, from the first on.
  private var kinds: [Int] = []
  /// The expected defaults at each point of the month's factors, shape `[months × points]`.
  private var defaults: [Double]

  init(
    _ points: FactorQuadrature, _ probabilities: [Double], origin: Origin,
    share: Double
  ) {
    var points = points
    var known: [Double: Int] = [:]
    for probability in probabilities {
      if known[probability] == nil {
        known[probability] = failing.count
        failing.append(
          points.hazards(of: probability, certainty: certainHazard / share).map {
            1 - exponential(-share * $0)
          })
      }
      kinds.append(known[probability] ?? 0)
    }
    self.points = points
    self.origin = origin
    defaults = Array(repeating: 0, count: probabilities.count * points.weights.count)
    // A conditional hazard takes as long as some ten products.
    work = 10 * failing.count * points.weights.count
  }

  /// Follows loans with one last month, each from its first month on.
  mutating func follow(_ joining: [Joining], through last: Int) {
    let count = points.weights.count
    var left = [Double](repeating: 0, count: count)
    var waiting = joining[...]
    guard let first = joining.first?.first else { return }
    for month in first...last {
      if month > first, (month + origin.before) % origin.period == 0 {
        points.carry(&left)
        work += points.carryCost
      }
      while let next = waiting.first, next.first == month {
        for point in 0..<count { left[point] += Double(next.count) }
        waiting = waiting.dropFirst()
      }
      let row = month - origin.month
      let failing = failing[kinds[row]]
      for point in 0..<count {
        let failed = left[point] * failing[point]
        defaults[row * count + point] += failed
        left[point] -= failed
      }
      work += count
    }
  }

  /// Mean and standard deviation over a month's factors.
  func moments(row: Int) -> (mean: Double, deviation: Double) {
    var (mean, square) = (0.0, 0.0)
    for (point, weight) in points.weights.enumerated() {
      let value = defaults[row * points.weights.count + point]
      mean += weight * value
      square += weight * value * value
    }
    return (mean, max(0, square - mean * mean).squareRoot())
  }
}
