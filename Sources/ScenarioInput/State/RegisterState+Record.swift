import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

// A state as its file holds it.
extension RegisterState: StateRecord {
  static var blank: RegisterState {
    let day = CivilMonth(ordinal: 0).lastDay
    return RegisterState(
      of: ClaimRegister(loans: [], banks: [], enterprises: [], until: day), opening: day)
  }

  mutating func go(through fields: inout StateFields) {
    fields.field("register", &register, .text)
    fields.field("digest", &digest, .text)
    fields.field("opening", &opening, .date)
    fields.field("day", &day, .date)
    fields.list("banks", &banks, of: .text)
    fields.list("enterprises", &enterprises, of: .text)
    fields.list("loans", &loans, of: .record)
    var customers = history.customers.map { Customer(of: $0) }
    fields.list("customers", &customers, of: .record)
    history.customers = customers.map(\.loan)
    var defaults = history.defaults.keys.sorted().map { Defaulter($0, history) }
    fields.list("defaulters", &defaults, of: .record)
    for item in defaults {
      history.defaults[item.enterprise] = item.since
      history.defaultsEnded[item.enterprise] = item.until
    }
    fields.list("funds", &funds, of: .record)
  }
}

extension RegisterState {
  /// An earlier loan that makes an enterprise a customer.
  private struct Customer: StateRecord {
    var loan: (enterprise: Int, bank: Int, since: CivilDate, until: CivilDate?)

    static var blank: Customer {
      Customer(of: (enterprise: 0, bank: 0, since: CivilMonth(ordinal: 0).firstDay, until: nil))
    }

    init(of loan: (enterprise: Int, bank: Int, since: CivilDate, until: CivilDate?)) {
      self.loan = loan
    }

    mutating func go(through fields: inout StateFields) {
      fields.field("enterprise", &loan.enterprise, .number)
      // A bank that made no loan of the register is −1.
      fields.field("bank", &loan.bank, .number(in: -1...1_000_000_000))
      fields.field("since", &loan.since, .date)
      fields.field("until", &loan.until, ifAny: .date)
    }
  }

  /// An enterprise with an earlier default.
  private struct Defaulter: StateRecord {
    var enterprise: Int
    var since: CivilDate
    var until: CivilDate?

    static var blank: Defaulter { Defaulter(0, EarlierHistory()) }

    init(_ enterprise: Int, _ history: EarlierHistory) {
      self.enterprise = enterprise
      since = history.defaults[enterprise] ?? CivilMonth(ordinal: 0).firstDay
      until = history.defaultsEnded[enterprise]
    }

    mutating func go(through fields: inout StateFields) {
      fields.field("enterprise", &enterprise, .number)
      fields.field("since", &since, .date)
      fields.field("until", &until, ifAny: .date)
    }
  }
}
