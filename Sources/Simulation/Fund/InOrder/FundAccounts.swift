import CompensationKernel
import FundCore

/// The accounts of a fund on one path that is settled claim by claim, and what moves them apart from
/// claims: interest, new money, returns, fees.
struct FundAccounts {
  private let terms: FundTerms
  private let hot: HotFund
  /// The accounts, by account, with their rule: claims are paid from them.
  let purses: UnsafeMutableBufferPointer<FundPurse>
  private let openingPurses: UnsafeMutableBufferPointer<FundPurse>
  private let hasTwoSides: Bool
  /// What really comes back to the accounts, less what would without limit: nothing before the
  /// first shortage. Shape `[account × horizon + month]`.
  private let extraToPaying: UnsafeMutableBufferPointer<Int64>
  private let extraToRefunding: UnsafeMutableBufferPointer<Int64>
  /// Whether they hold anything.
  private var hasExtras = false
  /// The balances of the accounts at the ends of years, shape `[year × account]`; nothing where there is
  /// one account.
  let yearEnds: UnsafeMutableBufferPointer<Int64>

  /// What each account can still be given; nothing where the fund is not filled up.
  private let allowances: UnsafeMutableBufferPointer<FillUpAllowance>

  init(_ terms: FundTerms, in memory: WorkingMemory) {
    self.terms = terms
    allowances = memory.table(of: terms.fillUps?.allowances ?? [])
    hot = terms.hot
    let (cash, horizon) = (terms.setup.plan.cash, terms.hot.horizon)
    openingPurses = memory.table(
      of: terms.setup.plan.openingAccounts.map { FundPurse($0, rule: cash.accounts) })
    purses = memory.table(of: Array(openingPurses))
    if case .socialFirst = cash.accounts { hasTwoSides = true } else { hasTwoSides = false }
    extraToPaying = memory.table(0, count: hot.accountCount * horizon)
    extraToRefunding = memory.table(0, count: hot.accountCount * horizon)
    yearEnds = memory.table(0, count: terms.setup.accountNames.count * ((horizon + 11) / 12))
  }

  /// Holds what the fund starts with.
  mutating func open() {
    _ = purses.update(fromContentsOf: openingPurses)
    if let fillUps = terms.fillUps {
      _ = allowances.update(from: fillUps.allowances)
      fillUps.reset()
    }
    guard hasExtras else { return }
    extraToPaying.update(repeating: 0)
    extraToRefunding.update(repeating: 0)
    hasExtras = false
  }

  /// All money of the fund.
  var balance: Int64 {
    // As with other methods that only look: `mutating`, or else the whole value is copied for them.
    mutating get {
      var total: Int64 = 0
      for purse in purses { total += purse.account.balance.fen }
      return total
    }
  }

  /// Adds the interest of the month before; returns it.
  @inline(__always)
  mutating func addInterest() -> Int64 {
    guard hot.interestRate > .zero else { return 0 }
    var total: Int64 = 0
    for index in purses.indices {
      total += purses[index].account.addMonthlyInterest(annualRate: hot.interestRate).fen
    }
    return total
  }

  /// Pays in the new money of a month; returns it.
  @inline(__always)
  mutating func inject(_ month: Int) -> Int64 {
    let injection = terms.injections[month]
    guard injection > .zero else { return 0 }
    if hot.accountCount == 1 {
      purses[0].account.inject(injection, under: hot.accounts)
    } else {
      for (index, part) in parts(of: injection).enumerated() {
        purses[index].account.inject(part, under: hot.accounts)
      }
    }
    return injection.fen
  }

  /// Fills the accounts up, where a month begins that asks for it; returns what they were given.
  func fillUp(_ month: Int) -> Int64 {
    guard let fillUps = terms.fillUps, fillUps.isDue(month) else { return 0 }
    var given: Int64 = 0
    for index in purses.indices {
      given += fillUps.fill(&purses[index].account, &allowances[index], month: month)
    }
    fillUps.note(given, month: month)
    return given
  }

  /// Takes the fee of a month; returns what was taken.
  @inline(__always)
  mutating func takeFee(_ month: Int) -> Int64 {
    let fee = terms.fees[month]
    guard fee > .zero else { return 0 }
    guard hot.accountCount > 1 else { return purses[0].account.takeFee(fee).fen }
    var taken: Int64 = 0
    for (index, part) in parts(of: fee).enumerated() {
      taken += purses[index].account.takeFee(part).fen
    }
    return taken
  }

  private func parts(of amount: Money) -> [Money] {
    partitioned(amount, by: terms.setup.plan.cash.partition)
  }

  /// Takes in what comes back in a month, by what would come without limit; returns it.
  @inline(__always)
  mutating func receive(_ capital: CapitalFlows, month: Int) -> Int64 {
    var returned: Int64 = 0
    for account in 0..<hot.accountCount {
      let cell = account &* hot.horizon &+ month
      let toPaying = capital.inflow[cell] &+ extraToPaying[cell]
      purses[account].account.paying.fen += toPaying
      returned += toPaying
      guard hasTwoSides else { continue }
      let toRefunding = capital.fiscalInflow[cell] &+ extraToRefunding[cell]
      purses[account].account.refunding.fen += toRefunding
      returned += toRefunding
    }
    return returned
  }

  /// Notes that of a claim that was not paid in full another amount will come back than without limit.
  mutating func expect(
    _ actual: RecoveryDivision, insteadOf unlimited: RecoveryDivision, account: Int, month: Int
  ) {
    let cell = account * hot.horizon + month
    hasExtras = true
    extraToPaying[cell] += (actual.toPayingAccount - unlimited.toPayingAccount).fen
    extraToRefunding[cell] +=
      (actual.toFund - actual.toPayingAccount - (unlimited.toFund - unlimited.toPayingAccount)).fen
  }

  /// Gives the balance back to the contributors (I-47); returns it.
  mutating func giveBack() -> Int64 {
    let all = balance
    for index in purses.indices { purses[index].account = FundAccount(paying: .zero) }
    return all
  }

  /// What will really come back, less what would without limit, into the paying and the refunding accounts;
  /// `nil` before the first shortage.
  var extras: ([Int64], [Int64])? {
    hasExtras ? (Array(extraToPaying), Array(extraToRefunding)) : nil
  }

  /// The balances of the accounts, in the order of their names.
  var balances: [Int64] {
    purses.flatMap { purse in
      [purse.account.paying.fen] + (hasTwoSides ? [purse.account.refunding.fen] : [])
    }
  }

  /// Notes the balances of the accounts at the end of a month that ends a year of the run, or the run.
  mutating func noteYearEnd(_ month: Int) {
    guard !yearEnds.isEmpty, month % 12 == 11 || month == hot.horizon - 1 else { return }
    let width = hasTwoSides ? 2 : 1
    let first = month / 12 * hot.accountCount * width
    for index in purses.indices {
      yearEnds[first + index * width] = purses[index].account.paying.fen
      if width == 2 { yearEnds[first + index * width + 1] = purses[index].account.refunding.fen }
    }
  }
}
