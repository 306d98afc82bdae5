import CompensationKernel
import FundCore
import RandomStreams

/// What this build of the engine comes to on fixed questions, as one word.
///
/// Two engines that compute differently give different words, whatever version they say they are:
/// draws of every purpose, the tables, each law of default, recoveries, interest, and claims and
/// recoveries under each clause are asked for, by the functions that runs use. It takes some
/// milliseconds.
public func knownAnswers() -> UInt64 {
  var answers = AnswerWord()
  let tables = DrawTables(dependence: .independent)
  answers.addDraws(tables.exponential)
  answers.add(tables.hazard)
  answers.add(tables.cumulative)
  answers.add(tables.normal)
  answers.addLaws()
  for model in KnownModel.all { answers.add(model, tables: tables) }
  for rules in KnownFunds.rules { answers.addSettlements(under: rules) }
  answers.addUnits()
  return answers.word
}

extension AnswerWord {
  /// Adds what a reader works out before a run: names as numbers, annuities, risks of a term, days.
  fileprivate mutating func addUnits() {
    for name in ["", "甲", "loan-0001"] { add(identityHash(of: name)) }
    for (fen, count) in [(100_000_000, 12), (77_777_777, 36)] as [(Int64, Int)] {
      let payment = LevelPayment(
        repaying: Money(fen: fen), over: count, annualRate: Ratio(millionths: 43_500))
      add(payment?.amount.fen ?? -1)
      add(payment?.balance(of: Money(fen: fen), after: 7).fen ?? -1)
    }
    for months in [1, 7, 12, 30] { add(termProbability(annual: 0.07, months: months)) }
    let first = CivilMonth(ordinal: 2024 * 12 + 1).firstDay
    for days in [0, 28, 365, 1_500, 40_000] {
      let date = first.advanced(byDays: days)
      add(Int64(date.month.ordinal * 100 + date.day))
      add(Int64(date.weekday))
      add(Int64(date.lastDay(ofMonths: 1).dayNumber))
    }
  }

  /// Adds all that some trials record of each fund.
  fileprivate mutating func add(_ model: KnownModel, tables: DrawTables) {
    let plan = model.plan
    let setups = plan.funds.map { FundSetup(plan: $0, simulation: plan) }
    let outcomes = plan.outcomeTables(trialCount: plan.trialCount)
    var worker = TrialWorker(
      plan: plan, setups: setups,
      claims: LoanClaims.all(setups, simulation: plan),
      tables: tables.forFewTrials(of: plan.defaults.factors.dependence),
      options: SimulationOptions(alwaysExact: model.alwaysExact))
    for table in outcomes { table.begin(rows: 0..<plan.trialCount) }
    worker.run(trials: 0, rows: 0..<plan.trialCount, into: outcomes)
    for (table, tally) in zip(outcomes, worker.tallies) { add(table, tally) }
    // In which bin each balance lies; a trial a bin, mostly. Of one fund, because bins are many.
    for (bin, count) in worker.tallies[0].balances.enumerated() where count > 0 {
      add(UInt64(bin) << 32 | UInt64(count))
    }
  }

  private mutating func add(_ table: OutcomeTable, _ tally: FundTally) {
    let rows = 0..<table.trialCount
    for column in table.columns.indices {
      for value in table.column(at: column, rows: rows) { add(value) }
    }
    for column in 0..<table.breachWidth {
      for month in table.breachColumn(at: column, rows: rows) { add(Int64(month)) }
    }
    for month in tally.paid.indices {
      add(Int64(truncatingIfNeeded: tally.paid[month]))
      add(Int64(truncatingIfNeeded: tally.returned[month]))
    }
  }

  /// Adds claims and recoveries by the kernel's own two functions, as registers and explanations call
  /// them.
  fileprivate mutating func addSettlements(under rules: ClaimRulesInForce) {
    for fen in [1, 99_999_999, 400_000_001] as [Int64] {
      let loss = Money(fen: fen)
      var log = NoLog()
      var purse = FundPurse(
        FundAccount(opening: Money(fen: 150_000_000), under: rules.accounts), rule: rules.accounts)
      let claim = settle(
        loss: loss, under: rules.sharing, cap: Money(fen: 100_000_000), from: &purse, log: &log)
      for place in PartyPlace.allCases { add(claim.parts[place].fen) }
      for amount in [claim.owed, claim.paid, claim.refundOwed, claim.refunded, claim.unpaid] {
        add(amount.fen)
      }
      var before = RecoveredBefore()
      for (recovered, costs) in [(fen / 3, fen / 40), (fen, 0)] as [(Int64, Int64)] {
        let division = divideRecovery(
          Money(fen: recovered), costs: Money(fen: costs), of: claim, under: rules, before: before,
          log: &log)
        for place in PartyPlace.allCases { add(division.parts[place].fen) }
        for amount in [division.toFund, division.toPayingAccount, division.divided] {
          add(amount.fen)
        }
        before.add(division)
      }
      for rate in [Ratio.percent(3), Ratio(millionths: 15_000)] {
        add(monthlyInterest(on: loss, annualRate: rate).fen)
        add(MonthlyInterest(annualRate: rate).earned(on: loss).fen)
        add(MonthlyInterest(annualRate: rate).smallestBalance(growingTo: loss).fen)
      }
    }
  }
}

/// A model of defaults and recoveries with which known answers are computed.
struct KnownModel {
  let factors: FactorModel
  let timing: AssessmentTiming
  let recovery: RecoveryModel
  /// Its place among all.
  let index: Int

  static let horizon = 13
  static let trialCount = 3
  static let fundCount = 3

  /// Whether trials are settled claim by claim, and not by totals where that is done. Four models after
  /// each other have all funds; so each fund is settled both ways.
  var alwaysExact: Bool { index / 4 % 2 == 1 }

  /// Every law of default, both timings and periods, and every kind of recovery.
  static var all: [KnownModel] {
    let beta = QuantileTable.beta(mean: 0.35, standardDeviation: 0.2, isTabulated: false)
    let parts: [RecoveryModel.Part] = [
      .fixed(0.37), beta.map { .beta($0) } ?? .fixed(0),
      beta.map { .loadedBeta($0, loading: 0.3) } ?? .fixed(0),
    ]
    let laws: [(Dependence, correlations: [Double], persistence: Double, months: Int)] = [
      (.independent, [0], 0, 12), (.gaussian, [0.12], 0.4, 12), (.gaussian, [0.15, 0.25], 0.5, 1),
      (.studentT(degreesOfFreedom: 5), [0.2], 0, 12), (.gamma(variance: 0.6), [0], 0, 12),
    ]
    let choices: [(law: Int, AssessmentTiming, part: Int)] = [
      (0, .monthly, 0), (1, .monthly, 1), (2, .maturity, 2), (3, .monthly, 2),
      (4, .monthly, 1), (1, .maturity, 2), (2, .monthly, 0), (3, .maturity, 1),
    ]
    return choices.enumerated().map { index, choice in
      let law = laws[choice.law]
      return KnownModel(
        factors: FactorModel(
          dependence: law.0, assetCorrelations: law.correlations, sectorCorrelation: 0.45,
          persistence: law.persistence, periodMonths: law.months),
        timing: choice.1,
        recovery: RecoveryModel(
          part: parts[choice.part], lag: 2...5, costs: Ratio(millionths: 83_000),
          writeOffMonths: index == 1 ? 3 : nil),
        index: index)
    }
  }

  /// The loans, under a stress that changes inside a year, and the funds.
  var plan: SimulationPlan {
    let portfolio = Self.portfolio
    let stress = (0..<Self.horizon).map { $0 < 7 ? 1 : 2.5 }
    let defaults = DefaultModel(
      factors: factors, timing: timing, portfolio: portfolio,
      risks: portfolio.loans.indices.map { index in
        LoanRisk(
          sector: Int16(index % factors.assetCorrelations.count),
          annualProbability: [0.02, 0.11, 0.35, 0.9, 0][index % 5])
      }, course: ProbabilityCourse(stress: stress))
    var plan = SimulationPlan(
      run: .init(seed: 20_240_101, trialCount: Self.trialCount),
      clock: .init(CivilMonth(ordinal: 2024 * 12 + 3), horizon: Self.horizon), portfolio: portfolio,
      model: .init(defaults, recovery),
      funds: KnownFunds.plans(
        (0..<Self.fundCount).map { Self.fundCount * index + $0 }, for: portfolio,
        horizon: Self.horizon))
    plan.capitalMonths = [6, Self.horizon]
    return plan
  }

  private static let portfolio: PlannedPortfolio = {
    let loans = (0..<30).map { index in
      let principal = Int64(30_000_001 + 7_654_321 * (index % 11))
      var loan = PlannedLoan(
        principal: principal,
        ipPrincipal: index % 10 == 9 ? 0 : index % 3 == 0 ? principal * 3 / 5 : principal,
        rate: Int32(43_500 + 100 * index),
        parties: .init(bank: Int32(index % 3), enterprise: Int32(index % 19)),
        time: .init(
          start: Int16(index % 13 - 4), term: Int16([6, 12, 12, 9, 15][index % 5]),
          isAmortizing: index % 4 == 1), model: UInt8(index % 3))
      // Of the loans that are repaid by month some are annuities; of those that run, some are behind.
      if index % 8 == 1 {
        loan.levelPayment =
          LevelPayment(
            repaying: Money(fen: principal), over: Int(loan.term),
            annualRate: Ratio(millionths: Int64(loan.rate)))?.amount.fen ?? -1
      }
      if loan.start < 0, index % 2 == 0 { loan.opening = principal * 2 / 3 }
      return loan
    }
    return PlannedPortfolio(loans: loans, banks: ["甲", "乙", "丙"], enterpriseCount: 19)
  }()
}
