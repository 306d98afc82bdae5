import ClaimRules
import CompensationKernel
import FundCore
import Simulation

// The rules of a fund's claims, compiled.
extension FundAgreement {
  /// The rules of a model in a set and from a year of operation on; `nil` if the model is not used.
  func modelRules(
    _ model: OperatingModel, _ set: RuleSet, year: Int
  ) -> FundPlan.ModelRules? {
    let choice = RuleChoice(
      version: set.version, conditions: ShareConditions(size: set.size, year: year))
    return rules(model, choice).map {
      FundPlan.ModelRules(
        rules: $0.without(parties.places(of: set.idle)),
        countsInterest: countsInterest(model, version: set.version))
    }
  }

  /// The clauses that look at many claims together; `nil` where there are none.
  ///
  /// - Parameters:
  ///   - sets: The sets of rules.
  ///   - years: The years of operation from which shares change.
  ///   - months: The months of the run.
  ///   - book: What had been added up when the run begins; `nil` for nothing.
  func plannedAggregates(
    _ sets: [RuleSet], years: [Int], in scenario: Scenario, _ months: [CivilMonth],
    _ book: AggregateBook?
  ) -> PlannedAggregates? {
    guard let empty = aggregateBook(bankCount: scenario.portfolio.banks.count) else { return nil }
    let steps = years.flatMap { year in
      sets.flatMap { set in
        scenario.models.map { model -> PlannedAggregates.Steps in
          let choice = RuleChoice(
            version: set.version, conditions: ShareConditions(size: set.size, year: year))
          let found = claimRateSteps(model, choice)
          return PlannedAggregates.Steps(
            rates: found.rates,
            sharings: found.sharings.map { $0.without(parties.places(of: set.idle)) })
        }
      }
    }
    return PlannedAggregates(
      book: book ?? empty,
      years: months.map { month in
        PlannedAggregates.Years(
          calendar: month.year, ofLoans: programmeYear(on: month.middle),
          ofClaims: programmeYear(on: month.middle.advanced(byDays: 1)))
      }, steps: steps,
      idleSets: Set(sets.indices.filter { sets[$0].idle.contains(.fund) }))
  }

  /// The versions of the terms whose caps the sets of rules have: that of each set where any terms that hold
  /// caps were amended, or one for all.
  func capVersions(of sets: [RuleSet]) -> [Int] {
    let hasCaps = ([terms] + terms.amendments.map(\.terms)).contains { terms in
      models.contains { terms.models[$0]?.payers.contains { !$0.caps.isEmpty } ?? false }
    }
    return hasCaps && sets.contains { $0.version != 0 } ? sets.map(\.version) : [0]
  }

  /// The limit per claim by month, or by bank and month where banks differ (I-33), once for each of
  /// `capVersions`.
  func caps(of sets: [RuleSet], in scenario: Scenario, _ months: [CivilMonth]) -> [Int64] {
    let schedule = CapSchedule(self, dated: scenario.loanDates)
    guard schedule.hasCap else { return [] }
    let banks = schedule.differsByBank ? Array(scenario.portfolio.banks.indices) : [0]
    return capVersions(of: sets).flatMap { version in
      banks.flatMap { bank in
        months.map { schedule.limit(bank: bank, in: $0, version: version).fen }
      }
    }
  }
}

/// The years of operation from which shares change, and which of them holds when.
struct ShareBands {
  private let fund: FundAgreement
  private let schedule: CapSchedule
  private let bankCount: Int
  /// The years from which shares change, ascending, the first among them.
  let years: [Int]

  init(_ fund: FundAgreement, in scenario: Scenario) {
    self.fund = fund
    schedule = CapSchedule(fund, dated: scenario.loanDates)
    bankCount = scenario.portfolio.banks.count
    let versions = [fund.terms] + fund.terms.amendments.map(\.terms)
    let changes = versions.flatMap { terms in
      fund.models.flatMap { terms.models[$0]?.shareYears ?? [] }
    }
    years = Set([1] + changes).sorted()
  }

  /// The place of a year among those from which shares change.
  func band(of year: Int) -> Int { max(0, (years.lastIndex { $0 <= year } ?? 0)) }

  /// The year from which the shares hold by which a claim was settled.
  func year(
    of set: RuleSet, _ model: OperatingModel, bank: Int, on date: CivilDate
  ) -> Int {
    schedule.shareYear(of: model, version: set.version, bank: bank, on: date)
  }

  /// The band of each month, or of each bank and month where banks count their own years; empty where there
  /// is one. All models count their years alike, which the reader sees to.
  func byMonth(_ months: [CivilMonth]) -> [UInt8] {
    guard years.count > 1 else { return [] }
    let banks = Array(0..<(schedule.countsBankYears ? bankCount : 1))
    return banks.flatMap { bank in
      months.map { UInt8(clamping: band(of: schedule.operationYear(bank: bank, on: $0.middle))) }
    }
  }
}
