import ClaimRules
import CompensationKernel
import FundCore
import Simulation

// Loans that are not simulated use up limits of their enterprises (I-40, I-50), make them customers
// (I-18, I-39), and may be in default (001 Art. 4, 18; 002 Art. 19; I-42).
extension Scenario {
  /// What loans that are not simulated mean for the others, as the history of a register.
  func earlierHistory(for fund: FundAgreement) -> EarlierHistory {
    var history = EarlierHistory()
    guard !portfolio.earlier.isEmpty || !portfolio.defaulted.isEmpty else { return history }
    history.loans = portfolio.earlier.map {
      $0.coverageCase(missingFacts: portfolio.missingFactSets[Int($0.missingFacts)])
    }
    history.customers = customerLoans(for: fund).map { loan in
      (
        enterprise: Int(loan.enterprise), bank: Int(loan.bank), since: loan.start.middle,
        until: end(of: loan).middle
      )
    }
    // What runs at the opening was made before, and keeps its cover.
    for enterprise in portfolio.defaulted { history.defaults[Int(enterprise)] = start.firstDay }
    return history
  }

  /// The same, for a run.
  func earlierCustomers(for fund: FundAgreement) -> [Int32: [FundPlan.EarlierLoan]] {
    Dictionary(grouping: customerLoans(for: fund), by: \.enterprise).mapValues { loans in
      loans.map { loan in
        FundPlan.EarlierLoan(
          bank: loan.bank, start: loan.start.months(since: start),
          end: end(of: loan).months(since: start))
      }
    }
  }

  /// Whether a loan was made in the run, to an enterprise that was in default at the opening.
  func isInDefault(_ loan: LoanRecord) -> Bool {
    loan.start >= start && portfolio.defaulted.contains(loan.enterprise)
  }

  /// The loans that make customers, where a suspension spares those.
  private func customerLoans(for fund: FundAgreement) -> [LoanRecord] {
    let rules = fund.terms.thresholds.map(\.value).filter { $0.customers != nil }
    return portfolio.earlier.filter { loan in
      let isPledged = loan.collateral != .other && loan.ipPart > .zero
      return rules.contains { $0.counts(isIPPledged: isPledged) }
    }
  }

  /// A loan that is not simulated does not run any more when the run begins.
  private func end(of loan: LoanRecord) -> CivilMonth {
    min(loan.start.advanced(by: Int(loan.termMonths)), max(loan.start, start))
  }
}

extension FundAgreement {
  /// The reason against loans to an enterprise that has defaulted, where that matters in a version of the terms.
  func refusalAfterDefault(version: Int) -> CoverageRefusal? {
    terms.coverage(inVersion: version).earlierDefaultRemovesCover.flatMap {
      $0.value ? CoverageRefusal(condition: .earlierDefault, citation: $0.citation) : nil
    }
  }
}
