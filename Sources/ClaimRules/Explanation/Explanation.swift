public import CompensationKernel
public import FundCore
public import PolicyLibrary

/// One loan of a replayed register and its claim, told step by step in the order of the kernel
/// (I-14): coverage, IP part, loss base, shares, caps, balances, each party's part, recoveries.
///
/// Nothing is decided or computed here a second time: the verdicts and amounts are those of the
/// replay, put beside the clauses and the numbers that led to them.
public struct Explanation: Sendable {
  /// The programme's id.
  public let programme: String
  /// The programme's title.
  public let title: LocalizedText
  /// The operating model under which the claim was settled.
  public let model: OperatingModel
  /// The loan.
  public let loan: RegisterLoan
  /// Whether the loan was covered, and every reason against it.
  public let cover: CoverageDecision
  /// The whole loss as the programme counts it; `nil` if nothing was claimed.
  public let loss: LossCounted?
  /// The steps, in order.
  public let steps: [ExplanationStep]
  /// What each party lost in the end, after all that came back.
  public let finalParts: PartyAmounts
  /// Who stands at which place of `finalParts`.
  public let parties: Parties
  /// The interpretations that the steps applied, each with its question and the reading used.
  public let readings: [AppliedReading]
  /// What was set against the text.
  public let departures: [AppliedOverride]
  /// What a reader has to know of the input, beside the steps.
  public var remarks: [LocalizedText] = []

  /// Tells of one loan of a replayed register.
  ///
  /// - Returns: `nil` if the register has no loan at this position.
  public init?(of index: Int, in replay: Replay) {
    guard replay.register.loans.indices.contains(index) else { return nil }
    var story = ExplanationStory(replay, index)
    story.tell()
    programme = replay.agreement.programme.id
    title = replay.agreement.programme.title
    model = story.model
    loan = story.loan
    cover = story.cover
    loss = story.outcome.loss
    steps = story.steps
    finalParts = story.finalParts
    parties = replay.agreement.parties
    let ids = Set(story.steps.flatMap(\.citations).flatMap(\.interpretations))
    // The order of the steps is itself a reading.
    let order = replay.agreement.programme.interpretations(setting: .order).map(\.id)
    readings = replay.agreement.programme.readings(
      of: ids.union(order), under: replay.agreement.readings)
    departures = replay.agreement.original.departures(replay.agreement.overrides)
  }
}

/// One step of an explanation: a rule, the numbers that went in, and what came out.
public struct ExplanationStep: Sendable {
  /// The part of the story, in the order of the kernel.
  public enum Stage: String, CaseIterable, Sendable {
    case coverage
    case claim
    case ipPart
    case lossBase
    case shares
    case caps
    case balances
    case parts
    case recoveries
    case outcome
  }
  /// What a condition or a limit came to.
  public enum Verdict: String, CaseIterable, Sendable {
    /// The condition holds.
    case met
    /// The condition does not hold.
    case notMet
    /// The condition holds for a part of the loan only.
    case metInPart
    /// The input does not say what would have to be known; the claim does not depend on it.
    case notStated
    /// The limit was not reached.
    case notReached
    /// The limit cut the amount.
    case reached
  }
  /// The rule that a step applies.
  public enum Kind: Hashable, Sendable {
    /// A condition of coverage.
    case condition(CoverageRefusal.Condition)
    /// Whether an amendment, by its name in the programme, holds for the loan.
    case amendment(String)
    /// The operating model is allowed.
    case model(OperatingModel)
    /// The day on which the claim is settled.
    case claimDate
    /// The loss falls into the time that the programme covers.
    case lossInForce
    /// A duty with a date, by its name in the programme.
    case duty(String)
    /// The amount of a combined loan that can be covered.
    case ipPart
    /// The principal that is covered after all limits.
    case covered
    /// Money that came in before the claim.
    case repayment
    /// The loss of principal.
    case principalLost
    /// The interest in the loss.
    case interestLost
    /// The part of the loss that the programme divides.
    case lossBase
    /// The loss is not covered, and stays with the bank.
    case uncovered
    /// Nothing is claimed: the loan was repaid before, or is cured.
    case noClaim
    /// A payer's share before caps.
    case share(Party)
    /// A payer's part after the limit per claim.
    case cap(Party)
    /// A payer's part of what the cap of another cut.
    case ofCut(Party)
    /// What of the loss lies within a first loss that the bank bears, by its name.
    case firstLoss(String)
    /// What of it lies beyond a stop-loss, and is the fund's, by its name.
    case stopLoss(String)
    /// What of it lies on one step of the claim rate.
    case claimRate
    /// The fund's part after a limit of what many claims come to, by its name.
    case limit(String)
    /// What the fund pays out of its balance.
    case payment
    /// What the fiscal account refunds to the social account.
    case refund
    /// A party's part of the covered loss.
    case part(Party)
    /// The bank's loss outside cover.
    case outsideCover
    /// A recovery, and how much of it concerns the covered part.
    case recovered
    /// What is divided of a recovery.
    case divisible
    /// A payer's part of a recovery; the fund's flows back into its accounts.
    case returned(Party)
    /// What a party gets of a recovery in the end.
    case gets(Party)
    /// More was paid on a claim that had waited for money.
    case latePayment
    /// A party's loss in the end.
    case finalPart(Party)
  }
  /// What a number of a step is.
  public enum Input: String, CaseIterable, Sendable {
    case startedOn, inForceFrom, inForceUntil, value, allowed, term, longestTerm, fact
    case principal, ipPrincipal, amount, limit, earlierThisYear, firstDefault, noticedOn
    case customerSince
    case overdueOn, daysOverdue, delay, recognisedOn, appliedOn, curedOn, endedOn
    case provincePaidOn, realisedOn
    case unpaid, days, paidBefore, left
    case text, timeFrom, doneOn, dueOn
    case total, covered, rate, months, share, base, cap, owed, balance, paid, lossBase
    case received, costs, onRest, backBefore, bornePart, refundOwed
    case counted, lending, above
    case scope, period, year, size, measure
  }
  /// A number of a step with its unit.
  public enum Quantity: Hashable, Sendable {
    case money(Money)
    case ratio(Ratio)
    case months(Int)
    case days(Int)
    case date(CivilDate)
    case words([String])
  }

  /// The part of the story.
  public let stage: Stage
  /// The rule.
  public let kind: Kind
  /// What it came to, where there is something to keep or to reach.
  public let verdict: Verdict?
  /// The numbers that went in, in order.
  public let inputs: [(name: Input, value: Quantity)]
  /// What came out; `nil` where the verdict is all.
  public let result: Quantity?
  /// When it happened, where the day matters.
  public let date: CivilDate?
  /// Where the rule comes from.
  public let citations: [Citation]

  /// The number of a name.
  public subscript(name: Input) -> Quantity? { inputs.first { $0.name == name }?.value }
}
