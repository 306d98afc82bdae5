import RandomStreams

/// More defaults given the factors, and the exact likelihood of what they come to.
///
/// All hazards of a trial are c times what its factors say: an assessment of conditional probability p fails with
/// q = 1 − (1 − p)^c. For small p that is the exponential twist of odds by c. c is what takes the expected number of
/// points to the level's: max(1, points ÷ Λ), at most 50, Λ the hazard of all assessments. It depends on the
/// factors, which the mixture weighs together with the defaults, so that the weight stays exact:
/// ln T = Σ over failures (ln(1 − e^(−cλ)) − ln(1 − e^(−λ)) + (c − 1)λ) − (c − 1)(Λ − S).
///
/// S is the hazard that nobody faced: of the assessments of a loan after its default, where it has several.
///
/// A pair of cell and class is looked up once a trial, whatever the number of its loans.
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
  /// Beyond so many pairs, and a quarter of the entries, the look-ups would cost far more than the trial.
  private static let fewPairs = 4_096

  let pairs: [Pair]
  /// The pair of each entry of the walk.
  let pairOfEntry: [Int32]
  /// Where a loan is assessed again and again.
  let runs: AssessmentRuns?

  /// - Returns: `nil` where nearly each of many loans has a probability of its own.
  init?(_ model: DefaultModel) {
    let walk = model.walk
    guard !walk.entries.isEmpty else { return nil }
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
        pairs[place].count += Double(walk.cells[cell].width)
        numbers.append(Int32(place))
      }
    }
    guard pairs.count <= max(Self.fewPairs, walk.entries.count / 4) else { return nil }
    (self.pairs, pairOfEntry) = (pairs, numbers)
    runs = walk.repeatsLoans ? AssessmentRuns(walk, pairOfEntry: numbers) : nil
  }

  /// c of a level.
  static func factor(points: Double, of hazard: Double) -> Double {
    min(max(1, points / hazard), largestFactor)
  }
}

/// The assessments of each loan in the order of their months: runs of months with one probability in one cell.
struct AssessmentRuns: Sendable {
  /// Months of a loan that belong to one entry of the walk.
  struct Run: Sendable, BitwiseCopyable {
    let pair: Int32
    let firstMonth: Int16
    let monthCount: Int16
  }

  private let runs: [Run]
  /// Where the runs of each loan begin, shape `[loans + 1]`.
  private let firstRuns: [Int32]

  init(_ walk: DefaultWalk, pairOfEntry: [Int32]) {
    // Cells lie in the order of the months of each loan.
    var counts = [Int32](repeating: 0, count: walk.candidates.count)
    for entry in walk.entries { counts[Int(entry.loan)] += 1 }
    var (next, sum): ([Int32], Int32) = ([], 0)
    for count in counts {
      next.append(sum)
      sum += count
    }
    firstRuns = next
    var runs = [Run](
      repeating: Run(pair: 0, firstMonth: 0, monthCount: 0), count: walk.entries.count)
    for cell in walk.cells.indices {
      for number in walk.entries(of: cell) {
        let entry = walk.entries[number]
        runs[Int(next[Int(entry.loan)])] = Run(
          pair: pairOfEntry[number], firstMonth: entry.firstMonth,
          monthCount: Int16(walk.cells[cell].width))
        next[Int(entry.loan)] += 1
      }
    }
    self.runs = runs
  }

  /// The pair of the assessment that a loan failed, and the hazard of all its later ones.
  func failure(
    of loan: Int, in month: Int16, _ hazards: UnsafeMutableBufferPointer<Double>
  ) -> (pair: Int, spared: Double) {
    let own = runs[Int(firstRuns[loan])..<Int(firstRuns[loan + 1])]
    guard let place = own.lastIndex(where: { $0.firstMonth <= month }) else { return (0, 0) }
    let run = own[place]
    let left = Double(run.firstMonth + run.monthCount - 1 - month)
    let later = own[(place + 1)...].reduce(0) { sum, run in
      sum + Double(run.monthCount) * hazards[Int(run.pair)]
    }
    return (Int(run.pair), left * hazards[Int(run.pair)] + later)
  }
}
