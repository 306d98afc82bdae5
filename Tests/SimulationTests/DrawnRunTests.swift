import CompensationKernel
import FundCore
import LossStatistics
import RandomStreams
import TestSupport
import Testing

@testable import Simulation

/// Runs whose parameters are not known: trial k has draw k mod their number.
@Suite struct DrawnRunTests {
  /// Loans of three grades and terms under stress, with a factor of every kind.
  private static func draft(
    _ dependence: Dependence, _ timing: AssessmentTiming, sectors: Int = 1
  ) -> ScenarioDraft {
    let loans = (0..<240).map { index in
      var loan = LoanDraft()
      loan.start = index % 24 - 3
      loan.term = [6, 12, 18][index % 3]
      loan.principal = 1_000_000 + 1_000 * Int64(index)
      loan.probability = [0.02, 0.05, 0.11][index % 3 == 0 ? index / 3 % 3 : index % 2]
      loan.sector = index % sectors
      loan.group = Int16(index % 2)
      return loan
    }
    var draft = ScenarioDraft(horizon: 40, loans: loans)
    draft.timing = timing
    draft.stress = [7: 2, 8: 2, 9: 0.5]
    let isNormal = dependence != .independent && dependence != .gamma(variance: 0.6)
    draft.factors = FactorModel(
      dependence: dependence,
      assetCorrelations: Array(repeating: isNormal ? 0.15 : 0, count: sectors),
      sectorCorrelation: 0.5, persistence: isNormal ? 0.4 : 0)
    draft.recovery = RecoveryModel(
      part: QuantileTable.beta(mean: 0.35, standardDeviation: 0.2).map { .beta($0) } ?? .fixed(0.3),
      lag: 2...9)
    return draft
  }

  private static let laws: [Dependence] = [
    .independent, .gaussian, .studentT(degreesOfFreedom: 4), .gamma(variance: 0.6),
  ]

  private static func plan(_ draft: ScenarioDraft, trials: Int) -> SimulationPlan {
    draft.plan(
      [FundDraft.of(share: .percent(50), opening: Money(fen: 8_000_000)).plan(for: draft)],
      trials: trials, seed: 11)
  }

  private static func columns(_ result: SimulationResult) -> [[Int64]] {
    result.funds.flatMap { fund in fund.columns.map { fund.column($0) } }
  }

  /// Draws that are wide apart: probabilities from a third to three times, correlations from 0 to 0.6.
  private static func wideDraws(_ count: Int, hasFactors: Bool) -> ParameterDraws {
    ParameterDraws(
      (0..<count).map { number in
        let place = (Double(number) + 0.5) / Double(count)
        return ParameterDraws.Draw(
          moves: [.shifted(1.2 * (place - 0.5)), .replaced(0.01 + 0.1 * place)],
          assetCorrelation: hasFactors ? 0.6 * place * place : nil,
          persistence: hasFactors ? 0.8 * (1 - place) : nil)
      })
  }

  @Test(arguments: laws, AssessmentTiming.allCases)
  func `a point posterior leaves every bit`(dependence: Dependence, timing: AssessmentTiming) {
    var plan = Self.plan(Self.draft(dependence, timing, sectors: 2), trials: 60)
    let known = simulate(plan, threads: 1)
    let isNormal = plan.defaults.factors.assetCorrelations[0] > 0
    plan.parameterDraws = ParameterDraws(
      (0..<4).map { _ in
        ParameterDraws.Draw(
          moves: [.shifted(0), .shifted(0)], assetCorrelation: isNormal ? 0.15 : nil,
          persistence: isNormal ? 0.4 : nil)
      })
    let drawn = simulate(plan, threads: 2)
    #expect(Self.columns(drawn) == Self.columns(known))
    #expect(RiskEstimates(drawn)?.funds[0].exhaustion == RiskEstimates(known)?.funds[0].exhaustion)
    #expect(drawn.groups == nil)
  }

  /// With one probability and one term a draw changes nothing but numbers: each trial is that of a plan
  /// which has them as its own.
  @Test(arguments: AssessmentTiming.allCases)
  func `a trial has the parameters of its draw`(timing: AssessmentTiming) throws {
    var draft = Self.draft(.gaussian, timing)
    draft.stress = [:]
    for index in draft.loans.indices {
      (draft.loans[index].probability, draft.loans[index].term) = (0.05, 12)
      draft.loans[index].group = 0
    }
    var plan = Self.plan(draft, trials: 21)
    let parameters = [(0.02, 0.3, 0.0), (0.05, 0.1, 0.5), (0.13, 0.0, 0.9)]
    plan.parameterDraws = ParameterDraws(
      parameters.map { value, correlation, persistence in
        ParameterDraws.Draw(
          moves: [.replaced(value)], assetCorrelation: correlation, persistence: persistence)
      })
    let drawn = Self.columns(simulate(plan, threads: 1))
    for (number, (value, correlation, persistence)) in parameters.enumerated() {
      var own = draft
      for index in own.loans.indices { own.loans[index].probability = value }
      own.factors.assetCorrelations = [correlation]
      own.factors.persistence = persistence
      let columns = Self.columns(simulate(Self.plan(own, trials: 21), threads: 1))
      for (one, other) in zip(drawn, columns) {
        for trial in stride(from: number, to: 21, by: 3) { #expect(one[trial] == other[trial]) }
      }
    }
  }

  @Test(arguments: AssessmentTiming.allCases)
  func `threads, chunks, parts and single trials change nothing`(timing: AssessmentTiming) {
    var plan = Self.plan(Self.draft(.gaussian, timing), trials: 70)
    plan.parameterDraws = Self.wideDraws(16, hasFactors: true)
    let whole = Self.columns(simulate(plan, threads: 1))
    #expect(Self.columns(simulate(plan, threads: 3, chunkSize: 5)) == whole)
    let parts = [0..<23, 23..<70].map { Self.columns(simulate(plan, trials: $0, threads: 2)) }
    for (index, column) in whole.enumerated() {
      #expect(parts[0][index] + parts[1][index] == column)
    }
    for history in simulateTrials(plan, [3, 41, 69]) {
      for (index, column) in simulate(plan, trials: 0..<1, threads: 1).funds[0].columns.enumerated() {
        #expect(history.funds[0].figures[column] == whole[index][history.trial], "\(column)")
      }
    }
    plan.trialCount = 30
    #expect(zip(Self.columns(simulate(plan, threads: 1)), whole).allSatisfy { $0 == Array($1[..<30]) })
  }

  /// What thinning takes for certain is certain, under every draw and every shift that it is used at.
  @Test(arguments: [Dependence.gaussian, .independent], AssessmentTiming.allCases)
  func `bounds of thinning hold under the draws`(
    dependence: Dependence, timing: AssessmentTiming
  ) throws {
    var plan = Self.plan(Self.draft(dependence, timing), trials: 64)
    plan.parameterDraws = Self.wideDraws(64, hasFactors: dependence == .gaussian)
    let drawn = try #require(DrawnModel(plan, trials: 0..<64))
    var certain = 0
    for trial in 0..<64 {
      let arguments = drawn.parameters(ofTrial: trial).arguments
      for cell in drawn.walk.cells.indices {
        let limit = arguments.surelyBelow[cell]
        let shifts = dependence == .gaussian ? [-6, -2, -0.5, 0, 0.4, 1, limit, limit - 0.01] : [0]
        for shift in shifts where shift <= limit && shift.isFinite {
          let all = Self.hazard(arguments.ofCells[cell], shift, dependence)
          for entry in drawn.walk.entries(of: cell) {
            let own = Self.hazard(
              arguments.ofClasses[Int(drawn.walk.classes[entry])], shift, dependence)
            #expect(own <= all)
            let kept = drawn.walk.leastKept[entry]
            #expect(own >= all * Double(kept) / 256)
            certain += kept > 0 ? 1 : 0
          }
        }
      }
    }
    #expect(certain > 1_000)
  }

  /// The hazard of an argument where the factor shifts it by so much.
  private static func hazard(
    _ argument: Double, _ shift: Double, _ dependence: Dependence
  ) -> Double {
    dependence == .gaussian
      ? DrawTables.Standard.hazard.hazard(at: argument - shift)
      : Simulation.hazard(ofProbability: argument, certainty: certainHazard)
  }

  /// 3.9 standard errors: one right program in ten thousand fails.
  @Test(arguments: laws, AssessmentTiming.allCases)
  func `defaults are those of the mixture`(
    dependence: Dependence, timing: AssessmentTiming
  ) throws {
    var plan = Self.plan(Self.draft(dependence, timing), trials: 6_000)
    let isNormal = plan.defaults.factors.assetCorrelations[0] > 0
    plan.parameterDraws = Self.wideDraws(48, hasFactors: isNormal)
    let estimates = try #require(RiskEstimates(simulate(plan, threads: 2)))
    let checks = estimates.funds[0].checks
    #expect(checks.hold, "\(checks)")
    #expect(checks.expectedDefaults != nil && checks.defaultsByMonth.limit != nil)
    // Under the plan's own parameters alone it would not be what it is.
    plan.parameterDraws = nil
    let known = try #require(plan.expectedDefaults?.total)
    let distance = checks.simulatedDefaults.value - known
    #expect(abs(distance) > 0.05 * known)
  }
}
