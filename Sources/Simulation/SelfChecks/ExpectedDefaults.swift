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
  /// the factor from month to month. Loans of one sector, probability and last month go together; where
  /// age makes a difference, of one start too.
  ///
  /// - Returns: `nil` where so many loans are unlike each other that it would take noticeable time, or where
  ///   a period's factor is known in part: then its law is not the stationary one.
  func expectation(of portfolio: PlannedPortfolio) -> ExpectedDefaults? {
    guard factors.known == nil else { return nil }
    var reckoning = DefaultReckoning(self)
    return reckoning.expectation(reckoning.classes(of: portfolio).counts)
  }
}

/// Follows classes of loans through the months.
struct DefaultReckoning {
  /// Loans that are assessed alike.
  struct LoanClass: Hashable, Comparable {
    var sector: Int16
    /// Annual (`monthly`), or of the whole term and under its stress (`maturity`).
    var probability: Double
    /// Where age makes a difference, the start; else 0.
    var start: Int16 = 0
    var last: Int16
    var first: Int16
    /// What the probability comes from, so that a draw of the parameters can move it.
    var risk: AssessmentClass

    static func < (one: LoanClass, other: LoanClass) -> Bool {
      if one.sector != other.sector { return one.sector < other.sector }
      if one.probability != other.probability { return one.probability < other.probability }
      if (one.start, one.last, one.first) != (other.start, other.last, other.first) {
        return (one.start, one.last, one.first) < (other.start, other.last, other.first)
      }
      return one.risk.group < other.risk.group
    }

    func sharesRisk(with other: LoanClass) -> Bool {
      sector == other.sector && probability == other.probability && start == other.start
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
  /// Of each class that was followed, the probability of a default in each month, from its first to its
  /// last.
  private(set) var byClass: [[Double]] = []
  private var expected: [Double]
  private var deviations: [Double]

  /// - Parameter factors: The factors; those of the model if `nil`.
  init(_ model: DefaultModel, under factors: FactorModel? = nil) {
    self.model = model
    self.factors = factors ?? model.factors
    expected = Array(repeating: 0, count: model.course.stress.count)
    deviations = expected
  }

  private var isMonthly: Bool { model.timing == .monthly }

  /// The classes, in order, with the number of their loans, and the place of each loan's; −1 of one that
  /// cannot default.
  func classes(of portfolio: PlannedPortfolio) -> (counts: [ClassCount], places: [Int32]) {
    var numbers: [LoanClass: Int32] = [:]
    var (keys, counts): ([LoanClass], [Int]) = ([], [])
    var places = [Int32](repeating: -1, count: portfolio.loans.count)
    for (index, loan) in portfolio.loans.enumerated() {
      guard let key = loanClass(of: index, loan) else { continue }
      let number = numbers[key, default: Int32(keys.count)]
      if Int(number) == keys.count {
        numbers[key] = number
        keys.append(key)
        counts.append(0)
      }
      counts[Int(number)] += 1
      places[index] = number
    }
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    var ranks = [Int32](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = Int32(rank) }
    return (
      order.map { ClassCount(key: keys[$0], loans: counts[$0]) },
      places.map { $0 < 0 ? -1 : ranks[Int($0)] }
    )
  }

  /// The class of a loan; `nil` if it cannot default in the run.
  private func loanClass(of index: Int, _ loan: PlannedLoan) -> LoanClass? {
    let risk = model.risks[index]
    guard risk.annualProbability > 0 else { return nil }
    let end = Int(loan.start) + Int(loan.term)
    var item = LoanClass(
      sector: risk.sector, probability: risk.annualProbability, last: Int16(clamping: end),
      first: Int16(clamping: end),
      risk: AssessmentClass(
        annualProbability: risk.annualProbability, stress: 1, months: 12, sector: risk.sector,
        group: risk.group))
    if isMonthly {
      item.start = model.course.ageCurve.isFlat ? 0 : loan.start
      item.first = max(0, loan.start + 1)
      item.last = Int16(min(expected.count - 1, end))
      return item.first <= item.last ? item : nil
    }
    guard expected.indices.contains(end) else { return nil }
    (item.risk.months, item.risk.stress) = (loan.term, model.course.stress[end])
    item.probability = termProbability(
      annual: model.course.probability(risk.annualProbability, in: end, age: Int(loan.term)),
      months: Int(loan.term))
    return item
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

  /// Adds the classes of one sector, probability and, where it matters, start.
  private mutating func add(_ classes: ArraySlice<ClassCount>) {
    guard let risk = classes.first?.key, let last = classes.last?.key.last,
      let first = classes.lazy.map(\.key.first).min()
    else { return }
    let months = Int(first)...Int(last)
    let probabilities = months.map {
      isMonthly
        ? model.course.probability(risk.probability, in: $0, age: $0 - Int(risk.start))
        : risk.probability
    }
    var course = RiskCourse(
      points(for: risk.sector, Set(probabilities).sorted()), probabilities,
      origin: RiskCourse.Origin(
        month: Int(first), period: isMonthly ? factors.periodMonths : Int.max,
        before: factors.monthsBefore),
      share: model.walk.hazardShare)
    for item in classes {
      let own = course.follow(
        from: Int(item.key.first), through: Int(item.key.last), count: item.loans)
      if isMonthly { byClass.append(own) }
    }
    work += course.work
    for (row, month) in months.enumerated() {
      let moments = course.moments(row: row)
      expected[month] += isMonthly ? moments.mean : 0
      deviations[month] += moments.deviation
    }
    guard !isMonthly else { return }
    for item in classes {
      let probability = assessed(item.key.probability)
      expected[Int(item.key.last)] += Double(item.loans) * probability
      byClass.append([probability])
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

  /// Follows loans from their first month through their last.
  ///
  /// - Returns: The probability of a default in each of these months.
  mutating func follow(from first: Int, through last: Int, count loans: Int) -> [Double] {
    let count = points.weights.count
    var left = [Double](repeating: 1, count: count)
    var probabilities: [Double] = []
    probabilities.reserveCapacity(last - first + 1)
    for month in first...last {
      if month > first, (month + origin.before) % origin.period == 0 {
        points.carry(&left)
        work += points.carryCost
      }
      let row = month - origin.month
      let failing = failing[kinds[row]]
      var sum = 0.0
      for point in 0..<count {
        let failed = left[point] * failing[point]
        defaults[row * count + point] += Double(loans) * failed
        sum += points.weights[point] * failed
        left[point] -= failed
      }
      probabilities.append(sum)
      work += count
    }
    return probabilities
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
