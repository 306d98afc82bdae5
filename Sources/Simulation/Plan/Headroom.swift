public import FundCore

/// What the loans of an enterprise leave of its limit of a year, where it binds.
///
/// A loan that lost its cover by a pause uses none of it (I-40), so that a later loan of the same enterprise
/// and year can be covered further than it was when the loans were judged by their terms alone.
public struct Headroom: Hashable, Sendable {
  /// A loan of an enterprise and year.
  public struct Member: Hashable, Sendable, BitwiseCopyable {
    /// The position of the loan; −1 for one that is not simulated and keeps what it took.
    public let loan: Int32
    /// What of it the limit counts, in fen.
    public let amount: Int64
    /// What of it is covered by all but the limit, in fen.
    public let open: Int64

    /// The limit under which it was made, in fen.
    public let limit: Int64
    /// Whether a loan above it is covered up to it, and not refused.
    let isCoveredUpTo: Bool

    /// A limit.
    public struct Rule: Hashable, Sendable {
      let atMost: Money
      let isCoveredUpTo: Bool

      /// Creates a limit.
      public init(_ atMost: Money, isCoveredUpTo: Bool) {
        (self.atMost, self.isCoveredUpTo) = (atMost, isCoveredUpTo)
      }
    }

    /// What it counts towards the limit, where that leaves it.
    public var counted: Int64 { isCoveredUpTo ? min(amount, open) : amount }

    /// Creates a member.
    public init(loan: Int, amount: Money, open: Money, under rule: Rule) {
      (limit, isCoveredUpTo) = (rule.atMost.fen, rule.isCoveredUpTo)
      self.loan = Int32(loan)
      self.amount = amount.fen
      self.open = open.fen
    }
  }

  /// The loans of each enterprise and year, in the order of their starts.
  let groups: [[Member]]
  /// The group of each loan; −1 if its enterprise's limit does not bind.
  let groupOfLoan: [Int32]

  /// Creates a table.
  public init(groups: [[Member]], loanCount: Int) {
    self.groups = groups
    var places = [Int32](repeating: -1, count: loanCount)
    for (place, group) in groups.enumerated() {
      for member in group where member.loan >= 0 { places[Int(member.loan)] = Int32(place) }
    }
    groupOfLoan = places
  }

  /// Whether what is covered of a loan hangs on the path.
  func concerns(_ loan: Int) -> Bool { groupOfLoan[loan] >= 0 }

  /// What is covered of a member, given what was used up of the limit before.
  func covered(_ member: Member, used: Int64) -> Int64 {
    let left = max(0, member.limit - used)
    guard member.counted > left else { return member.open }
    return member.isCoveredUpTo ? min(member.open, left) : 0
  }
}

extension ThresholdWatch {
  /// What is covered of a loan that has kept its cover, given which of the enterprise's loans before it in
  /// the year have.
  mutating func coveredPrincipal(of loan: Int32) -> Int64 {
    guard let headroom = setup.plan.cover.headroom, headroom.concerns(Int(loan)) else {
      return setup.plan.cover.principal[Int(loan)]
    }
    var used: Int64 = 0
    for member in headroom.groups[Int(headroom.groupOfLoan[Int(loan)])] {
      let covered = headroom.covered(member, used: used)
      if member.loan == loan { return covered }
      if member.loan < 0 {
        used += member.isCoveredUpTo ? covered : member.amount
        continue
      }
      let earlier = portfolio.loans[Int(member.loan)]
      let (bank, start) = (Int(earlier.bank), Int(earlier.start))
      guard covered > 0, !stopped.contains(member.loan),
        lastSuspension[bank] < 0 || isCovered(loanIndex: member.loan, bank: bank, start: start)
      else { continue }
      used += member.isCoveredUpTo ? covered : member.amount
    }
    return 0
  }
}
