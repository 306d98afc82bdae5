public import FundCore

/// What one account is filled up to, and what it has been given so far.
@frozen
public struct FillUpAllowance: Hashable, Sendable {
  /// What its sides are filled up to.
  public let target: FundAccount
  /// The most that they are given in a calendar year.
  @usableFromInline let aYear: FundAccount
  /// The most that they are given in all.
  @usableFromInline let inAll: FundAccount
  /// What they were given in the calendar year.
  public var givenInYear = FundAccount(paying: .zero)
  /// What they were given in all.
  public var given = FundAccount(paying: .zero)

  init(target: FundAccount, aYear: FundAccount, inAll: FundAccount) {
    (self.target, self.aYear, self.inAll) = (target, aYear, inAll)
  }

  /// Begins a calendar year.
  @inlinable
  public mutating func beginYear() { givenInYear = FundAccount(paying: .zero) }

  /// Fills an account up, each side by itself; returns what it was given.
  @inlinable
  public mutating func fill(_ account: inout FundAccount) -> Money {
    let paying = Self.amount(
      short: target.paying - account.paying, ofYear: aYear.paying - givenInYear.paying,
      ofAll: inAll.paying - given.paying)
    let refunding = Self.amount(
      short: target.refunding - account.refunding,
      ofYear: aYear.refunding - givenInYear.refunding, ofAll: inAll.refunding - given.refunding)
    account.paying += paying
    account.refunding += refunding
    givenInYear.paying += paying
    givenInYear.refunding += refunding
    given.paying += paying
    given.refunding += refunding
    return paying + refunding
  }

  /// What a side is short of, as far as the limits leave it.
  @inlinable
  static func amount(short: Money, ofYear: Money, ofAll: Money) -> Money {
    max(.zero, min(short, min(ofYear, ofAll)))
  }
}
