public import FundCore

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
    ///   - reading: Name and words of the reading.
    ///   - exhausted: In how many trials the fund is exhausted.
    ///   - compensation: The mean in yuan, its standard error, its interval, and the trials needed.
    public init(
      reading: (name: String, text: LocalizedText), exhausted: Int,
      compensation: (mean: Double, error: Double?, interval: [Double], needed: Int?)
    ) {
      (self.reading, text) = reading
      self.exhausted = exhausted
      (self.compensation, standardError, interval, trialsNeeded) = compensation
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
  ///   - interpretation: Its id, and the question.
  ///   - trials: On how many trials the answers rest.
  ///   - answers: Those under the reading in use, and under the other.
  public init(
    fund: Int, interpretation: (id: String, question: LocalizedText), trials: Int,
    answers: (inUse: Answer, other: Answer)
  ) {
    self.fund = fund
    (self.interpretation, question) = interpretation
    self.trials = trials
    (inUse, other) = answers
  }

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
