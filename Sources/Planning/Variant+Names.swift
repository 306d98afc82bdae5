import CompensationKernel
import DocumentReading
public import FundCore

/// What the keys of a scenario file are called where a report compares their values.
extension Variant {
  /// The name of a key of the scenario file, such as 资产相关系数 for `defaults.assetCorrelation`.
  ///
  /// - Parameter path: Its path. A path that is not in the list is its own name.
  public static func name(ofKey path: String) -> LocalizedText {
    var parts = path.split(separator: ".").map(String.init)
    // Which fund or item it is, the report says elsewhere.
    parts.removeAll { $0 == "*" || $0.allSatisfy(\.isNumber) }
    if parts.count == 3, parts[0] == "funds", parts[1] == "readings" {
      return LocalizedText(same: parts[2])
    }
    let key = parts.joined(separator: ".")
    return keyNames[key] ?? keyNames[parts.last ?? ""] ?? LocalizedText(same: path)
  }

  /// A value of a key in words: an amount as a reader counts it, a word of a fixed list by its name.
  public static func words(ofValue text: String, forKey path: String) -> LocalizedText {
    let key = path.split(separator: ".").last.map(String.init) ?? path
    if ["initial", "amount"].contains(key), case .success(let amount) = Scalar.money(text) {
      return LocalizedText(english: text, chinese: amount.words.chinese)
    }
    if key == "model", let model = OperatingModel.shared.first(where: { $0.id == text }) {
      return LocalizedText(english: text, chinese: model.words.chinese)
    }
    return valueNames[text].map { LocalizedText(english: text, chinese: $0.chinese) }
      ?? LocalizedText(same: text)
  }
}

/// Keys by their paths without the numbers of items; short ones by the key alone.
private let keyNames: [String: LocalizedText] = [
  "trials": .init(en: "trials", zh: "模拟次数"),
  "seed": .init(en: "seed", zh: "种子"),
  "start": .init(en: "first month", zh: "起始月份"),
  "horizon": .init(en: "horizon", zh: "模拟期限"),
  "discountRate": .init(en: "discount rate", zh: "年折现率"),
  "premiums.insurer.rate": .init(en: "insurer's premium", zh: "保险费率"),
  "premiums.guarantor.rate": .init(en: "guarantor's premium", zh: "担保费率"),
  "funds.premiums.insurer.rate": .init(en: "insurer's premium", zh: "保险费率"),
  "funds.premiums.guarantor.rate": .init(en: "guarantor's premium", zh: "担保费率"),
  "portfolio.generate.seed": .init(en: "portfolio seed", zh: "贷款组合种子"),
  "portfolio.generate.months": .init(en: "months of lending", zh: "放款月数"),
  "portfolio.generate.loansPerMonth": .init(en: "loans a month", zh: "每月放款笔数"),
  "portfolio.generate.growth": .init(en: "growth of lending", zh: "放款增长率"),
  "portfolio.generate.ipPart": .init(en: "IP part", zh: "质押部分比例"),
  "portfolio.generate.rate": .init(en: "loan rate", zh: "贷款利率"),
  "portfolio.generate.renewals": .init(en: "renewals", zh: "续贷比例"),
  "portfolio.generate.repayment": .init(en: "repayment", zh: "还款方式"),
  "portfolio.generate.collateral": .init(en: "collateral", zh: "质押物"),
  "defaults.timing": .init(en: "default timing", zh: "违约时点"),
  "defaults.dependence": .init(en: "dependence", zh: "相依结构"),
  "defaults.assetCorrelation": .init(en: "asset correlation", zh: "资产相关系数"),
  "defaults.factorLoading": .init(en: "factor loading", zh: "因子载荷"),
  "defaults.sectorCorrelation": .init(en: "sector correlation", zh: "行业之间的相关系数"),
  "defaults.degreesOfFreedom": .init(en: "degrees of freedom", zh: "自由度"),
  "defaults.variance": .init(en: "variance of the factor", zh: "因子方差"),
  "defaults.factor.period": .init(en: "factor period", zh: "因子周期"),
  "defaults.factor.persistence": .init(en: "persistence", zh: "因子持续性"),
  "defaults.pd": .init(en: "PD", zh: "违约概率"),
  "defaults.stress.factor": .init(en: "stress multiplier", zh: "压力倍数"),
  "defaults.ageCurve.factor": .init(en: "age multiplier", zh: "账龄倍数"),
  "recovery.mean": .init(en: "mean recovery", zh: "平均追偿率"),
  "recovery.standardDeviation": .init(en: "deviation of recovery", zh: "追偿率标准差"),
  "recovery.loading": .init(en: "recovery loading", zh: "追偿载荷"),
  "recovery.lag": .init(en: "months to recovery", zh: "追偿到账月数"),
  "recovery.lag.from": .init(en: "months to recovery, from", zh: "追偿到账月数下限"),
  "recovery.lag.to": .init(en: "months to recovery, to", zh: "追偿到账月数上限"),
  "recovery.costs": .init(en: "costs of recovery", zh: "追偿成本"),
  "recovery.writeOffMonths": .init(en: "months to write-off", zh: "核销月数"),
  "programme": .init(en: "programme", zh: "办法"),
  "model": .init(en: "operating model", zh: "运作模式"),
  "initial": .init(en: "initial amount", zh: "初始资金"),
  "claimDelay": .init(en: "months to the claim", zh: "补偿申请时滞"),
  "interestRate": .init(en: "interest rate", zh: "余额利率"),
  "penaltyRate": .init(en: "penalty rate", zh: "逾期利率"),
  "fee": .init(en: "management fee", zh: "管理费率"),
  "refundShare": .init(en: "refund share", zh: "财政补偿比例"),
  "funds.shares.fund": .init(en: "the fund's share", zh: "基金份额"),
  "funds.shares.province": .init(en: "the province's share", zh: "省级资金份额"),
  "funds.shares.guarantor": .init(en: "the guarantor's share", zh: "担保公司份额"),
  "funds.shares.insurer": .init(en: "the insurer's share", zh: "保险公司份额"),
]

/// Words of the fixed lists of scenario files.
private let valueNames: [String: LocalizedText] = [
  "fromLoan": .init(en: "by the loan", zh: "各笔贷款自定模式"),
  "maturity": .init(en: "at maturity", zh: "到期时"),
  "monthly": .init(en: "monthly", zh: "每月"),
  "independent": .init(en: "independent", zh: "相互独立"),
  "gaussian": .init(en: "gaussian", zh: "高斯因子"),
  "studentT": .init(en: "Student t", zh: "学生t因子"),
  "gamma": .init(en: "gamma", zh: "伽马因子"),
  "never": .init(en: "never", zh: "从不"),
  "fixed": .init(en: "fixed", zh: "固定"),
]
