import ClaimRules
import FundCore
import PolicyLibrary
import ReportForm
public import ResultFacts
public import ScenarioInput

extension RunSource {
  /// The scenario's funds in words, in order.
  public var funds: [FundDescription] {
    zip(scenario.funds, coverages).enumerated().map { position, item in
      var described = FundInWords(fund: item.0).description(coverage: item.1)
      guard let resumed = scenario.resumed else { return described }
      let standing = resumed.standing(ofFund: position)
      described.initial = standing.balance
      described.terms =
        StandingInWords(standing: standing, resumed: resumed).lines + described.terms
      return described
    }
  }

  /// Where the results come from, in words.
  public var provenance: Provenance {
    var provenance = Provenance(
      engine: engine,
      scenario: Provenance.Scenario(title: scenario.title, path: scenario.file, digest: digest),
      seed: scenario.seed, trials: scenario.trials,
      portfolio: PortfolioDescription(scenario.portfolio))
    provenance.settings = scenario.settings
    provenance.state = scenario.resumed.map { resumed in
      Provenance.State(
        path: resumed.source.file, digest: resumed.source.digest, day: resumed.state.day,
        register: resumed.state.register, opening: resumed.opening)
    }
    if scenario.portfolio.outsideWindow > 0 {
      provenance.portfolio.setAside.append(
        CountedReason(
          reason: .init(en: "outside the scenario's window", zh: "在情景的时间窗口之外"),
          count: scenario.portfolio.outsideWindow))
    }
    provenance.programmes = ProgrammeReference.all(of: scenario.funds)
    provenance.model = ModelInWords(scenario: scenario).model
    provenance.levels = scenario.levels
    provenance.inputs = inputs
    for fund in scenario.funds {
      provenance.overrides += FundInWords(fund: fund).overrides
      provenance.readings += FundInWords(fund: fund).readings
    }
    if scenario.assumesFacts {
      provenance.assumptions.append(
        .init(
          en: "every coverage fact without a column (registration, credit record, …) counts as met",
          zh: "没有对应列的补偿条件（登记、信用记录等）均视为满足"))
    }
    provenance.warnings =
      provenance.programmes.compactMap { $0.check.notice(of: $0.id) }
      + refusedReadings.map { words(of: $0) } + (unlikeHistory.map { [$0] } ?? [])
    return provenance
  }

  /// That the scenario's loans are taken for safer, or riskier, than those of its history.
  private var unlikeHistory: LocalizedText? {
    guard let found = scenario.unlikeHistory else { return nil }
    let own = NumberFormat.trimmed(found.own * 100, decimals: 2)
    let history = NumberFormat.trimmed(found.history * 100, decimals: 2)
    let times = NumberFormat.significant(found.own / found.history, digits: 2)
    return LocalizedText(
      en: """
        the loans are taken to be \(times) times as risky as those of the history: `pd: \(own)%` stands for its best \
        estimate of \(history) %, and moves with it. If they are alike, write `pd: \(history)%`; if this is meant, \
        `reference: \(history)%` under `uncertainty` says so
        """,
      zh: """
        贷款的风险按历史的\(times)倍计：`pd: \(own)%` 对应历史的最佳估计\(history)%，并随之变动。如果两者相同，请写 \
        `pd: \(history)%`；如果确有不同，请在 `uncertainty` 下写 `reference: \(history)%`
        """)
  }

  /// That a reading is missing beside the one in use, and why.
  private func words(of refused: RefusedReading) -> LocalizedText {
    let fund = scenario.funds[refused.fund].name
    let reasons = refused.reason.problems.map(\.message).joined(with: .init(en: "; ", zh: "；"))
    return LocalizedText(
      en: """
        fund '\(fund)' cannot be read by \(refused.interpretation) '\(refused.name)', so its \
        thresholds stand without that reading: \(reasons)
        """,
      zh: """
        基金“\(fund)”不能采用\(refused.interpretation)的读法“\(refused.name)”，\
        其阈值因此没有该读法下的结果：\(reasons)
        """)
  }
}

extension PortfolioDescription {
  /// The loans of a tape; rows that a window leaves out are not among those that were set aside.
  init(_ tape: LoanTape) {
    var lent = Money.zero
    for loan in tape.loans { lent += loan.principal }
    self.init(
      source: tape.source, loans: tape.loans.count, banks: tape.banks.count,
      enterprises: tape.enterprises.count, lent: lent)
    setAside = tape.unused
    units = tape.units
    notices = tape.notices
  }
}
