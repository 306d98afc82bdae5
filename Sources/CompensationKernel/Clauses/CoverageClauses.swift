public import FundCore

/// The size of a borrower by the national standard (中小企业划型标准).
public enum SizeClass: String, CaseIterable, Sendable {
  case micro
  case small
  case medium
  case large
}

/// What a loan is pledged on.
public enum CollateralKind: String, CaseIterable, Sendable {
  /// Patents of any kind.
  case patent
  /// Trademarks.
  case trademark
  /// Copyrights.
  case copyright
  /// Other intellectual property: layout designs and the like (I-49).
  case otherIP
  /// Anything that is no intellectual property.
  case other
}

/// A yes-or-no fact that coverage asks for.
public struct FactClause: Sendable {
  /// The fact's name, also the name of its column in a loan tape.
  public let id: String
  /// What it says, in English.
  public let english: String
  /// What it says, in Chinese.
  public let chinese: String
  /// The payers whom it concerns, and who pay nothing where it does not hold; `nil` if it concerns
  /// all, so that the loan is not covered (I-43).
  public let concerns: Set<Party>?
  /// Whether it is asked for at all: a text can ask for it for loans that are made later (`changes:`).
  public var isAsked = true
  /// The article that asks for it.
  public let citation: Citation

  /// Creates a fact.
  public init(
    id: String, english: String, chinese: String, concerns: Set<Party>? = nil, citation: Citation
  ) {
    self.id = id
    self.english = english
    self.chinese = chinese
    self.concerns = concerns
    self.citation = citation
  }
}

/// How long an enterprise's default removes cover from its later loans.
public enum EarlierDefaultSpan: String, CaseIterable, Sendable {
  /// For good.
  case forGood
  /// Until the loan is repaid in full or cured (I-42).
  case whileInDefault
}

/// Which loans use up an enterprise's limit of the year (I-40, I-50).
public enum HeadroomUse: String, CaseIterable, Sendable {
  /// Those that are covered, as far as they are.
  case coveredLoans
  /// All that are pledged on intellectual property.
  case ipPledgedLoans
  /// All, covered or not.
  case allLoans
}

/// Which loans a programme covers.
public struct CoverageClauses: Sendable {
  /// The kinds of collateral; `nil` if the text does not say.
  public var collateral: Cited<Set<CollateralKind>>?
  /// The amount of a combined loan that is covered.
  public var combinedPledge: Cited<LoanMeasure>
  /// The sizes of borrower; `nil` if the text does not say.
  public var sizes: Cited<Set<SizeClass>>?
  /// The limits on a single loan.
  public var singleLoan: [SingleLoanLimit]
  /// The limit on the loans of one enterprise in one calendar year.
  public var perEnterpriseYear: SingleLoanLimit?
  /// The longest term in months.
  public var longestTerm: Cited<Int>?
  /// Whether an earlier default of the enterprise removes cover from its later loans.
  public var earlierDefaultRemovesCover: Cited<Bool>?
  /// How long it does.
  public var earlierDefaultLasts: EarlierDefaultSpan = .forGood
  /// Which loans use up `perEnterpriseYear`; those that are covered, if the file does not say.
  public var headroom: Cited<HeadroomUse>?
  /// How many times the fund's balance the covered lending that is outstanding may come to; `nil` if nothing
  /// limits it. What is covered then hangs on the balance: needed capital has no meaning.
  public var coverLimit: Cited<Int>?
  /// The facts that must hold.
  public var facts: [FactClause]

  /// Creates clauses that cover the IP-pledged part of every loan.
  public init(combinedPledge: Cited<LoanMeasure>) {
    self.combinedPledge = combinedPledge
    singleLoan = []
    facts = []
  }
}

/// A loan as the coverage rule sees it.
public struct LoanToCover: Sendable {
  /// The borrower's size.
  public var size: SizeClass
  /// The collateral.
  public var collateral: CollateralKind
  /// The principal.
  public var principal: Money
  /// The part of the principal that is pledged on intellectual property.
  public var ipPrincipal: Money
  /// The term in months.
  public var termMonths: Int
  /// What was covered, or admitted, of the enterprise's loans of the same calendar year before.
  public var earlierThisYear: Money

  /// Creates a loan.
  public init(
    size: SizeClass, collateral: CollateralKind, principal: Money, ipPrincipal: Money,
    termMonths: Int, earlierThisYear: Money = .zero
  ) {
    self.size = size
    self.collateral = collateral
    self.principal = principal
    self.ipPrincipal = ipPrincipal
    self.termMonths = termMonths
    self.earlierThisYear = earlierThisYear
  }
}

/// A reason why a loan is not covered, or not in full.
public struct CoverageRefusal: Hashable, Sendable {
  /// The condition that is not met.
  public enum Condition: Hashable, Sendable {
    case collateral
    case size
    case singleLoanLimit
    case enterpriseYearLimit
    case term
    case fact(String)
    /// No part of the loan is pledged on intellectual property.
    case ipPart
    /// The loan was made before or after the programme was in force.
    case datesInForce
    /// An earlier loan of the enterprise is in default.
    case earlierDefault
    /// With the loan, the covered lending would come to more than so many times the fund's balance.
    case coverLimit
    /// The bank's cover for new customers is suspended, by the threshold of this name.
    case suspension(String)
    /// The bank's new business is paused, by the threshold of this name.
    case pause(String)
  }
  /// The condition.
  public let condition: Condition
  /// Its source.
  public let citation: Citation
  /// Whether the loan is covered in part all the same.
  public let isPartial: Bool
  /// The payers that pay nothing for this reason, the others paying as ever (I-43).
  public let idlePayers: Set<Party>

  /// Creates a reason.
  public init(
    condition: Condition, citation: Citation, isPartial: Bool = false, idlePayers: Set<Party> = []
  ) {
    self.condition = condition
    self.citation = citation
    self.isPartial = isPartial
    self.idlePayers = idlePayers
  }
}

/// Whether a loan is covered, and how much of it.
public struct CoverageDecision: Sendable {
  /// The principal that is covered; zero if the loan is not.
  public var coveredPrincipal: Money
  /// What counts towards the enterprise's limit of the year.
  public var admitted: Money
  /// Every reason against full cover.
  public var refusals: [CoverageRefusal]

  /// Whether anything is covered.
  public var isCovered: Bool { coveredPrincipal > .zero }

  /// The payers that pay nothing, although the loan is covered (I-43).
  public var idlePayers: Set<Party> {
    refusals.reduce(into: []) { $0.formUnion($1.idlePayers) }
  }

  /// Whether the fund itself has a part in a loss of the loan.
  public var isCoveredByFund: Bool { isCovered && !idlePayers.contains(.fund) }

  /// Creates a decision.
  public init(coveredPrincipal: Money, admitted: Money, refusals: [CoverageRefusal]) {
    self.coveredPrincipal = coveredPrincipal
    self.admitted = admitted
    self.refusals = refusals
  }
}

extension CoverageClauses {
  /// Decides on one loan: all reasons, not only the first.
  ///
  /// - Parameters:
  ///   - loan: The loan.
  ///   - missingFacts: The ids of the facts that do not hold for it.
  public func decide(on loan: LoanToCover, missingFacts: Set<String> = []) -> CoverageDecision {
    var refusals: [CoverageRefusal] = []
    func refuse(_ condition: CoverageRefusal.Condition, _ citation: Citation, partial: Bool = false)
    {
      refusals.append(
        CoverageRefusal(condition: condition, citation: citation, isPartial: partial))
    }
    if let collateral, !collateral.value.contains(loan.collateral) {
      refuse(.collateral, collateral.citation)
    }
    if let sizes, !sizes.value.contains(loan.size) { refuse(.size, sizes.citation) }
    if let longestTerm, loan.termMonths > longestTerm.value { refuse(.term, longestTerm.citation) }
    for fact in facts where fact.isAsked && missingFacts.contains(fact.id) {
      refusals.append(
        CoverageRefusal(
          condition: .fact(fact.id), citation: fact.citation, isPartial: fact.concerns != nil,
          idlePayers: fact.concerns ?? []))
    }

    var covered = combinedPledge.value == .ipPart ? loan.ipPrincipal : loan.principal
    if covered == .zero { refuse(.ipPart, combinedPledge.citation) }
    for limit in singleLoan where limit.sizes.contains(loan.size) {
      guard loan.amount(limit.measure) > limit.atMost.value else { continue }
      refuse(.singleLoanLimit, limit.atMost.citation, partial: limit.above == .coveredUpTo)
      covered = min(covered, limit.atMost.value)
    }
    if let limit = perEnterpriseYear, limit.limits == .principal {
      let headroom = max(.zero, limit.atMost.value - loan.earlierThisYear)
      let counted = min(
        loan.amount(limit.measure), limit.above == .coveredUpTo ? covered : Money(fen: .max))
      if counted > headroom {
        let partial = limit.above == .coveredUpTo && headroom > .zero
        refuse(.enterpriseYearLimit, limit.atMost.citation, partial: partial)
        covered = min(covered, headroom)
      }
    }
    guard refusals.allSatisfy(\.isPartial), covered > .zero else {
      return CoverageDecision(coveredPrincipal: .zero, admitted: .zero, refusals: refusals)
    }
    let admitted =
      perEnterpriseYear.map {
        $0.above == .coveredUpTo ? covered : loan.amount($0.measure)
      } ?? .zero
    return CoverageDecision(coveredPrincipal: covered, admitted: admitted, refusals: refusals)
  }
}

extension LoanToCover {
  /// The amount of the loan that a limit counts.
  public func amount(_ measure: LoanMeasure) -> Money {
    measure == .ipPart ? ipPrincipal : principal
  }
}
