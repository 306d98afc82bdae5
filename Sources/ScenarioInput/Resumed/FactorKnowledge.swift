import Calibration
import ClaimRules
import CompensationKernel
import FundCore
import Simulation

/// What the loans of a state say of the factors: defaults and loans at risk by period, and the law of the
/// last period's factor given them.
///
/// A loan counts as the model assesses it (MODEL.md §3): in each of its months up to that of its default, or
/// once. A default is put into the months in which its loan is assessed, if a register has it just outside.
struct FactorKnowledge {
  /// A loan with its annual probability.
  struct Loan {
    let loan: RegisterLoan
    let sector: Int
    let annualPD: Double
  }

  /// Why the factors of a run cannot be drawn given a register.
  enum Obstacle: Error {
    /// Sectors with factors that hang together, of which several are seen at once.
    case sectors
    /// A mixing variable beside the factor.
    case mixing
  }

  private let assumptions: DefaultAssumptions
  private let opening: CivilMonth
  /// The months from the opening to the day of the state.
  private let monthsGone: Int
  private let stress: [Double]
  private let loans: [Loan]

  /// Prepares to say what the loans of a state tell.
  ///
  /// - Parameter assumptions: The law of defaults. It may be another than the scenario's own: a draw of
  ///   parameters, or a step of a study.
  init(_ resumed: ResumedRun, _ assumptions: DefaultAssumptions) {
    self.assumptions = assumptions
    opening = resumed.opening
    monthsGone = resumed.monthsGone
    stress = resumed.stressGone
    loans = zip(resumed.state.loans, resumed.risks).map { item, risk in
      Loan(loan: item.loan, sector: Int(risk.sector), annualPD: risk.annualProbability)
    }
  }

  private var factors: FactorModel { assumptions.factors }

  /// Whether what has happened says something of the factors to come: a period has begun, or periods hang
  /// together.
  var conditions: Bool {
    guard monthsGone > 0, factors.dependence != .independent else { return false }
    if case .gamma = factors.dependence { return isUnderWay }
    return factors.assetCorrelations.contains { $0 > 0 } && (isUnderWay || factors.persistence > 0)
  }

  private var isUnderWay: Bool { monthsGone % factors.periodMonths > 0 }

  /// The last period that began before the run.
  private var period: Int { (monthsGone - 1) / factors.periodMonths }

  /// What is known of the factors; `nil` if nothing that matters is.
  func known() throws(Obstacle) -> KnownPeriod? {
    guard conditions else { return nil }
    switch factors.dependence {
    case .independent: return nil
    case .studentT: throw .mixing
    case .gamma(let variance):
      let history = history(of: loans)
      guard let cells = history?.cells.last, let history else { return nil }
      let law = FactorLaw.gammaScore(
        variance: variance, probabilities: probabilities(of: loans), cells: cells,
        history.assessment)
      return KnownPeriod(period: period, laws: [law.resumable])
    case .gaussian:
      if factors.assetCorrelations.count > 1, factors.sectorCorrelation > 0 { throw .sectors }
      let laws = factors.assetCorrelations.indices.map { sector in
        law(ofSector: sector, loans.filter { $0.sector == sector })
      }
      return KnownPeriod(period: period, laws: laws)
    }
  }

  /// The law of a sector's factor in the last period.
  private func law(ofSector sector: Int, _ loans: [Loan]) -> KnownPeriod.Law {
    let correlation = factors.assetCorrelations[sector]
    guard correlation > 0, let history = history(of: loans) else {
      return FactorLaw.stationary.resumable
    }
    return history.currentFactor(
      FactorParameters(
        pds: probabilities(of: loans), assetCorrelation: correlation,
        persistence: factors.persistence)
    ).resumable
  }

  // MARK: What was seen

  /// A loan's assessments of one probability in one period.
  private struct Seen: Hashable {
    let period: Int
    let probability: Double
  }

  private struct Count {
    var assessed = 0
    var defaults = 0
  }

  /// The unconditional probabilities that were assessed, ascending.
  private func probabilities(of loans: [Loan]) -> [Double] {
    Set(counts(of: loans).keys.map(\.probability)).sorted()
  }

  /// The history by period; `nil` if nothing was assessed.
  private func history(of loans: [Loan]) -> DefaultHistory? {
    let counts = counts(of: loans)
    let probabilities = Set(counts.keys.map(\.probability)).sorted()
    guard !probabilities.isEmpty else { return nil }
    let isMonthly = assumptions.timing == .monthly
    let cells = (0...period).map { period in
      probabilities.map { probability in
        let count = counts[Seen(period: period, probability: probability)] ?? Count()
        return DefaultHistory.Cell(
          atRisk: isMonthly ? Double(count.assessed) / 12 : Double(count.assessed),
          defaults: count.defaults)
      }
    }
    return DefaultHistory(
      grades: probabilities.map { "\($0)" }, firstYear: 0, cells: cells,
      assessment: isMonthly ? .monthly : .yearly)
  }

  private func counts(of loans: [Loan]) -> [Seen: Count] {
    var counts: [Seen: Count] = [:]
    for item in loans where item.annualPD > 0 { count(item, &counts) }
    return counts
  }

  private func count(_ item: Loan, _ counts: inout [Seen: Count]) {
    let start = item.loan.disbursedOn.month.months(since: opening)
    let end = start + item.loan.schedule.termMonths
    let overdue = item.loan.loss?.overdueOn.month.months(since: opening)
    switch assumptions.timing {
    case .maturity:
      let month = overdue.map { min($0, end) } ?? end
      guard (0..<monthsGone).contains(month) else { return }
      let annual = stressed(item.annualPD, in: month)
      let key = Seen(
        period: month / factors.periodMonths,
        probability: termProbability(annual: annual, months: item.loan.schedule.termMonths))
      counts[key, default: Count()].assessed += 1
      if overdue != nil { counts[key, default: Count()].defaults += 1 }
    case .monthly:
      let first = max(0, start + 1)
      let failing = overdue.map { min(max($0, first), end) }
      let last = min(failing ?? end, monthsGone - 1)
      guard first <= last else { return }
      for month in first...last {
        let key = Seen(
          period: month / factors.periodMonths, probability: stressed(item.annualPD, in: month))
        counts[key, default: Count()].assessed += 1
        if month == failing { counts[key, default: Count()].defaults += 1 }
      }
    }
  }

  private func stressed(_ probability: Double, in month: Int) -> Double {
    min(probability * stress[month], 0.999999)
  }
}

extension FactorLaw {
  /// The law as a run draws from it.
  fileprivate var resumable: KnownPeriod.Law {
    KnownPeriod.Law(values(atScores: KnownPeriod.Law.scores))
  }
}

extension Scenario {
  /// What is known of the factors of the last period that began before the run, under the scenario's
  /// probabilities and correlations as they are now.
  var knownPeriod: KnownPeriod? { knownPeriod(under: nil) }

  /// The same under a draw of the parameters.
  func knownPeriod(under draw: ParameterDraws.Draw?) -> KnownPeriod? {
    guard let resumed else { return nil }
    var told = resumed
    let groups = riskGroups
    for (place, position) in resumed.positions.enumerated() {
      guard let position else {
        told.risks[place].annualProbability = moved(
          told.risks[place].annualProbability, of: pdGroup, under: draw)
        continue
      }
      told.risks[place].annualProbability = moved(
        defaults.annualPD[position], of: groups[position], under: draw)
    }
    var assumptions = defaults
    if let draw { assumptions.factors = assumptions.factors.under(draw) }
    // What stands in the way was told when the scenario was read.
    return try? FactorKnowledge(told, assumptions).known()
  }

  private func moved(
    _ probability: Double, of group: Int16, under draw: ParameterDraws.Draw?
  ) -> Double {
    guard let draw, draw.moves.indices.contains(Int(group)) else { return probability }
    return draw.moves[Int(group)].moved(probability)
  }
}
