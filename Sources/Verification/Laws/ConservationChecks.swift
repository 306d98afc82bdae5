import CompensationKernel
import FundCore
import Simulation

/// Laws that hold in every trial, to the fen: no money is lost or made, and the same run has the same trials.
enum ConservationChecks {
  static let sets = [
    plain, pool,
    CheckSet(.money, repetitions.map { count($0) }, find: repetition),
  ]

  private static let law = LocalizedText(en: "Model: conservation of money", zh: "《Model》：收支守恒")

  private static func count(_ name: LocalizedText) -> Check {
    Check(name, 0, .exact, source: law)
  }

  private static let plain = laws(
    of: fund, .init(en: "fund with fees, interest, injections, a cap", zh: "有费用、利息、增资和上限的资金"))
  private static let pool = laws(
    of: poolFund, .init(en: "pool of two accounts whose claims wait", zh: "两个账户、补偿可等待的资金池"))

  private static let portfolio: ReferencePortfolio = {
    var portfolio = ReferencePortfolio(horizon: 60)
    for index in 0..<300 {
      portfolio.loans.append(
        ReferenceLoan(
          start: index % 40 - 3, term: 6 + index % 19, principal: Int64(100_003 + 7_919 * index),
          isAmortizing: index % 3 == 0, probability: 0.02 + 0.0005 * Double(index)))
    }
    portfolio.factors = FactorModel(
      dependence: .gaussian, assetCorrelations: [0.2], persistence: 0.5)
    portfolio.timing = .monthly
    portfolio.recovery = RecoveryModel(part: .fixed(0.37), lag: 3...17)
    return portfolio
  }()

  private static let fund: ReferenceFund = {
    var fund = ReferenceFund.of(share: .percent(40), opening: .yuan(120_000))
    fund.payers.append(PayerTerms(party: .second, share: Ratio(millionths: 333_333)))
    fund.caps = Array(repeating: 70_000_000, count: 60)
    fund.delay = 3
    fund.interestRate = Ratio(millionths: 14_400)
    for month in stride(from: 11, to: 60, by: 12) { fund.fees[month] = .yuan(1_500) }
    fund.injections = [24: .yuan(20_000)]
    return fund
  }()

  private static let poolFund: ReferenceFund = {
    var fund = ReferenceFund.of(share: .percent(20), opening: .yuan(60_000))
    fund.accounts = .socialFirst(refundShare: .percent(50), lagMonths: 2, newMoney: .percent(50))
    fund.unpaidWaits = true
    fund.delay = 2
    return fund
  }()

  private static func laws(of fund: ReferenceFund, _ name: LocalizedText) -> CheckSet {
    CheckSet(
      .money,
      [
        .init(en: "trials whose balance does not close", zh: "收支不平的模拟次数"),
        .init(en: "trials whose losses are not divided whole", zh: "损失未分尽的模拟次数"),
        .init(
          en: "trials whose closing balance is not what came in less what went out",
          zh: "期末余额不等于收入减支出的模拟次数"),
        .init(
          en: "trials whose fund does not bear what it paid and did not get back",
          zh: "资金承担额不等于已付减返还的模拟次数"),
        .init(
          en: "trials that ran dry with the capital they need, or did not without",
          zh: "所需资本与是否耗尽不一致的模拟次数"),
      ].map { (law: LocalizedText) in count(.init(en: "\(name): \(law)", zh: "\(name)：\(law)")) }
    ) { work in
      let result = portfolio.run([fund], trials: work.trials(1_000), seed: 17, on: work).funds[0]
      return counts(of: result, fund).map { .number(Double($0)) }
    }
  }

  private static func counts(of result: FundResult, _ fund: ReferenceFund) -> [Int] {
    func column(_ column: OutcomeColumn) -> [Int64] { result.column(column) }
    let (paid, returned) = (column(.compensation), column(.returned))
    let (fees, interest, closing) = (column(.fees), column(.interest), column(.closing))
    let capital = column(.neededCapital)
    let unpaid = column(.unpaid)
    let has = result.parties.contains(.partner)
    let borne = column(.loss(.fund))
    let partner = has ? column(.loss(.partner)) : Array(repeating: 0, count: borne.count)
    let put = fund.opening.fen + fund.injections.values.reduce(0) { $0 + $1.fen }
    let trials = result.trialCount
    let open = (0..<trials).count { trial in
      let comes = put + interest[trial] + returned[trial]
      return comes - paid[trial] - fees[trial] != closing[trial]
    }
    let bears = (0..<trials).count {
      borne[$0] + partner[$0] != paid[$0] - returned[$0]
    }
    // Nothing goes unpaid exactly where the opening is at least what is needed; of a pool the capital is that of both
    // accounts.
    let odd = (0..<trials).count {
      (capital[$0] <= fund.opening.fen) != (unpaid[$0] == 0)
    }
    let isPool = fund.accounts != .single
    return [
      result.unbalancedTrials, result.undividedTrials, open, bears, isPool ? 0 : odd,
    ]
  }

  private static let repetitions: [LocalizedText] = [
    .init(en: "figures that differ on one thread and on several", zh: "单线程与多线程结果不同的数据项数"),
    .init(en: "figures of a fund that differ beside another one", zh: "与另一资金同时模拟时结果不同的数据项数"),
    .init(en: "first trials that differ in a longer run", zh: "延长模拟后前段结果不同的数据项数"),
  ]

  /// How many columns of figures differ.
  private static func repetition(_ work: CheckWork) -> [Finding] {
    func run(_ funds: [ReferenceFund], _ trials: Int, threads: Int) -> FundResult {
      simulate(portfolio.plan(funds, trials: trials, seed: 3), threads: threads).funds[0]
    }
    let reference = run([fund], 400, threads: 1)
    let others = [
      run([fund], 400, threads: max(2, work.threads)), run([fund, poolFund], 400, threads: 1),
      run([fund], 700, threads: 1),
    ]
    return others.map { other in
      let differing = reference.columns.count {
        reference.column($0) != Array(other.column($0).prefix(400))
      }
      return .number(Double(differing))
    }
  }
}
