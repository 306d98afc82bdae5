import CompensationKernel
import FundCore
import LossStatistics
import Simulation

/// What a size has to do.
struct ServeWish {
  /// Of what the share is to be served.
  let served: [ServeStudy.Served]
  /// The share.
  let share: Double
  /// The probabilities of survival, with the places of their times.
  private let survival: [(level: Double, place: Int)]

  init(
    served: [ServeStudy.Served], share: Double, _ survival: [ServeStudy.Survival],
    _ months: [Int]
  ) {
    (self.served, self.share) = (served, share)
    self.survival = survival.map { ($0.level.value, months.firstIndex(of: $0.months) ?? 0) }
  }

  /// Whether a size does it.
  func isGranted(by point: ServeStudy.Point) -> Bool {
    isServed(by: point, \.value)
      && survival.allSatisfy { point.survival[$0.place].value >= $0.level }
  }

  /// Whether a figure of the shares, or one end of their intervals, reaches the share.
  func isServed(by point: ServeStudy.Point, _ figure: (Estimate) -> Double) -> Bool {
    served.allSatisfy { figure(point[$0]) >= share }
  }

  /// Whether survival is asked for.
  var asksSurvival: Bool { !survival.isEmpty }
}

/// Sizes of a fund, run on the same draws and remembered.
struct ServeSearch {
  /// What would be covered, or owed, trial by trial.
  struct Wanted {
    let values: [Int64]
    let mean: Double
    let estimate: Estimate

    /// - Parameter isFixed: Whether no trial changes it.
    init(_ values: [Int64], groups: TrialGroups?, isFixed: Bool = false) {
      self.values = values
      mean = values.reduce(0) { $0 + Double($1) } / Double(max(1, values.count))
      estimate = LossSample(values, groups: groups).mean(within: Limits(low: 0))
        .exact(if: isFixed).divided(by: 100)
    }
  }

  /// How many sizes are run at once: their trials share the draws.
  private static let batch = 8
  /// How many times an estimate is split.
  private static let scale = 1e12

  private let plan: SimulationPlan
  private let fund: FundPlan
  private let months: [Int]
  private let simulate: StudySimulator
  private let wantedCredit: Wanted
  private let wantedCompensation: Wanted
  /// The scenario's own amount, or what a fund holds on the day of a state.
  let own: Int64
  private let least: Int64
  private let most: Int64
  private var tried: [Int64: ServeStudy.Point] = [:]
  private var gridSizes: [Int64] = []
  /// Over how many draws of the parameters; `nil` where these are known.
  let drawCount: Int?

  init(
    _ compiled: SimulationPlan, months: [Int], simulate: @escaping StudySimulator
  ) throws {
    var plan = compiled
    var fund = plan.funds[0]
    // Covered lending is told with a fund's cost, which changes no payment.
    fund.costs = fund.costs ?? CostTerms(discountRate: .zero)
    let lent = plan.portfolio.loans.reduce(Int64(0)) { $0 + $1.principal }
    own = fund.cash.opening.fen
    least = fund.carried == nil ? 0 : own
    most = own + 1_000 * max(lent, 100)
    plan.capitalMonths = []
    plan.funds = [fund.withoutMoneyClauses.holding(Money(fen: own + 2 * lent))]
    let result = try simulate(plan, nil)
    guard result.trialCount == plan.trialCount else { throw StudyStopped() }
    wantedCredit = Wanted(
      result.funds[0].column(.coveredLending), groups: result.groups,
      isFixed: plan.funds[0].hasFixedLending)
    wantedCompensation = Wanted(result.funds[0].column(.compensation), groups: result.groups)
    drawCount = result.groups?.count
    (self.plan, self.fund, self.months, self.simulate) = (plan, fund, months, simulate)
  }

  /// What would be covered, or owed.
  func wanted(_ served: ServeStudy.Served) -> Wanted {
    served == .credit ? wantedCredit : wantedCompensation
  }

  /// How many sizes were run.
  var tryCount: Int { tried.count }

  /// The grid with the scenario's own amount, by size.
  var grid: [ServeStudy.Point] {
    Set(gridSizes + [own]).sorted().compactMap { tried[$0] }
  }

  // MARK: Runs

  /// What a size does.
  mutating func point(_ size: Int64) throws -> ServeStudy.Point {
    try run([size])[0]
  }

  /// What some sizes do, each run once.
  private mutating func run(_ sizes: [Int64]) throws -> [ServeStudy.Point] {
    var open = Array(Set(sizes.filter { tried[$0] == nil })).sorted()
    while !open.isEmpty {
      let now = Array(open.prefix(Self.batch))
      open.removeFirst(now.count)
      var plan = plan
      plan.funds = now.map { fund.holding(Money(fen: $0)) }
      let result = try simulate(plan, nil)
      guard result.trialCount == plan.trialCount else { throw StudyStopped() }
      for (size, found) in zip(now, result.funds) {
        tried[size] = point(Money(fen: size), found, result.groups)
      }
    }
    return sizes.compactMap { tried[$0] }
  }

  private func point(
    _ size: Money, _ found: FundResult, _ groups: TrialGroups?
  ) -> ServeStudy.Point {
    let exhausted = found.column(.exhaustionMonth)
    return ServeStudy.Point(
      size: size, credit: share(found.column(.coveredLending), of: wantedCredit, groups),
      compensation: share(found.column(.compensation), of: wantedCompensation, groups),
      survival: months.map { month in
        LossSample(exhausted.map { $0 >= 0 && $0 < month ? 1 : 0 }, groups: groups)
          .share(atMost: 0)
      })
  }

  /// A ratio of means, linearised trial by trial about itself, so that it has the error of a mean.
  ///
  /// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 2.11.
  private func share(_ parts: [Int64], of wanted: Wanted, _ groups: TrialGroups?) -> Estimate {
    let count = parts.count
    guard wanted.mean > 0 else { return .exact(1, sampleCount: count) }
    let ratio = parts.reduce(0) { $0 + Double($1) } / Double(count) / wanted.mean
    let values = zip(parts, wanted.values).map { part, whole in
      Int64((ratio + (Double(part) - ratio * Double(whole)) / wanted.mean) * Self.scale)
    }
    return LossSample(values, groups: groups).mean(within: Limits(low: 0, high: Int64(Self.scale)))
      .divided(by: Self.scale)
  }

  // MARK: Search

  /// Runs sizes up to the first that grants a wish by doubling, and a grid below it.
  mutating func prepare(until wish: ServeWish) throws {
    let start = max(own, most / 1_000_000, 100)
    var top = start
    _ = try run([own])
    while true {
      let sizes = (0..<4).map { top << Int64($0) }.filter { $0 <= most }
      guard let last = sizes.last else { break }
      let points = try run(sizes)
      if let first = points.first(where: { wish.isGranted(by: $0) }) {
        top = first.size.fen
        break
      }
      top = last << 1
    }
    top = min(top, most)
    let step = max(1, (top - least + Int64(ServeStudy.gridSteps) - 1) / Int64(ServeStudy.gridSteps))
    gridSizes = (0...ServeStudy.gridSteps).map { least + Int64($0) * step }
    _ = try run(gridSizes)
  }

  /// The smallest size that grants a wish.
  mutating func answer(
    _ wish: ServeWish, for survival: ServeStudy.Survival?
  ) throws -> ServeStudy.Answer {
    let found = try first(to: 1) { wish.isGranted(by: $0) }
    var below: ServeStudy.Point?
    if let found, found.size.fen > least { below = try point(found.size.fen - 1) }
    var (low, high): (Money?, Money?)
    if !wish.asksSurvival, let size = found?.size.fen {
      let fine = max(1, size / 500)
      low = try first(to: fine) {
        wish.isServed(by: $0) { $0.interval95?.high ?? $0.value }
      }?.size
      high = try first(to: fine) {
        wish.isServed(by: $0) { $0.interval95?.low ?? $0.value }
      }?.size
    }
    return ServeStudy.Answer(survival: survival, found: found, below: below, low: low, high: high)
  }

  /// The first size that passes a test, of those that were tried, and then within the step before it.
  private mutating func first(
    to precision: Int64, _ passes: (ServeStudy.Point) -> Bool
  ) throws -> ServeStudy.Point? {
    let sizes = tried.keys.sorted()
    guard let place = sizes.firstIndex(where: { tried[$0].map(passes) ?? false }) else {
      return nil
    }
    var high = sizes[place]
    guard place > 0 else { return tried[high] }
    var low = sizes[place - 1]
    while high - low > precision {
      // Four parts at a time: their runs share the draws.
      let part = max(1, (high - low) / 4)
      let middles = (1...3).map { low + Int64($0) * part }.filter { $0 < high }
      let points = try run(middles)
      if let index = points.firstIndex(where: passes) {
        high = middles[index]
        if index > 0 { low = middles[index - 1] }
      } else if let last = middles.last {
        low = last
      }
    }
    return tried[high]
  }
}
