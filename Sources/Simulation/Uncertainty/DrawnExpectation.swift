import RandomStreams

/// The expected defaults of each month over the draws of a plan's parameters.
///
/// Where loans are assessed once, an expectation is the assessment's own probability, and its mean over
/// all draws is exact. Where they are assessed month by month, some draws are followed through the months
/// at each value of the factor; what all draws come to follows by the ratio of that to a plain reckoning
/// (loans × annual probability ÷ 12), which is known of all of them.
///
/// Source: W. Cochran, "Sampling Techniques", 3rd edition, 1977, chapter 6 (ratio estimators).
struct DrawnExpectation {
  /// So many draws are followed through the months.
  private static let followedCount = 8
  /// So many tell how far the factors make the defaults of a month stray: a floor under what the sample
  /// itself tells.
  private static let spreadCount = 1

  private let model: DefaultModel
  private let draws: [ParameterDraws.Draw]
  private let classes: [DefaultReckoning.ClassCount]
  private let horizon: Int

  init(_ model: DefaultModel, _ draws: ParameterDraws, _ portfolio: PlannedPortfolio) {
    self.model = model
    self.draws = draws.draws
    horizon = model.course.stress.count
    classes = DefaultReckoning(model).classes(of: portfolio).counts
  }

  /// - Returns: `nil` where so many loans are unlike each other that it would take noticeable time, or a
  ///   period's factor is known in part.
  var expected: ExpectedDefaults? {
    guard model.factors.known == nil else { return nil }
    let plain = plainDefaults
    let isMonthly = model.timing == .monthly
    let count = min(draws.count, isMonthly ? Self.followedCount : Self.spreadCount)
    let places = (0..<count).map { (2 * $0 + 1) * draws.count / (2 * count) }
    var followed: [ExpectedDefaults] = []
    var work = 0
    for place in places {
      guard let one = follow(draws[place], &work), work <= DefaultReckoning.workLimit else {
        return nil
      }
      followed.append(one)
    }
    let means = plain.map { months in months.reduce(0, +) / Double(draws.count) }
    var (byMonth, errors) = (means, [Double](repeating: 0, count: horizon))
    if isMonthly {
      for month in 0..<horizon {
        let (seen, base) = (followed.map { $0.byMonth[month] }, places.map { plain[month][$0] })
        let sum = base.reduce(0, +)
        let ratio = sum > 0 ? seen.reduce(0, +) / sum : 0
        byMonth[month] = ratio * means[month]
        let rest = zip(seen, base).reduce(0) {
          $0 + ($1.0 - ratio * $1.1) * ($1.0 - ratio * $1.1)
        }
        errors[month] =
          count < draws.count ? (rest / Double(max(1, count - 1)) / Double(count)).squareRoot() : 0
      }
    }
    let deviations = (0..<horizon).map { month in
      let within = followed.reduce(0) {
        $0 + $1.factorDeviations[month] * $1.factorDeviations[month]
      }
      let between = plain[month].reduce(0) {
        $0 + ($1 - means[month]) * ($1 - means[month])
      }
      return (within / Double(count) + between / Double(draws.count)).squareRoot()
    }
    var result = ExpectedDefaults(byMonth: byMonth, factorDeviations: deviations)
    if errors.contains(where: { $0 > 0 }) { result.errors = errors }
    return result
  }

  /// Loans × probability of each month and draw, shape `[horizon][draws]`: what is expected where loans
  /// are assessed once, and near it where they are assessed month by month.
  private var plainDefaults: [[Double]] {
    var numbers: [AssessmentClass: Int] = [:]
    var counts: [[Double]] = []
    for item in classes {
      let number = numbers[item.key.risk] ?? counts.count
      if number == counts.count {
        numbers[item.key.risk] = number
        counts.append(Array(repeating: 0, count: horizon))
      }
      let months =
        model.timing == .monthly
        ? Int(item.key.first)...Int(item.key.last) : Int(item.key.last)...Int(item.key.last)
      let share = model.timing == .monthly ? 1.0 / 12 : 1
      for month in months {
        let multiplier =
          model.timing == .monthly
          ? model.course.multiplier(in: month, age: month - Int(item.key.start)) : 1
        counts[number][month] += share * multiplier * Double(item.loans)
      }
    }
    return sums(of: counts, numbers)
  }

  /// Loans times probability over the classes.
  ///
  /// - Parameters:
  ///   - counts: The loans of each class by month, shape `[classes][horizon]`.
  ///   - numbers: The place of each class there.
  private func sums(of counts: [[Double]], _ numbers: [AssessmentClass: Int]) -> [[Double]] {
    // One probit an annual probability and draw; classes share them.
    var moved: [MovedPD: [Double]] = [:]
    for risk in numbers.keys {
      let key = MovedPD(probability: risk.annualProbability, group: risk.group)
      guard moved[key] == nil else { continue }
      let score = key.probability > 0 ? normalQuantile(key.probability) : 0
      moved[key] = draws.map { draw in
        draw.moves.indices.contains(Int(key.group))
          ? draw.moves[Int(key.group)].moved(key.probability, score: score) : key.probability
      }
    }
    var sums = (0..<horizon).map { _ in [Double](repeating: 0, count: draws.count) }
    for (risk, number) in numbers.sorted(by: { $0.value < $1.value }) {
      let annual = moved[MovedPD(probability: risk.annualProbability, group: risk.group)] ?? []
      let probabilities = annual.map {
        assessed(
          termProbability(annual: min($0 * risk.stress, 0.999999), months: Int(risk.months)))
      }
      for month in 0..<horizon where counts[number][month] > 0 {
        add(counts[number][month], times: probabilities, to: &sums[month])
      }
    }
    return sums
  }

  private struct MovedPD: Hashable {
    let probability: Double
    let group: Int16
  }

  /// A loop over neighbours, which the compiler makes vectors of.
  private func add(_ count: Double, times probabilities: [Double], to sums: inout [Double]) {
    let probabilities = probabilities.span
    var sums = sums.mutableSpan
    for draw in probabilities.indices {
      sums[unchecked: draw] += count * probabilities[unchecked: draw]
    }
  }

  private func assessed(_ probability: Double) -> Double {
    guard case .gamma(let variance) = model.factors.dependence, model.timing == .maturity else {
      return probability
    }
    return expectedCut(probability, variance: variance)
  }

  /// The expected defaults under one draw, loan by loan through the months.
  private func follow(_ draw: ParameterDraws.Draw, _ work: inout Int) -> ExpectedDefaults? {
    var reckoning = DefaultReckoning(model, under: model.factors.under(draw))
    let moved = classes.map { item in
      var key = item.key
      key.probability = key.risk.probability(draw.moves)
      return DefaultReckoning.ClassCount(key: key, loans: item.loans)
    }
    let found = reckoning.expectation(moved.sorted { $0.key < $1.key })
    work += reckoning.work
    return found
  }
}

extension SimulationPlan {
  /// The expected defaults of each month; `nil` where they would take too long.
  var expectedDefaults: ExpectedDefaults? {
    guard let parameterDraws else { return defaults.expectation(of: portfolio) }
    return DrawnExpectation(defaults, parameterDraws, portfolio).expected
  }
}
