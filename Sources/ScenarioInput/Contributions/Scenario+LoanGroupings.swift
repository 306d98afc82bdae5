import CompensationKernel
import FundCore
public import Simulation

extension Scenario {
  /// The loans told apart by each trait that the scenario knows.
  ///
  /// - Parameter planned: The loans as they are planned, in the order of the scenario's own.
  public func loanGroupings(of planned: PlannedPortfolio) -> [LoanGrouping] {
    portfolio.groupings(
      lent: planned.loans.map {
        Int($0.start) < horizon ? Money(fen: $0.outstanding(in: 0)) : .zero
      })
  }
}

extension RegisterStudy {
  /// The register's loans told apart by each trait that it knows.
  public var loanGroupings: [LoanGrouping] { tape.groupings(lent: tape.loans.map(\.principal)) }
}

extension LoanTape {
  /// The loans told apart by each trait.
  ///
  /// Of a trait with very many groups the smaller ones go together; of enterprises all but the ten that
  /// borrow most.
  ///
  /// - Parameter lent: What each loan counts.
  func groupings(lent: [Money]) -> [LoanGrouping] {
    func grouping(
      _ trait: LoanTrait, inOrder: Bool, name: (Int) -> LocalizedText,
      group: (LoanRecord) -> Int
    ) -> LoanGrouping {
      GroupingBuilder(numbers: loans.map(group), lent: lent, inOrder: inOrder)
        .grouping(by: trait, name: name)
    }
    func names(_ names: [String]) -> (Int) -> LocalizedText {
      { LocalizedText(same: names.indices.contains($0) ? names[$0] : "–") }
    }
    return [
      grouping(.bank, inOrder: false, name: names(banks)) { Int($0.bank) },
      grouping(.grade, inOrder: true) {
        grades.indices.contains($0)
          ? .init(same: grades[$0]) : .init(en: "without a grade", zh: "未评级")
      } group: {
        $0.grade < 0 ? grades.count : Int($0.grade)
      },
      grouping(.sector, inOrder: false, name: names(sectors)) { Int($0.sector) },
      grouping(.size, inOrder: true) {
        SizeClass.allCases[$0].words
      } group: {
        SizeClass.allCases.firstIndex(of: $0.size) ?? 0
      },
      grouping(.cohort, inOrder: true) {
        .init(same: "\($0)")
      } group: {
        $0.start.year
      },
      grouping(.enterprise, inOrder: false, name: names(enterprises)) { Int($0.enterprise) },
    ]
  }
}

/// Puts loans into groups by a number that each has.
private struct GroupingBuilder {
  let numbers: [Int]
  let lent: [Money]
  /// Whether the groups stand in the order of their numbers, or the one that lends most first.
  let inOrder: Bool

  /// How many groups a trait has at most, beside the rest.
  private func most(_ trait: LoanTrait) -> Int {
    switch trait {
    case .bank, .grade, .sector: 16
    case .size, .cohort: .max
    case .enterprise: 10
    }
  }

  func grouping(by trait: LoanTrait, name: (Int) -> LocalizedText) -> LoanGrouping {
    var sums: [Int: Money] = [:]
    for (number, amount) in zip(numbers, lent) { sums[number, default: .zero] += amount }
    let byAmount = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var kept = Array(byAmount.prefix(most(trait)))
    if inOrder { kept.sort { $0.key < $1.key } }
    var groups = kept.map { LoanGrouping.Group(name($0.key), lent: $0.value) }
    if byAmount.count > kept.count {
      groups.append(
        LoanGrouping.Group(
          .init(en: "all others", zh: "其余全部"),
          lent: byAmount.dropFirst(kept.count).reduce(Money.zero) { $0 + $1.value }))
    }
    let places = Dictionary(
      uniqueKeysWithValues: kept.enumerated().map { ($1.key, Int32($0)) })
    return LoanGrouping(
      by: trait, groups: groups,
      groupOfLoan: numbers.map { places[$0] ?? Int32(kept.count) })
  }
}
