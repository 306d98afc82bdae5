import CompensationKernel
import FundCore

/// What is known of a plan's defaults and claims before the first trial.
struct ExpectedClaims {
  /// The expected defaults of each month; `nil` where they would take too long.
  let defaults: ExpectedDefaults?
  private let plan: SimulationPlan
  private let missing: FundControls.Gap?
  /// The place of each loan's class, −1 of one that cannot default.
  private var places: [Int32] = []
  /// Of each class, its first month, and the probability of a default in each from there.
  private var classes: [(first: Int, probabilities: [Double])] = []

  /// The most claims by loan and month that are settled for it.
  private static let mostClaims = 2_000_000

  init(_ plan: SimulationPlan) {
    self.plan = plan
    guard plan.isChecked else {
      (defaults, missing) = (nil, .notAsked)
      return
    }
    guard plan.parameterDraws == nil, plan.defaults.factors.known == nil else {
      defaults = plan.expectedDefaults
      missing = plan.parameterDraws == nil ? .knownState : .parameterDraws
      return
    }
    var reckoning = DefaultReckoning(plan.defaults)
    let (counts, places) = reckoning.classes(of: plan.portfolio)
    defaults = reckoning.expectation(counts)
    missing = defaults == nil ? .tooManyKinds : nil
    guard defaults != nil else { return }
    self.places = places
    classes = zip(counts, reckoning.byClass).map { (Int($0.key.first), $1) }
  }

  /// The controls of a fund.
  func controls(of setup: FundSetup, claims: LoanClaims) -> FundControls {
    guard let defaults, missing == nil else { return FundControls(controls: [], gap: missing) }
    guard setup.plan.carried == nil else { return FundControls(controls: [], gap: .knownState) }
    guard !setup.stopsLending else { return FundControls(controls: [], gap: .stoppedLending) }
    var controls = [FundControls.Control(kind: .defaults, mean: defaults.total)]
    let hot = HotFund(setup: setup, simulation: plan)
    guard isUncoupled(setup, hot) else {
      return FundControls(controls: controls, gap: .coupledClaims)
    }
    let work = claims.table.indices.reduce(0) {
      places[$1] < 0 || claims.table[$1].isFixed ? $0 : $0 + classes[Int(places[$1])].1.count
    }
    guard work <= Self.mostClaims else {
      return FundControls(controls: controls, gap: .tooManyKinds)
    }
    controls.append(
      FundControls.Control(
        kind: .compensation, mean: expectedOwed(setup.plan, hot, claims)))
    return FundControls(controls: controls, gap: nil)
  }

  /// Whether a trial's compensation with what stays unpaid is what each default by itself makes the fund
  /// owe.
  private func isUncoupled(_ setup: FundSetup, _ hot: HotFund) -> Bool {
    hot.canSettleByTotals && !hot.couplesClaims && !hot.canLoseCover && !hot.hasHeadroom
      && !hot.earlierDefaultRemovesCover
  }

  /// What the fund owes on average, in fen.
  private func expectedOwed(_ fund: FundPlan, _ hot: HotFund, _ claims: LoanClaims) -> Double {
    let last = min(hot.lastDefaultMonth, hot.horizon - hot.delay - 1)
    var sum = 0.0
    for (index, loan) in plan.portfolio.loans.enumerated()
    where places[index] >= 0 && fund.cover.principal[index] > 0 {
      let (first, probabilities) = classes[Int(places[index])]
      let claim = claims.table[index]
      let months =
        max(
          first, hot.firstDefaultMonth)..<max(
          max(first, hot.firstDefaultMonth), min(last + 1, first + probabilities.count))
      if claim.isFixed {
        let probability = months.reduce(0) { $0 + probabilities[$1 - first] }
        sum += probability * Double(claim.settled.owed.fen)
      } else {
        for month in months {
          sum +=
            probabilities[month - first]
            * Double(owed(on: index, loan, defaultMonth: month, fund, hot))
        }
      }
    }
    return sum
  }

  /// What a default of a month makes the fund owe, in fen.
  private func owed(
    on index: Int, _ loan: PlannedLoan, defaultMonth: Int, _ fund: FundPlan, _ hot: HotFund
  ) -> Int64 {
    let (bank, month) = (Int(loan.bank), defaultMonth + hot.delay)
    let model = fund.ruleIndex(
      of: index, model: hot.modelPosition(of: loan),
      band: fund.band(bank: bank, month: month, horizon: hot.horizon))
    guard let rules = fund.models[model]?.rules else { return 0 }
    let set = fund.cover.ruleSets.isEmpty ? 0 : Int(fund.cover.ruleSets[index])
    let total = hot.totalLoss(
      of: loan, defaultMonth: defaultMonth, counting: fund.interestBits(ofSet: set))
    let base = hot.lossBase(of: total, covered: fund.cover.principal[index], loan: loan)
    let cap =
      fund.claims.caps.isEmpty
      ? .max : fund.claims.caps[set * hot.capSetStride + bank * hot.capStride + month]
    var purse = FundPurse(
      FundAccount(paying: .zero), rule: fund.cash.accounts, isLimited: false)
    var log = NoLog()
    return settle(
      loss: Money(fen: base), under: rules.sharing, cap: Money(fen: cap), from: &purse, log: &log
    ).owed.fen
  }
}
