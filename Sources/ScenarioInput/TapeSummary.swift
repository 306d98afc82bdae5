import CompensationKernel
public import FundCore

/// What a tape holds, in numbers.
public struct TapeSummary: Sendable {
  /// Loans that have something in common.
  public struct Group: Hashable, Sendable {
    /// What they have in common.
    public let name: String
    /// Their number.
    public var loans: Int
    /// Their principal.
    public var lent: Money
  }

  /// How many groups are listed before the rest becomes one.
  public static let longestList = 10

  /// Where the loans come from.
  public let source: String
  /// The number of loans.
  public let loans: Int
  /// The number of banks.
  public let banks: Int
  /// The number of enterprises.
  public let enterprises: Int
  /// The principal of all loans.
  public let lent: Money
  /// The IP-pledged part of all principal, to the nearest fen of each loan.
  public let ipPledged: Money
  /// The terms of all loans, added up.
  public let termMonths: Int
  /// The first month in which a loan starts.
  public let firstStart: CivilMonth
  /// The last month in which a loan starts.
  public let lastStart: CivilMonth
  /// Rows that were not used, by reason, the most frequent first.
  public let setAside: [SetAsideRows]
  /// Rows outside the wanted window.
  public let outsideWindow: Int
  /// The groups, each list under what it goes by: years in order, banks, sizes and so on by amount.
  public let groupings: [(by: String, groups: [Group])]

  /// Adds up a tape.
  public init(_ tape: LoanTape) {
    source = tape.source
    loans = tape.loans.count
    banks = tape.banks.count
    enterprises = tape.enterprises.count
    lent = tape.loans.reduce(.zero) { $0 + $1.principal }
    ipPledged = tape.loans.reduce(.zero) {
      $0 + $1.principal.multiplied(by: $1.ipPart, rounding: .halfUp)
    }
    termMonths = tape.loans.reduce(0) { $0 + Int($1.termMonths) }
    firstStart = tape.loans.map(\.start).min() ?? CivilMonth(ordinal: 0)
    lastStart = tape.loans.map(\.start).max() ?? CivilMonth(ordinal: 0)
    setAside = tape.setAside.sorted { ($0.count, $1.firstLine) > ($1.count, $0.firstLine) }
    outsideWindow = tape.outsideWindow
    let years = groups(tape, by: \.start.year) { String($0) }
    groupings = [
      ("year of start", years.sorted { $0.name < $1.name }),
      ("bank", shortened(groups(tape, by: \.bank) { tape.banks[Int($0)] })),
      ("size", groups(tape, by: \.size, \.rawValue)),
      ("sector", shortened(groups(tape, by: \.sector) { tape.sectors[Int($0)] })),
      (
        "grade",
        shortened(
          groups(tape, by: \.grade) { $0 < 0 ? "(own probability)" : tape.grades[Int($0)] })
      ),
      ("operating model", groups(tape, by: \.model, \.rawValue)),
      ("collateral", groups(tape, by: \.collateral, \.rawValue)),
      ("repayment", groups(tape, by: \.repayment, \.rawValue)),
    ]
  }
}

/// The loans grouped by a property, the group with the largest amount first.
private func groups<Key: Hashable>(
  _ tape: LoanTape, by property: (LoanRecord) -> Key, _ name: (Key) -> String
) -> [TapeSummary.Group] {
  var totals: [Key: (loans: Int, lent: Money)] = [:]
  for loan in tape.loans {
    let key = property(loan)
    totals[key, default: (0, .zero)].loans += 1
    totals[key, default: (0, .zero)].lent += loan.principal
  }
  return totals.map { TapeSummary.Group(name: name($0), loans: $1.loans, lent: $1.lent) }
    .sorted { ($0.lent, $0.loans, $1.name) > ($1.lent, $1.loans, $0.name) }
}

/// The first groups, and all others as one.
private func shortened(_ groups: [TapeSummary.Group]) -> [TapeSummary.Group] {
  let limit = TapeSummary.longestList
  guard groups.count > limit + 1 else { return groups }
  let rest = groups[limit...]
  let others = TapeSummary.Group(
    name: "(\(grouped(rest.count)) others)", loans: rest.reduce(0) { $0 + $1.loans },
    lent: rest.reduce(.zero) { $0 + $1.lent })
  return groups[..<limit] + [others]
}
