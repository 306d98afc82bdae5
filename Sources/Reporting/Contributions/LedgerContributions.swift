import ClaimRules
import FundCore
import ReportForm
import ResultFacts
import Simulation

/// Who used a fund up, by a ledger: what was paid, what came back, and what went unpaid, by group of loans.
struct LedgerContributions {
  /// The sums of a group.
  struct Part {
    let group: LoanGrouping.Group
    var compensation = Money.zero
    var returned = Money.zero
    var unpaid = Money.zero
  }

  /// The groups of one trait.
  struct Division {
    let by: LoanTrait
    var parts: [Part]
  }

  /// The traits that tell loans apart.
  let divisions: [Division]
  /// The sums of all loans.
  let whole: Part

  /// Adds up a ledger.
  ///
  /// - Parameter groupings: How the register's loans are told apart.
  init(_ replay: Replay, by groupings: [LoanGrouping]) {
    let several = groupings.filter { $0.groups.count > 1 }
    var divisions = several.map { grouping in
      Division(by: grouping.by, parts: grouping.groups.map { Part(group: $0) })
    }
    let lent = groupings.first?.groups.reduce(Money.zero) { $0 + $1.lent } ?? .zero
    var whole = Part(
      group: LoanGrouping.Group(.init(en: "all loans", zh: "全部贷款"), lent: lent))
    for entry in replay.entries {
      guard let loan = entry.loan else { continue }
      whole.add(entry)
      for (place, grouping) in several.enumerated() {
        // Loans that a state knows and the run does not simulate stand behind the others.
        guard grouping.groupOfLoan.indices.contains(loan) else { continue }
        divisions[place].parts[Int(grouping.groupOfLoan[loan])].add(entry)
      }
    }
    self.divisions = divisions
    self.whole = whole
  }

  /// The part of a report; nothing where nothing was owed.
  var blocks: [SectionBlock] {
    guard !divisions.isEmpty, whole.compensation + whole.unpaid > .zero else { return [] }
    var table = FigureTable(
      "contributions",
      heads: [
        .init(en: "loans of", zh: "贷款"), .init(en: "lent", zh: "贷款额"),
        .init(en: "compensation", zh: "风险补偿"), .init(en: "of it", zh: "占比"),
        .init(en: "returned", zh: "返还"), .init(en: "unpaid", zh: "未付"),
      ])
    func row(_ label: LocalizedText, _ part: Part) {
      table.rows.append([
        .words(label), .exact(part.group.lent), .exact(part.compensation),
        whole.compensation > .zero
          ? .percent(part.compensation.yuan / whole.compensation.yuan) : .none,
        .exact(part.returned), .exact(part.unpaid),
      ])
    }
    row(whole.group.name, whole)
    for division in divisions {
      for part in division.parts where division.by != .enterprise || part.moved {
        row(part.group.label(division.by), part)
      }
    }
    return [
      .subheading(.init(en: "Who used the fund up (yuan)", zh: "钱用在了谁身上（元）")), .table(table),
    ]
  }

  /// The same for programs.
  var value: JSONValue {
    func entry(_ by: String, _ part: Part) -> JSONValue {
      [
        "by": .string(by), "group": .string(part.group.name.english),
        "lent": .number(part.group.lent.yuan), "compensation": .number(part.compensation.yuan),
        "returned": .number(part.returned.yuan), "unpaid": .number(part.unpaid.yuan),
      ]
    }
    return .array(
      [entry("all", whole)]
        + divisions.flatMap { division in
          division.parts.map { entry(division.by.rawValue, $0) }
        })
  }
}

extension LedgerContributions.Part {
  /// Whether any money moved.
  fileprivate var moved: Bool { compensation != .zero || returned != .zero || unpaid != .zero }

  fileprivate mutating func add(_ entry: LedgerEntry) {
    switch entry.event {
    case .claim: compensation -= entry.amount
    case .latePayment:
      compensation -= entry.amount
      unpaid += entry.amount
    case .unpaid(let amount): unpaid += amount
    case .recovery: returned += entry.amount
    default: break
    }
  }
}

extension ReplayReport {
  /// Writes `contributions.csv`: a row a fund, group and figure, in yuan, exact.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeContributions(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in ["fund", "by", "group", "figure", "value", "standardError"] { csv.add(head) }
    try csv.endRow(to: sink)
    for (replay, fund) in zip(replays, funds) {
      let found = LedgerContributions(replay, by: groupings)
      let lines =
        [("all", found.whole)]
        + found.divisions.flatMap { division in division.parts.map { (division.by.rawValue, $0) } }
      for (by, part) in lines {
        let figures = [
          ("compensation", part.compensation), ("returned", part.returned),
          ("unpaid", part.unpaid),
        ]
        for (name, amount) in figures {
          csv.add(CSVText.quoted(fund.name))
          csv.add(by)
          csv.add(CSVText.quoted(part.group.name.english))
          csv.add(name)
          csv.add(fen: amount.fen)
          csv.add("0")
          try csv.endRow(to: sink)
        }
      }
    }
    try csv.finish(to: sink)
  }
}
