import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

// A fund's standing as a state file holds it.

extension FundStanding: StateRecord {
  static var blank: FundStanding { FundStanding(name: "", firstMonth: CivilMonth(ordinal: 0)) }

  mutating func go(through fields: inout StateFields) {
    fields.field("name", &name, .text)
    fields.list("terms", &terms, of: .record)
    fields.field("firstMonth", &firstMonth, .month)
    fields.list("accounts", &accounts, of: .record)
    fields.list("filledUp", &fillUps, of: .record)
    fields.field("yearOpening", &yearOpening, ifAny: .money)
    fields.field("totals", &totals, .record)
    fields.field("ranDryOn", &ranDryOn, ifAny: .date)
    fields.mark("isWoundUp", &isWoundUp)
    fields.list("banks", &banks, of: .record)
    fields.list("covers", &covers, of: .record)
    fields.list("overdue", &overdue, of: .record)
    fields.list("claims", &claims, of: .record)
    fields.list("waiting", &waiting, of: .number)
    fields.list("refundsDue", &refundsDue, of: .record)
    fields.list("support", &support, of: .record)
    fields.list("admitted", &admitted, of: .record)
    fields.list("earlierLoans", &earlier, of: .record)
  }
}

extension FundStanding.Term: StateRecord {
  static var blank: FundStanding.Term { FundStanding.Term("", "") }

  mutating func go(through fields: inout StateFields) {
    var (key, value) = (key, value)
    fields.field("term", &key, .text)
    fields.field("value", &value, .text)
    self = FundStanding.Term(key, value)
  }
}

extension FundAccount: StateRecord {
  static var blank: FundAccount { FundAccount(paying: .zero) }

  mutating func go(through fields: inout StateFields) {
    fields.field("paying", &paying, .money)
    fields.sum("refunding", &refunding)
  }
}

extension FundStanding.FilledUp: StateRecord {
  static var blank: FundStanding.FilledUp {
    FundStanding.FilledUp(inYear: .blank, inAll: .blank)
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("inYear", &inYear, .record)
    fields.field("inAll", &inAll, .record)
  }
}

extension LedgerTotals: StateRecord {
  static var blank: LedgerTotals { LedgerTotals() }

  mutating func go(through fields: inout StateFields) {
    fields.sum("opening", &opening)
    fields.sum("interest", &interest)
    fields.sum("injected", &injected)
    fields.sum("filledUp", &filledUp)
    fields.sum("compensation", &compensation)
    fields.sum("returned", &returned)
    fields.sum("fees", &fees)
    fields.sum("givenBack", &givenBack)
    fields.sum("unpaid", &unpaid)
    fields.sum("closing", &closing)
    fields.sum("totalLoss", &totalLoss)
    fields.sum("outsideCover", &outsideCover)
    fields.sum("recoveredNet", &recoveredNet)
    fields.field("losses", &losses, .record)
  }
}

extension PartyAmounts: StateRecord {
  static var blank: PartyAmounts { PartyAmounts() }

  mutating func go(through fields: inout StateFields) {
    for place in PartyPlace.allCases { fields.sum("\(place)", &self[place]) }
  }
}

extension BankStanding: StateRecord {
  static var blank: BankStanding { BankStanding() }

  mutating func go(through fields: inout StateFields) {
    var (owed, paid) = (Money(fen: counters.owed), Money(fen: counters.paid))
    var returned = Money(fen: counters.returned)
    fields.sum("owed", &owed)
    fields.sum("paid", &paid)
    fields.sum("returned", &returned)
    (counters.owed, counters.paid, counters.returned) = (owed.fen, paid.fen, returned.fen)
    fields.list("thresholds", &thresholds, of: .record)
    fields.list("suspensions", &suspensions, of: .record)
  }
}

extension BankStanding.Threshold: StateRecord {
  static var blank: BankStanding.Threshold { BankStanding.Threshold(id: "") }

  mutating func go(through fields: inout StateFields) {
    fields.field("id", &id, .text)
    fields.sum("disbursed", &disbursed)
    fields.sum("covered", &covered)
    fields.sum("overdue", &overdue)
    fields.sum("everOverdue", &everOverdue)
    fields.field("reachedOn", &reachedOn, ifAny: .date)
  }
}

extension BankStanding.Suspension: StateRecord {
  static var blank: BankStanding.Suspension {
    BankStanding.Suspension(threshold: 0, from: CivilMonth(ordinal: 0).firstDay)
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("threshold", &threshold, .number)
    fields.field("from", &from, .date)
    fields.field("until", &until, ifAny: .date)
  }
}

extension FundStanding.Overdue: StateRecord {
  static var blank: FundStanding.Overdue {
    FundStanding.Overdue(loan: 0, received: .zero, hasReceived: false, isClosed: false)
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("loan", &loan, .number)
    fields.sum("received", &received)
    fields.mark("hasReceived", &hasReceived)
    fields.mark("isClosed", &isClosed)
  }
}

extension FundStanding.RefundDue: StateRecord {
  static var blank: FundStanding.RefundDue {
    FundStanding.RefundDue(month: CivilMonth(ordinal: 0), claim: 0)
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("month", &month, .month)
    fields.field("claim", &claim, .number)
  }
}

extension FundStanding.Used: StateRecord {
  static var blank: FundStanding.Used { FundStanding.Used(enterprise: 0, amount: .zero) }

  mutating func go(through fields: inout StateFields) {
    fields.field("enterprise", &enterprise, .number)
    fields.field("year", &year, ifAny: .number(in: 1900...2300))
    fields.field("on", &on, ifAny: .date)
    fields.field("amount", &amount, .money)
  }
}
