import ClaimRules
import CompensationKernel
public import FundCore
import PolicyLibrary

/// The initial amount that a programme's text asks for.
public struct TextAmount: Sendable, Hashable {
  /// The amount.
  public let amount: Money
  /// Whether it is the least; otherwise the fund has just so much.
  public let isLeast: Bool
  /// Where the text says so.
  public let citation: Citation

  /// Takes it from a programme's terms; `nil` if they leave the amount to the scenario.
  init?(_ terms: CompensationTerms) {
    let clause = terms.fund.initial
    switch clause.value {
    case .atLeast(let amount): (self.amount, isLeast) = (amount, true)
    case .exactly(let amount): (self.amount, isLeast) = (amount, false)
    case .scenario: return nil
    }
    citation = clause.citation
  }
}
