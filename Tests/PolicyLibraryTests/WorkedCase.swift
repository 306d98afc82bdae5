import CompensationKernel
import FundCore
import PolicyLibrary
import Testing

/// One case that was worked by hand from a programme's text.
struct WorkedCase<Matter: Sendable>: Sendable, CustomTestStringConvertible {
  let head: CaseHead
  /// What is given, and what follows from it by hand.
  let matter: Matter

  var testDescription: String { "\(head.programme): \(head.name)" }
}

/// What all cases have in common.
struct CaseHead: Sendable {
  let programme: String
  let name: String
  /// The articles that the case shows at work.
  let articles: [String]
  let interpretations: [String]
  /// The readings under which it was worked, where they are not the programme's own.
  let readings: [ReadingChoice]
  let location: FundCore.SourceLocation

  /// The programme under the readings of the case.
  func document() throws -> PolicyDocument {
    try builtIn(programme).changed(readings: readings, overrides: [])
  }

  /// Holds what the program says against what was worked by hand.
  func expect<Value: Equatable>(
    _ what: String, _ computed: Value, byHand worked: Value,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(
      computed == worked, "\(self): \(what) is \(computed) by the program, \(worked) by hand",
      sourceLocation: sourceLocation)
  }
}

extension CaseHead: CustomStringConvertible {
  var description: String {
    let sources = ["Art. \(articles.joined(separator: ", "))"] + interpretations
    return "\(location) '\(name)' (\(sources.joined(separator: ", ")))"
  }
}

/// A claim as a case gives it.
struct ClaimFacts: Sendable {
  /// The money that a case puts into a fund.
  enum Balance: Sendable {
    case enough
    case single(Money)
    case pool(social: Money, fiscal: Money)
  }
  let model: OperatingModel
  let principal: Money
  let interest: Money
  let ipPart: Ratio
  let balance: Balance
  let agreed: [Party: Ratio]
  let yearOfOperation: Int
  /// The facts that do not hold, as far as they concern some payers only.
  var missing: Set<String> = []
}

/// A claim and its division.
struct WorkedClaim: Sendable {
  let facts: ClaimFacts
  let lossBase: Money
  let parts: PartyAmounts
  let unpaid: Money
}

/// A recovery on a claim and its division.
struct WorkedRecovery: Sendable {
  let facts: ClaimFacts
  let recovered: Money
  let costs: Money
  let parts: PartyAmounts
}

/// A loan and whether it is covered.
struct WorkedCoverage: Sendable {
  let loan: LoanToCover
  let model: OperatingModel
  let start: CivilMonth
  let firstOverdue: CivilMonth?
  let programmeStart: CivilMonth?
  let missingFacts: Set<String>
  let hasEarlierDefault: Bool
  let isCovered: Bool
  let coveredPrincipal: Money
  /// The payers that pay nothing, although the loan is covered.
  let idlePayers: Set<Party>
  /// The articles that stand against cover; `nil` where the case names none.
  let reasons: Set<String>?
}

/// A bank's ratio and whether it reaches a threshold.
struct WorkedThreshold: Sendable {
  let id: String
  let numerator: Money
  let denominator: Money
  let disbursed: Money
  let isReached: Bool
}

/// A balance and what is taken from it, or added to it.
struct WorkedFee: Sendable {
  let balance: Money
  let fee: Money
}

/// A balance and a month's interest on it.
struct WorkedInterest: Sendable {
  let balance: Money
  let annualRate: Ratio
  let interest: Money
}

/// An agreement on shares, and the article that allows or forbids it.
struct WorkedShares: Sendable {
  let model: OperatingModel
  let agreed: [Party: Ratio]
  let isAllowed: Bool
  let article: String
}
