import DocumentReading
public import FundCore
import RandomStreams
import Simulation

/// What is not known of a scenario's parameters: draws of equal weight, each a value of all of them.
public struct UncertaintyAssumptions: Sendable {
  /// Where the draws come from.
  public enum Source: Sendable, Hashable {
    /// A file of draws, as `fundsim calibrate` writes it.
    case draws(file: String)
    /// A history, calibrated with the scenario.
    ///
    /// - Parameter counted: What its loans at risk count, if the scenario says it.
    case history(file: String, counted: LocalizedText?)
    /// Medians and ranges, by hand.
    case byHand
  }

  /// One parameter with its value in every draw.
  public struct Column: Sendable {
    /// The parameter.
    public let parameter: UncertainParameter
    /// Its values, one a draw.
    public internal(set) var values: [Double]
    /// Its best estimate; `nil` where that is the scenario's own value.
    public internal(set) var best: Double?

    /// The values that a share of the draws does not exceed.
    public func quantile(_ share: Double) -> Double {
      let sorted = values.sorted()
      return sorted[
        min(max(Int((Double(sorted.count) * share).rounded(.up)) - 1, 0), sorted.count - 1)]
    }
  }

  /// Where they come from.
  public let source: Source
  /// The probability of default that the scenario's own probabilities stand for where one moves them
  /// all; `nil` where none does.
  public let reference: Double?
  /// Whether the scenario names it, so that its loans are meant to be others than those of the history.
  var isReferenceNamed = false
  /// The parameters.
  public internal(set) var columns: [Column]
  /// How many draws there are.
  public var count: Int { columns.first?.values.count ?? 0 }
  /// The bytes that fix them, for the digest of a run.
  let digestInput: [UInt8]

  /// The values of a parameter, one a draw; `nil` where it is taken as the scenario has it.
  public func values(_ parameter: UncertainParameter) -> [Double]? {
    columns.first { $0.parameter == parameter }?.values
  }

  /// Multiplies the probabilities that draws put in the place of grades' own.
  ///
  /// - Returns: `false` where one would leave its range.
  public mutating func scaleGrades(by factor: Double) -> Bool {
    columns.map(\.parameter).allSatisfy { parameter in
      guard case .pdOfGrade = parameter else { return true }
      return scale(parameter, by: factor, below: 0.999_999)
    }
  }

  /// Multiplies the mean recovery of all draws.
  ///
  /// - Parameter deviation: The standard deviation where draws say nothing of it.
  /// - Returns: `false` where a draw would be no Beta law, and nothing was changed.
  public mutating func scaleRecovery(by factor: Double, deviation: Double) -> Bool {
    guard let means = values(.recoveryMean) else { return true }
    let deviations = values(.recoveryDeviation)
    for (number, mean) in means.enumerated() {
      let spread = deviations?[number] ?? deviation
      let moved = mean * factor
      guard moved < 1, spread == 0 || spread * spread < moved * (1 - moved) * 0.999 else {
        return false
      }
    }
    return scale(.recoveryMean, by: factor, below: 1)
  }

  /// Multiplies a parameter in all draws, as a study moves an input.
  ///
  /// - Returns: `false` where a draw would leave its range, and nothing was changed.
  public mutating func scale(
    _ parameter: UncertainParameter, by factor: Double, below limit: Double
  )
    -> Bool
  {
    guard let index = columns.firstIndex(where: { $0.parameter == parameter }) else { return true }
    let scaled = columns[index].values.map { $0 * factor }
    guard scaled.allSatisfy({ $0 < limit }) else { return false }
    columns[index].values = scaled
    columns[index].best = columns[index].best.map { min($0 * factor, limit.nextDown) }
    return true
  }
}

extension Scenario {
  /// The one probability of the scenario's loans, and the history's best estimate for which it stands, where
  /// the two differ by more than a fiftieth and nobody says that this is meant.
  public var unlikeHistory: (own: Double, history: Double)? {
    guard let uncertainty, let history = uncertainty.reference, !uncertainty.isReferenceNamed,
      defaults.hasOneProbability,
      let place = portfolio.loans.firstIndex(where: { $0.annualPD.isNaN })
    else { return nil }
    let own = defaults.annualPD[place]
    return abs(own - history) > 0.02 * history ? (own, history) : nil
  }

  /// The draws for the engine; `nil` where all parameters are taken as they stand.
  var parameterDraws: ParameterDraws? {
    guard let uncertainty else { return nil }
    let knowledge = factorKnowledge
    let best =
      uncertainty.columns.contains { $0.best != nil }
      ? draw(uncertainty.bestByName, uncertainty, knowledge, number: uncertainty.count + 1) : nil
    return ParameterDraws(
      (0..<uncertainty.count).map { number in
        draw(
          Dictionary(
            uncertainty.columns.map { ($0.parameter, $0.values[number]) },
            uniquingKeysWith: { first, _ in first }), uncertainty, knowledge, number: number + 1)
      }, best: best)
  }

  /// A draw of the engine.
  ///
  /// - Parameters:
  ///   - values: The values of parameters; what is not there stays as the scenario has it.
  ///   - number: Its number, from 1 on.
  private func draw(
    _ values: [UncertainParameter: Double], _ uncertainty: UncertaintyAssumptions,
    _ knowledge: FactorKnowledge?, number: Int
  ) -> ParameterDraws.Draw {
    var draw = ParameterDraws.Draw(
      moves: uncertainty.groups.map { group in
        guard let value = values[group] else { return .shifted(0) }
        guard group == .pd else { return .replaced(value) }
        let reference = uncertainty.reference ?? value
        return .shifted(
          value == reference ? 0 : normalQuantile(value) - normalQuantile(reference))
      },
      assetCorrelation: values[.assetCorrelation], persistence: values[.persistence])
    let law = ParameterDraws.RecoveryLaw(
      mean: values[.recoveryMean] ?? recovery.mean,
      standardDeviation: values[.recoveryDeviation] ?? recovery.standardDeviation)
    let isPossible =
      law.standardDeviation * law.standardDeviation < law.mean * (1 - law.mean) * 0.999
      || law.standardDeviation == 0
    if isPossible,
      law.mean != recovery.mean || law.standardDeviation != recovery.standardDeviation
    {
      draw.recovery = law
    }
    draw.known = knowledge?.known(
      under: draw, pathRequest(ofDraw: number, among: uncertainty.count))
    return draw
  }

  /// The group of the loans that one probability moves; −1 if none does.
  var pdGroup: Int16 { uncertainty?.groups.firstIndex(of: .pd).map { Int16($0) } ?? -1 }

  /// The group of loans that draws move together, of each loan; −1 for those that none moves.
  var riskGroups: [Int16] {
    guard let uncertainty else { return portfolio.loans.map { _ in -1 } }
    let groups = uncertainty.groups
    let all = pdGroup
    let ofGrade = portfolio.grades.map { grade in
      groups.firstIndex(of: .pdOfGrade(Scalar.name(grade))).map { Int16($0) } ?? all
    }
    return portfolio.loans.map { loan in
      loan.annualPD.isNaN && !defaults.hasOneProbability ? ofGrade[Int(loan.grade)] : all
    }
  }
}

extension UncertaintyAssumptions {
  /// The best estimate of the parameters that have one beside the scenario's.
  fileprivate var bestByName: [UncertainParameter: Double] {
    Dictionary(
      columns.compactMap { column in column.best.map { (column.parameter, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The parameters that move probabilities, in the order of the groups of loans.
  fileprivate var groups: [UncertainParameter] {
    columns.map(\.parameter).filter {
      switch $0 {
      case .pd, .pdOfGrade: true
      default: false
      }
    }
  }
}
