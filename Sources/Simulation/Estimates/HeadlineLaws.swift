/// The headline of a run under other laws of dependence with the same probabilities and correlation, on
/// the same draws.
public struct HeadlineLaws: Sendable, Hashable, Codable {
  /// A law of dependence, and what it makes of each fund.
  public struct Law: Sendable, Hashable, Codable {
    /// As a scenario names it: `gaussian`, `studentT`, `gamma`, `independent`.
    public let name: String
    /// Its degrees of freedom, or its variance; `nil` for a law without.
    public let parameter: Double?
    /// The asset correlation of a law that was given one of its own, so that defaults correlate as under
    /// the scenario's law; `nil` where the scenario's stays.
    public let ownCorrelation: Double?
    /// In how many trials each fund is exhausted, in the order of the scenario.
    public let exhausted: [Int]

    /// Creates a record.
    public init(_ dependence: Dependence, ownCorrelation: Double? = nil, exhausted: [Int]) {
      (name, parameter) =
        switch dependence {
        case .independent: ("independent", nil)
        case .gaussian: ("gaussian", nil)
        case .studentT(let degrees): ("studentT", degrees)
        case .gamma(let variance): ("gamma", variance)
        }
      self.ownCorrelation = ownCorrelation
      self.exhausted = exhausted
    }
  }

  /// On how many trials all of them rest: the first ones of the run.
  public let trials: Int
  /// The law in use.
  public let inUse: Law
  /// The others.
  public let others: [Law]

  /// Creates a record.
  public init(trials: Int, inUse: Law, others: [Law]) {
    self.trials = trials
    self.inUse = inUse
    self.others = others
  }

  /// Whether it can be one of so many funds.
  public func isSound(fundCount: Int) -> Bool {
    trials > 0
      && ([inUse] + others).allSatisfy { law in
        law.exhausted.count == fundCount && law.exhausted.allSatisfy { (0...trials).contains($0) }
      }
  }
}
