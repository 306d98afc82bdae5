public import FundCore
public import LossStatistics

/// A reading of an unclear article that moves the headline of a fund: both answers, on the same draws.
public struct HeadlineReading: Sendable, Hashable, Codable {
  /// One of the readings, with the answers under it.
  public struct Answer: Sendable, Hashable, Codable {
    /// The name by which a scenario chooses the reading; `default` for that of the programme file.
    public let reading: String
    /// What it says.
    public let text: LocalizedText
    /// In how many trials the fund is exhausted.
    public let exhausted: Int
    /// How many independent trials would tell as much of exhaustion: fewer where trials share a draw of the
    /// parameters.
    public let effectiveTrials: Double
    /// The mean compensation in yuan.
    public let compensation: Double
    /// Its standard error; `nil` where the trials do not show it, 0 where nothing random moves it.
    public let standardError: Double?
    /// The ends of its 95 % interval; empty where none is known to hold.
    public let interval: [Double]
    /// How many trials would show the error; `nil` where these do.
    public let trialsNeeded: Int?

    /// Creates an answer.
    ///
    /// - Parameters:
    ///   - reading: The name of the reading.
    ///   - text: What it says.
    ///   - exhaustion: In how many trials the fund is exhausted, with what these tell.
    ///   - compensation: The mean compensation in yuan.
    public init(
      reading: String, text: LocalizedText, exhaustion: Proportion, compensation: Estimate
    ) {
      self.reading = reading
      self.text = text
      exhausted = exhaustion.successes
      effectiveTrials = exhaustion.effectiveTrials
      self.compensation = compensation.value
      standardError = compensation.standardError
      interval = compensation.interval95.map { [$0.low, $0.high] } ?? []
      trialsNeeded = compensation.trialsNeeded
    }

    /// The probability of exhaustion, with the error of its groups of trials.
    ///
    /// - Parameter trials: On how many trials the answer rests.
    public func exhaustion(of trials: Int) -> Proportion {
      Proportion(successes: exhausted, of: trials, effectiveTrials: effectiveTrials)
    }
  }

  /// What both readings come to.
  public struct Answers: Sendable {
    let inUse: Answer
    let other: Answer

    /// Creates a pair.
    public init(inUse: Answer, other: Answer) {
      self.inUse = inUse
      self.other = other
    }
  }

  /// The position of the fund in the scenario.
  public let fund: Int
  /// The interpretation: `I-28`.
  public let interpretation: String
  /// What is open.
  public let question: LocalizedText
  /// On how many trials the answers rest: the first ones of the run.
  public let trials: Int
  /// The answers under the reading in use.
  public let inUse: Answer
  /// The answers under the other.
  public let other: Answer

  /// Creates a record.
  ///
  /// - Parameters:
  ///   - fund: The position of the fund in the scenario.
  ///   - interpretation: The id of the interpretation.
  ///   - question: What is open.
  ///   - trials: On how many trials the answers rest.
  ///   - answers: Those under the reading in use, and under the other.
  public init(
    fund: Int, interpretation: String, question: LocalizedText, trials: Int, answers: Answers
  ) {
    self.fund = fund
    self.interpretation = interpretation
    self.question = question
    self.trials = trials
    (inUse, other) = (answers.inUse, answers.other)
  }

  /// The fewest trials on which anything is said of readings, or of laws of dependence.
  public static let smallestTrialCount = 100
  /// From which difference on a reading stands in the headline: five points of exhaustion.
  public static let exhaustionMove = 0.05
  /// Or a tenth of the mean compensation.
  public static let compensationMove = 0.1

  /// Whether the other reading moves the headline.
  public var movesHeadline: Bool {
    let points = Double(abs(inUse.exhausted - other.exhausted)) / Double(max(1, trials))
    let amount = abs(inUse.compensation - other.compensation)
    return points > Self.exhaustionMove || amount > Self.compensationMove * inUse.compensation
  }
}
