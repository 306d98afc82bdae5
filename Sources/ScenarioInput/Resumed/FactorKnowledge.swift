import Calibration
import ClaimRules
import CompensationKernel
import FundCore
import RandomStreams
import Simulation

/// What the loans of a state say of the factors: the law of the last period's factor given the defaults and
/// the loans at risk by period, or paths of all factors where these hang together.
struct FactorKnowledge {
  /// Where paths are drawn from, and how many of them.
  struct PathRequest {
    let seed: UInt64
    /// Tells the draws of parameters apart.
    let number: Int
    let count: Int
  }

  private let assumptions: DefaultAssumptions
  private let recovery: RecoveryAssumptions
  /// The months from the opening to the day of the state.
  private let monthsGone: Int
  private let assessments: SeenAssessments
  /// What came back of losses, for recoveries that are loaded on the factor.
  private let recoveries: SeenRecoveries

  /// Counts what the loans of a state tell.
  ///
  /// - Parameters:
  ///   - risks: Of each loan of the state.
  ///   - assumptions: The law of defaults. It may be another than the scenario's own: a step of a study.
  ///   - recovery: The law of recoveries.
  init(
    _ resumed: ResumedRun, _ risks: [LoanRisk], _ assumptions: DefaultAssumptions,
    _ recovery: RecoveryAssumptions
  ) {
    self.assumptions = assumptions
    self.recovery = recovery
    monthsGone = resumed.monthsGone
    recoveries = SeenRecoveries(resumed, loading: recovery.loading)
    assessments = SeenAssessments(resumed, risks, assumptions)
  }

  /// What is known of the factors under a draw of the parameters; `nil` if nothing that matters is.
  func known(under draw: ParameterDraws.Draw?, _ request: PathRequest) -> KnownPeriod? {
    var factors = assumptions.factors
    if let draw { factors = factors.under(draw) }
    var law = recovery
    if let drawn = draw?.recovery {
      (law.mean, law.standardDeviation) = (drawn.mean, drawn.standardDeviation)
    }
    return DrawnKnowledge(
      factors: factors, isMonthly: assumptions.timing == .monthly, recovery: law,
      monthsGone: monthsGone, seen: seen(under: draw), recoveries: recoveries
    ).known(request)
  }

  /// The assessments with their probabilities under a draw, in a fixed order.
  private func seen(under draw: ParameterDraws.Draw?) -> [SeenDefaults] {
    var counts: [SeenPlace: SeenAssessments.Count] = [:]
    for (kind, count) in assessments.counts {
      let annual = draw.map { draw in
        draw.moves.indices.contains(Int(kind.group))
          ? draw.moves[Int(kind.group)].moved(kind.annualPD) : kind.annualPD
      }
      let probability = termProbability(
        annual: min((annual ?? kind.annualPD) * kind.multiplier, 0.999999), months: kind.months)
      let place = SeenPlace(period: kind.period, sector: kind.sector, probability: probability)
      counts[place, default: SeenAssessments.Count()].assessed += count.assessed
      counts[place, default: SeenAssessments.Count()].defaults += count.defaults
    }
    return counts.map { place, count in
      SeenDefaults(
        period: place.period, sector: place.sector, probability: place.probability,
        assessed: count.assessed, defaults: count.defaults)
    }.sorted {
      ($0.period, $0.sector, $0.probability) < ($1.period, $1.sector, $1.probability)
    }
  }

  private struct SeenPlace: Hashable {
    let period: Int
    let sector: Int
    let probability: Double
  }
}

/// What was seen, under one set of parameters.
private struct DrawnKnowledge {
  let factors: FactorModel
  let isMonthly: Bool
  let recovery: RecoveryAssumptions
  let monthsGone: Int
  let seen: [SeenDefaults]
  let recoveries: SeenRecoveries

  /// Whether what has happened says something of the factors to come: a period has begun, or periods hang
  /// together.
  private var conditions: Bool {
    switch factors.dependence {
    case .independent: return false
    case .gamma: return isUnderWay
    case .studentT where isUnderWay: return true
    case .studentT, .gaussian: break
    }
    return factors.assetCorrelations.contains { $0 > 0 } && (isUnderWay || factors.persistence > 0)
  }

  private var isUnderWay: Bool { monthsGone % factors.periodMonths > 0 }

  /// The last period that began before the run.
  private var period: Int { (monthsGone - 1) / factors.periodMonths }

  private var assessment: DefaultHistory.Assessment { isMonthly ? .monthly : .yearly }

  func known(_ request: FactorKnowledge.PathRequest) -> KnownPeriod? {
    guard monthsGone > 0 else { return nil }
    switch factors.dependence {
    case .independent: return nil
    case .gamma(let variance):
      guard conditions, let history = history(ofSector: nil), let cells = history.cells.last
      else { return nil }
      let law = FactorLaw.gammaScore(
        variance: variance, probabilities: probabilities(ofSector: nil), cells: cells,
        history.assessment)
      return KnownPeriod(period: period, laws: [law.resumable])
    case .studentT:
      return conditions || recoveries.matter ? paths(request) : nil
    case .gaussian:
      let areTogether = factors.assetCorrelations.count > 1 && factors.sectorCorrelation > 0
      if recoveries.matter || conditions && areTogether { return paths(request) }
      guard conditions else { return nil }
      return KnownPeriod(
        period: period, laws: factors.assetCorrelations.indices.map { law(ofSector: $0) })
    }
  }

  // MARK: Laws

  /// The law of a sector's factor in the last period.
  private func law(ofSector sector: Int) -> KnownPeriod.Law {
    let correlation = factors.assetCorrelations[sector]
    guard correlation > 0, let history = history(ofSector: sector) else {
      return FactorLaw.stationary.resumable
    }
    return history.currentFactor(
      FactorParameters(
        pds: probabilities(ofSector: sector), assetCorrelation: correlation,
        persistence: factors.persistence)
    ).resumable
  }

  /// The unconditional probabilities that were assessed, ascending.
  private func probabilities(ofSector sector: Int?) -> [Double] {
    Set(seen.filter { sector ?? $0.sector == $0.sector }.map(\.probability)).sorted()
  }

  /// The history by period; `nil` if nothing was assessed.
  private func history(ofSector sector: Int?) -> DefaultHistory? {
    let probabilities = probabilities(ofSector: sector)
    guard !probabilities.isEmpty else { return nil }
    let places = Dictionary(
      uniqueKeysWithValues: probabilities.enumerated().map { ($1, $0) })
    var counts = [[SeenAssessments.Count]](
      repeating: probabilities.map { _ in SeenAssessments.Count() }, count: period + 1)
    for item in seen where sector ?? item.sector == item.sector {
      counts[item.period][places[item.probability] ?? 0].assessed += item.assessed
      counts[item.period][places[item.probability] ?? 0].defaults += item.defaults
    }
    return DefaultHistory(
      grades: probabilities.map { "\($0)" }, firstYear: 0,
      cells: counts.map { period in
        period.map { count in
          DefaultHistory.Cell(
            atRisk: isMonthly ? Double(count.assessed) / 12 : Double(count.assessed),
            defaults: count.defaults)
        }
      }, assessment: assessment)
  }

  // MARK: Paths

  /// Courses of all factors, drawn given what was seen.
  private func paths(_ request: FactorKnowledge.PathRequest) -> KnownPeriod {
    let periods = tellingPeriods
    var law = LatentLaw(
      correlations: factors.assetCorrelations, sectorCorrelation: factors.sectorCorrelation,
      persistence: factors.persistence, assessment: assessment, periodCount: periods.count)
    if case .studentT(let degrees) = factors.dependence { law.degrees = degrees }
    law.recoveryLoading = recoveries.loading
    let defaults = seen.filter { periods.contains($0.period) }.map {
      var item = $0
      item.period -= periods.lowerBound
      return item
    }
    let came = recoveries.all(recovery, periodMonths: factors.periodMonths).filter {
      periods.contains($0.period)
    }.map {
      var item = $0
      item.period -= periods.lowerBound
      return item
    }
    let drawn = FactorSampler(law, defaults: defaults, recoveries: came).paths(
      request.count, seed: request.seed, number: UInt64(request.number))
    return KnownPeriod(
      period: period,
      paths: KnownPeriod.Paths(
        periods: periods, placeCount: law.placeCount, factors: drawn.factors,
        scales: drawn.scales))
  }

  /// The periods of which paths are drawn: those that say something of the last one, or whose claims hang on
  /// their factor. What lies so far back that less than a thousandth of it is left says nothing.
  private var tellingPeriods: Range<Int> {
    let back =
      factors.persistence > 0
      ? Int(min(1_200, logarithm(1e-3) / logarithm(factors.persistence)).rounded(.up)) : 0
    let claims = recoveries.firstMonth.map { $0 / factors.periodMonths } ?? period
    return max(0, min(period - back, claims))..<period + 1
  }
}

extension FactorLaw {
  /// The law as a run draws from it.
  fileprivate var resumable: KnownPeriod.Law {
    KnownPeriod.Law(values(atScores: KnownPeriod.Law.scores))
  }
}

extension Scenario {
  /// How many courses of the factors a run is given where their law is drawn; draws of the parameters have a
  /// part of them each.
  private static let pathCount = 8_192
  private static let fewestPaths = 64

  /// What the loans of the state say, under the scenario's probabilities and correlations as they are now;
  /// `nil` if the scenario does not go on from one.
  var factorKnowledge: FactorKnowledge? {
    guard let resumed else { return nil }
    let groups = riskGroups
    let risks = zip(resumed.risks, resumed.positions).map { risk, position in
      var risk = risk
      risk.group = position.map { groups[$0] } ?? pdGroup
      if let position { risk.annualProbability = defaults.annualPD[position] }
      return risk
    }
    return FactorKnowledge(resumed, risks, defaults, recovery)
  }

  /// What is known of the factors of the last period that began before the run.
  var knownPeriod: KnownPeriod? {
    factorKnowledge?.known(
      under: nil, FactorKnowledge.PathRequest(seed: seed, number: 0, count: Self.pathCount))
  }

  /// Where the paths of a draw come from.
  ///
  /// - Parameter number: The draw's, from 1 on.
  func pathRequest(ofDraw number: Int, among count: Int) -> FactorKnowledge.PathRequest {
    FactorKnowledge.PathRequest(
      seed: seed, number: number,
      count: max(Self.fewestPaths, Self.pathCount / max(1, count)))
  }
}
