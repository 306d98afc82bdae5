public import ClaimRules
public import FundCore
public import Simulation

/// A state from which a run goes on, with the file that holds it.
public struct StateSource: Sendable {
  /// The file, as the analyst named it.
  public let file: String
  /// The digest of its contents, in hexadecimal digits.
  public let digest: String
  /// Where the funds stand.
  public let state: RegisterState

  /// Whether a study of readings may put its funds under others from the state's day on.
  public var takesOtherReadings = false

  /// What fixes the state, for the digest of a run.
  var digestInput: [UInt8] { Array("\nfrom \(digest)".utf8) }

  /// Reads a state.
  ///
  /// - Throws: Why it is none, or is damaged.
  public init(file: String) throws(Diagnostics) {
    let state = try StateFile.read(path: file)
    self.init(
      file: file, digest: StateFile.digest(of: state), state: state)
  }

  /// Names a state.
  public init(file: String, digest: String, state: RegisterState) {
    (self.file, self.digest, self.state) = (file, digest, state)
  }
}

/// What a scenario goes on from, once the state has been held against it.
public struct ResumedRun: Sendable {
  /// The state with its file.
  public let source: StateSource
  /// The calendar month of the opening, from which years of the programme and of the factor count.
  public let opening: CivilMonth
  /// The position in the state of the standing of each fund.
  let standings: [Int]
  /// The position in the scenario's portfolio of each loan of the state; `nil` for loans on which nothing
  /// can happen any more.
  public var positions: [Int?]
  /// The annual probability of default and the sector's position of each loan of the state.
  public var risks: [LoanRisk]
  /// The multipliers of the probabilities in the months gone by.
  let stressGone: [Double]

  /// The state.
  public var state: RegisterState { source.state }

  /// The months from the opening to the day of the state.
  public var monthsGone: Int { state.monthsGone }

  /// The standing of a fund of the scenario, by its position.
  public func standing(ofFund position: Int) -> FundStanding { state.funds[standings[position]] }
}
