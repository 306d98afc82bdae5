import CompensationKernel
import FundCore
import Testing

@Suite struct CoverageTests {
  /// Dalian 2018 (三, 四(二)): patents; SME ≤ 300万, micro ≤ 100万, ≤ 400万 a year, ≤ 12 months.
  private static func dalian(
    above: AboveLimit = .refused, yearly: AboveLimit = .refused, measure: LoanMeasure = .wholeLoan
  ) -> CoverageClauses {
    func limit(_ sizes: Set<SizeClass>, _ wan: Int64, _ above: AboveLimit, _ article: String)
      -> SingleLoanLimit
    {
      SingleLoanLimit(
        sizes: sizes, atMost: Cited(.wan(wan), Citation(article: article)), measure: measure,
        above: above)
    }
    var clauses = CoverageClauses(combinedPledge: Cited(.ipPart, Citation(article: "三")))
    clauses.collateral = Cited([.patent], Citation(article: "一"))
    clauses.sizes = Cited([.micro, .small, .medium], Citation(article: "三"))
    clauses.singleLoan = [
      limit([.small, .medium], 300, above, "四(二)1"), limit([.micro], 100, above, "四(二)2"),
    ]
    clauses.perEnterpriseYear = limit(Set(SizeClass.allCases), 400, yearly, "四(二)3")
    clauses.longestTerm = Cited(12, Citation(article: "四(二)4"))
    clauses.facts = [
      FactClause(
        id: "listed", english: "listed", chinese: "入库", citation: Citation(article: "五(一)"))
    ]
    return clauses
  }

  private static func loan(
    _ wan: Int64, ip: Int64? = nil, size: SizeClass = .small, earlier: Int64 = 0
  ) -> LoanToCover {
    LoanToCover(
      size: size, collateral: .patent, principal: .wan(wan), ipPrincipal: .wan(ip ?? wan),
      termMonths: 12, earlierThisYear: .wan(earlier))
  }

  @Test(
    arguments: [
      (300, SizeClass.small, true), (301, .small, false), (300, .medium, true), (100, .micro, true),
      (101, .micro, false), (50, .large, false),
    ] as [(Int64, SizeClass, Bool)])
  func `a loan is covered up to the limit of its borrower's size`(
    wan: Int64, size: SizeClass, isCovered: Bool
  ) {
    let decision = Self.dalian().decide(on: Self.loan(wan, size: size))
    #expect(decision.isCovered == isCovered)
    #expect(decision.coveredPrincipal == (isCovered ? .wan(wan) : .zero))
    #expect(decision.refusals.isEmpty == isCovered)
  }

  @Test func `one fen above the limit is above it`() {
    var loan = Self.loan(300)
    loan.principal += Money(fen: 1)
    #expect(Self.dalian().decide(on: loan).refusals.map(\.condition) == [.singleLoanLimit])
  }

  @Test func `a loan above the limit can be covered up to it, and says so`() {
    let decision = Self.dalian(above: .coveredUpTo, yearly: .coveredUpTo).decide(
      on: Self.loan(350))
    #expect(decision.coveredPrincipal == .wan(300))
    #expect(decision.admitted == .wan(300))
    #expect(decision.refusals.map(\.condition) == [.singleLoanLimit])
    #expect(decision.refusals.first?.isPartial == true)
    #expect(decision.refusals.first?.citation.article == "四(二)1")
  }

  @Test func `a combined loan is covered in its IP part, and measured whole or in part`() {
    let combined = Self.loan(500, ip: 250)
    #expect(!Self.dalian(measure: .wholeLoan).decide(on: combined).isCovered)
    let decision = Self.dalian(measure: .ipPart).decide(on: combined)
    #expect(decision.coveredPrincipal == .wan(250))
    #expect(decision.admitted == .wan(250))
  }

  @Test func `where the text covers the whole loan, the pledged part does not matter`() {
    let clauses = CoverageClauses(combinedPledge: Cited(.wholeLoan, Citation(article: "2")))
    #expect(clauses.decide(on: Self.loan(500, ip: 1)).coveredPrincipal == .wan(500))
  }

  @Test(
    arguments: [
      // Earlier loans of the year, a loan of 200, covered when loans are refused or cut.
      (0, 200, 200), (200, 200, 200), (201, 0, 199), (399, 0, 1), (400, 0, 0), (500, 0, 0),
    ] as [(Int64, Int64, Int64)])
  func `a year's limit refuses the loan that exceeds it, or covers it up to the headroom`(
    earlier: Int64, refused: Int64, cut: Int64
  ) {
    let loan = Self.loan(200, earlier: earlier)
    #expect(Self.dalian().decide(on: loan).coveredPrincipal == .wan(refused))
    let decision = Self.dalian(above: .coveredUpTo, yearly: .coveredUpTo).decide(on: loan)
    #expect(decision.coveredPrincipal == .wan(cut))
    #expect(decision.admitted == .wan(cut))
  }

  @Test func `a refused loan does not use up the year's limit`() {
    let decision = Self.dalian().decide(on: Self.loan(301))
    #expect(decision.admitted == .zero)
  }

  @Test func `all reasons are given at once, each with its article`() {
    var loan = Self.loan(350, size: .large, earlier: 100)
    loan.size = .large
    loan.collateral = .trademark
    loan.termMonths = 13
    let decision = Self.dalian().decide(on: loan, missingFacts: ["listed", "unknown"])
    #expect(
      decision.refusals.map(\.condition)
        == [.collateral, .size, .term, .fact("listed"), .enterpriseYearLimit])
    #expect(
      decision.refusals.map(\.citation.article) == ["一", "三", "四(二)4", "五(一)", "四(二)3"])
    #expect(!decision.isCovered)
  }

  @Test func `a refusal in full wins over a cover in part`() {
    let decision = Self.dalian(above: .coveredUpTo).decide(
      on: Self.loan(350), missingFacts: ["listed"])
    #expect(!decision.isCovered)
    #expect(decision.refusals.map(\.condition) == [.fact("listed"), .singleLoanLimit])
  }

  @Test func `a loan without a pledge is not covered`() {
    #expect(!Self.dalian().decide(on: Self.loan(100, ip: 0)).isCovered)
  }
}
