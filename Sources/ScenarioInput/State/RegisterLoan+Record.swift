import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

// A loan, what is known of its loss, and what came in, as a state file holds them.

extension RegisterState.Loan: StateRecord {
  static var blank: RegisterState.Loan {
    RegisterState.Loan(
      RegisterLoan(
        id: "", schedule: LoanSchedule(principal: .yuan(1), termMonths: 1, isAmortizing: false),
        disbursedOn: CivilMonth(ordinal: 0).firstDay))
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("id", &loan.id, .text)
    fields.field("bank", &loan.bank, .number)
    fields.field("enterprise", &loan.enterprise, .number)
    fields.field("model", &loan.model, .model)
    fields.field("size", &loan.size, .word)
    fields.field("collateral", &loan.collateral, .word)
    fields.field("disbursed", &loan.disbursedOn, .date)
    var schedule = StateSchedule(loan.schedule)
    fields.field("schedule", &schedule, .record)
    loan.schedule = schedule.schedule
    fields.field("ipPrincipal", &loan.ipPrincipal, .ofLoan)
    fields.field("rate", &loan.rate, .ratio)
    var missing = loan.missingFacts.sorted()
    fields.list("missingFacts", &missing, of: .text)
    loan.missingFacts = Set(missing)
    fields.field("filed", &loan.filedOn, ifAny: .date)
    fields.field("grade", &grade, ifAny: .text)
    fields.field("sector", &sector, ifAny: .text)
    fields.field("pd", &annualPD, ifAny: .probability)
    fields.field("loss", &loan.loss, ifAny: .record)
  }
}

/// How a loan is repaid, part by part.
struct StateSchedule: StateRecord {
  private var principal: Money
  private var term: Int
  private var repayment: Repayment
  private var rate: Ratio?
  private var payment: Money?
  private var month: Int?
  private var balance: Money?

  static var blank: StateSchedule {
    StateSchedule(LoanSchedule(principal: .yuan(1), termMonths: 1, isAmortizing: false))
  }

  init(_ schedule: LoanSchedule) {
    principal = schedule.principal
    term = schedule.termMonths
    repayment = schedule.level != nil ? .annuity : schedule.isAmortizing ? .equalPrincipal : .bullet
    rate = schedule.level?.annualRate
    payment = schedule.level?.amount
    guard schedule.known != KnownBalance(month: 1, balance: principal) else { return }
    month = schedule.known.month
    balance = schedule.known.balance
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("principal", &principal, .ofLoan)
    fields.field("term", &term, .number(in: 1...1_200))
    fields.field("repayment", &repayment, .word)
    fields.field("paymentRate", &rate, ifAny: .ratio)
    fields.field("payment", &payment, ifAny: .money)
    fields.field("balanceMonth", &month, ifAny: .number(in: 1...1_200))
    fields.field("balance", &balance, ifAny: .ofLoan)
  }

  var schedule: LoanSchedule {
    LoanSchedule(
      principal: principal, termMonths: term, isAmortizing: repayment != .bullet,
      level: rate.flatMap { rate in payment.map { LevelPayment(annualRate: rate, amount: $0) } },
      known: KnownBalance(month: min(month ?? 1, term), balance: balance ?? principal))
  }
}

extension RegisterLoss: StateRecord {
  static var blank: RegisterLoss {
    RegisterLoss(overdueOn: CivilMonth(ordinal: 0).firstDay, principal: .zero)
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("overdue", &overdueOn, .date)
    fields.field("principal", &principal, .ofLoan)
    fields.field("overduePrincipal", &overduePrincipal, ifAny: .ofLoan)
    fields.field("interest", &interest, ifAny: .ofLoan)
    fields.field("interestPaidTo", &interestPaidTo, ifAny: .date)
    fields.field("cured", &curedOn, ifAny: .date)
    fields.field("recognised", &recognisedOn, ifAny: .date)
    fields.field("provincePaid", &provincePaidOn, ifAny: .date)
    fields.field("applied", &appliedOn, ifAny: .date)
    fields.field("settled", &settledOn, ifAny: .date)
    fields.field("writtenOff", &writtenOffOn, ifAny: .date)
    fields.list("received", &recoveries, of: .record)
  }
}

extension RegisterRecovery: StateRecord {
  static var blank: RegisterRecovery {
    RegisterRecovery(receivedOn: CivilMonth(ordinal: 0).firstDay, amount: .onWholeLoan(.zero))
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("on", &receivedOn, .date)
    var (whole, covered, rest): (Money?, Money?, Money?) = (nil, nil, nil)
    switch amount {
    case .onWholeLoan(let money): whole = money
    case .split(let one, let other): (covered, rest) = (one, other)
    // A state does not hold such recoveries.
    case .partOfLoss: whole = .zero
    }
    fields.field("amount", &whole, ifAny: .money)
    fields.field("covered", &covered, ifAny: .money)
    fields.field("rest", &rest, ifAny: .money)
    if let covered, let rest {
      amount = .split(covered: covered, rest: rest)
    } else {
      amount = .onWholeLoan(whole ?? .zero)
    }
    var (fen, part): (Money?, Ratio?) = (nil, nil)
    switch costs {
    case .amount(let money): fen = money == .zero ? nil : money
    case .part(let ratio): part = ratio
    }
    fields.field("costs", &fen, ifAny: .money)
    fields.field("costsPart", &part, ifAny: .ratio)
    costs = part.map { .part($0) } ?? .amount(fen ?? .zero)
    fields.field("returned", &returnedOn, ifAny: .date)
  }
}

extension CoverageCase: StateRecord {
  static var blank: CoverageCase {
    CoverageCase(
      enterprise: 0, startsOn: CivilMonth(ordinal: 0).firstDay,
      loan: LoanToCover(
        size: .small, collateral: .patent, principal: .zero, ipPrincipal: .zero, termMonths: 1))
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("enterprise", &enterprise, .number)
    fields.field("on", &startsOn, .date)
    fields.field("size", &loan.size, .word)
    fields.field("collateral", &loan.collateral, .word)
    fields.field("principal", &loan.principal, .ofLoan)
    fields.field("ipPrincipal", &loan.ipPrincipal, .ofLoan)
    fields.field("term", &loan.termMonths, .number(in: 1...1_200))
    var missing = missingFacts.sorted()
    fields.list("missingFacts", &missing, of: .text)
    missingFacts = Set(missing)
  }
}
