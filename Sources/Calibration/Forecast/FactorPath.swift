import RandomStreams

/// The likeliest path of the factors, and a normal law around it: where the grids of the filter
/// are laid.
///
/// Newton's method on the joint density of all years, whose curvature is a tridiagonal matrix.
struct FactorPath {
  /// One year's place.
  struct Place {
    var factor: Double
    /// The curvature of the year's own likelihood there.
    var information: Double
    /// The year's variance given all the others' data.
    var variance: Double
    /// The mean and the precision of what the other years say of it.
    var outsideMean: Double
    var outsidePrecision: Double
  }

  private(set) var places: [Place]
  /// The diagonal of the factors' precision.
  let diagonal: [Double]
  private let neighbour: Double

  init(_ years: [YearTerms], persistence: Double) {
    let free = 1 / (1 - persistence * persistence)
    diagonal = years.indices.map { index in
      let neighbours = (index > 0 ? 1.0 : 0) + (index < years.count - 1 ? 1.0 : 0)
      return 1 + neighbours * persistence * persistence * free
    }
    neighbour = -persistence * free
    places = years.map {
      Place(
        factor: $0.guess, information: 0, variance: 1, outsideMean: 0, outsidePrecision: 1)
    }
    climb(years)
    describe(years)
  }

  /// The joint log-density of a path, up to a constant.
  private func height(_ path: [Double], _ years: [YearTerms]) -> Double {
    var sum = 0.0
    for (index, year) in years.enumerated() {
      let factor = path[index]
      sum += year.value(factor) - 0.5 * diagonal[index] * factor * factor
      if index > 0 { sum -= neighbour * factor * path[index - 1] }
    }
    return sum
  }

  private mutating func climb(_ years: [YearTerms]) {
    var path = places.map(\.factor)
    var top = height(path, years)
    for _ in 0..<100 {
      let jets = zip(years, path).map { $0.jet($1) }
      let slope = path.indices.map { index in
        var slope = jets[index].first - diagonal[index] * path[index]
        if index > 0 { slope -= neighbour * path[index - 1] }
        if index < path.count - 1 { slope -= neighbour * path[index + 1] }
        return slope
      }
      let step = solve(jets.map { max(0, -$0.second) }, slope)
      var share = 1.0
      var next = path
      var reached = -Double.infinity
      while share > 1e-6 {
        next = zip(path, step).map { $0 + share * $1 }
        reached = height(next, years)
        if reached >= top - 1e-12 * abs(top) { break }
        share /= 2
      }
      guard reached >= top - 1e-12 * abs(top) else { break }
      path = next
      top = reached
      if step.allSatisfy({ abs($0) < 1e-6 }) { break }
    }
    for index in places.indices { places[index].factor = path[index] }
  }

  /// Solves the tridiagonal system of the precision plus the information.
  private func solve(_ information: [Double], _ right: [Double]) -> [Double] {
    var pivots = right
    var values = right
    for index in right.indices {
      pivots[index] = diagonal[index] + information[index]
      guard index > 0 else { continue }
      let ratio = neighbour / pivots[index - 1]
      pivots[index] -= ratio * neighbour
      values[index] -= ratio * values[index - 1]
    }
    for index in right.indices.reversed() {
      if index < right.count - 1 { values[index] -= neighbour * values[index + 1] }
      values[index] /= pivots[index]
    }
    return values
  }

  /// Variances by elimination from both ends, and what is left of a year without its own data.
  private mutating func describe(_ years: [YearTerms]) {
    let jets = zip(years, places).map { $0.jet($1.factor) }
    let information = jets.map { max(0, -$0.second) }
    var before = diagonal
    var after = diagonal
    for index in places.indices {
      before[index] += information[index]
      if index > 0 { before[index] -= neighbour * neighbour / before[index - 1] }
    }
    for index in places.indices.reversed() {
      after[index] += information[index]
      if index < places.count - 1 { after[index] -= neighbour * neighbour / after[index + 1] }
    }
    for index in places.indices {
      let precision = before[index] + after[index] - diagonal[index] - information[index]
      let outside = precision - information[index]
      places[index].information = information[index]
      places[index].variance = 1 / precision
      places[index].outsidePrecision = outside
      // At the mode the pull of the year's data and that of the others balance.
      places[index].outsideMean = places[index].factor - jets[index].first / outside
    }
  }
}
