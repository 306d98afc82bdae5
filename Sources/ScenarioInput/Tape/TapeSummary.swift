import CompensationKernel
public import FundCore
import ResultFacts

/// What a tape holds, in numbers.
public struct TapeSummary: Sendable {
  /// Loans that have something in common.
  public struct Group: Hashable, Sendable {
    /// What they have in common.
    public let name: LocalizedText
    /// Their number.
    public var loans: Int
    /// Their principal.
    public var lent: Money
  }

  /// How many groups are listed before the rest becomes one.
  public static let longestList = 10

  /// Where the loans come from.
  public let source: LocalizedText
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
  /// Loans that cannot matter in the run, by reason.
  public let leftOut: [LeftOutLoans]
  /// The units that were heard, other than yuan and months, and what was noticed.
  public let notes: [LocalizedText]
  /// Rows outside the wanted window.
  public let outsideWindow: Int
  /// The groups, each list under what it goes by: years in order, banks, sizes and so on by amount.
  public let groupings: [(by: LocalizedText, groups: [Group])]

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
    setAside = tape.setAside.sorted(by: SetAsideRows.precedes)
    leftOut = tape.leftOut
    outsideWindow = tape.outsideWindow
    notes = tape.units.filter { !$0.isUsual }.map(\.text) + tape.notices
    let years = groups(tape, by: \.start.year) { .init(same: String($0)) }
    groupings = [
      (.init(en: "year of start", zh: "起始年份"), years.sorted { $0.name.english < $1.name.english }),
      (
        .init(en: "bank", zh: "银行"),
        shortened(groups(tape, by: \.bank) { .init(same: tape.banks[Int($0)]) })
      ),
      (.init(en: "size", zh: "企业规模"), groups(tape, by: \.size, \.words)),
      (
        .init(en: "sector", zh: "行业"),
        shortened(groups(tape, by: \.sector) { .init(same: tape.sectors[Int($0)]) })
      ),
      (
        .init(en: "grade", zh: "评级"),
        shortened(
          groups(tape, by: \.grade) {
            $0 < 0
              ? .init(en: "(own probability)", zh: "（自带违约概率）") : .init(same: tape.grades[Int($0)])
          })
      ),
      (.init(en: "operating model", zh: "运作模式"), groups(tape, by: \.model, \.words)),
      (.init(en: "collateral", zh: "质押物"), groups(tape, by: \.collateral, \.words)),
      (.init(en: "repayment", zh: "还款方式"), groups(tape, by: \.repayment, \.words)),
    ]
  }
}

/// The loans grouped by a property, the group with the largest amount first.
private func groups<Key: Hashable>(
  _ tape: LoanTape, by property: (LoanRecord) -> Key, _ name: (Key) -> LocalizedText
) -> [TapeSummary.Group] {
  var totals: [Key: (loans: Int, lent: Money)] = [:]
  for loan in tape.loans {
    let key = property(loan)
    totals[key, default: (0, .zero)].loans += 1
    totals[key, default: (0, .zero)].lent += loan.principal
  }
  return totals.map { TapeSummary.Group(name: name($0), loans: $1.loans, lent: $1.lent) }
    .sorted {
      ($0.lent, $0.loans, $1.name.english) > ($1.lent, $1.loans, $0.name.english)
    }
}

/// The first groups, and all others as one.
private func shortened(_ groups: [TapeSummary.Group]) -> [TapeSummary.Group] {
  let limit = TapeSummary.longestList
  guard groups.count > limit + 1 else { return groups }
  let rest = groups[limit...]
  let others = TapeSummary.Group(
    name: .init(en: "(\(grouped(rest.count)) others)", zh: "（其余\(grouped(rest.count))个）"),
    loans: rest.reduce(0) { $0 + $1.loans },
    lent: rest.reduce(.zero) { $0 + $1.lent })
  return groups[..<limit] + [others]
}
