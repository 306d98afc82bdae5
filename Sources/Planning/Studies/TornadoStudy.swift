public import ClaimRules
public import FundCore
import LossStatistics
public import ScenarioInput
public import Simulation

/// Which inputs move a figure most: each is moved a step down and a step up, all else unchanged, on the
/// same draws.
public struct TornadoStudy: Sendable {
  /// What is asked.
  public struct Request: Sendable {
    let figure: StudyFigure
    let step: Double

    /// - Parameters:
    ///   - figure: The figure.
    ///   - step: The step as a part of each input, above 0 and below 1.
    public init(figure: StudyFigure, step: Double) {
      precondition(step > 0 && step < 1, "a step is a part of what it moves")
      (self.figure, self.step) = (figure, step)
    }
  }

  /// An input a step away.
  public struct Step: Sendable {
    /// The value as the scenario has it.
    public let from: TornadoInput.Value
    /// The value a step away.
    public let to: TornadoInput.Value
    /// The figure there.
    public let value: FigureValue
    /// How it differs from that of the scenario, trial by trial.
    public internal(set) var difference: FigureDifference
  }

  /// An input with its two steps; one is missing where there is no such value.
  public struct Bar: Sendable {
    /// The input.
    public let input: TornadoInput
    /// A step down.
    public internal(set) var down: Step?
    /// A step up.
    public internal(set) var up: Step?

    /// The larger of the two moves.
    public var size: Double {
      [down, up].compactMap { $0.map { abs($0.difference.difference.value) } }.max() ?? 0
    }
  }

  /// The fund.
  public let fund: FundAgreement
  /// The figure.
  public let figure: StudyFigure
  /// The figure of the scenario as it is.
  public let base: FigureValue
  /// The step as a part of each input: 0.2 for 20 %.
  public let step: Double
  /// The inputs, the one that moves the figure most first.
  public private(set) var bars: [Bar]
  /// What was run.
  public let study: StudyResult

  /// Runs a scenario with each input a step away.
  ///
  /// - Parameters:
  ///   - scenario: The scenario, with the fund alone.
  ///   - request: What is asked.
  ///   - simulate: Runs one plan.
  ///   - repeats: Runs trials again, for a figure that totals do not tell.
  /// - Returns: `nil` if the fund has no such figure.
  public init?(
    _ scenario: Scenario, version: EngineVersion, _ request: Request,
    simulate: StudySimulator, repeats: (any StudyRepeats)? = nil
  ) throws {
    let (figure, step) = (request.figure, request.step)
    var variants = [
      Variant(name: scenario.title, settings: [], outcome: .success(scenario))
    ]
    var moves: [Move] = []
    for input in TornadoInput.allCases where figure.isOfCost || !input.isOfCost {
      for factor in [1 - step, 1 + step] {
        guard let moved = input.moved(scenario, by: factor) else { continue }
        moves.append(Move(input: input, isUp: factor > 1, from: moved.from, to: moved.to))
        let setting = Variant.Setting(path: input.rawValue, value: "×\(factor)")
        variants.append(
          Variant(
            name: "\(input.rawValue) ×\(factor)", settings: [setting],
            outcome: .success(moved.scenario)))
      }
    }
    var steps = VariantStudy(variants)
    steps.detail = StudyDetail(of: [figure])
    let study = try steps.result(version: version, simulate: simulate, repeats: repeats)
    guard let base = study.rows[0].value(figure) else { return nil }
    self.study = study
    guard let bars = Self.bars(moves, figure, study) else { return nil }
    fund = study.rows[0].fund
    self.figure = figure
    self.base = base
    self.step = step
    self.bars = bars
  }

  /// A step of an input that is tried.
  private struct Move {
    let input: TornadoInput
    let isUp: Bool
    let from: TornadoInput.Value
    let to: TornadoInput.Value
  }

  /// The inputs, the one that moves the figure most first.
  ///
  /// - Returns: `nil` if a fund lacks the figure, which it has with each step of an input, or without any.
  private static func bars(
    _ moves: [Move], _ figure: StudyFigure, _ study: StudyResult
  ) -> [Bar]? {
    var values: [FigureValue] = []
    var differences: [FigureDifference] = []
    for row in study.rows.dropFirst() {
      guard let value = row.value(figure),
        let difference = row.difference(figure, from: study.rows[0])
      else { return nil }
      values.append(value)
      differences.append(difference)
    }
    adjustForTable(&differences)
    var bars: [TornadoInput: Bar] = [:]
    for (index, move) in moves.enumerated() {
      let step = Step(
        from: move.from, to: move.to, value: values[index], difference: differences[index])
      var bar = bars[move.input] ?? Bar(input: move.input, down: nil, up: nil)
      if move.isUp { bar.up = step } else { bar.down = step }
      bars[move.input] = bar
    }
    let order = TornadoInput.allCases
    return bars.values.sorted {
      ($1.size, order.firstIndex(of: $0.input) ?? 0) < (
        $0.size, order.firstIndex(of: $1.input) ?? 0
      )
    }
  }
}
