import LossStatistics

/// What a pilot looks for in a column of needed capital.
enum RareTarget {
  /// More than an amount, in fen.
  case amount(Int64)
  /// A quantile.
  case quantile(Level)
}

/// Finds the shifts of one fund: rounds of trials climb from amounts that a tenth of them need to what is looked for, each under the
/// shifts that the round before found.
///
/// Source: R. Rubinstein, D. Kroese, "The Cross-Entropy Method", 2004, chapter 3 (the multi-level algorithm).
struct RarePilot {
  /// Trials a round.
  static let roundTrials = 8_192
  /// The share of a round from which the next one learns.
  private static let learningShare = 0.1
  /// How many rounds at the amount itself are learned from together.
  private static let lastRounds = 3
  private static let mostRounds = 40
  /// After so many rounds that came no further there is no way.
  private static let patience = 3

  private let pass: RarePass
  private let width: Int
  /// Seeds of rounds so far, over all columns of the fund.
  private var nextSeed: UInt64

  private(set) var wanted: [RareMixture.Level] = []
  private(set) var way: [RareMixture.Level] = []

  /// - Parameters:
  ///   - pass: Runs the trials of the plan with that fund alone.
  ///   - fund: The number of the fund, which addresses the rounds.
  init(_ pass: RarePass, width: Int, fund: Int) {
    self.pass = pass
    self.width = width
    nextSeed = UInt64(fund + 1) << 32
  }

  /// Climbs to all targets of a column, whichever is nearest first.
  ///
  /// - Returns: `false` if it was stopped.
  mutating func climb(to targets: [RareTarget], of column: OutcomeColumn) -> Bool {
    var climb = Climb(remaining: targets)
    while !climb.remaining.isEmpty {
      guard climbOn(&climb, column) else { return false }
    }
    way += climb.passed
    return true
  }

  /// How far a climb has come.
  private struct Climb {
    var remaining: [RareTarget]
    /// The levels on the way, and the one from which trials are drawn.
    var passed: [RareMixture.Level] = []
    var current: RareMixture.Level?
  }

  /// Climbs to the nearest target, and takes it away from those that remain; all of them where there is no way.
  private mutating func climbOn(_ climb: inout Climb, _ column: OutcomeColumn) -> Bool {
    var (last, rounds) = (ShiftFit(width: width), 0)
    var found: RareMixture.Level?
    var (height, stalled) = (Int64.min, 0)
    for _ in 0..<Self.mostRounds {
      let mixture = RareMixture(
        wanted: [found ?? climb.current].compactMap(\.self), way: climb.passed)
      guard let round = round(under: mixture, column) else { return false }
      let (aim, nearest) = round.nearest(of: climb.remaining)
      if round.isWithinReach(aim) {
        // What more than half of the trials need anyway asks for no shift.
        if found == nil, climb.current == nil, round.isUsual(aim) {
          climb.remaining.remove(at: nearest)
          return true
        }
        last.add(round.rows) { round.values[$0] >= aim }
        found = last.level()
        rounds += 1
        guard rounds == Self.lastRounds || found == nil else { continue }
        if let current = climb.current, !wanted.contains(current) { climb.passed.append(current) }
        if let found { wanted.append(found) }
        climb.current = found
        climb.remaining.remove(at: nearest)
        return true
      }
      // The aim was thought nearer than it is: on from here.
      if let found { climb.current = found }
      (last, rounds, found) = (ShiftFit(width: width), 0, nil)
      guard let next = round.learningAmount, stalled < Self.patience else { break }
      stalled = next > height ? 0 : stalled + 1
      height = max(height, next)
      var fit = ShiftFit(width: width)
      fit.add(round.rows) { round.values[$0] >= next }
      guard let level = fit.level() else { break }
      if let current = climb.current, !wanted.contains(current) { climb.passed.append(current) }
      climb.current = level
    }
    // No way leads on: what was found so far is all there is.
    if let current = climb.current, !wanted.contains(current) { climb.passed.append(current) }
    climb.remaining = []
    return true
  }

  /// Runs the next round; `nil` if it was stopped.
  private mutating func round(under mixture: RareMixture, _ column: OutcomeColumn) -> PilotRound? {
    nextSeed += 1
    return pass.run(0..<Self.roundTrials, under: mixture, seed: nextSeed, isPilot: true).map {
      PilotRound($0, column)
    }
  }

  /// What one round came to.
  private struct PilotRound {
    let rows: RareRows
    let values: [Int64]
    private let sorted: [Int64]
    private let weights: [Double]

    init(_ rows: RareRows, _ column: OutcomeColumn) {
      self.rows = rows
      values = rows.column(column, fund: 0)
      sorted = LossSample.ascending(values)
      weights = rows.weights
    }

    /// The nearest of some targets: the least amount that counts as reached, and its place.
    func nearest(of targets: [RareTarget]) -> (aim: Int64, place: Int) {
      let aims = targets.map { target in
        switch target {
        case .amount(let amount): amount + 1
        case .quantile(let level): WeightedSample(values, weights: weights).quantile(level).value
        }
      }
      let place = aims.indices.min { aims[$0] < aims[$1] } ?? 0
      return (aims[place], place)
    }

    /// Whether enough trials reach an amount to learn from.
    func isWithinReach(_ amount: Int64) -> Bool { learningQuantile >= amount }

    /// Whether more than half of the trials do.
    func isUsual(_ amount: Int64) -> Bool { sorted[sorted.count / 2] >= amount }

    private var learningQuantile: Int64 {
      sorted[Int(Double(sorted.count) * (1 - RarePilot.learningShare))]
    }

    /// The amount from which the next round learns: what a tenth needs, or more than nearly all do.
    var learningAmount: Int64? {
      let quantile = learningQuantile
      guard isUsual(quantile) else { return quantile }
      // Most are alike: of the others, enough to learn from.
      let others = sorted.filter { $0 > quantile }
      return others.count >= reliableTailCount ? others[0] : nil
    }
  }
}
