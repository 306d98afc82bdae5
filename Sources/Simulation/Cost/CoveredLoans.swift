import CompensationKernel
import FundCore

/// Covered principal summed over month ends, in fen: as it stands, and times discount factors.
struct CoveredAmount: BitwiseCopyable {
  var months: Int128 = 0
  var present: Int128 = 0

  static func += (left: inout CoveredAmount, right: CoveredAmount) {
    left.months += right.months
    left.present += right.present
  }

  static func -= (left: inout CoveredAmount, right: CoveredAmount) {
    left.months -= right.months
    left.present -= right.present
  }
}

/// What of each loan's covered principal stands at month ends, if nobody defaults.
///
/// A loan stands from the month in which it is made (or from the start of the run) to the month before its maturity, while
/// its loss would fall in force: what stands at the end of month t is what can be lost in month t + 1.
struct CoveredLoans: Sendable {
  private struct Loan {
    /// The covered principal at the start, in fen; 0 if the fund does not stand behind the loan.
    var covered: Int64
    /// The months at whose ends it stands.
    var months: Range<Int>
    /// Where its running sums begin; −1 where the same stands all the time.
    var first: Int
  }

  let planned: [PlannedLoan]
  let factors: DiscountFactors
  /// Who stands behind each loan: the first bit is the fund's, then one for each payer.
  let lanes: [UInt8]
  private var loans: [Loan] = []
  /// The sums of discount factors before each month, shape `[horizon + 1]`.
  private let sums: [Int128]
  /// Of loans that are repaid bit by bit: sums up to each of their months.
  private var running: [CoveredAmount] = []
  private let horizon: Int
  private let inForce: Range<Int>
  private let delay: Int
  private let waitsForRecovery: Bool

  init(_ plan: FundPlan, _ costs: CostTerms, payers: [Party], in simulation: SimulationPlan) {
    horizon = simulation.horizon
    factors = DiscountFactors(annualRate: costs.discountRate, months: horizon)
    (delay, waitsForRecovery) = (plan.claims.delay, plan.claims.comesAfterRealisation)
    let first = plan.cover.firstDefaultMonth
    // What stands at the end of the run could be lost in the month after it, unless cover ends before.
    let last = plan.cover.lastDefaultMonth
    inForce = first..<max(first, last >= horizon - 1 ? horizon + 1 : last + 1)
    let planned = simulation.portfolio.loans
    self.planned = planned
    sums = factors.factors.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int128($1)) }
    let gone = Set(plan.cover.defaulted)
    lanes = planned.indices.map { index in
      gone.contains(Int32(index)) ? 0 : plan.lanes(ofLoan: index, planned[index], payers: payers)
    }
    for index in planned.indices {
      add(planned[index], covered: lanes[index] & 1 == 0 ? 0 : plan.cover.principal[index])
    }
  }

  private mutating func add(_ loan: PlannedLoan, covered: Int64) {
    let from = max(0, Int(loan.start))
    let end = min(horizon, Int(loan.start) + Int(loan.term), inForce.upperBound - 1)
    let months = from..<max(from, end)
    let isSteady = !loan.isAmortizing || covered == 0
    loans.append(Loan(covered: covered, months: months, first: isSteady ? -1 : running.count))
    guard !isSteady else { return }
    var sum = CoveredAmount()
    running.append(sum)
    for month in months {
      sum += amount(loan.covered(covered, in: month + 1), months: month..<month + 1)
      running.append(sum)
    }
  }

  /// The covered principal of a loan, as it was made.
  func covered(_ loan: Int) -> Int64 { loans[loan].covered }

  /// What counts as lent in the run of a covered principal.
  func lent(_ loan: Int, covered: Int64) -> Int64 {
    Int(planned[loan].start) < horizon ? planned[loan].covered(covered, in: 0) : 0
  }

  /// What stands of a loan from a month on.
  @inline(__always)
  func standing(_ loan: Int, from month: Int) -> CoveredAmount {
    let item = loans[loan]
    let from = max(month, item.months.lowerBound)
    guard from < item.months.upperBound else { return CoveredAmount() }
    guard item.first >= 0 else {
      return amount(
        planned[loan].covered(item.covered, in: from + 1), months: from..<item.months.upperBound)
    }
    var sum = running[item.first + item.months.count]
    sum -= running[item.first + from - item.months.lowerBound]
    return sum
  }

  /// The same of a loan of which another amount is covered.
  func standing(_ loan: Int, from month: Int, covered: Int64) -> CoveredAmount {
    var sum = CoveredAmount()
    let months = loans[loan].months
    for month in max(month, months.lowerBound)..<max(month, months.upperBound) {
      sum += amount(planned[loan].covered(covered, in: month + 1), months: month..<month + 1)
    }
    return sum
  }

  /// What stands of a loan that is overdue, until its claim.
  ///
  /// - Parameters:
  ///   - event: The default.
  ///   - covered: The covered principal of the loan.
  func overdue(_ event: DefaultEvent, covered: Int64) -> CoveredAmount {
    let month = Int(event.month)
    guard inForce.contains(month) else { return CoveredAmount() }
    let waits = waitsForRecovery && event.recovery > 0 ? Int(event.lag) : 0
    return overdue(Int(event.loan), from: month, until: month + delay + waits, covered: covered)
  }

  /// What stands of a loan that is overdue in some months, by what was outstanding in the month of default.
  func overdue(
    _ loan: Int, from month: Int, until end: Int, covered: Int64
  ) -> CoveredAmount {
    let first = max(0, month)
    guard min(horizon, end) > first else { return CoveredAmount() }
    return amount(
      planned[loan].covered(covered, in: month), months: first..<min(horizon, end))
  }

  @inline(__always)
  private func amount(_ fen: Int64, months: Range<Int>) -> CoveredAmount {
    CoveredAmount(
      months: Int128(fen) * Int128(months.count),
      present: Int128(fen) * (sums[months.upperBound] - sums[months.lowerBound]))
  }
}

extension PlannedLoan {
  /// What is outstanding in a month of a covered part of the principal, half up to the fen.
  @inline(__always)
  func covered(_ covered: Int64, in month: Int) -> Int64 {
    CompensationKernel.lossBase(
      of: Money(fen: outstanding(in: month)), covered: Money(fen: covered),
      principal: Money(fen: principal)
    ).fen
  }
}

extension FundPlan {
  /// Who stands behind a loan: the first bit is the fund's, then one for each payer.
  func lanes(ofLoan index: Int, _ loan: PlannedLoan, payers: [Party]) -> UInt8 {
    let place = model ?? Int(loan.model)
    guard pays(on: index, model: place) || concernsHeadroom(index),
      let sharing = models[ruleIndex(of: index, model: place)]?.rules.sharing
    else { return 0 }
    var bits: UInt8 = 1
    for (number, party) in payers.enumerated() {
      let pays = sharing.payers.contains {
        $0.party == partyPlaces.place(of: party) && $0.share > .zero
      }
      if pays { bits |= 2 << UInt8(number) }
    }
    return bits
  }

  private func concernsHeadroom(_ index: Int) -> Bool {
    cover.headroom?.concerns(index) ?? false
  }
}
