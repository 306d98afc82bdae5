import CompensationKernel
import FundCore
import LossStatistics
import Simulation

/// What a fund costs, and whom, of a certain course that was worked by hand (article Indicators).
///
/// A loan of 10,000 yuan fails in month 12 and is claimed in month 18; a sound one of 6,000 yuan is repaid in twelve equal
/// parts from month 6 on; 30 % come back after six months. The fund bears 50 %, the insurer 20 %, the bank 30 %. At 21 % a year
/// six months are worth 10 ÷ 11.
enum CostChecks {
  static let sets = [schedule, rates] + [CostTerms.Payer.borrower, .bank, .fund].map(premium)

  private static let source = LocalizedText(
    en: "Indicators, worked by hand", zh: "《Indicators》，手工核算")

  private static func plan(_ premiums: [CostTerms.Premium] = []) -> SimulationPlan {
    var sound = ReferenceLoan.sound(start: 6, term: 12, 600_000)
    sound.isAmortizing = true
    var portfolio = ReferencePortfolio(
      horizon: 36, loans: [.failing(in: 12, 1_000_000), sound])
    portfolio.recovery = RecoveryModel(part: .fixed(0.3), lag: 6...6)
    var fund = ReferenceFund.of(share: .percent(50), opening: .yuan(100_000))
    fund.payers.append(PayerTerms(party: .third, share: .percent(20)))
    fund.delay = 6
    fund.fees = [6: Money(fen: 10_000), 30: Money(fen: 20_000)]
    fund.costs = CostTerms(discountRate: .percent(21), premiums: premiums)
    return portfolio.plan([fund], trials: 20)
  }

  /// Of all trials, which are alike.
  private static func only(_ column: OutcomeColumn, _ result: FundResult) -> Double {
    let figures = Set(result.column(column))
    return figures.count == 1 ? figures.first.map { Double($0) / 100 } ?? .nan : .nan
  }

  /// Amounts in yuan by what they are; where trials differ, which none may, a fen below nothing.
  private static func amounts(_ names: [Name], _ yuan: [Double]) -> CheckValue {
    .amounts(
      zip(names, yuan).map { name, yuan in
        let fen = yuan.isNaN ? -1 : Int64((yuan * 100).rounded())
        return CheckValue.Amount(name.key, name.words, Money(fen: fen))
      })
  }

  /// A key in JSON, and what it is.
  private struct Name: Sendable {
    let key: String
    let words: LocalizedText

    init(_ key: String, _ words: LocalizedText) {
      (self.key, self.words) = (key, words)
    }
  }

  private static let names = [
    Name("netPresentValue", .init(en: "net present value", zh: "净现值")),
    Name("coveredLending", .init(en: "covered lending", zh: "纳入补偿的贷款")),
    Name("principalYears", .init(en: "principal-years", zh: "本金年数")),
    Name("principalYearsInsurer", .init(en: "principal-years of the insurer", zh: "保险公司的本金年数")),
  ]

  /// 10,000 · 10/11 + 500,000 · (10/11)³ − 150,000 · (10/11)⁴ + 20,000 · (10/11)⁵ = 294,714.72 fen; one stands for 12 + 6
  /// month ends, the other for 600,000 + 550,000 + … + 50,000.
  private static let schedule = CheckSet(
    .money,
    [
      Check(
        .init(en: "cost of a certain course", zh: "确定过程的成本"),
        amounts(names, [2_947.15, 16_000, 18_250, 18_250]), source: source)
    ]
  ) { work in
    let result = simulate(plan(), threads: work.threads).funds[0]
    let columns = [
      OutcomeColumn.netPresentValue, .coveredLending, .principalYears,
      .principalYears(of: .insurer),
    ]
    return [.value(amounts(names, columns.map { only($0, result) }))]
  }

  /// Expected loss of the insurer 140,000 fen on 1,825,000 fen-years; outlays over lending.
  private static let rates = CheckSet(
    .money,
    [
      Check(
        .init(en: "break-even premium of the insurer", zh: "保险公司的盈亏平衡保费率"),
        140_000.0 / 1_825_000, .absolute(1e-12), source: source),
      Check(
        .init(en: "subsidy rate", zh: "补贴率"), 2_947.15 / 16_000, .absolute(1e-12), source: source),
    ]
  ) { work in
    let result = simulate(plan(), threads: work.threads)
    guard let cost = RiskEstimates(result)?.funds[0].cost, let premium = cost.premiums.first else {
      throw UnknownError()
    }
    return [
      .number(premium.breakEven?.value ?? .nan), .number(cost.subsidyRate?.mean.value ?? .nan),
    ]
  }

  /// 2 % of 18,250 yuan-years are 365 yuan; of the borrowers' the fund refunds half. The fees are 300 yuan.
  private static func premium(paidBy payer: CostTerms.Payer) -> CheckSet {
    let isBorrower = payer == .borrower
    let fund: Double = 3_800 + (payer == .fund ? 365 : isBorrower ? 182.5 : 0)
    let bank = 2_100.0 + (payer == .bank ? 365 : 0)
    let payers = [
      Name("insurer", Party.insurer.words), Name("fund", Party.fund.words),
      Name("bank", Party.bank.words),
      Name(OutcomeColumn.borrowers, .init(en: "borrowers", zh: "借款企业")),
    ]
    let expected: [Double] = [1_400 - 365, fund, bank, isBorrower ? 182.5 : 0]
    return CheckSet(
      .money,
      [
        Check(
          .init(
            en: "who bears a premium of 2 % paid by: \(payer.rawValue)",
            zh: "2%保费由何方承担，付款方：\(payer.rawValue)"), amounts(payers, expected), source: source)
      ]
    ) { work in
      let premium = CostTerms.Premium(
        party: .insurer, rate: .percent(2), paidBy: payer,
        subsidy: isBorrower ? .percent(50) : .zero)
      let result = simulate(plan([premium]), threads: work.threads).funds[0]
      return [.value(amounts(payers, payers.map { only(.netCost(of: $0.key), result) }))]
    }
  }
}
