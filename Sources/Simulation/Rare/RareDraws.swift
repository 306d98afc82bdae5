import RandomStreams

/// Draws rare trials on one thread: moves their innovations, tilts their defaults, and weighs them.
///
/// A class, because a trial's worker hands on what it draws.
final class RareDraws {
  private let mixture: RareMixture
  private let memory: WorkingMemory
  private let key: RareKey
  private let innovations: Innovations
  private let plainWalk: DefaultWalk
  /// The same with other hazards.
  private var tiltedWalk: DefaultWalk
  private var room: TiltRoom?
  private let notes: RareNotes
  private var trial = 0
  /// The level that the trial was drawn from; `nil` for none.
  private var level: Int?

  /// - Parameters:
  ///   - model: Where innovations stand, and how defaults are tilted.
  ///   - walk: The walk of the trials as they are.
  ///   - notes: Where weights go.
  init(
    _ mixture: RareMixture, _ model: RareModel, walk: DefaultWalk, seed: UInt64, notes: RareNotes
  ) {
    let memory = WorkingMemory()
    (self.memory, self.mixture) = (memory, mixture)
    key = RareKey(seed: seed)
    innovations = Innovations(model.layout, in: memory)
    plainWalk = walk
    tiltedWalk = walk
    room = model.tilt.map { TiltRoom($0, in: memory) }
    self.notes = notes
  }

  /// Goes to a trial: chooses its shift.
  func begin(_ trial: Int) -> Innovations {
    self.trial = trial
    let choice = mixture.choice(at: key.unit(ofTrial: trial))
    level = choice?.level
    if let choice {
      _ = innovations.moves.update(
        fromContentsOf: mixture.levels[choice.level].shifts[choice.shift].moves)
    } else {
      innovations.moves.update(repeating: 0)
    }
    return innovations
  }

  /// Walks the trial, and weighs what it came to.
  func walk(
    _ factors: borrowing FactorPath, _ draws: borrowing WalkDraws, into defaults: TrialDefaults
  ) {
    room?.findHazards(plainWalk, factors, draws)
    let factor = level.map { self.factor(of: mixture.levels[$0]) } ?? 1
    tiltedWalk.hazardShare = plainWalk.hazardShare * factor
    tiltedWalk.walk(factors: factors, draws: draws, into: defaults)
    room?.count(defaults)
    var density = mixture.plainShare
    for level in mixture.levels {
      density +=
        level.share
        * level.ratio(
          innovations.values, defaults: room?.logRatio(factor: self.factor(of: level)) ?? 0)
    }
    notes.note(
      trial, weight: 1 / density, innovations.values, points: room?.points(factor: factor) ?? 0)
  }

  private func factor(of level: RareMixture.Level) -> Double {
    room.map { DefaultTilt.factor(points: level.points, of: $0.hazard) } ?? 1
  }
}

/// What addresses the second set of trials, and the pilots before it.
struct RareKey {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// The uniform number by which a trial's shift is chosen.
  func unit(ofTrial trial: Int) -> Double {
    UniformDraw.unit(
      from: DrawKey(seed: seed, trial: UInt64(trial), purpose: .rare).word(at: 0))
  }

  /// The seed of the set (0), or of a pilot's round.
  ///
  /// - Parameter number: The set's own, or that of a round.
  static func seed(_ number: UInt64, of seed: UInt64) -> UInt64 {
    // Trial 2⁶⁴ − 1 is no trial of any run.
    DrawKey(seed: seed, trial: .max, purpose: .rare).word(at: number)
  }
}

/// What rare trials leave behind beside their rows: weights, and for a pilot what it learns from.
struct RareNotes: @unchecked Sendable {
  /// Shape `[trials]`.
  let weights: UnsafeMutableBufferPointer<Double>
  /// Shape `[trials × innovations]`; empty unless it is a pilot's.
  let innovations: UnsafeMutableBufferPointer<Double>
  /// How many points were to be expected of each, shape `[trials]`; empty likewise.
  let points: UnsafeMutableBufferPointer<Double>
  /// The trial of row 0.
  private let firstTrial: Int
  // Keeps the tables.
  private let memory = WorkingMemory()

  /// - Parameter pilot: How many innovations a pilot notes; `nil` for trials that are no pilot's.
  init(_ trials: Range<Int>, pilot count: Int?) {
    firstTrial = trials.lowerBound
    weights = memory.table(0, count: trials.count)
    innovations = memory.table(0, count: trials.count * (count ?? 0))
    points = memory.table(0, count: count == nil ? 0 : trials.count)
  }

  /// Takes a trial: threads write disjoint rows.
  func note(
    _ trial: Int, weight: Double, _ values: UnsafeMutableBufferPointer<Double>, points: Double
  ) {
    let row = trial - firstTrial
    weights[row] = weight
    guard !self.points.isEmpty else { return }
    self.points[row] = points
    for index in values.indices { innovations[row * values.count + index] = values[index] }
  }
}
