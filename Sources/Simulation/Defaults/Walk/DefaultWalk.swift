/// From assessment to failing assessment, skipping all that are passed.
///
/// **A cell** holds the assessments of one factor period, one stretch of equal stress, one step of the age
/// curve, one sector and one width (months of the period in which an entry is assessed). They lie side by side as slots on a
/// line. A slot with conditional probability q fails exactly when a Poisson process of rate
/// λ = −ln(1 − q) has a point in it, so the next failure lies one exponential draw further on. **The
/// carried hazard**: what is left of a draw at the end of a cell goes on into the next cell, whose rate is another;
/// a cell without failures costs no draw.
///
/// **The envelope**: entries with unlike probabilities share a cell whose rate λ is that of the
/// largest. Within a slot the place of a point is uniform, and what lies in one part of the slot
/// does not depend on the rest. Slot i counts the points in its first λᵢ / λ only, which are a
/// process with λᵢ expected points: thinning without a draw of its own. Points of loans that failed
/// before in the trial are dropped; where loans are assessed once, those are points in the slot of
/// the last default. Both are exact, and cost only where points fall.
///
/// **The earliest month**: a loan defaults at its earliest assessment that fails, and the walk takes the
/// first point that it finds. So a loan's assessments lie on the line in the order of their months: the
/// periods one after the other; in a period the stretches of equal stress, and in these the steps of the age
/// curve, which alone divide a loan's months of a period into several runs, and of which neither ever falls
/// from one month of a loan to the next; and in a run its months. In one cell a loan has one run.
///
/// Work follows defaults: O(cells + points) a trial, whatever the number of loans.
struct DefaultWalk: Sendable {
  /// A cell. What its factor makes of its most probable entry is told by `ClassArguments`.
  struct Cell: Sendable {
    var firstEntry: Int32
    var width: Int32
    var slotCount: Double
    var factorIndex: Int32
    var period: Int32
  }

  /// One assessment, or a run of them of one probability.
  struct Entry: Sendable {
    var loan: Int32
    var firstMonth: Int16
  }

  /// Who a default may befall, by the numbers that the walk hands out: an assessment where a loan has
  /// one, in the order of the cells, so that what a trial reads lies near what it read before; else a
  /// loan, in portfolio order. The last is nobody, who stands where thinning dropped a point.
  struct Candidate: BitwiseCopyable, Sendable {
    /// What addresses the loan's draws.
    var identity: UInt64
    var loan: Int32
    /// The month of the assessment, where there is one.
    var month: Int16
  }

  /// What a cell's factor makes of it in one trial.
  struct CellRate: BitwiseCopyable {
    /// The rate of a slot, and the hazard of all slots of the cell together.
    var rate = 0.0
    var reach = 0.0
    /// Slots a unit of hazard, in 1/65536. Short by 2⁻⁵⁰ of itself, so that a hazard below `reach`
    /// never leads beyond the last slot.
    var fineSlots = 0.0
  }

  /// A point that thinning has yet to judge.
  struct Doubt: BitwiseCopyable {
    /// Its place in the trial's list, and its cell.
    var place: Int32 = 0
    var cell: Int32 = 0
    /// The hazard from the start of the cell.
    var ahead = 0.0

    /// All bits if the point lies in the part of its slot that belongs to a rate of the entry's own, else
    /// none. Which points are kept cannot be predicted, and a compiler may make a branch of any choice.
    @inline(__always)
    func mask(within own: Double, of rate: CellRate) -> Int64 {
      let fine = ahead * rate.fineSlots
      let slot = wholePartBelow(fine) &>> 16
      let place = (fine * 0x1p-16 - Double(slot)) * rate.rate
      return Int64(bitPattern: (place - own).bitPattern) &>> 63
    }
  }

  let cells: [Cell]
  /// Where the cells of each period begin, shape `[periods + 1]`.
  let firstCells: [Int32]
  let entries: [Entry]
  let candidates: CandidateTable
  /// At least this part of an entry's slot counts while the shift is at most the cell's `surelyBelow`,
  /// in 1/256, rounded down. A byte an entry, because every point asks, mostly outside the first cache.
  private(set) var leastKept: [UInt8]
  /// The class of each entry, by its number among the model's.
  let classes: [Int32]
  /// The arguments by which the portfolio was laid out. A trial may be given others.
  let arguments: ClassArguments
  /// The part of a hazard that falls on one slot: 1/12 for monthly timing, where a year's hazard is
  /// spread over its months; else 1. Rare trials may have a larger one.
  var hazardShare: Double
  /// Whether a loan may be assessed in several cells.
  let repeatsLoans: Bool
  let dependence: Dependence

  /// Lays the assessments out in cells.
  ///
  /// - Parameter identities: What addresses the draws of each loan.
  init(
    assessments: PlannedAssessments, identities: [UInt64], factors: FactorModel,
    timing: AssessmentTiming
  ) {
    dependence = factors.dependence
    hazardShare = timing == .monthly ? 1.0 / 12 : 1
    repeatsLoans = timing == .monthly
    var layout = WalkLayout(
      classes: assessments.classes, factors: factors, hazardShare: hazardShare)
    for item in layout.sorted(assessments.items) { layout.add(item) }
    layout.close(periodCount: assessments.periodCount)
    cells = layout.cells
    firstCells = layout.firstCells
    entries = layout.entries
    classes = layout.classes
    leastKept = layout.leastKept
    arguments = layout.arguments
    let nobody = Candidate(identity: 0, loan: 0, month: 0)
    let all =
      repeatsLoans
      ? identities.indices.map {
        Candidate(identity: identities[$0], loan: Int32($0), month: 0)
      }
      : entries.map {
        Candidate(identity: identities[Int($0.loan)], loan: $0.loan, month: $0.firstMonth)
      }
    candidates = CandidateTable(all + [nobody])
  }

  /// How many entries the longest cell has.
  var longestCell: Int { cells.indices.map { entries(of: $0).count }.max() ?? 0 }

  /// The entries of a cell.
  func entries(of cell: Int) -> Range<Int> {
    let end = cell + 1 < cells.count ? Int(cells[cell + 1].firstEntry) : entries.count
    return Int(cells[cell].firstEntry)..<end
  }

  /// Says anew how much of each entry's slot in a cell is kept for certain.
  mutating func keep(in cell: Int, _ part: (_ entry: Int) -> UInt8) {
    for entry in entries(of: cell) { leastKept[entry] = part(entry) }
  }

  /// The number that stands for nobody.
  var nobody: UInt32 { UInt32(candidates.count - 1) }
}
