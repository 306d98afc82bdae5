import CompensationKernel
import FundCore
import PolicyLibrary

// A claim that hangs on others before it: the layers of its loss, and what limits it.
extension ExplanationStory {
  /// Tells in which layers a loss lies, and each payer's share of each.
  mutating func tellLayers(_ claim: LayeredClaim, _ model: ModelClauses, on date: CivilDate) {
    for (layer, shared) in zip(claim.loss.layers, claim.shared) {
      switch layer.kind {
      case .firstLoss(let place):
        let clause = terms.aggregates.firstLosses[place]
        tell(layer, .firstLoss(clause.value.id), clause, of: claim, on: date)
        continue
      case .stopLoss(let place):
        let clause = terms.aggregates.stopLosses[place]
        tell(layer, .stopLoss(clause.value.id), clause, of: claim, on: date)
      case .step(let step): tell(layer, onStep: step, of: claim, model, on: date)
      }
      tellShares(shared, of: layer, model)
    }
  }

  private mutating func tell(
    _ layer: LossLayer, _ kind: ExplanationStep.Kind, _ clause: Cited<AggregateTerms>,
    of claim: LayeredClaim, on date: CivilDate
  ) {
    let book = claim.book
    add(
      .shares, kind,
      [
        (.limit, .money(book.level(of: clause.value, bank: loan.bank))),
        (.counted, .money(book.losses(under: clause.value, bank: loan.bank))),
      ] + sums(of: clause.value, in: book, on: date), result: .money(layer.amount),
      StepSource([clause.citation], on: date))
  }

  private mutating func tell(
    _ layer: LossLayer, onStep step: Int, of claim: LayeredClaim, _ model: ModelClauses,
    on date: CivilDate
  ) {
    guard let rate = claim.book.claimRate(bank: loan.bank),
      let source = terms.aggregates.claimRate?.citation
    else { return }
    let steps = model.claimRateSteps
    var inputs: Inputs = [(.counted, .money(rate.counted)), (.lending, .money(rate.lending))]
    if step > 0 { inputs.append((.above, .ratio(steps[step - 1]))) }
    if step < steps.count { inputs.append((.limit, .ratio(steps[step]))) }
    if let clause = terms.aggregates.claimRate?.value {
      inputs.append((.scope, .words([clause.scope.rawValue])))
      inputs += time(of: clause.period, on: date)
    }
    add(
      .shares, .claimRate, inputs, result: .money(layer.amount), StepSource([source], on: date))
  }

  private mutating func tellShares(
    _ shared: SharedLayer, of layer: LossLayer, _ model: ModelClauses
  ) {
    var conditions = choice.conditions
    if case .step(let step) = layer.kind { conditions.step = step }
    var left = layer.amount
    for payer in shared.sharing.payers {
      guard let party = agreement.parties.party(at: payer.party),
        let clause = model.payers.first(where: { $0.party == party })
      else { continue }
      let base = payer.base == .wholeLoss ? layer.amount : left
      let share = min(base.multiplied(by: payer.share, rounding: shared.sharing.rounding), left)
      left -= share
      let source = model.otherShare(of: clause, at: conditions)?.share.citation
      add(
        .shares, .share(party),
        [(.share, .ratio(payer.share)), (.base, .money(base))] + hangs(clause),
        result: .money(share),
        StepSource([source ?? clause.share.citation]))
    }
  }

  // MARK: Of whom and when

  /// On what a payer's share hangs: the year of operation and the borrower's size, where others have another.
  func hangs(_ payer: PayerClause?) -> Inputs {
    let others = payer?.otherShares ?? []
    var inputs: Inputs = []
    if others.contains(where: { $0.fromYear > 1 }) {
      let year = schedule.operationYear(
        bank: loan.bank, on: outcome.claimedOn ?? loan.disbursedOn)
      inputs.append((.year, .words(["\(year)"])))
    }
    if others.contains(where: { $0.sizes.count < SizeClass.allCases.count }) {
      inputs.append((.size, .words([loan.size.rawValue])))
    }
    return inputs
  }

  /// Whose claims a clause adds up, over which time, and what its amount is a part of.
  private func sums(
    of clause: AggregateTerms, in book: AggregateBook, on date: CivilDate
  ) -> Inputs {
    let who: Inputs = [(.scope, .words([clause.scope.rawValue]))]
    let inputs = who + time(of: clause.period, on: date)
    switch clause.level {
    case .amount: return inputs
    case .part(let part, let measure):
      let lending = book.lending(measure, clause.scope, clause.period, bank: loan.bank)
      return inputs + [
        (.share, .ratio(part)), (.measure, .words([measure.rawValue])), (.base, .money(lending)),
      ]
    case .partOfFund(let part, let measure):
      return inputs + [
        (.share, .ratio(part)), (.measure, .words([measure.rawValue])),
        (.base, .money(book.money[measure])),
      ]
    }
  }

  /// Over which time a clause counts, for a claim of a day.
  private func time(of period: AggregatePeriod, on date: CivilDate) -> Inputs {
    let name: Inputs = [(.period, .words([period.rawValue]))]
    switch period {
    case .calendarYear: return name + [(.year, .words(["\(date.month.year)"]))]
    case .programmeYear: return name + [(.year, .words(["\(agreement.programmeYear(on: date))"]))]
    case .programme: return name
    }
  }

  /// Tells what the limit that leaves the least leaves of what the fund would owe.
  mutating func tellLimit(
    _ claim: LayeredClaim, owed share: Money, part: Money, on date: CivilDate
  ) {
    guard let place = claim.loss.limit else { return }
    let clause = terms.aggregates.limits[place]
    add(
      .caps, .limit(clause.value.id),
      [
        (.amount, .money(share)),
        (.limit, .money(claim.book.level(of: clause.value, bank: loan.bank))),
        (.counted, .money(claim.book.owed(under: clause.value, bank: loan.bank))),
        (.left, .money(claim.loss.left)),
      ] + sums(of: clause.value, in: claim.book, on: date), result: .money(part),
      StepSource([clause.citation], part < share ? .reached : .notReached, on: date))
  }
}
