import ClaimRules
import CompensationKernel
import DocumentReading
public import FundCore
import PolicyLibrary
import RandomStreams
public import Simulation

/// A scenario compiled: the plan of the run, and what it was compiled from.
public struct CompiledScenario: Sendable {
  /// A fund of the scenario once more, under another reading of when ratios are watched (I-16).
  public struct OtherReading: Sendable {
    /// The position of the fund in the scenario.
    public let fund: Int
    /// Interpretation, name and text of the reading.
    public let reading: (interpretation: String, name: String, text: LocalizedText)
  }

  /// The plan: the scenario's funds, then those of `otherReadings`.
  public var plan: SimulationPlan
  /// The funds of the plan behind the scenario's own, in order.
  public let otherReadings: [OtherReading]
  /// What the results come from.
  public let source: RunSource
}

extension Scenario {
  /// The flat plan of this scenario. Cannot fail: everything was checked when it was read.
  public func compiled(version: EngineVersion) -> CompiledScenario {
    let planned = plannedPortfolio
    var factors = defaults.factors
    if factors.assetCorrelations.count > 1 {
      factors.sectorIdentities = portfolio.sectors.map(identityHash)
    }
    factors.known = knownPeriod
    let model = DefaultModel(
      factors: factors, timing: defaults.timing, portfolio: planned, risks: loanRisks,
      course: defaults.course)
    // A state was counted under one reading of when ratios are watched.
    let others = resumed == nil ? funds.indices.flatMap { otherFunds(of: $0) } : []
    var allowed: [(item: OtherFund, fund: FundAgreement)] = []
    var refused: [RunSource.RefusedReading] = []
    for item in others {
      switch item.outcome {
      case .success(let fund): allowed.append((item, fund))
      case .failure(let reason):
        refused.append(
          RunSource.RefusedReading(
            fund: item.position, interpretation: item.id, name: item.name, reason: reason))
      }
    }
    let coverages = funds.indices.map { CoverageCompilation(funds[$0], position: $0, in: self) }
    var plan = SimulationPlan(
      run: .init(seed: seed, trialCount: trials), clock: .init(start, horizon: horizon),
      portfolio: planned,
      model: .init(model, recoveryModel),
      funds: zip(funds, coverages).map { $0.plan(in: self, cover: $1) }
        + allowed.map { $0.fund.plan(in: self, cover: coverages[$0.item.position]) })
    plan.parameterDraws = parameterDraws
    plan.years = years
    plan.reportedFunds = funds.count
    return CompiledScenario(
      plan: plan,
      otherReadings: allowed.map { item, _ in
        CompiledScenario.OtherReading(
          fund: item.position, reading: (item.id, item.name, item.text))
      },
      source: RunSource(
        self, engine: version, coverages: coverages.map(\.summary), refusedReadings: refused))
  }

  /// The risk of each loan; none of one that has defaulted by the day the run begins.
  private var loanRisks: [LoanRisk] {
    let bySector = defaults.factors.assetCorrelations.count > 1
    let groups = riskGroups
    var risks = portfolio.loans.indices.map { index in
      var risk = LoanRisk(
        sector: bySector ? portfolio.loans[index].sector : 0,
        annualProbability: defaults.annualPD[index])
      risk.group = groups[index]
      return risk
    }
    for position in positionsInDefault { risks[position].annualProbability = 0 }
    return risks
  }

  /// A fund under another reading of when its ratios are watched.
  private struct OtherFund {
    let position: Int
    /// The interpretation.
    let id: String
    let name: String
    let text: LocalizedText
    /// The fund, or why it cannot stand under the reading: a parameter that the scenario sets does not
    /// go with it, for one.
    let outcome: Result<FundAgreement, Diagnostics>
  }

  /// A fund under each reading of when ratios are watched that it does not use: every threshold figure
  /// stands beside those.
  private func otherFunds(of position: Int) -> [OtherFund] {
    funds[position].programme.interpretations(setting: .watch).flatMap {
      otherFunds(of: position, $0)
    }
  }

  private func otherFunds(
    of position: Int, _ interpretation: Interpretation
  ) -> [OtherFund] {
    let fund = funds[position]
    let id = interpretation.id
    let place = fund.programme.tree.location
    let used = fund.readings.first { $0.id.value == id }?.name.value ?? "default"
    let kept = fund.readings.filter { $0.id.value != id }
    let texts =
      [("default", interpretation.reading)]
      + interpretation.others.map { ($0.name, $0.text) }
    return texts.filter { $0.0 != used }.map { name, text in
      let choice = ReadingChoice(id: Written(id, at: place), name: Written(name, at: place))
      return OtherFund(
        position: position, id: id, name: name, text: text, outcome: fund.read(kept + [choice]))
    }
  }

  private var plannedPortfolio: PlannedPortfolio {
    let models = Dictionary(uniqueKeysWithValues: models.enumerated().map { ($1, UInt8($0)) })
    var loans = portfolio.loans.map { plannedLoan($0, models[$0.model] ?? 0) }
    takeRegistered(into: &loans)
    return PlannedPortfolio(
      loans: loans, banks: portfolio.banks,
      enterpriseCount: max(1, portfolio.enterprises.count),
      identities: portfolio.loans.map(\.identity))
  }

  private func plannedLoan(_ loan: LoanRecord, _ model: UInt8) -> PlannedLoan {
    let schedule = loan.schedule
    var planned = PlannedLoan(
      principal: loan.principal.fen,
      ipPrincipal: loan.principal.multiplied(by: loan.ipPart, rounding: .halfUp).fen,
      rate: Int32(clamping: loan.rate.millionths),
      parties: .init(bank: loan.bank, enterprise: loan.enterprise),
      time: .init(
        start: Int16(clamping: loan.start.months(since: start)), term: loan.termMonths,
        isAmortizing: schedule.isAmortizing), model: model)
    planned.isIPPledged = planned.ipPrincipal > 0 && loan.collateral != .other
    planned.levelPayment = schedule.level?.amount.fen ?? -1
    planned.opening = loan.outstanding?.fen ?? -1
    planned.openingMonth = Int16(clamping: loan.start.months(since: start) + Int(loan.monthsRun))
    return planned
  }

  private var recoveryModel: RecoveryModel {
    let part: RecoveryModel.Part
    if recovery.standardDeviation > 0,
      let table = KnownTables.beta(
        mean: recovery.mean, standardDeviation: recovery.standardDeviation)
    {
      part =
        recovery.loading > 0 ? .loadedBeta(table, loading: recovery.loading) : .beta(table)
    } else {
      part = .fixed(recovery.mean)
    }
    return RecoveryModel(
      part: part, lag: recovery.lag, costs: recovery.costs,
      writeOffMonths: recovery.writeOffMonths)
  }
}

extension FundAgreement {
  /// The fund under other readings.
  ///
  /// The file is read again from its start, because a change of terms has no way back.
  fileprivate func read(_ readings: [ReadingChoice]) -> Result<FundAgreement, Diagnostics> {
    do throws(Diagnostics) {
      var other = self
      other.programme = try original.changed(readings: readings, overrides: overrides)
      return .success(other)
    } catch {
      return .failure(error)
    }
  }

  /// The fund, compiled to flat numbers.
  func plan(in scenario: Scenario, cover: CoverageCompilation) -> FundPlan {
    let bands = ShareBands(self, in: scenario)
    let known = scenario.models
    let models = bands.years.flatMap { year in
      cover.ruleSets.flatMap { set in known.map { modelRules($0, set, year: year) } }
    }
    let months = (0..<scenario.horizon).map { scenario.start.advanced(by: $0) }
    var plan = FundPlan(
      name: name, model: model.flatMap { known.firstIndex(of: $0) }, models: models,
      cash: FundPlan.Cash(
        opening: initial, accounts: accounts, interestRate: interestRate,
        injections: Array(injections.dropFirst(scenario.resumed?.monthsGone ?? 0)),
        fees: months.map { fee(atEndOf: $0) }, partition: partition,
        unpaidWaits: terms.fund.unpaidWaits.value),
      cover: self.cover(cover, over: months),
      claims: FundPlan.Claims(
        delay: claimDelay, penaltyRate: penaltyRate?.millionths,
        caps: caps(of: cover.ruleSets, in: scenario, months)),
      thresholds: thresholds)
    plan.modelCount = known.count
    plan.partyPlaces = parties
    plan.claims.capSetCount = capVersions(of: cover.ruleSets).count
    plan.claims.bands = bands.byMonth(months)
    plan.claims.interestMonths = interestMonths
    plan.claims.comesAfterRealisation = terms.claim.comesAfterRealisation
    plan.claims.yearlyLimit = compensationLimit?.value.fen
    if windUpOn != nil { plan.cash.lastMonth = dates.lastMonth?.months(since: scenario.start) }
    plan.cover.headroom = cover.headroom
    plan.cover.coverLimit = terms.coverage.coverLimit?.value
    plan.cover.amended = amendedCover(since: scenario.start)
    plan.causes = cover.causes
    plan.cover.earlierLoans = scenario.earlierCustomers(for: self)
    plan.carried = cover.carried
    plan.costs = costs
    if costs != nil { plan.cover.defaulted = scenario.positionsInDefault.map { Int32($0) } }
    plan.cash.fillUp = fillUp
    plan.cash.contributors = contributors(
      through: scenario.horizon + (scenario.resumed?.monthsGone ?? 0))
    plan.aggregates = plannedAggregates(
      cover.ruleSets, years: bands.years, in: scenario, months, cover.aggregateBook)
    plan.cash.opening = plan.carried.map { Money(fen: $0.balance) } ?? initial
    return plan
  }

  /// What amendments change in the cover of loans that are made from then on, by months of the run.
  private func amendedCover(since start: CivilMonth) -> [FundPlan.AmendedCover] {
    terms.amendments.map { amendment in
      // A simulated loan is made on the 15th.
      let month = amendment.from.month.months(since: start)
      let clauses = amendment.terms.coverage
      return FundPlan.AmendedCover(
        from: amendment.from.day > 15 ? month + 1 : month,
        earlierDefaultRemovesCover: clauses.earlierDefaultRemovesCover?.value ?? false,
        coverLimit: clauses.coverLimit?.value)
    }
  }

  /// Which losses are covered.
  private func cover(_ cover: CoverageCompilation, over months: [CivilMonth]) -> FundPlan.Cover {
    let inForce = months.indices.filter { coversLoss(overdueOn: months[$0].middle) }
    // Of a loan that was made in force none is overdue before the first month.
    let first = terms.coverPeriod.value == .lossInForce ? inForce.first ?? 0 : 0
    var planned = FundPlan.Cover(
      principal: cover.principal,
      earlierDefaultRemovesCover: terms.coverage.earlierDefaultRemovesCover?.value ?? false)
    planned.firstDefaultMonth = first
    planned.lastDefaultMonth = inForce.last ?? -1
    planned.ruleSets = cover.rulePlaces
    return planned
  }
}
