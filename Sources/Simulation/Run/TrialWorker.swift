/// One thread's working memory: the paths of all funds, and the draws.
struct TrialWorker: ~Copyable {
  /// What the paths point into.
  private let memory: WorkingMemory
  private let claims: [LoanClaims]
  private let seed: UInt64
  private let walk: DefaultWalk
  private let recovery: RecoveryModel
  /// For the defaults of how many periods recoveries are drawn: those that some fund may receive in
  /// time, or that it has to know for another reason.
  private let drawnPeriods: Int
  private let notesEnterprises: Bool
  /// Whether the factors are drawn the short way where a trial has no parameters of its own.
  private let drawsSimply: Bool
  var funds: [FundWork]
  private(set) var tallies: [FundTally]
  private(set) var context: TrialContext
  private var draws: WalkDraws
  /// Those of a block's trials.
  let defaults: [TrialDefaults]
  /// Where trials go from cell to cell side by side.
  private var cellTrials: CellTrials?
  private let blockDefaults: BlockDefaults
  private let drawn: DrawnModel?
  /// How trials of the rare set are drawn; `nil` for all others.
  private let rare: RareDraws?

  init(
    plan: SimulationPlan, setups: [FundSetup], claims: [LoanClaims], tables: DrawTables,
    options: SimulationOptions
  ) {
    let memory = WorkingMemory()
    self.memory = memory
    seed = plan.seed
    (drawn, rare) = (options.drawn, options.rare)
    walk = drawn?.walk ?? plan.defaults.walk
    recovery = plan.recovery
    notesEnterprises = plan.funds.contains(where: \.cover.defaultsRemoveCover)
    self.claims = claims
    funds = zip(setups, claims).map {
      FundWork(
        FundTerms(setup: $0, claims: $1, simulation: plan, tables: tables, in: memory),
        simulation: plan, alwaysExact: options.alwaysExact,
        journal: options.keepsJournal ? ClaimJournal() : nil, in: memory)
    }
    funds.shareClaims(in: memory)
    tallies = setups.map { FundTally($0, horizon: plan.horizon) }
    blockDefaults = BlockDefaults(horizon: plan.horizon, in: memory)
    context = TrialContext(plan: plan, in: memory)
    drawsSimply = context.factors.isSimple
    draws = WalkDraws(
      tables: tables, walk: walk, loanCount: plan.portfolio.loans.count, in: memory)
    defaults = (0..<BlockRows.count).map { _ in
      TrialDefaults(
        candidates: plan.defaults.walk.candidates, periodCount: plan.defaults.periodCount,
        horizon: plan.horizon, in: memory)
    }
    // What is told of a trial, or settled claim by claim from the start, has all of them.
    drawnPeriods =
      options.alwaysExact
      ? plan.defaults.periodCount : funds.map(\.drawnPeriods).max() ?? 0
    guard drawn == nil, rare == nil, CellTrials.serve(plan, funds, options: options) else { return }
    cellTrials = CellTrials(plan: plan, tables: tables, periods: drawnPeriods, in: memory)
    for index in funds.indices { funds[index].prepareCells(in: memory) }
  }

  /// Draws trials and settles them for every fund, block by block.
  ///
  /// - Parameters:
  ///   - first: The number of the first trial.
  ///   - rows: Their rows in the tables.
  ///   - outcomes: The tables, one a fund.
  mutating func run(trials first: Int, rows: Range<Int>, into outcomes: [OutcomeTable]) {
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: BlockRows.count) {
      let block = start..<min(start + BlockRows.count, rows.upperBound)
      if (start - rows.lowerBound) % BlockWalk.trialCount == 0 {
        let next = first + start - rows.lowerBound
        cellTrials?.run(
          next..<min(next + BlockWalk.trialCount, first + rows.count), arguments: draws.arguments,
          funds: funds, into: &tallies[0].defaults)
      }
      for row in block {
        let place = row - start
        draw(first + (row - rows.lowerBound), at: place)
        for index in funds.indices {
          funds[index].add(
            defaults[place], trial: context, into: &tallies[index],
            TrialPlace(table: outcomes[index], row: row))
        }
      }
      if !tallies.isEmpty { blockDefaults.finish(into: &tallies[0].defaults) }
      for index in funds.indices {
        funds[index].finish(
          defaults, trial: context, into: &tallies[index],
          TrialPlace(table: outcomes[index], row: start))
      }
    }
  }

  /// Draws the defaults of a trial, with their recoveries.
  private mutating func draw(_ trial: Int, at place: Int) {
    context.begin(trial: trial)
    let defaults = defaults[place]
    if let cellTrials { return cellTrials.hand(trial, to: defaults) }
    draws.begin(seed: seed, trial: trial)
    drawFactors(trial)
    defaults.reset()
    if let rare {
      rare.walk(context.factors, draws, into: defaults)
    } else {
      walk.walk(factors: context.factors, draws: draws, into: defaults)
    }
    let (places, months, repeatsLoans) = (defaults.places, blockDefaults, walk.repeatsLoans)
    recovery.draw(
      for: defaults, ofPeriods: drawnPeriods, under: context.recoveryPart,
      words: context.recoveryWords
    ) { place, candidate in
      // Where a loan is assessed once, its assessment tells the month; else the walk has noted it.
      let month = repeatsLoans ? places[place].month : candidate.month
      places[place].month = month
      months.note(month: month)
    }
    blockDefaults.endTrial(dropped: defaults.placeCount - defaults.count)
    if notesEnterprises { context.note(defaults, stamp: draws.trialStamp) }
  }

  /// Draws the factors of a trial, by its own parameters where it has any.
  @inline(__always)
  private mutating func drawFactors(_ trial: Int) {
    if drawn == nil, rare == nil, drawsSimply {
      context.factors.drawSimple(seed: seed, trial: trial, tables: draws.tables)
    } else {
      drawAnyFactors(trial)
    }
  }

  @inline(never)
  private mutating func drawAnyFactors(_ trial: Int) {
    let parameters = drawn?.parameters(ofTrial: trial)
    if let parameters {
      draws.arguments = parameters.arguments
      context.recoveryPart = parameters.recovery
    }
    let moved = rare?.begin(trial)
    context.factors.draw(
      seed: seed, trial: trial, tables: draws.tables, under: parameters, moved: moved)
  }

  /// Divides what the trial that ran last left behind for a fund.
  mutating func split(fund: Int, by groups: GroupPlaces, into row: inout TrialSplit) {
    funds[fund].split(by: groups, into: &row)
  }

  /// What lay outside a fund's cover in the trial that ran last, told closely.
  mutating func splitOutside(fund: Int, into split: inout OutsideSplit) {
    funds[fund].splitOutside(into: &split)
  }

  /// What was drawn in the trial that ran last, and what it left behind in row 0 of the tables.
  func history(of trial: Int, plan: SimulationPlan, outcomes: [OutcomeTable]) -> TrialHistory {
    let drawn = defaults[0].ordered[0..<defaults[0].count].map { event in
      TrialHistory.Default(
        loan: Int(event.loan), month: Int(event.month), lagMonths: Int(event.lag),
        recoveredParts: funds.map { fund in
          let claim = min(Int(event.month) + fund.delay, plan.horizon - 1)
          return recovery.recoveredPart(
            of: event, factor: context.factor(loan: event.loan, claim),
            context.recoveryPart, draws.tables)
        })
    }
    return TrialHistory(
      trial: trial, factors: context.normalFactors(of: plan), scales: context.scales(of: plan),
      defaults: drawn, funds: zip(funds, outcomes).compactMap { $0.history(row: $1) })
  }
}
