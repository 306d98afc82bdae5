public import ClaimRules
import CompensationKernel
public import FundCore
public import LossStatistics
public import ScenarioInput
import Simulation

/// How large a fund must be to serve so much of the credit, where a clause feeds its money back into what is
/// covered or owed, and needed capital has no meaning.
///
/// Found by runs on the same draws: a grid of sizes, then halving the first step that gets there, to the fen.
/// What is served is held against the same fund without these clauses and with money enough, trial by trial.
/// A larger fund need not serve more, nor last longer, so the answer is the smallest size of the grid's first
/// step that does, shown by the runs with it and with a fen less.
public struct ServeStudy: Sendable {
  /// Of what a share is served.
  public enum Served: String, Sendable, Hashable, CaseIterable {
    /// Covered lending, of what would be covered.
    case credit
    /// Compensation paid, of what would be owed.
    case compensation
  }

  /// A survival that is asked for besides.
  public struct Survival: Sendable {
    /// Its probability.
    public let level: Level
    /// Through which month, counted from the start.
    public let months: Int
  }

  /// What is asked.
  public struct Request: Sendable {
    let share: Ratio
    let levels: [Level]
    let months: [Int]

    /// - Parameters:
    ///   - share: The share to be served, above nothing.
    ///   - levels: The probabilities of survival that are asked for besides; perhaps none.
    ///   - months: The times, in months from the start.
    public init(share: Ratio, levels: [Level] = [], months: [Int]) {
      (self.share, self.levels, self.months) = (share, levels, months)
    }
  }

  /// What a size does.
  public struct Point: Sendable {
    /// The size.
    public let size: Money
    /// The share of covered lending: the ratio of the means.
    public let credit: Estimate
    /// The share of compensation.
    public let compensation: Estimate
    /// The probability that nothing owed goes unpaid, by time, in the order of `months`.
    public let survival: [Proportion]

    /// One of the shares.
    public subscript(served: Served) -> Estimate { served == .credit ? credit : compensation }
  }

  /// The smallest size that serves the share.
  public struct Answer: Sendable {
    /// The survival that is asked for besides; `nil` if none is.
    public let survival: Survival?
    /// What the size does; `nil` if none that was tried serves the share.
    public let found: Point?
    /// What a fen less does; `nil` where nothing less was possible.
    public let below: Point?
    /// Between which sizes the share just lies within its 95 % interval; an end is `nil` where it lies outside
    /// what was tried.
    public let low: Money?
    /// The upper end.
    public let high: Money?
  }

  /// The fund.
  public let fund: FundAgreement
  /// The clauses by which its money feeds back.
  public let clauses: [BalanceClause]
  /// The share that is to be served.
  public let share: Ratio
  /// What it is a share of: what the clauses cut.
  public let served: [Served]
  /// The times of survival, in months from the start.
  public let months: [Int]
  /// Mean covered lending and compensation without these clauses and with money enough, in yuan.
  public let wantedCredit: Estimate
  /// The compensation.
  public let wantedCompensation: Estimate
  /// The answers: one, or one for each probability and time of survival.
  public let answers: [Answer]
  /// The grid, by size, with what the scenario's own amount does among it.
  public let curve: [Point]
  /// What the scenario's own amount does.
  public let own: Point
  /// Whether the run goes on from a state, so that sizes are what the fund holds and what is added.
  public let isResumed: Bool
  /// How many sizes were run.
  public let tryCount: Int
  /// The number of trials.
  public let trialCount: Int
  /// The calendar month of month 0.
  public let firstMonth: CivilMonth
  /// Over how many draws of the parameters; `nil` where these are known.
  public let drawCount: Int?
  /// Where the figures come from.
  public let source: RunSource

  /// Into how many steps the grid divides what is asked.
  static let gridSteps = 24

  /// Searches.
  ///
  /// - Parameters:
  ///   - scenario: The scenario, with the fund alone.
  ///   - request: What is asked.
  ///   - simulate: Runs one plan.
  /// - Throws: Why there is nothing to search.
  public init(
    _ scenario: Scenario, version: EngineVersion, _ request: Request,
    simulate: @escaping StudySimulator
  ) throws {
    let (share, months) = (request.share, request.months)
    let fund = scenario.funds[0]
    guard !fund.clausesOnBalance.isEmpty else { throw scenario.servesAll(fund) }
    let compiled = scenario.compiled(version: version)
    let served = Served.allCases.filter { kind in
      fund.clausesOnBalance.contains { ($0.effect == .cover) == (kind == .credit) }
    }
    var search = try ServeSearch(compiled.plan, months: months, simulate: simulate)
    guard search.wanted(.credit).mean > 0 else { throw scenario.coversNothing }
    let wishes: [Survival?] =
      request.levels.isEmpty
      ? [nil]
      : months.flatMap { month in
        request.levels.sorted().map { Survival(level: $0, months: month) }
      }
    try search.prepare(
      until: ServeWish(served: served, share: share.value, wishes.compactMap(\.self), months))
    answers = try wishes.map { wish in
      try search.answer(
        ServeWish(served: served, share: share.value, wish.map { [$0] } ?? [], months),
        for: wish)
    }
    own = try search.point(search.own)
    curve = search.grid
    (wantedCredit, wantedCompensation) = (
      search.wanted(.credit).estimate, search.wanted(.compensation).estimate
    )
    self.fund = fund
    clauses = fund.clausesOnBalance
    self.share = share
    self.served = served
    self.months = months
    tryCount = search.tryCount
    trialCount = compiled.plan.trialCount
    firstMonth = compiled.plan.firstMonth
    isResumed = compiled.plan.funds[0].carried != nil
    drawCount = search.drawCount
    source = compiled.source
  }
}

extension Scenario {
  fileprivate func servesAll(_ fund: FundAgreement) -> Diagnostics {
    Diagnostics(
      "serves-all",
      .init(
        en: """
          no clause of '\(fund.name)' feeds the fund's money back into what is covered or owed: all credit is \
          served whatever its size
          """, zh: "“\(fund.name)”没有使补偿取决于基金资金的条款：无论规模多大，信贷全部得到服务"),
      help: .init(
        en: "ask how long it lasts: `size --survive 95%`, without `--serve`",
        zh: "请求资金足额的规模：`size --survive 95%`，不用 `--serve`"),
      at: SourceLocation(file: file))
  }

  fileprivate var coversNothing: Diagnostics {
    Diagnostics(
      "nothing-to-serve",
      .init(en: "no loan of the run would be covered", zh: "模拟期内没有任何可纳入补偿的贷款"),
      help: .init(
        en: "`fundsim check` tells why loans are not covered", zh: "用 `fundsim check` 查看贷款未纳入的原因"),
      at: SourceLocation(file: file))
  }
}
