import LossStatistics

/// By what the mean amounts of a fund are sharpened: figures of its trials whose means are known.
public struct FundControls: Sendable, Hashable, Codable {
  /// What a control is.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The number of defaults.
    case defaults
    /// What the fund owes, before it is short of money.
    case compensation
  }

  /// Why a control is missing.
  public enum Gap: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody asked: a screen of many variants.
    case notAsked
    /// The parameters are drawn.
    case parameterDraws
    /// The run goes on from a day: what is known of its factors changes their law.
    case knownState
    /// So many loans are unlike each other that it would take noticeable time.
    case tooManyKinds
    /// Banks leave loans unmade.
    case stoppedLending
    /// What is owed on a claim hangs on other claims.
    case coupledClaims
  }

  /// A control.
  public struct Control: Sendable, Hashable, Codable {
    /// What it is.
    public let kind: Kind
    /// Its known mean: a number of defaults, or fen.
    public let mean: Double

    /// What its values are less in sums of products.
    var centre: Int64 { Int64(mean.rounded()) }
  }

  /// The controls, defaults first; none where nothing is known.
  public let controls: [Control]
  /// Why one is missing; `nil` where none is.
  public let gap: Gap?

  /// Whether numbers can be made of it.
  var isSound: Bool {
    controls.count <= 2 && controls.allSatisfy { (0..<1e18).contains($0.mean) }
      && Set(controls.map(\.kind)).count == controls.count
  }
}

extension FundFrame {
  /// The figures of the fund, in the order in which trials record them.
  func columns(horizon: Int) -> [OutcomeColumn] {
    OutcomeColumn.all(parties: parties, horizon: horizon, clauses: clauses, costs: costs)
  }

  /// The figures whose means are sharpened: all amounts, each once.
  func controlled(horizon: Int) -> [OutcomeColumn] {
    guard !controls.controls.isEmpty else { return [] }
    return columns(horizon: horizon).filter { column in
      if case .balance(horizon - 1) = column.source { return false }
      return column.unit == .fen
    }
  }
}

/// By what the differences of a fund from the first one are sharpened: by the controls of both.
struct PairedControls {
  /// Whose control it is.
  enum Owner { case own, first }

  /// The controls with their owners: what both have, the number of defaults, once.
  let controls: [(owner: Owner, control: FundControls.Control)]
  let figures: [PairedFigure]

  init(_ frame: RunFrame, fund: Int) {
    let (own, first) = (frame.funds[fund].controls.controls, frame.funds[0].controls.controls)
    var all: [(Owner, FundControls.Control)] = []
    if fund > 0, !own.isEmpty, !first.isEmpty {
      all = own.map { (.own, $0) }
      all += first.filter { $0.kind == .compensation }.map { (.first, $0) }
    }
    controls = all
    figures = all.isEmpty ? [] : frame.pairedFigures.filter { $0 != .exhaustion }
  }
}

/// What is kept of a fund's controls over trials.
struct FundControlSums: Sendable, Equatable {
  /// With the fund's amounts.
  var own: ControlSums
  /// With its differences from the first fund.
  var paired: ControlSums

  init(_ frame: RunFrame, fund: Int) {
    let controls = frame.funds[fund].controls.controls.count
    own = ControlSums(
      controls: controls, figures: frame.funds[fund].controlled(horizon: frame.horizon).count)
    let pair = PairedControls(frame, fund: fund)
    paired = ControlSums(controls: pair.controls.count, figures: pair.figures.count)
  }

  /// All numbers.
  var numbers: [Int128] { own.numbers + paired.numbers }
  var numberCount: Int { own.numbers.count + paired.numbers.count }

  mutating func add(_ other: FundControlSums) {
    own.add(other.own)
    paired.add(other.paired)
  }

  /// Adds what `numbers` gave for other trials; `false` if it does not fit, and nothing was added.
  mutating func add(_ numbers: ArraySlice<Int128>) -> Bool {
    guard numbers.count == numberCount,
      let first = ControlSums(
        controls: own.controlCount, figures: own.figureCount,
        numbers: numbers.prefix(own.numbers.count)),
      let second = ControlSums(
        controls: paired.controlCount, figures: paired.figureCount,
        numbers: numbers.dropFirst(own.numbers.count))
    else { return false }
    own.add(first)
    paired.add(second)
    return true
  }
}

extension FundResult {
  /// A control of every trial, less its centre.
  func control(_ control: FundControls.Control) -> [Int64] {
    let centre = control.centre
    switch control.kind {
    case .defaults: return column(.defaults).map { $0 &- centre }
    case .compensation:
      return zip(column(.compensation), column(.unpaid)).map { $0 &+ $1 &- centre }
    }
  }
}

extension SimulationResult {
  /// What the trials leave of a fund's controls.
  func controlSums(fund: Int) -> FundControlSums {
    var sums = FundControlSums(frame, fund: fund)
    let (own, result) = (frame.funds[fund].controls.controls, funds[fund])
    guard !own.isEmpty else { return sums }
    let columns = frame.funds[fund].controlled(horizon: frame.horizon)
    let values = own.map { result.control($0) }
    sums.own.add(firstTrial: firstTrial, controls: values) { result.column(columns[$0]) }
    let pair = PairedControls(frame, fund: fund)
    guard !pair.controls.isEmpty else { return sums }
    sums.paired.add(
      firstTrial: firstTrial,
      controls: pair.controls.enumerated().map { place, item in
        item.owner == .own ? values[place] : funds[0].control(item.control)
      }
    ) { orderedDifferences(of: pair.figures[$0], fund: fund) }
    return sums
  }
}
