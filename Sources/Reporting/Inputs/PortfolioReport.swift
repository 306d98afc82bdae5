public import FundCore
import ReportForm
public import ResultFacts

/// The summary of a portfolio, for programs.
public struct PortfolioReport {
  /// Loans that have something in common.
  public struct Group {
    let name: LocalizedText
    let loans: Int
    let lent: Money

    /// Creates a group.
    public init(name: LocalizedText, loans: Int, lent: Money) {
      self.name = name
      self.loans = loans
      self.lent = lent
    }
  }

  /// Rows or loans that are not used, for one reason.
  public struct Unused {
    let reason: LocalizedText
    let count: Int
    let amount: Money?
    let firstLine: Int?

    /// Creates a count.
    public init(reason: LocalizedText, count: Int, amount: Money? = nil, firstLine: Int? = nil) {
      self.reason = reason
      self.count = count
      self.amount = amount
      self.firstLine = firstLine
    }
  }

  private let portfolio: PortfolioDescription
  /// The part pledged on intellectual property.
  public var ipPledged = Money.zero
  /// The terms of all loans, added up.
  public var termMonths = 0
  /// The first and the last month in which a loan starts.
  public var starts: (first: CivilMonth, last: CivilMonth)?
  /// What is not used.
  public var unused: [Unused] = []
  /// The groups, each list under what it goes by.
  public var groupings: [(by: LocalizedText, groups: [Group])] = []
  /// The file that was written; `nil` for none.
  public var written: String?

  /// Starts the summary of a portfolio.
  public init(_ portfolio: PortfolioDescription) { self.portfolio = portfolio }

  /// One JSON object.
  public func json() -> String {
    let meanTerm = portfolio.loans > 0 ? Double(termMonths) / Double(portfolio.loans) : .nan
    let value: JSONValue = [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "portfolio": .portfolio(portfolio),
      "ipPledged": .number(ipPledged.yuan),
      "meanTermMonths": .number(meanTerm),
      "firstStart": starts.map { .string("\($0.first)") } ?? .null,
      "lastStart": starts.map { .string("\($0.last)") } ?? .null,
      "notUsed": .array(
        unused.map { item in
          [
            "reason": .string(item.reason.english), "count": .integer(item.count),
            "amount": item.amount.map { .number($0.yuan) } ?? .null,
            "firstLine": item.firstLine.map { .integer($0) } ?? .null,
          ]
        }),
      "groupings": .array(
        groupings.map { by, groups in
          [
            "by": .string(by.english),
            "groups": .array(
              groups.map { group in
                [
                  "name": .string(group.name.english), "loans": .integer(group.loans),
                  "lent": .number(group.lent.yuan),
                ]
              }),
          ]
        }),
      "written": written.map { .string($0) } ?? .null,
    ]
    return value.text
  }
}
