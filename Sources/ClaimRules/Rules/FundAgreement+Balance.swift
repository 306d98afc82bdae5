import CompensationKernel
public import FundCore
import PolicyLibrary

/// A clause by which what the fund owes hangs on its money.
public struct BalanceClause: Sendable {
  /// What it cuts where the money is short of what it asks.
  public enum Effect: Sendable {
    /// Loans go without cover.
    case cover
    /// Claims are owed less.
    case compensation
  }
  /// Where it stands in the programme file.
  public let path: String
  /// Its article.
  public let citation: Citation
  /// What it cuts.
  public let effect: Effect
}

extension FundAgreement {
  /// The clauses by which what is owed hangs on the fund's money, so that needed capital has no meaning: limits
  /// on covered lending, limits and layers, and ratios that suspend or pause, which are measured against it.
  public var clausesOnBalance: [BalanceClause] {
    let many = terms.aggregates
    func layers(_ key: String, _ list: [Cited<AggregateTerms>]) -> [BalanceClause] {
      list.filter { $0.value.level.fundMeasure != nil }.map {
        BalanceClause(
          path: "\(key).\($0.value.id)", citation: $0.citation, effect: .compensation)
      }
    }
    let limit = terms.coverage.coverLimit.map {
      BalanceClause(path: "coverage.coverLimit", citation: $0.citation, effect: .cover)
    }
    let ratios = terms.thresholds.filter {
      $0.value.denominator.fundMeasure != nil && $0.value.effect != .warning
    }.map {
      BalanceClause(path: "thresholds.\($0.value.id)", citation: $0.citation, effect: .cover)
    }
    return (limit.map { [$0] } ?? []) + layers("limits", many.limits)
      + layers("firstLoss", many.firstLosses) + layers("stopLoss", many.stopLosses) + ratios
  }

  /// The first of these; `nil` if there is none.
  public var clauseOnBalance: BalanceClause? { clausesOnBalance.first }

  /// Whether covered lending is limited by the balance, in any version of the terms.
  var limitsCover: Bool { terms.coverage.coverLimit != nil }

  /// Whether a clause asks what the fund held when the calendar year began.
  var looksAtYearOpening: Bool {
    let many = terms.aggregates
    return (many.limits + many.firstLosses + many.stopLosses).contains {
      $0.value.level.fundMeasure == .yearOpening
    } || terms.thresholds.contains { $0.value.denominator == .yearOpening }
  }
}
