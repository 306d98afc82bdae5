public import FundCore

/// By what loans are told apart when a report says who uses a fund up.
public enum LoanTrait: String, CaseIterable, Sendable, Hashable, Codable {
  /// The lending bank.
  case bank
  /// The borrower's grade.
  case grade
  /// The borrower's sector.
  case sector
  /// The borrower's size class.
  case size
  /// The calendar year in which the loan starts.
  case cohort
  /// The borrower: each of the largest by what they borrow, and all others.
  case enterprise
}

/// A portfolio divided by one trait: every loan belongs to one group.
public struct LoanGrouping: Sendable, Hashable {
  /// Loans that have something in common.
  public struct Group: Sendable, Hashable, Codable {
    /// What: a name out of the portfolio, or words of the program.
    public let name: LocalizedText
    /// What they lend within the run, running loans with what is outstanding at its start.
    public let lent: Money

    /// Creates a group.
    public init(_ name: LocalizedText, lent: Money) {
      self.name = name
      self.lent = lent
    }
  }

  /// The trait.
  public let by: LoanTrait
  /// The groups, at least one.
  public let groups: [Group]
  /// The group of each loan, shape `[loans]`.
  public let groupOfLoan: [Int32]

  /// Creates a grouping.
  ///
  /// - Precondition: Every loan belongs to one of the groups.
  public init(by trait: LoanTrait, groups: [Group], groupOfLoan: [Int32]) {
    precondition(
      groupOfLoan.allSatisfy { groups.indices.contains(Int($0)) }, "every loan has a group")
    by = trait
    self.groups = groups
    self.groupOfLoan = groupOfLoan
  }

  /// The same of the loans without some, by position: what a register holds that leaves these out.
  public func leavingOut(_ loans: Set<Int>) -> LoanGrouping {
    LoanGrouping(
      by: by, groups: groups,
      groupOfLoan: groupOfLoan.enumerated().filter { !loans.contains($0.offset) }.map(\.element))
  }
}

/// All groupings of a portfolio, laid side by side: a row has a place for every group of each.
struct GroupPlaces: Sendable {
  /// How many groups there are in all.
  let width: Int
  /// How many groupings there are.
  let groupingCount: Int
  /// The places of each grouping's groups in a row.
  let ranges: [Range<Int>]
  /// The places of a loan, one a grouping, shape `[loan × groupingCount + grouping]`.
  private let places: [Int32]

  init(_ groupings: [LoanGrouping], loanCount: Int) {
    var ranges: [Range<Int>] = []
    var places = [Int32](repeating: 0, count: loanCount * groupings.count)
    var first = 0
    for (number, grouping) in groupings.enumerated() {
      ranges.append(first..<first + grouping.groups.count)
      for (loan, group) in grouping.groupOfLoan.enumerated() {
        places[loan * groupings.count + number] = Int32(first) + group
      }
      first += grouping.groups.count
    }
    width = first
    groupingCount = groupings.count
    self.ranges = ranges
    self.places = places
  }

  /// What numbers of the loans come to, by group, shape `[width]`.
  func sums(_ ofLoan: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    for (loan, number) in ofLoan.enumerated() where number != 0 {
      for place in places[loan * groupingCount..<(loan + 1) * groupingCount] {
        sums[Int(place)] += number
      }
    }
    return sums
  }

  /// Adds an amount to all places of a loan.
  func add(_ amount: Int64, ofLoan loan: Int32, to row: inout ArraySlice<Int64>) {
    let first = Int(loan) * groupingCount
    for place in places[first..<first + groupingCount] {
      row[row.startIndex + Int(place)] += amount
    }
  }
}
