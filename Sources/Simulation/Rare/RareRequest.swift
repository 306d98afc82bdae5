public import FundCore
public import LossStatistics

/// What is asked of rare trials.
public struct RareRequest: Sendable, Hashable, Codable {
  /// How many trials the second set has, unless somebody asks for more.
  public static let usualTrials = 20_000
  /// The levels of needed capital that are told.
  public static let usualLevels = [
    Level.percent(99), Level(millionths: 999_000), Level(millionths: 999_900),
  ]

  /// How many trials the second set has.
  public let trials: Int
  /// The levels of needed capital, in millionths, ascending.
  public let levels: [Int]

  /// Creates a request.
  public init(trials: Int = usualTrials, levels: [Level] = usualLevels) {
    self.trials = trials
    self.levels = Set(levels).sorted().map(\.millionths)
  }

  /// Creates a request with levels of a scenario's own, of which those from 90 % on are told too.
  ///
  /// - Parameter ownLevels: In millionths.
  public init(trials: Int, ownLevels: [Int]) {
    self.init(
      trials: trials,
      levels: Self.usualLevels
        + ownLevels.filter { (900_000..<1_000_000).contains($0) }.map { Level(millionths: $0) })
  }

  /// Whether it can be one.
  public var isSound: Bool {
    trials > 0 && trials <= 1_000_000_000 && levels.allSatisfy { (1..<1_000_000).contains($0) }
      && levels == Set(levels).sorted()
  }
}

/// Why a plan has no rare trials.
public enum RareRefusal: Sendable {
  /// No loan can default within the horizon.
  case noDefaults
  /// No factor moves the defaults, and nearly each of many loans has a probability of its own.
  case nothingToMove

  /// The reason in words.
  public var reason: LocalizedText {
    switch self {
    case .noDefaults:
      LocalizedText(
        en: "no loan can default within the horizon, so that nothing is rare",
        zh: "期限内没有贷款可能违约，无稀有事件可言")
    case .nothingToMove:
      LocalizedText(
        en: """
          defaults are independent, and nearly every one of many loans has a probability of its own: \
          there is no factor that could be moved, and no common probability that could be raised
          """,
        zh: "违约相互独立，且众多贷款几乎每笔概率各异：既无可移动的因子，也无可提高的共同概率")
    }
  }
}

extension SimulationPlan {
  /// Why rare trials of the plan cannot be run; `nil` where they can.
  public var rareRefusal: RareRefusal? {
    guard defaults.canDefault else { return .noDefaults }
    return RareModel(defaults).canMove ? nil : .nothingToMove
  }
}
