import ClaimRules
import CompensationKernel
import FundCore
import ResultFacts
import Simulation

/// Holds every loan of a portfolio against a programme's coverage, once, in the order of starts.
struct CoverageCompilation {
  /// The covered principal of each loan, in fen.
  private(set) var principal: [Int64]
  /// What keeps each loan, or a part of it, outside cover.
  private(set) var causes: [LoanCause] = []
  /// The sets of rules by which claims are settled, one for each that occurs.
  private(set) var ruleSets: [RuleSet]
  /// The place of each loan's set; empty if all have the first.
  private(set) var rulePlaces: [UInt16]
  /// How many loans were left out, and how much, by reason.
  let summary: CoverageSummary
  /// Where an enterprise's limit of the year binds, and a pause can leave more of it (I-40).
  private(set) var headroom: Headroom?
  /// What the fund brings from the state that its run goes on from.
  private(set) var carried: CarriedBook?
  /// What its claims and lending had come to by then, where a clause looks at that.
  private(set) var aggregateBook: AggregateBook?

  /// Decides on the loans of a fund.
  ///
  /// - Parameter position: The position of the fund in the scenario.
  init(_ fund: FundAgreement, position: Int, in scenario: Scenario) {
    let clauses = fund.terms.coverage
    var tally = CoverageTally(clauses)
    let loans = scenario.portfolio.loans
    principal = Array(repeating: 0, count: loans.count)
    var causes: [LoanCause?] = Array(repeating: nil, count: loans.count)
    var sets = RuleSets(count: loans.count)
    let decided = DecidedCover(fund, position: position, in: scenario)
    var book = decided?.book ?? CoverageBook(fund, history: scenario.earlierHistory(for: fund))
    let order = loans.indices.sorted { (loans[$0].start, $0) < (loans[$1].start, $1) }
    for index in order {
      let item = loans[index].coverageCase(
        missingFacts: scenario.portfolio.missingFactSets[Int(loans[index].missingFacts)])
      let version = fund.terms.version(ofLoanMadeOn: item.startsOn)
      let isRefused = Self.isInDefault(loans[index], version, decided, in: scenario)
      // What was made by the day of a state keeps the cover that it got then.
      let decision =
        decided?.byLoan[index]
        ?? book.decide(
          on: item,
          besides: isRefused ? fund.refusalAfterDefault(version: version).map { [$0] } ?? [] : [])
      principal[index] = decision.coveredPrincipal.fen
      if decision.isCovered {
        sets.note(
          RuleSet(
            fund, idle: decision.idlePayers, size: loans[index].size,
            madeOn: item.startsOn), at: index)
      }
      tally.count(decision, item.loan)
      causes[index] = LoanCause(decision, item.loan, under: clauses)
    }
    self.causes = causes.compactMap(\.self)
    summary = Self.summary(of: tally, fund, principal, in: scenario)
    for set in decided?.ruleSetsOfClaims ?? [] { sets.add(set) }
    ruleSets = sets.all
    rulePlaces = sets.places
    headroom = Self.headroom(
      fund, loans: order.map { PlacedLoan(position: $0, loan: loans[$0]) }, decided, in: scenario)
    carried = CarriedBookBuilder(fund, position: position, in: scenario, ruleSets: ruleSets)?.book()
    aggregateBook = scenario.resumed.flatMap { resumed in
      resumed.standing(ofFund: position).aggregateBook(
        under: fund, loans: resumed.state.loans.map(\.loan), opening: resumed.state.opening,
        banks: resumed.bankPlaces(in: scenario.portfolio),
        bankCount: scenario.portfolio.banks.count)
    }
  }

  /// What was counted, with the loans that are not simulated and those that outlive the cover.
  private static func summary(
    of tally: CoverageTally, _ fund: FundAgreement, _ covered: [Int64], in scenario: Scenario
  ) -> CoverageSummary {
    var summary = tally.summary
    summary.leftOut += scenario.portfolio.leftOut.map { item in
      CoverageSummary.LeftOut(
        condition: item.reason.words, article: LeftOutReason.source, count: item.count,
        amount: item.amount)
    }
    summary.outliving = outliving(fund, covered, in: scenario)
    return summary
  }

  /// The covered loans that run on after the last month in which a loss is covered.
  private static func outliving(
    _ fund: FundAgreement, _ covered: [Int64], in scenario: Scenario
  ) -> CoverageSummary.Outliving? {
    let inForce = (0..<scenario.horizon).filter {
      fund.coversLoss(overdueOn: scenario.start.advanced(by: $0).middle)
    }
    guard inForce.last != scenario.horizon - 1 else { return nil }
    let last = scenario.start.advanced(by: inForce.last ?? -1)
    var outliving = CoverageSummary.Outliving(
      lastMonth: last, article: fund.terms.coverPeriod.citation.words, count: 0, amount: .zero)
    for (loan, covered) in zip(scenario.portfolio.loans, covered) where covered > 0 {
      let left = loan.schedule.outstanding(
        monthsAfterStart: last.advanced(by: 1).months(since: loan.start))
      guard loan.start.advanced(by: Int(loan.termMonths)) > last, left > .zero else { continue }
      outliving.count += 1
      outliving.amount += lossBase(
        of: left, covered: Money(fen: covered), principal: loan.principal)
    }
    return outliving.count > 0 ? outliving : nil
  }

  /// A loan, and its position in the portfolio; −1 for one that is not simulated.
  private struct PlacedLoan {
    let position: Int
    let loan: LoanRecord
  }

  /// Whether a loan was made to an enterprise that was in default.
  private static func isInDefault(
    _ loan: LoanRecord, _ version: Int, _ decided: DecidedCover?, in scenario: Scenario
  ) -> Bool {
    decided.map { $0.inDefault[version].contains(Int(loan.enterprise)) }
      ?? scenario.isInDefault(loan)
  }

  private struct EnterpriseYear: Hashable {
    let enterprise: Int32
    let year: Int
  }

  /// The enterprises and years whose limit binds, with what of their loans is covered but for it.
  private static func headroom(
    _ fund: FundAgreement, loans: [PlacedLoan], _ decided: DecidedCover?, in scenario: Scenario
  ) -> Headroom? {
    let clauses = fund.terms.coverage
    guard let limit = clauses.perEnterpriseYear, limit.limits == .principal,
      (clauses.headroom?.value ?? .coveredLoans) == .coveredLoans,
      fund.terms.thresholds.contains(where: { $0.value.effect != .warning })
    else { return nil }
    var groups: [EnterpriseYear: [Headroom.Member]] = [:]
    // Loans that are not simulated keep what they took; of one month, they come first.
    let past =
      decided == nil
      ? scenario.portfolio.earlier.map { PlacedLoan(position: -1, loan: $0) } : []
    for item in decided?.taken(under: fund) ?? [] {
      groups[EnterpriseYear(enterprise: item.enterprise, year: item.year), default: []].append(
        item.member)
    }
    let open = loans.filter { decided?.byLoan[$0.position] == nil }
    let merged = (past + open).enumerated().sorted {
      ($0.element.loan.start, $0.offset) < ($1.element.loan.start, $1.offset)
    }
    for item in merged.map(\.element) {
      let (position, loan) = (item.position, item.loan)
      let item = loan.coverageCase(
        missingFacts: scenario.portfolio.missingFactSets[Int(loan.missingFacts)])
      let version = fund.terms.version(ofLoanMadeOn: item.startsOn)
      var alone = fund.terms.coverage(inVersion: version)
      guard let limit = alone.perEnterpriseYear else { continue }
      alone.perEnterpriseYear = nil
      let open = alone.decide(on: item.loan, missingFacts: item.missingFacts).coveredPrincipal
      guard open > .zero, fund.admits(loanMadeOn: item.startsOn),
        fund.refusalAfterDefault(version: version) == nil
          || !isInDefault(loan, version, decided, in: scenario)
      else { continue }
      groups[
        EnterpriseYear(enterprise: loan.enterprise, year: loan.start.year), default: []
      ].append(
        Headroom.Member(
          loan: position, amount: item.loan.amount(limit.measure), open: open,
          under: .init(limit.atMost.value, isCoveredUpTo: limit.above == .coveredUpTo)))
    }
    let binding = groups.values.filter { members in
      members.contains { $0.loan >= 0 }
        && members.reduce(Int64(0)) { $0 + $1.counted } > members.map(\.limit).min() ?? .max
    }
    guard !binding.isEmpty else { return nil }
    return Headroom(
      groups: binding.sorted { ($0.last?.loan ?? 0) < ($1.last?.loan ?? 0) },
      loanCount: scenario.portfolio.loans.count)
  }
}

/// Counts which loans a fund covers, and for which reasons it leaves others out.
struct CoverageTally {
  private var counted = CoverageSummary()
  private var leftOut: [CoverageRefusalKey: (count: Int, amount: Money)] = [:]
  private let clauses: CoverageClauses

  private struct CoverageRefusalKey: Hashable {
    let condition: CoverageRefusal.Condition
    let isPartial: Bool
    /// The source; `nil` where the study departs from the text, as the head of the report says.
    let citation: Citation?
  }

  init(_ clauses: CoverageClauses) { self.clauses = clauses }

  /// What was counted, the reason with the largest amount first.
  var summary: CoverageSummary {
    var summary = counted
    summary.leftOut = leftOut.map { key, value in
      let refusal = CoverageRefusal(
        condition: key.condition, citation: key.citation ?? Citation(article: nil),
        isPartial: key.isPartial)
      return CoverageSummary.LeftOut(
        condition: clauses.words(refusal),
        article: key.citation?.words ?? LocalizedText(en: "overridden", zh: "已变更"),
        count: value.count, amount: value.amount)
    }.sorted {
      ($1.amount, $0.condition.english, $0.article.english)
        < ($0.amount, $1.condition.english, $1.article.english)
    }
    return summary
  }

  /// Counts a decision.
  mutating func count(_ decision: CoverageDecision, _ loan: LoanToCover) {
    if decision.isCoveredByFund {
      counted.coveredCount += 1
      counted.coveredAmount += decision.coveredPrincipal
    }
    let whole = clauses.combinedPledge.value == .ipPart ? loan.ipPrincipal : loan.principal
    // A loan that is refused outright is not covered in part for another reason.
    for refusal in decision.refusals where decision.isCovered || !refusal.isPartial {
      leave(
        refusal,
        amount: !refusal.idlePayers.isEmpty
          ? decision.coveredPrincipal
          : refusal.isPartial ? whole - decision.coveredPrincipal : loan.principal)
    }
  }

  private mutating func leave(_ refusal: CoverageRefusal, amount: Money) {
    let citation = refusal.citation
    let key = CoverageRefusalKey(
      condition: refusal.condition, isPartial: refusal.isPartial,
      citation: citation.assumption == nil ? citation : nil)
    let before = leftOut[key] ?? (0, .zero)
    leftOut[key] = (before.count + 1, before.amount + amount)
  }
}

extension LoanRecord {
  /// The loan as the coverage rules look at it. A simulation dates its start on the 15th.
  func coverageCase(missingFacts: Set<String>) -> CoverageCase {
    CoverageCase(
      enterprise: Int(enterprise), startsOn: start.middle,
      loan: LoanToCover(
        size: size, collateral: collateral, principal: principal,
        ipPrincipal: principal.multiplied(by: ipPart, rounding: .halfUp),
        termMonths: Int(termMonths)), missingFacts: missingFacts)
  }
}
