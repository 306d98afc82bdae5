import CompensationKernel
import FundCore

/// The loans that suspended or paused banks have not made on one path, and what that takes off their
/// ratios (I-46).
///
/// Both ways of settling a fund share its tables, because what a default comes to is asked by whoever
/// settles it; a trial that is begun forgets the one before.
struct StoppedLending {
  /// Whether any bank of the fund would stop.
  let isPossible: Bool
  private let portfolio: PlannedPortfolio
  private let terms: [ThresholdTerms]
  /// The loans of each month that can be stopped, in portfolio order.
  private let byStart: [[Int32]]
  private let bankCount: Int
  private let isStopped: UnsafeMutableBufferPointer<Bool>
  private let list: UnsafeMutableBufferPointer<Int32>
  /// How many there are: one number.
  private let counts: UnsafeMutableBufferPointer<Int>
  /// Whether a bank has not made a loan, by bank.
  private let isThinned: UnsafeMutableBufferPointer<Bool>
  /// What a ratio would have counted as disbursed, shape `[threshold × banks + bank]`.
  private let disbursed: UnsafeMutableBufferPointer<Int64>
  /// When each loan defaults in the trial, −1 if it does not; where an earlier default removes cover.
  private let defaultMonths: UnsafeMutableBufferPointer<Int16>

  init(_ setup: FundSetup, simulation: SimulationPlan, in memory: WorkingMemory) {
    isPossible = setup.stopsLending
    portfolio = simulation.portfolio
    terms = setup.plan.thresholds
    bankCount = portfolio.banks.count
    let loanCount = isPossible ? portfolio.loans.count : 0
    isStopped = memory.table(false, count: loanCount)
    list = memory.table(0, count: loanCount)
    counts = memory.table(0, count: 1)
    isThinned = memory.table(false, count: isPossible ? bankCount : 0)
    disbursed = memory.table(0, count: isPossible ? terms.count * bankCount : 0)
    defaultMonths = memory.table(
      -1, count: setup.plan.cover.defaultsRemoveCover ? loanCount : 0)
    var byStart: [[Int32]] = []
    if isPossible {
      byStart = Array(repeating: [], count: simulation.horizon)
      for (index, loan) in portfolio.loans.enumerated()
      where byStart.indices.contains(Int(loan.start)) {
        byStart[Int(loan.start)].append(Int32(index))
      }
    }
    self.byStart = byStart
  }

  /// How many loans were not made.
  @inline(__always)
  var count: Int { counts[0] }
  @inline(__always)
  var isEmpty: Bool { counts[0] == 0 }

  /// Whether a loan was not made.
  @inline(__always)
  func contains(_ loan: Int32) -> Bool { counts[0] > 0 && isStopped[Int(loan)] }

  /// Whether a bank has not made a loan.
  @inline(__always)
  func concerns(_ bank: Int) -> Bool { counts[0] > 0 && isThinned[bank] }

  /// The loans that start in a month, and may find their bank suspended.
  func starting(in month: Int) -> [Int32] { byStart[month] }

  /// The banks that have not made a loan.
  var banks: [Int] { isEmpty ? [] : isThinned.indices.filter { isThinned[$0] } }

  /// The loans that were not made, in the order of their starts.
  var loans: [Int] { list[0..<count].map { Int($0) } }

  /// Notes that a bank does not make a loan.
  func stop(_ loan: Int32, defaults: TrialDefaults) {
    if isEmpty { noteMonths(defaults) }
    isStopped[Int(loan)] = true
    list[counts[0]] = loan
    counts[0] += 1
    let item = portfolio.loans[Int(loan)]
    isThinned[Int(item.bank)] = true
    for (place, terms) in terms.enumerated() {
      disbursed[place * bankCount + Int(item.bank)] += item.counted(
        item.outstanding(in: 0), by: terms)
    }
  }

  private func noteMonths(_ defaults: TrialDefaults) {
    guard !defaultMonths.isEmpty else { return }
    for event in defaults.ordered[0..<defaults.count] {
      defaultMonths[Int(event.loan)] = event.month
    }
  }

  /// Forgets the trial before.
  func reset() {
    guard !isEmpty else { return }
    for loan in list[0..<count] { isStopped[Int(loan)] = false }
    counts[0] = 0
    isThinned.update(repeating: false)
    disbursed.update(repeating: 0)
    defaultMonths.update(repeating: -1)
  }

  /// What a threshold would have counted as disbursed by a bank so far.
  func disbursed(_ threshold: Int, bank: Int) -> Int64 { disbursed[threshold * bankCount + bank] }

  /// What would be outstanding of such loans at the end of a month, as a threshold counts it.
  func outstanding(_ threshold: Int, bank: Int, month: Int) -> Int64 {
    list[0..<count].reduce(0) { sum, index in
      let loan = portfolio.loans[Int(index)]
      guard Int(loan.bank) == bank, month < Int(loan.start) + Int(loan.term) else { return sum }
      return sum + loan.counted(loan.outstanding(in: month + 1), by: terms[threshold])
    }
  }

  /// The month in which an enterprise first defaulted on a loan that was made; a month after all others
  /// if it did not.
  @inline(__always)
  func firstDefault(of enterprise: Int32, in trial: borrowing TrialContext) -> Int {
    let month = trial.firstDefault(of: enterprise)
    return counts[0] == 0 || month == .max ? month : firstDefaultMade(by: enterprise)
  }

  @inline(never)
  private func firstDefaultMade(by enterprise: Int32) -> Int {
    portfolio.loans(of: enterprise).reduce(.max) { first, loan in
      let month = Int(defaultMonths[Int(loan)])
      return month < 0 || isStopped[Int(loan)] ? first : min(first, month)
    }
  }

  /// Puts into the figures of a trial what was not lent.
  func note(in outcome: inout TrialOutcome) {
    guard !isEmpty else { return }
    var firms: Set<Int32> = []
    for index in list[0..<count] {
      let loan = portfolio.loans[Int(index)]
      firms.insert(loan.enterprise)
      outcome.stoppedCredit += loan.principal
    }
    outcome.stoppedLoans = Int64(count)
    outcome.stoppedFirms = Int64(firms.count)
  }
}
