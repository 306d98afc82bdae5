import RandomStreams

/// What one thread knows of the defaults of a rare trial.
struct TiltRoom {
  let tilt: DefaultTilt
  /// λ of each pair, and how many of it defaulted.
  private let hazards: UnsafeMutableBufferPointer<Double>
  private let failures: UnsafeMutableBufferPointer<Double>
  /// The pairs of which some defaulted.
  private let failing: UnsafeMutableBufferPointer<Int32>
  private var failingCount = 0
  /// Λ.
  private(set) var hazard = 0.0
  /// S: the hazard of the assessments that no loan faced, because it had failed before.
  private var spared = 0.0

  init(_ tilt: DefaultTilt, in memory: WorkingMemory) {
    self.tilt = tilt
    hazards = memory.table(0, count: tilt.pairs.count)
    failures = memory.table(0, count: tilt.pairs.count)
    failing = memory.table(0, count: tilt.pairs.count)
  }

  /// Finds the hazards of a trial without tilt.
  mutating func findHazards(
    _ walk: DefaultWalk, _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws
  ) {
    let law = HazardLaw(walk, draws.tables.hazard)
    (hazard, spared, failingCount) = (0, 0, 0)
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
  mutating func count(_ defaults: TrialDefaults) {
    let nobody = defaults.nobody
    for place in 0..<defaults.placeCount {
      let found = defaults.places[place]
      guard found.number != nobody else { continue }
      guard let runs = tilt.runs else {
        note(pair: Int(tilt.pairOfEntry[Int(found.number)]))
        continue
      }
      let failure = runs.failure(of: Int(found.number), in: found.month, hazards)
      note(pair: failure.pair)
      spared += failure.spared
    }
  }

  private mutating func note(pair: Int) {
    if failures[pair] == 0 {
      failing[failingCount] = Int32(pair)
      failingCount += 1
    }
    failures[pair] += 1
  }

  /// ln T: by how much likelier the defaults are with all hazards c times as large.
  func logRatio(factor: Double) -> Double {
    guard factor != 1 else { return 0 }
    var sum = (1 - factor) * (hazard - spared)
    for number in failing.prefix(failingCount) {
      let (rate, count) = (hazards[Int(number)], failures[Int(number)])
      sum +=
        count
        * (logarithm(Self.probability(factor * rate) / Self.probability(rate))
          + (factor - 1) * rate)
    }
    return sum
  }

  /// How many points are to be expected where so many defaulted, with all hazards c times as large: also in the
  /// assessments that no loan faced.
  func points(factor: Double) -> Double {
    var sum = factor * spared
    for number in failing.prefix(failingCount) {
      let rate = factor * hazards[Int(number)]
      sum += failures[Int(number)] * rate / Self.probability(rate)
    }
    return sum
  }

  /// 1 − e^(−λ), by its series for small λ.
  private static func probability(_ rate: Double) -> Double {
    rate < 1e-3
      ? rate * (1 - rate / 2 * (1 - rate / 3 * (1 - rate / 4))) : 1 - exponential(-rate)
  }
}
