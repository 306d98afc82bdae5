import CompensationKernel
import FundCore
import PolicyLibrary

/// The steps of an explanation while they are told.
struct ExplanationStory {
  typealias Inputs = [(name: ExplanationStep.Input, value: ExplanationStep.Quantity)]

  let replay: Replay
  let index: Int
  let loan: RegisterLoan
  let model: OperatingModel
  let cover: CoverageDecision
  private(set) var steps: [ExplanationStep] = []
  var finalParts = PartyAmounts()

  init(_ replay: Replay, _ index: Int) {
    self.replay = replay
    self.index = index
    loan = replay.register.loans[index]
    model = replay.agreement.model(of: loan.model)
    cover =
      replay.loans[index].cover
      ?? CoverageDecision(coveredPrincipal: .zero, admitted: .zero, refusals: [])
  }

  var agreement: FundAgreement { replay.agreement }
  /// The terms under which the loan stands.
  var terms: CompensationTerms { replay.agreement.terms(ofLoanMadeOn: loan.disbursedOn) }
  /// The rules by which its claim was settled, or is taken as if it were made when the loan was.
  var choice: RuleChoice {
    for entry in entries {
      if case .claim(let claim) = entry.event { return claim.choice }
    }
    return agreement.ruleChoice(loan, on: outcome.claimedOn ?? loan.disbursedOn, schedule)
  }
  /// The years of operation.
  var schedule: CapSchedule {
    CapSchedule(
      agreement, dated: replay.register.loans.lazy.map { ($0.bank, $0.disbursedOn) })
  }
  var rules: ClaimRulesInForce? { agreement.rules(model, choice) }
  var outcome: LoanOutcome { replay.loans[index] }
  /// The entries of the ledger about the loan.
  var entries: [LedgerEntry] { replay.entries.filter { $0.loan == index } }

  mutating func tell() {
    tellCoverage()
    tellIPPart()
    guard let loss = loan.loss else { return }
    tellClaim(loss)
    for entry in entries where entry.event.isRepayment { tell(entry) }
    tellLoss(loss)
    for entry in entries where !entry.event.isRepayment { tell(entry) }
    tellOutcome()
    // What follows from money is told when it happens; the stages come in the kernel's order.
    let order = ExplanationStep.Stage.allCases
    steps = order.flatMap { stage in steps.filter { $0.stage == stage } }
  }

  /// Tells a step.
  mutating func add(
    _ stage: ExplanationStep.Stage, _ kind: ExplanationStep.Kind, _ inputs: Inputs = [],
    result: ExplanationStep.Quantity? = nil, _ source: StepSource
  ) {
    steps.append(
      ExplanationStep(
        stage: stage, kind: kind, verdict: source.verdict, inputs: inputs, result: result,
        date: source.date, citations: source.citations))
  }

  // MARK: Coverage

  private mutating func tellCoverage() {
    let clauses = terms.coverage
    let dates = agreement.dates
    condition(
      .datesInForce,
      [(.startedOn, .date(loan.disbursedOn))]
        // Where the loss decides, older loans are covered too (I-19).
        + (terms.coverPeriod.value == .lossInForce
          ? [] : dates.from.map { [(.inForceFrom, .date($0))] } ?? [])
        + (dates.until.map { [(.inForceUntil, .date($0))] } ?? []), terms.inForce.citation)
    for amendment in agreement.terms.amendments {
      add(
        .coverage, .amendment(amendment.id),
        [(.startedOn, .date(loan.disbursedOn)), (.timeFrom, .date(amendment.from))],
        StepSource([amendment.citation]))
    }
    if let kinds = clauses.collateral {
      let allowed = CollateralKind.allCases.filter { kinds.value.contains($0) }
      condition(
        .collateral, choice(loan.collateral.rawValue, of: allowed.map(\.rawValue)), kinds.citation)
    }
    if let sizes = clauses.sizes {
      let allowed = SizeClass.allCases.filter { sizes.value.contains($0) }
      condition(.size, choice(loan.size.rawValue, of: allowed.map(\.rawValue)), sizes.citation)
    }
    if let longest = clauses.longestTerm {
      condition(
        .term,
        [(.term, .months(loan.schedule.termMonths)), (.longestTerm, .months(longest.value))],
        longest.citation)
    }
    for fact in clauses.facts where fact.isAsked {
      condition(.fact(fact.id), [(.fact, .words([fact.english, fact.chinese]))], fact.citation)
    }
    condition(.ipPart, parts, clauses.combinedPledge.citation)
    if let limit = clauses.coverLimit {
      condition(.coverLimit, [(.value, .words(["\(limit.value)"]))], limit.citation)
    }
    tellLimits(clauses)
    tellHistory(clauses)
    // Whatever else the replay had against the loan.
    for refusal in cover.refusals where !isTold(refusal) {
      condition(refusal.condition, [], refusal.citation)
    }
  }

  private mutating func tellLimits(_ clauses: CoverageClauses) {
    let asked = CoverageCase(loan).loan
    for limit in clauses.singleLoan where limit.sizes.contains(loan.size) {
      condition(
        .singleLoanLimit,
        [
          (.amount, .money(asked.amount(limit.measure))), (.limit, .money(limit.atMost.value)),
          (.value, .words([limit.measure.rawValue])),
        ], limit.atMost.citation)
    }
    if let limit = clauses.perEnterpriseYear {
      condition(
        .enterpriseYearLimit,
        [
          (.amount, .money(asked.amount(limit.measure))),
          (.earlierThisYear, .money(outcome.earlierThisYear)),
          (.limit, .money(limit.atMost.value)), (.value, .words([limit.measure.rawValue])),
        ], limit.atMost.citation)
    }
  }

  private mutating func tellHistory(_ clauses: CoverageClauses) {
    if let removes = clauses.earlierDefaultRemovesCover, removes.value {
      let history = replay.register.history
      var inputs: Inputs = [(.startedOn, .date(loan.disbursedOn))]
      if let first = history.defaults[loan.enterprise] {
        inputs.append((.firstDefault, .date(first)))
      }
      if let end = history.defaultsEnded[loan.enterprise] { inputs.append((.endedOn, .date(end))) }
      condition(.earlierDefault, inputs, removes.citation)
    }
    let notices = replay.register.history.suspensions.filter { $0.bank == loan.bank }
    for cited in terms.thresholds where cited.value.effect != .warning {
      let id = cited.value.id
      let since =
        cited.value.customers == nil
        ? []
        : replay.register.history.customers
          .filter { $0.enterprise == loan.enterprise }.map(\.since)
      condition(
        cited.value.effect == .pause ? .pause(id) : .suspension(id),
        [(.startedOn, .date(loan.disbursedOn))]
          + notices.map { (.noticedOn, .date($0.noticedOn)) }
          + since.map { (.customerSince, .date($0)) },
        [cited.citation] + (notices.isEmpty ? [] : cited.value.standingSources))
    }
  }

  /// Tells a condition with what the replay found.
  private mutating func condition(
    _ condition: CoverageRefusal.Condition, _ inputs: Inputs, _ citation: Citation
  ) {
    self.condition(condition, inputs, [citation])
  }

  private mutating func condition(
    _ condition: CoverageRefusal.Condition, _ inputs: Inputs, _ citations: [Citation]
  ) {
    let refusal = cover.refusals.first { $0.condition == condition }
    let verdict: ExplanationStep.Verdict =
      refusal.map { $0.isPartial ? .metInPart : .notMet } ?? .met
    add(.coverage, .condition(condition), inputs, StepSource(citations, verdict))
  }

  private func isTold(_ refusal: CoverageRefusal) -> Bool {
    steps.contains { $0.kind == .condition(refusal.condition) }
  }

  private func choice(_ word: String, of allowed: [String]) -> Inputs {
    [(.value, .words([word])), (.allowed, .words(allowed))]
  }

  // MARK: The covered part

  private var parts: Inputs {
    [(.ipPrincipal, .money(loan.ipPrincipal)), (.principal, .money(loan.schedule.principal))]
  }

  private mutating func tellIPPart() {
    let pledge = terms.coverage.combinedPledge
    let countsPart = pledge.value == .ipPart
    add(
      .ipPart, .ipPart, parts + [(.value, .words([pledge.value.rawValue]))],
      result: .money(countsPart ? loan.ipPrincipal : loan.schedule.principal),
      StepSource([pledge.citation]))
    // A condition that concerns one payer cuts its part, and not what is covered.
    let limits =
      cover.isCovered ? cover.refusals.filter(\.idlePayers.isEmpty).map(\.citation) : []
    add(
      .ipPart, .covered, result: .money(cover.coveredPrincipal),
      StepSource(limits, cover.isCovered ? (limits.isEmpty ? .met : .metInPart) : .notMet))
  }
}

/// Where a step comes from, what it came to, and when.
struct StepSource {
  var citations: [Citation]
  var verdict: ExplanationStep.Verdict?
  var date: CivilDate?

  init(
    _ citations: [Citation], _ verdict: ExplanationStep.Verdict? = nil, on date: CivilDate? = nil
  ) {
    var seen: Set<Citation> = []
    self.citations = citations.filter { !$0.description.isEmpty && seen.insert($0).inserted }
    self.verdict = verdict
    self.date = date
  }
}

extension LedgerEntry.Event {
  /// Whether money came in before the claim.
  fileprivate var isRepayment: Bool {
    if case .repayment = self { true } else { false }
  }
}
