import RandomStreams

/// The law from which rare trials are drawn: with a small probability as they are, else with their innovations
/// moved and, where that can be done, more defaults.
///
/// The weight of a trial is that of the whole mixture, whichever part it was drawn from:
/// w = 1 ÷ (α + Σ s_l T_l(x, D) Σ π_j exp(μ_j·x − |μ_j|²/2)), with x its innovations and T_l what `DefaultTilt` tells of
/// its defaults D given x. It never exceeds 1/α, so that an event which no shift was made for keeps an error that can be seen.
///
/// Source: T. Hesterberg, "Weighted average importance sampling and defensive mixture distributions",
/// Technometrics 37(2), 1995, pp. 185–194; A. Owen, Y. Zhou, "Safe and effective importance sampling", Journal of
/// the American Statistical Association 95(449), 2000, pp. 135–143.
struct RareMixture: Sendable, Hashable {
  /// Where innovations are moved to.
  struct Shift: Sendable, Hashable {
    /// The probability of it among those of its level.
    let share: Double
    /// What is added, shape `[innovations]`.
    let moves: [Double]
    /// ln share − |μ|²/2.
    let constant: Double

    init(share: Double, moves: [Double]) {
      self.share = share
      self.moves = moves
      constant = logarithm(share) - moves.reduce(0) { $0 + $1 * $1 } / 2
    }
  }

  /// The shifts that lead to one amount.
  struct Level: Sendable, Hashable {
    /// The probability of the level.
    var share = 0.0
    /// How many points of the walk a trial is to expect: what its defaults are tilted to.
    let points: Double
    let shifts: [Shift]
  }

  /// α: the probability that a trial is drawn as it is, if there are shifts.
  static let usualPlainShare = 0.1
  /// What the levels on the way to the wanted amounts have together.
  private static let wayShare = 0.3

  let plainShare: Double
  let levels: [Level]

  /// No shift.
  static let plain = RareMixture(plainShare: 1, levels: [])

  private init(plainShare: Double, levels: [Level]) {
    (self.plainShare, self.levels) = (plainShare, levels)
  }

  /// Joins levels.
  ///
  /// - Parameters:
  ///   - wanted: Those of the amounts that are asked for.
  ///   - way: Those on the way to them.
  init(wanted: [Level], way: [Level]) {
    guard !(wanted.isEmpty && way.isEmpty) else { self = .plain; return }
    let rest = 1 - Self.usualPlainShare
    let ofWay = wanted.isEmpty ? rest : way.isEmpty ? 0 : Self.wayShare
    func shared(_ levels: [Level], _ share: Double) -> [Level] {
      levels.map { level in
        var level = level
        level.share = share / Double(levels.count)
        return level
      }
    }
    self.init(
      plainShare: Self.usualPlainShare,
      levels: shared(way, ofWay) + shared(wanted, rest - ofWay))
  }

  /// The level and the shift to which a uniform number leads; `nil` for none.
  func choice(at unit: Double) -> (level: Int, shift: Int)? {
    var rest = unit - plainShare
    guard rest >= 0, !levels.isEmpty else { return nil }
    for (number, level) in levels.enumerated() {
      guard rest >= level.share, number < levels.count - 1 else {
        return (number, Self.shift(at: rest / level.share, of: level))
      }
      rest -= level.share
    }
    return nil
  }

  private static func shift(at unit: Double, of level: Level) -> Int {
    var rest = unit
    for (number, shift) in level.shifts.enumerated() {
      if rest < shift.share { return number }
      rest -= shift.share
    }
    return level.shifts.count - 1
  }
}

extension RareMixture.Level {
  /// Σ π_j exp(μ_j·x − |μ_j|²/2 + T), T the logarithm of what the defaults tell.
  func ratio(_ values: UnsafeMutableBufferPointer<Double>, defaults: Double) -> Double {
    var sum = 0.0
    for shift in shifts {
      var exponent = shift.constant + defaults
      for index in values.indices { exponent += shift.moves[index] * values[index] }
      sum += exponential(exponent)
    }
    return sum
  }
}
