import ClaimRules
import CompensationKernel
import FundCore

/// What a report tells of a fund's standing at the end of a month.
struct StandingFigures {
  /// A number of loans or claims, and an amount of them.
  struct Sum: Hashable {
    var count = 0
    var amount = Money.zero

    mutating func add(_ money: Money) {
      count += 1
      amount += money
    }
  }

  /// One bank.
  struct Bank {
    let bank: Int
    var running = Sum()
    var overdue = Sum()
    let standing: BankStanding
  }

  /// One threshold of one bank, with its ratio on the day.
  struct Ratio {
    let bank: Int
    let terms: ThresholdTerms
    let part: Money
    let whole: Money
    let reachedOn: CivilDate?
    /// The suspension or pause that lasts, or is to come.
    let lasting: BankStanding.Suspension?
  }

  /// The defaults of a factor year and a grade.
  struct Defaults {
    let firstMonth: CivilMonth
    let lastMonth: CivilMonth
    let grade: String?
    /// Months in which loans were at risk.
    var loanMonths = 0
    var defaults = 0
  }

  /// The loans that run, with what is outstanding of them in the month after.
  private(set) var running = Sum()
  /// The overdue loans before their claim, with what has not come in.
  private(set) var overdue = Sum()
  /// The claims that wait for money, with what is owed on them.
  private(set) var waiting = Sum()
  /// The claims on which the fund paid and more can come in, with what it paid less what came back.
  private(set) var recovering = Sum()
  /// The refunds between the accounts that fall due later.
  private(set) var refunds = Sum()
  private(set) var banks: [Bank]
  private(set) var ratios: [Ratio] = []
  private(set) var defaults: [Defaults] = []
  /// The next management fee; `nil` if none is due within a year.
  private(set) var nextFee: (on: CivilDate, amount: Money)?

  init(_ state: RegisterState, fund: Int, agreement: FundAgreement) {
    let standing = state.funds[fund]
    banks = standing.banks.enumerated().map { Bank(bank: $0, standing: $1) }
    addLoans(state, claimed: Set(standing.claims.map(\.loan)))
    addClaims(standing)
    addRatios(state, standing, agreement)
    defaults = Self.defaults(of: state)
    nextFee = (1...366).lazy.map { state.day.advanced(byDays: $0) }
      .first { agreement.fee(on: $0) > .zero }.map { ($0, agreement.fee(on: $0)) }
  }

  private mutating func addLoans(_ state: RegisterState, claimed: Set<Int>) {
    for (place, item) in state.loans.enumerated() {
      let loan = item.loan
      if let loss = loan.loss, loss.curedOn == nil {
        let received = loss.recoveries.reduce(Money.zero) { $0 + $1.whole }
        let left = max(loan.overduePrincipal, loss.principal) - received
        guard !claimed.contains(place), left > .zero, loss.overdueOn >= state.opening else {
          continue
        }
        overdue.add(left)
        banks[loan.bank].overdue.add(left)
      } else {
        let outstanding = loan.outstanding(in: state.nextMonth)
        guard outstanding > .zero else { continue }
        running.add(outstanding)
        banks[loan.bank].running.add(outstanding)
      }
    }
  }

  private mutating func addClaims(_ standing: FundStanding) {
    for place in standing.waiting {
      guard let settlement = standing.claims[place].divided?.settlement else { continue }
      waiting.add(settlement.owed - settlement.paid)
    }
    for due in standing.refundsDue {
      guard let settlement = standing.claims[due.claim].divided?.settlement else { continue }
      refunds.add(settlement.refundOwed - settlement.refunded)
    }
    for claim in standing.claims {
      guard let divided = claim.divided, divided.settlement.paid > .zero,
        divided.before.divided < divided.settlement.lossBase
      else { continue }
      recovering.add(divided.settlement.paid - claim.returned)
    }
  }

  private mutating func addRatios(
    _ state: RegisterState, _ standing: FundStanding, _ agreement: FundAgreement
  ) {
    for (place, cited) in agreement.terms.thresholds.enumerated() {
      let parts = standing.banks.indices.map { bank in
        let threshold = standing.banks[bank].thresholds[place]
        switch cited.value.numerator {
        case .overdueOutstanding: return threshold.overdue
        case .overdueEver: return threshold.everOverdue
        case .lendingOutstanding: return Self.outstanding(of: bank, cited.value, in: state)
        case .compensationOwed, .compensationPaid, .compensationNet:
          return Money(fen: standing.banks[bank].counters.numerator(cited.value.numerator))
        }
      }
      let wholes = standing.banks.indices.map { bank in
        let threshold = standing.banks[bank].thresholds[place]
        switch cited.value.denominator {
        case .disbursed: return threshold.disbursed
        case .covered: return threshold.covered
        case .outstanding: return Self.outstanding(of: bank, cited.value, in: state)
        case .balance, .yearOpening, .moneyPutIn: return .zero
        }
      }
      let money = cited.value.denominator.fundMeasure.map { standing.money[$0] }
      let ofAll = cited.value.scope == .fund
      for (bank, known) in standing.banks.enumerated() {
        ratios.append(
          Ratio(
            bank: bank, terms: cited.value, part: ofAll ? parts.reduce(.zero, +) : parts[bank],
            whole: money ?? (ofAll ? wholes.reduce(.zero, +) : wholes[bank]),
            reachedOn: known.thresholds[place].reachedOn,
            lasting: known.suspensions.last { $0.threshold == place && $0.until == nil }))
      }
    }
  }

  private static func outstanding(
    of bank: Int, _ terms: ThresholdTerms, in state: RegisterState
  ) -> Money {
    state.loans.reduce(.zero) { sum, item in
      let loan = item.loan
      guard loan.bank == bank, terms.counts(isIPPledged: loan.isIPPledged) else { return sum }
      return sum + loan.counted(loan.outstanding(in: state.nextMonth), as: terms.measure)
    }
  }

  /// The defaults since the opening by factor year and grade, the months at risk counted as those after
  /// the start, up to the term, the default, or the day.
  static func defaults(of state: RegisterState) -> [Defaults] {
    struct Key: Hashable {
      let year: Int
      let grade: String?
    }
    var found: [Key: Defaults] = [:]
    let (first, last) = (state.opening.month, state.day.month)
    func change(_ year: Int, _ grade: String?, _ body: (inout Defaults) -> Void) {
      let start = first.advanced(by: 12 * year)
      body(
        &found[
          Key(year: year, grade: grade),
          default: Defaults(
            firstMonth: start, lastMonth: min(start.advanced(by: 11), last), grade: grade)])
    }
    for item in state.loans {
      let loan = item.loan
      let overdue = loan.loss?.overdueOn
      let start = max(first, loan.disbursedOn.month.advanced(by: 1))
      let end = min(
        last, loan.disbursedOn.month.advanced(by: loan.schedule.termMonths), overdue?.month ?? last)
      if start <= end {
        for year in start.months(since: first) / 12...end.months(since: first) / 12 {
          let from = max(start, first.advanced(by: 12 * year))
          let to = min(end, first.advanced(by: 12 * year + 11))
          change(year, item.grade) { $0.loanMonths += to.months(since: from) + 1 }
        }
      }
      if let overdue, overdue >= state.opening {
        change(overdue.month.months(since: first) / 12, item.grade) { $0.defaults += 1 }
      }
    }
    return found.values.sorted {
      ($0.firstMonth, $0.grade ?? "") < ($1.firstMonth, $1.grade ?? "")
    }
  }
}
