public import FundCore

/// Which accounts a fund holds, and what moves between them.
@frozen
public enum AccountRule: Hashable, Sendable {
  /// One account pays.
  case single
  /// A social-capital account pays first and is refunded the given share of what it paid by a
  /// fiscal account, some months later or at once (interpretation I-12). Of new money the fiscal
  /// account has the part that is given last: a half, where both sides pay in equal parts (I-41).
  case socialFirst(refundShare: Ratio, lagMonths: Int, newMoney: Ratio = .percent(50))
}

/// The balances of a fund on one path.
@frozen
public struct FundAccount: Hashable, Sendable {
  /// The account that pays claims: the only one, or the social-capital account.
  public var paying: Money
  /// The fiscal account that refunds the paying one; zero where there is one account.
  public var refunding: Money

  /// Creates a fund with its money.
  @inlinable
  public init(paying: Money, refunding: Money = .zero) {
    self.paying = paying
    self.refunding = refunding
  }

  /// A fund at its start: a pool's two accounts hold equal parts (an odd fen goes to the fiscal
  /// account), any other fund holds all in one.
  @inlinable
  public init(opening amount: Money, under rule: AccountRule) {
    switch rule {
    case .single: self.init(paying: amount)
    case .socialFirst:
      self.init(paying: Money(fen: amount.fen / 2))
      refunding = amount - paying
    }
  }

  /// All money of the fund.
  @inlinable
  public var balance: Money { paying + refunding }

  /// Credits one month's interest on the closing balances of the month before, each account's
  /// rounded half up to the fen; returns the sum.
  @inlinable
  public mutating func addMonthlyInterest(annualRate: Ratio) -> Money {
    let first = monthlyInterest(on: paying, annualRate: annualRate)
    let second =
      refunding == .zero ? .zero : monthlyInterest(on: refunding, annualRate: annualRate)
    paying += first
    refunding += second
    return first + second
  }

  /// Pays in new money; a pool's is split between fiscal and social account (I-41). Of equal parts
  /// the fiscal account has the odd fen, as at the start.
  @inlinable
  public mutating func inject(_ amount: Money, under rule: AccountRule) {
    switch rule {
    case .single: paying += amount
    case .socialFirst(_, _, let part):
      let fiscal = amount.multiplied(by: part, rounding: .halfUp)
      refunding += fiscal
      paying += amount - fiscal
    }
  }

  /// Takes the management fee, never more than there is; returns what was taken.
  @inlinable
  public mutating func takeFee(_ fee: Money) -> Money {
    let first = min(fee, paying)
    let second = min(fee - first, refunding)
    paying -= first
    refunding -= second
    return first + second
  }
}

/// One month's interest on a balance: a twelfth of the annual rate, half up to the fen.
@inlinable
public func monthlyInterest(on balance: Money, annualRate: Ratio) -> Money {
  balance.multiplied(by: annualRate.millionths, over: 12_000_000, rounding: .halfUp)
}
