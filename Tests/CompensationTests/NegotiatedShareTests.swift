import CompensationKernel
import FundCore
import Testing

@Suite struct NegotiatedShareTests {
  /// Hi-tech Zone: fund at most 40 % (Art. 7); with a guarantor the bank's part is above zero
  /// (Art. 8).
  private static func hitech(_ payers: [PayerClause], bankMustBear: Bool) -> ModelClauses {
    ModelClauses(
      payers: payers, bankMustBear: Cited(bankMustBear, Citation(article: "8")),
      lossBase: Cited(.principal, Citation(article: "16")), citation: Citation(article: "7"))
  }

  private static let fund = PayerClause(
    party: .fund,
    share: Cited(
      NegotiableShare(value: .percent(40), atLeast: .zero, atMost: .percent(40)),
      Citation(article: "7", interpretations: ["I-15"])))

  private static let guarantor = PayerClause(
    party: .guarantor,
    share: Cited(
      NegotiableShare(value: .percent(30), atLeast: .zero, atMost: .one), Citation(article: "8")))

  @Test func `45 per cent for the fund is refused with the article`() throws {
    let model = Self.hitech([Self.fund], bankMustBear: false)
    let result = model.sharing(agreed: [.fund: .percent(45)], rounding: .halfUp)
    let problems = try #require(throws: ShareProblems.self) { try result.get() }.problems
    #expect(problems.count == 1)
    #expect(problems.first?.party == .fund)
    #expect(problems.first?.share == .percent(45))
    #expect(problems.first?.allowed.english == "at most 40%")
    #expect(problems.first?.citation.article == "7")
  }

  @Test(arguments: [0, 1, 39, 40] as [Int64])
  func `any share up to the bound is agreed`(percent: Int64) throws {
    let model = Self.hitech([Self.fund], bankMustBear: false)
    let terms = try model.sharing(agreed: [.fund: .percent(percent)], rounding: .down).get()
    #expect(terms.payers.map(\.share) == [.percent(percent)])
    #expect(terms.rounding == .down)
  }

  @Test func `without an agreement the programme's own shares hold, in the order of payment`()
    throws
  {
    let model = Self.hitech([Self.fund, Self.guarantor], bankMustBear: true)
    let terms = try model.sharing(agreed: [:], rounding: .halfUp).get()
    #expect(terms.payers.map(\.party) == [.fund, .guarantor])
    #expect(terms.payers.map(\.share) == [.percent(40), .percent(30)])
  }

  @Test func `a bank that must bear a part is not left without one`() throws {
    let model = Self.hitech([Self.fund, Self.guarantor], bankMustBear: true)
    let result = model.sharing(agreed: [.guarantor: .percent(60)], rounding: .halfUp)
    let problems = try #require(throws: ShareProblems.self) { try result.get() }.problems
    #expect(problems.map(\.party) == [.bank])
    #expect(problems.first?.allowed.english == "more than 0%")
    #expect(problems.first?.citation.article == "8")
    let smallest = Ratio(millionths: 599_999)
    _ = try model.sharing(agreed: [.guarantor: smallest], rounding: .halfUp).get()
  }

  @Test func `shares above the whole are refused even where the bank may bear nothing`() throws {
    let model = Self.hitech([Self.fund, Self.guarantor], bankMustBear: false)
    _ = try model.sharing(agreed: [.guarantor: .percent(60)], rounding: .halfUp).get()
    let result = model.sharing(agreed: [.guarantor: .percent(61)], rounding: .halfUp)
    let problems = try #require(throws: ShareProblems.self) { try result.get() }.problems
    #expect(problems.map(\.party) == [.bank])
    #expect(problems.first?.share == .percent(-1))
  }

  @Test func `every broken bound is reported, not only the first`() throws {
    let model = Self.hitech([Self.fund, Self.guarantor], bankMustBear: true)
    let result = model.sharing(
      agreed: [.fund: .percent(50), .guarantor: .percent(50)], rounding: .halfUp)
    let problems = try #require(throws: ShareProblems.self) { try result.get() }.problems
    #expect(problems.map(\.party) == [.fund, .bank])
  }

  @Test(arguments: [(40, 40, "exactly 40%"), (0, 20, "at most 20%"), (1, 20, "1% to 20%")])
  func `bounds are told in words`(low: Int64, high: Int64, words: String) {
    let share = NegotiableShare(
      value: .percent(high), atLeast: .percent(low), atMost: .percent(high))
    #expect(share.allowedInWords.english == words)
    #expect(share.allows(.percent(high)))
    #expect(!share.allows(Ratio(millionths: high * 10_000 + 1)))
    #expect(!share.allows(Ratio(millionths: low * 10_000 - 1)))
  }
}
