public import CompensationKernel
public import FundCore
import PolicyLibrary

/// A claim's loss in layers, with the shares of each, and the book as it stood before.
public struct LayeredClaim: Sendable {
  /// The layers, and what limits the claim.
  public let loss: LayeredLoss
  /// The shares of each layer.
  let shared: [SharedLayer]
  /// What claims and lending had come to before.
  public let book: AggregateBook
}

// Clauses that look at many claims together.
extension ClaimBook {
  /// Counts a loan that was made under cover.
  mutating func lend(_ index: Int, amount: Money, on date: CivilDate) {
    guard let cover = result.loans[index].cover, cover.isCoveredByFund else { return }
    if agreement.limitsCover || aggregates != nil { lent.append(index) }
    guard aggregates != nil else { return }
    let loan = register.loans[index]
    aggregates?.go(toYear: date.month.year, programmeYear: agreement.programmeYear(on: date))
    aggregates?.lend(
      lossBase(of: amount, covered: cover.coveredPrincipal, principal: loan.schedule.principal),
      bank: loan.bank)
  }

  /// Lays a claim's loss in layers; `nil` where no clause looks at many claims.
  mutating func layered(_ claim: ClaimToSettle, on date: CivilDate) -> LayeredClaim? {
    guard aggregates != nil else { return nil }
    aggregates?.go(toYear: date.month.year, programmeYear: agreement.programmeYear(on: date))
    for item in earlierSums {
      aggregates?.lend(item.lent, bank: item.bank)
      aggregates?.count(loss: item.losses, owed: item.owed, bank: item.bank)
    }
    earlierSums = []
    if agreement.aggregateRules.countsOutstanding {
      let amounts = outstanding(in: date.month)
      aggregates?.set(outstanding: amounts)
    }
    let money = money
    aggregates?.money = money
    guard let book = aggregates else { return nil }
    let steps = agreement.claimRateSteps(claim.model, claim.choice)
    let sharings = steps.sharings.map { $0.without(claim.idle) }
    let loss = book.layered(
      claim.base, bank: register.loans[claim.index].bank, steps: steps.rates,
      shares: sharings.map(\.fundShare))
    return LayeredClaim(
      loss: loss,
      shared: loss.layers.map {
        SharedLayer(amount: $0.amount, sharing: .of($0.kind, steps: sharings))
      }, book: book)
  }

  /// What a limit on covered lending has against a loan: it is asked with what would be covered of it.
  ///
  /// - Parameter coverage: What decides about the loan's cover otherwise.
  func refusals(
    ofLent index: Int, deciding coverage: CoverageBook, besides reasons: [CoverageRefusal],
    on date: CivilDate
  ) -> [CoverageRefusal] {
    let loan = register.loans[index]
    guard let limit = agreement.coverage(ofLoanMadeOn: loan.disbursedOn).coverLimit else {
      return []
    }
    var trial = coverage
    let open = trial.decide(on: CoverageCase(loan), besides: reasons)
    guard open.isCoveredByFund else { return [] }
    let asked = lossBase(
      of: loan.lentAtOpening(opening), covered: open.coveredPrincipal,
      principal: loan.schedule.principal)
    let lending = outstanding(in: date.month).reduce(asked, +)
    return isWithin(lending, times: limit.value, balance: balance)
      ? [] : [CoverageRefusal(condition: .coverLimit, citation: limit.citation)]
  }

  /// What is outstanding by schedule of each bank's covered lending at the end of a month.
  func outstanding(in month: CivilMonth) -> [Money] {
    var amounts = [Money](repeating: .zero, count: register.banks.count)
    for item in register.history.sums { amounts[item.bank] += item.lent }
    for index in lent {
      let loan = register.loans[index]
      amounts[loan.bank] += lossBase(
        of: loan.outstanding(in: month.advanced(by: 1)),
        covered: result.loans[index].cover?.coveredPrincipal ?? .zero,
        principal: loan.schedule.principal)
    }
    return amounts
  }

  /// Where the layers of a claim come from, and its limit, if that cut it.
  func sources(of claim: LayeredClaim, cap: Money, owed: Money) -> [Citation] {
    let clauses = agreement.terms.aggregates
    var sources = claim.loss.layers.compactMap { layer -> Citation? in
      switch layer.kind {
      case .firstLoss(let place): clauses.firstLosses[place].citation
      case .stopLoss(let place): clauses.stopLosses[place].citation
      case .step: clauses.claimRate?.citation
      }
    }
    if let limit = claim.loss.limit, claim.loss.left == cap, owed == cap {
      sources.append(clauses.limits[limit].citation)
    }
    return sources
  }
}

extension FundAgreement {
  /// The clauses that look at many claims together.
  public var aggregateRules: AggregateRules { terms.aggregates.rules }

  /// A book for these clauses in which nothing has happened; `nil` where there are none.
  public func aggregateBook(bankCount: Int) -> AggregateBook? {
    terms.aggregates.isEmpty ? nil : AggregateBook(aggregateRules, bankCount: bankCount)
  }

  /// The year of the programme in which a day lies, from 1.
  public func programmeYear(on date: CivilDate) -> Int {
    dates.firstDay.wholeYears(until: date) + 1
  }

  /// The claim rates at which a model's shares change, and the shares on each step, one more.
  public func claimRateSteps(
    _ model: OperatingModel, _ choice: RuleChoice
  ) -> (rates: [Ratio], sharings: [SharingTerms]) {
    let rates = terms.version(choice.version).models[model]?.claimRateSteps ?? []
    let sharings = (0...rates.count).compactMap { step -> SharingTerms? in
      var onStep = choice
      onStep.conditions.step = step
      return rules(model, onStep)?.sharing
    }
    return (rates, sharings)
  }
}

extension SharingTerms {
  /// The fund's share; nothing if it does not pay.
  public var fundShare: Ratio { payers.first { $0.party == .fund }?.share ?? .zero }
}
