import CompensationKernel
import FundCore

/// The banks' ratios while a register is replayed: what they count, when they reach a level, and
/// what a loan made afterwards loses.
///
/// Time is counted in days. Suspensions and pauses are reviewed at the ends of months.
struct BankWatch {
  /// What is known of one bank.
  struct Standing {
    var counters = BankCounters()
    /// Disbursed so far, by threshold.
    var disbursed: [Money]
    /// Covered disbursements, by threshold.
    var covered: [Money]
    /// Principal overdue today, by threshold.
    var overdue: [Money]
    /// Principal that ever became overdue, by threshold.
    var everOverdue: [Money]
    var suspensions: [CoverSuspension] = []
    /// When a threshold was first reached; `nil` if never.
    var reachedOn: [CivilDate?]
    /// The loans that it has made, as far as the register was replayed.
    var loans: [Int] = []
    /// Whether anything became overdue today, or a minimum volume was reached.
    var isToCompareToday = false
  }

  /// What is known of an overdue loan.
  struct Overdue {
    /// What has come in.
    var received = Money.zero
    /// Whether anything has.
    var hasReceived = false
    /// Whether it is cured or written off.
    var isClosed = false
  }

  let thresholds: [Cited<ThresholdTerms>]
  let register: ClaimRegister
  /// The loans that have become overdue.
  var overdueLoans: [Int: Overdue] = [:]
  var banks: [Standing]
  /// The fund's money at the moment, where a ratio looks at it.
  var money = FundMoney()
  /// The loans of each enterprise so far.
  var loansOfEnterprise: [Int: [Int]] = [:]

  init(_ agreement: FundAgreement, register: ClaimRegister) {
    thresholds = agreement.terms.thresholds
    self.register = register
    let zeros = [Money](repeating: .zero, count: thresholds.count)
    let none = Standing(
      disbursed: zeros, covered: zeros, overdue: zeros, everOverdue: zeros,
      reachedOn: Array(repeating: nil, count: thresholds.count))
    banks = Array(repeating: none, count: register.banks.count)
    for item in register.history.suspensions where banks.indices.contains(item.bank) {
      suspend(item.bank, since: item.noticedOn)
    }
  }

  /// Takes over a suspension or pause from before the register.
  private mutating func suspend(_ bank: Int, since notice: CivilDate) {
    for place in thresholds.indices where thresholds[place].value.effect != .warning {
      banks[bank].reachedOn[place] = notice
      banks[bank].suspensions.append(CoverSuspension(threshold: place, from: notice.dayNumber))
    }
  }

  // MARK: Loans

  /// Why a loan that starts today has no cover by what its bank did before.
  func refusals(of index: Int) -> [CoverageRefusal] {
    let loan = register.loans[index]
    let start = loan.disbursedOn.dayNumber
    return banks[loan.bank].suspensions.compactMap { suspension in
      guard suspension.concerns(loanStarting: start),
        !isExistingCustomer(loan, index, suspension)
      else { return nil }
      let cited = thresholds[suspension.threshold]
      return CoverageRefusal(
        condition: cited.value.effect == .pause
          ? .pause(cited.value.id) : .suspension(cited.value.id),
        citation: cited.citation)
    }
  }

  private func isExistingCustomer(
    _ loan: RegisterLoan, _ index: Int, _ suspension: CoverSuspension
  ) -> Bool {
    let terms = thresholds[suspension.threshold].value
    guard let rule = terms.customers else { return false }
    let wasCustomer = register.history.customers.contains { earlier in
      earlier.enterprise == loan.enterprise
        && rule.isCustomer(
          byLoanFrom: earlier.since.dayNumber, to: earlier.until?.dayNumber ?? .max,
          isSameBank: earlier.bank == loan.bank, before: suspension.from)
    }
    return wasCustomer
      || (loansOfEnterprise[loan.enterprise] ?? []).contains { position in
        let other = register.loans[position]
        return position != index && terms.counts(isIPPledged: other.isIPPledged)
          && rule.isCustomer(
            byLoanFrom: other.disbursedOn.dayNumber, to: other.maturesOn.dayNumber,
            isSameBank: other.bank == loan.bank, before: suspension.from)
      }
  }

  /// Counts a loan that was made.
  ///
  /// - Parameters:
  ///   - amount: What counts as disbursed: the principal, or what is outstanding of a loan that
  ///     was running when the fund opened.
  /// - Returns: The levels that the bank has reached because a minimum volume is reached now.
  mutating func disburse(
    _ index: Int, amount: Money, isCovered: Bool, on date: CivilDate
  ) -> [ThresholdCrossing] {
    let loan = register.loans[index]
    banks[loan.bank].loans.append(index)
    loansOfEnterprise[loan.enterprise, default: []].append(index)
    var crossings: [ThresholdCrossing] = []
    for (place, cited) in thresholds.enumerated() {
      let terms = cited.value
      let counted = counted(amount, of: loan, place)
      let before = banks[loan.bank].disbursed[place]
      banks[loan.bank].disbursed[place] += counted
      if isCovered { banks[loan.bank].covered[place] += counted }
      guard terms.watched == .claims, terms.minimumDisbursed > .zero,
        before < terms.minimumDisbursed,
        banks[loan.bank].disbursed[place] >= terms.minimumDisbursed
      else { continue }
      if terms.numerator.countsCompensation {
        crossings += compare(place, bank: loan.bank, on: date)
      } else {
        banks[loan.bank].isToCompareToday = true
      }
    }
    return crossings
  }

  // MARK: Claims and recoveries

  mutating func count(
    _ settlement: Settlement, bank: Int, on date: CivilDate
  ) -> [ThresholdCrossing] {
    banks[bank].counters.owed += settlement.owed.fen
    banks[bank].counters.paid += settlement.paid.fen
    return compareAtClaim(bank: bank, on: date)
  }

  mutating func notePayment(
    _ paid: Money, bank: Int, on date: CivilDate
  ) -> [ThresholdCrossing] {
    banks[bank].counters.paid += paid.fen
    return compareAtClaim(bank: bank, on: date)
  }

  mutating func noteReturn(_ amount: Money, bank: Int) {
    banks[bank].counters.returned += amount.fen
  }

  private mutating func compareAtClaim(bank: Int, on date: CivilDate) -> [ThresholdCrossing] {
    var crossings: [ThresholdCrossing] = []
    for place in thresholds.indices
    where thresholds[place].value.watched == .claims
      && thresholds[place].value.numerator.countsCompensation
    {
      let concerned = thresholds[place].value.scope == .fund ? Array(banks.indices) : [bank]
      for bank in concerned { crossings += compare(place, bank: bank, on: date) }
    }
    return crossings
  }

  // MARK: Comparing

  /// Compares the ratios of overdue principal of the banks for which something changed today.
  mutating func endDay(_ date: CivilDate) -> [ThresholdCrossing] {
    var crossings: [ThresholdCrossing] = []
    for bank in banks.indices where banks[bank].isToCompareToday {
      banks[bank].isToCompareToday = false
      for place in thresholds.indices
      where thresholds[place].value.watched == .claims
        && !thresholds[place].value.numerator.countsCompensation
      {
        crossings += compare(place, bank: bank, on: date)
      }
    }
    return crossings
  }

  /// Compares what is watched at the ends of periods, then reviews suspensions and pauses.
  mutating func endMonth(
    _ month: CivilMonth
  ) -> (crossings: [ThresholdCrossing], lifted: [(threshold: Int, bank: Int)]) {
    var crossings: [ThresholdCrossing] = []
    var lifted: [(Int, Int)] = []
    for bank in banks.indices {
      for place in thresholds.indices
      where thresholds[place].value.watched.isDue(atEndOf: month)
        || (thresholds[place].value.watched == .claims
          && !thresholds[place].value.numerator.countsCompensation)
      {
        crossings += compare(place, bank: bank, on: month.lastDay)
      }
      for index in banks[bank].suspensions.indices {
        let suspension = banks[bank].suspensions[index]
        guard suspension.lasts else { continue }
        let notice = CivilDate(dayNumber: suspension.from).month
        let (part, whole) = ratio(suspension.threshold, bank: bank, on: month.lastDay)
        guard
          thresholds[suspension.threshold].value.isLifted(
            monthsSinceNotice: month.months(since: notice), part: part, of: whole)
        else { continue }
        banks[bank].suspensions[index].until = month.lastDay.dayNumber
        lifted.append((suspension.threshold, bank))
      }
    }
    return (crossings, lifted)
  }

  /// A threshold with its source.
  func threshold(_ place: Int) -> Cited<ThresholdTerms> { thresholds[place] }

  /// Compares one ratio with its level, and acts on it.
  private mutating func compare(_ place: Int, bank: Int, on date: CivilDate) -> [ThresholdCrossing]
  {
    let cited = thresholds[place]
    let terms = cited.value
    let wasReached = banks[bank].reachedOn[place] != nil
    if wasReached, terms.effect == .warning || isSuspended(place, bank: bank) { return [] }
    let (part, whole) = ratio(place, bank: bank, on: date)
    guard
      terms.isReached(by: part, of: whole, disbursed: banks[bank].disbursed[place])
    else { return [] }
    if !wasReached { banks[bank].reachedOn[place] = date }
    if terms.effect != .warning {
      let notice = date.advanced(byMonths: terms.customers?.noticeLagMonths ?? 0)
      banks[bank].suspensions.append(
        CoverSuspension(threshold: place, from: notice.dayNumber))
    }
    return [
      ThresholdCrossing(
        id: terms.id, bank: bank, date: date, part: part, whole: whole, level: terms.level,
        effect: terms.effect, citation: cited.citation)
    ]
  }

  private func isSuspended(_ place: Int, bank: Int) -> Bool {
    banks[bank].suspensions.last { $0.threshold == place }?.lasts ?? false
  }
}
