import CompensationKernel
import FundCore
import PolicyLibrary
import Testing

/// The programs' answers, held against cases that were worked by hand from the texts.
@Suite struct `A case worked by hand` {
  @Test func `can be read, with every programme and every kind among them`() throws {
    let cases = try WorkedCases.outcome.get()
    #expect(Set(cases.heads.map(\.programme)) == Set(PolicyDocument.builtInIDs))
    let counts = [
      cases.claims.count, cases.recoveries.count, cases.coverages.count, cases.thresholds.count,
      cases.fees.count, cases.interests.count, cases.shares.count,
    ]
    #expect(counts.allSatisfy { $0 > 0 })
    #expect(counts.reduce(0, +) == cases.heads.count)
  }

  @Test(arguments: WorkedCases.all.claims)
  func `divides a claim as the program does`(worked: WorkedCase<WorkedClaim>) throws {
    let matter = worked.matter
    let settled = try matter.facts.settled(under: worked.head.document().terms).settlement
    worked.head.expect("the loss base", settled.lossBase, byHand: matter.lossBase)
    for party in PartyPlace.allCases {
      worked.head.expect(
        "the part of the \(party)", settled.parts[party], byHand: matter.parts[party])
    }
    worked.head.expect("what goes unpaid", settled.unpaid, byHand: matter.unpaid)
    worked.head.expect("the sum", matter.lossBase, byHand: matter.parts.total)
  }

  @Test(arguments: WorkedCases.all.recoveries)
  func `divides a recovery as the program does`(worked: WorkedCase<WorkedRecovery>) throws {
    let matter = worked.matter
    let division = try matter.division(under: worked.head.document().terms)
    for party in PartyPlace.allCases {
      worked.head.expect(
        "the part of the \(party)", division.parts[party], byHand: matter.parts[party])
    }
    worked.head.expect(
      "what flows back", division.toFund, byHand: matter.parts[.fund] + matter.parts[.partner])
    worked.head.expect("the sum", matter.recovered - matter.costs, byHand: matter.parts.total)
  }

  @Test(arguments: WorkedCases.all.coverages)
  func `covers a loan as the program does`(worked: WorkedCase<WorkedCoverage>) throws {
    let matter = worked.matter
    let decision = try matter.decision(under: worked.head.document().terms)
    worked.head.expect("cover", decision.covered > .zero, byHand: matter.isCovered)
    worked.head.expect("the covered amount", decision.covered, byHand: matter.coveredPrincipal)
    worked.head.expect(
      "the payers that pay nothing", decision.idle.map(\.name).sorted(),
      byHand: matter.idlePayers.map(\.name).sorted())
    if let reasons = matter.reasons {
      worked.head.expect(
        "what stands against it", decision.against.sorted(), byHand: reasons.sorted())
    }
    #expect(
      matter.isCovered || !decision.against.isEmpty, "\(worked.head): refused, nobody says why")
  }

  @Test(arguments: WorkedCases.all.thresholds)
  func `reaches a threshold as the program does`(worked: WorkedCase<WorkedThreshold>) throws {
    let matter = worked.matter
    let terms = try worked.head.document().terms.thresholds
    let threshold = try #require(terms.first { $0.value.id == matter.id }, "\(worked.head)").value
    let isReached = threshold.isReached(
      by: matter.numerator, of: matter.denominator, disbursed: matter.disbursed)
    worked.head.expect(
      "\(matter.numerator) of \(matter.denominator): reached", isReached, byHand: matter.isReached)
    let smallest = threshold.smallestPart(
      reaching: matter.denominator, disbursed: matter.disbursed)
    worked.head.expect(
      "\(matter.numerator), with \(smallest) the smallest amount that reaches: reached",
      matter.numerator >= smallest, byHand: matter.isReached)
  }

  @Test(arguments: WorkedCases.all.fees)
  func `takes a year's fee as the program does`(worked: WorkedCase<WorkedFee>) throws {
    var account = FundAccount(paying: worked.matter.balance)
    let fee = account.takeFee(try worked.head.document().terms.annualFee())
    worked.head.expect("the fee", fee, byHand: worked.matter.fee)
    worked.head.expect(
      "the rest", account.balance, byHand: worked.matter.balance - worked.matter.fee)
  }

  @Test(arguments: WorkedCases.all.interests)
  func `adds a month's interest as the program does`(worked: WorkedCase<WorkedInterest>) throws {
    let terms = try worked.head.document().terms
    #expect(terms.fund.interestStays?.value == true, "\(worked.head)")
    var account = FundAccount(paying: worked.matter.balance)
    let interest = account.addMonthlyInterest(annualRate: worked.matter.annualRate)
    worked.head.expect("the interest", interest, byHand: worked.matter.interest)
    worked.head.expect(
      "the balance", account.balance, byHand: worked.matter.balance + worked.matter.interest)
  }

  @Test(arguments: WorkedCases.all.shares)
  func `allows an agreement as the program does`(worked: WorkedCase<WorkedShares>) throws {
    let matter = worked.matter
    let terms = try worked.head.document().terms
    guard let clauses = terms.models[matter.model] else {
      let refusal = try #require(terms.refusedModels[matter.model], "\(worked.head)")
      worked.head.expect("allowed", false, byHand: matter.isAllowed)
      worked.head.expect("the article", refusal.citation.article, byHand: matter.article)
      return
    }
    switch clauses.sharing(agreed: matter.agreed, rounding: terms.rounding.value) {
    case .success(let sharing):
      worked.head.expect("allowed", true, byHand: matter.isAllowed)
      worked.head.expect("the article", clauses.citation.article, byHand: matter.article)
      for payer in sharing.payers {
        let party = try #require(terms.parties.party(at: payer.party))
        guard let agreed = matter.agreed[party] else { continue }
        worked.head.expect("the \(party.id)'s share", payer.share, byHand: agreed)
      }
    case .failure(let broken):
      worked.head.expect("allowed", false, byHand: matter.isAllowed)
      worked.head.expect(
        "the article", broken.problems.compactMap(\.citation.article), byHand: [matter.article])
    }
  }
}
