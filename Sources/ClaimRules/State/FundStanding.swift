public import CompensationKernel
public import FundCore

/// Where one fund stands at the end of a month.
public struct FundStanding: Sendable {
  /// One term of the fund's agreement, by which it is told from others.
  public struct Term: Hashable, Sendable {
    /// The term's name in a state file.
    public let key: String
    /// What was agreed, in a fixed form.
    public let value: String

    /// Names a term.
    public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
  }

  /// What was decided of a loan's cover when it was made.
  public struct Cover: Sendable {
    /// The decision.
    public var decision: CoverageDecision
    /// What its enterprise had had of its limit of the year before.
    public var earlierThisYear: Money

    /// Keeps a decision.
    public init(_ decision: CoverageDecision, earlierThisYear: Money) {
      (self.decision, self.earlierThisYear) = (decision, earlierThisYear)
    }
  }

  /// An overdue loan as the banks' ratios count it.
  public struct Overdue: Hashable, Sendable {
    /// The position of the loan.
    public var loan: Int
    /// What has come in.
    public var received: Money
    /// Whether anything has.
    public var hasReceived: Bool
    /// Whether it is cured or written off, and counts no more.
    public var isClosed: Bool

    /// Keeps what a ratio knows of a loan.
    public init(loan: Int, received: Money, hasReceived: Bool, isClosed: Bool) {
      (self.loan, self.received) = (loan, received)
      (self.hasReceived, self.isClosed) = (hasReceived, isClosed)
    }
  }

  /// What filling up has given an account.
  public struct FilledUp: Hashable, Sendable {
    /// In the calendar year of the day.
    public var inYear: FundAccount
    /// In all.
    public var inAll: FundAccount

    /// Notes what it has given.
    public init(inYear: FundAccount, inAll: FundAccount) {
      (self.inYear, self.inAll) = (inYear, inAll)
    }
  }

  /// A refund that the fiscal account owes the social account, and that falls due later (I-12).
  public struct RefundDue: Hashable, Sendable {
    /// The month in which it does.
    public var month: CivilMonth
    /// The position of the claim in `claims`.
    public var claim: Int

    /// Notes a refund.
    public init(month: CivilMonth, claim: Int) { (self.month, self.claim) = (month, claim) }
  }

  /// What an enterprise has used up of a limit.
  public struct Used: Hashable, Sendable {
    /// The position of the enterprise.
    public var enterprise: Int
    /// The calendar year to which it counts; `nil` where twelve months count, and `on` says from when.
    public var year: Int?
    /// The day of the loan that used it up, where twelve months count (I-50).
    public var on: CivilDate?
    /// How much.
    public var amount: Money

    /// Notes what was used up.
    public init(enterprise: Int, year: Int? = nil, on: CivilDate? = nil, amount: Money) {
      (self.enterprise, self.year) = (enterprise, year)
      (self.on, self.amount) = (on, amount)
    }
  }

  /// Its name.
  public var name: String
  /// The terms of its agreement. A run under other terms cannot go on from it.
  public var terms: [Term] = []
  /// The month from which years of operation count.
  public var firstMonth: CivilMonth
  /// Its accounts: one, or one for each bank.
  public var accounts: [FundAccount]
  /// What filling up has given each account; empty if nothing.
  public var fillUps: [FilledUp] = []
  /// What the fund held when the calendar year of the day began, where a clause looks at it.
  public var yearOpening: Money?
  /// The sums so far.
  public var totals: LedgerTotals
  /// The first day on which an amount owed went unpaid.
  public var ranDryOn: CivilDate?
  /// Whether the balance went back to the contributors (I-47).
  public var isWoundUp: Bool
  /// What was decided of each loan of the state.
  public var covers: [Cover]
  /// The losses that were claimed so far, in the order in which they were.
  public var claims: [ClaimStanding]
  /// The claims that wait for money, by position, oldest first.
  public var waiting: [Int]
  /// Refunds that fall due later, by month and in the order in which they are made.
  public var refundsDue: [RefundDue]
  /// What was owed on the loans of an enterprise in a calendar year, where that is limited (I-51).
  public var support: [Used]
  /// What loans have used up of their enterprises' limits of covered principal, where there is such
  /// a limit.
  public var admitted: [Used]
  /// Loans of `EarlierHistory.loans` that have not used up their part yet.
  public var earlier: [CoverageCase]
  /// The overdue loans, in the order of the state.
  public var overdue: [Overdue]
  /// The banks.
  public var banks: [BankStanding]

  /// All money of the fund.
  public var balance: Money { accounts.reduce(.zero) { $0 + $1.balance } }

  /// What clauses look at of its money.
  public var money: FundMoney {
    var money = FundMoney()
    (money.balance, money.yearOpening) = (balance, yearOpening ?? balance)
    money.moneyPutIn = totals.opening + totals.injected + totals.filledUp
    return money
  }

  /// Creates a standing in which nothing has happened yet.
  ///
  /// - Parameters:
  ///   - name: The fund's name.
  ///   - firstMonth: The month from which years of operation count.
  public init(name: String, firstMonth: CivilMonth) {
    self.name = name
    self.firstMonth = firstMonth
    accounts = []
    totals = LedgerTotals()
    isWoundUp = false
    covers = []
    claims = []
    waiting = []
    refundsDue = []
    support = []
    admitted = []
    earlier = []
    overdue = []
    banks = []
  }
}

/// A loss that was claimed, with what has become of it.
public struct ClaimStanding: Sendable {
  /// What was divided of it.
  public struct Divided: Sendable {
    /// The position of the account from which it was paid.
    public var account: Int
    /// The operating model by whose rules it was settled.
    public var model: OperatingModel
    /// The payers that owe nothing on it (I-43).
    public var idle: Set<PartyPlace>
    /// The division as it stands.
    public var settlement: Settlement
    /// What came back of it.
    public var before: RecoveredBefore

    /// Keeps a division.
    public init(account: Int, model: OperatingModel, settlement: Settlement) {
      (self.account, self.model, self.settlement) = (account, model, settlement)
      idle = []
      before = RecoveredBefore()
    }
  }

  /// The position of the loan.
  public var loan: Int
  /// The day of the claim.
  public var on: CivilDate
  /// The whole loss.
  public var total: Money
  /// The interest in it; `nil` where the programme counts none.
  public var interest: Money?
  /// What came back to the fund.
  public var returned: Money = .zero
  /// The division of the covered part; `nil` if nothing was covered.
  public var divided: Divided?

  /// Keeps a loss of which nothing is covered.
  public init(loan: Int, on: CivilDate, total: Money) {
    (self.loan, self.on, self.total) = (loan, on, total)
  }
}
