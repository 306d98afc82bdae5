import RandomStreams

/// More defaults given the factors, and the exact likelihood of what they come to.
///
/// All hazards of a trial are c times what its factors say: an assessment of conditional probability p fails with
/// q = 1 − (1 − p)^c. For small p that is the exponential twist of odds by c. c is what takes the expected number of
/// points to the level's: max(1, points ÷ Λ), at most 50, Λ the hazard of all assessments. It depends on the
/// factors, which the mixture weighs together with the defaults, so that the weight stays exact:
/// ln T = Σ over failures (ln(1 − e^(−cλ)) − ln(1 − e^(−λ)) + (c − 1)λ) − (c − 1)Λ.
///
/// Only where a loan is assessed once; a pair of cell and class is looked up once a trial, whatever the number of
/// its loans.
///
/// Source: P. Glasserman, J. Li, "Importance sampling for portfolio credit risk", Management Science 51(11),
/// 2005, pp. 1643–1656 (the twist by which the expected loss becomes what is aimed at, after the factors).
struct DefaultTilt: Sendable {
  /// Assessments of one probability in one cell.
  struct Pair: Sendable, BitwiseCopyable {
    let cell: Int32
    let riskClass: Int32
    var count: Double
  }

  private static let largestFactor = 50.0
  /// Beyond so many pairs, and a quarter of the assessments, the look-ups would cost more than the trial.
  private static let fewPairs = 512

  let pairs: [Pair]
  /// The pair of each entry of the walk.
  let pairOfEntry: [Int32]

  /// - Returns: `nil` where loans are assessed again and again, or nearly each has a probability of its own.
  init?(_ model: DefaultModel) {
    let walk = model.walk
    guard !walk.repeatsLoans, !walk.entries.isEmpty else { return nil }
    var (pairs, numbers): ([Pair], [Int32]) = ([], [])
    var places: [Int32: Int] = [:]
    for cell in walk.cells.indices {
      places.removeAll(keepingCapacity: true)
      for entry in walk.entries(of: cell) {
        let number = walk.classes[entry]
        let place = places[number] ?? pairs.count
        if place == pairs.count {
          places[number] = place
          pairs.append(Pair(cell: Int32(cell), riskClass: number, count: 0))
        }
        pairs[place].count += 1
        numbers.append(Int32(place))
      }
    }
    guard pairs.count <= max(Self.fewPairs, walk.entries.count / 4) else { return nil }
    (self.pairs, pairOfEntry) = (pairs, numbers)
  }

  /// c of a level.
  static func factor(points: Double, of hazard: Double) -> Double {
    min(max(1, points / hazard), largestFactor)
  }
}

/// What one thread knows of the defaults of a rare trial.
struct TiltRoom {
  let tilt: DefaultTilt
  /// λ of each pair, and how many of it defaulted.
  private let hazards: UnsafeMutableBufferPointer<Double>
  private let failures: UnsafeMutableBufferPointer<Double>
  /// Λ.
  private(set) var hazard = 0.0

  init(_ tilt: DefaultTilt, in memory: WorkingMemory) {
    self.tilt = tilt
    hazards = memory.table(0, count: tilt.pairs.count)
    failures = memory.table(0, count: tilt.pairs.count)
  }

  /// Finds the hazards of a trial without tilt.
  mutating func findHazards(
    _ walk: DefaultWalk, _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws
  ) {
    let law = HazardLaw(walk, draws.tables.hazard)
    hazard = 0
    for (place, pair) in tilt.pairs.enumerated() {
      let rate =
        walk.hazardShare
        * law.hazard(
          of: draws.arguments.ofClasses[Int(pair.riskClass)], in: walk.cells[Int(pair.cell)],
          factors)
      hazards[place] = rate
      failures[place] = 0
      hazard += rate * pair.count
    }
  }

  /// Counts who defaulted.
  func count(_ defaults: TrialDefaults) {
    let nobody = defaults.nobody
    for place in 0..<defaults.placeCount where defaults.places[place].number != nobody {
      failures[Int(tilt.pairOfEntry[Int(defaults.places[place].number)])] += 1
    }
  }

  /// ln T: by how much likelier the defaults are with all hazards c times as large.
  func logRatio(factor: Double) -> Double {
    guard factor != 1 else { return 0 }
    var sum = (1 - factor) * hazard
    for place in hazards.indices where failures[place] > 0 {
      let rate = hazards[place]
      sum +=
        failures[place]
        * (logarithm(Self.probability(factor * rate) / Self.probability(rate))
          + (factor - 1) * rate)
    }
    return sum
  }

  /// How many points are to be expected where so many defaulted, with all hazards c times as large.
  func points(factor: Double) -> Double {
    var sum = 0.0
    for place in hazards.indices where failures[place] > 0 {
      let rate = factor * hazards[place]
      sum += failures[place] * rate / Self.probability(rate)
    }
    return sum
  }

  /// 1 − e^(−λ), by its series for small λ.
  private static func probability(_ rate: Double) -> Double {
    rate < 1e-3
      ? rate * (1 - rate / 2 * (1 - rate / 3 * (1 - rate / 4))) : 1 - exponential(-rate)
  }
}
