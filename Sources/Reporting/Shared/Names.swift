import CompensationKernel
import FundCore
import Planning
import Simulation

/// What people call that which files and results name by an id: parties, operating models, thresholds
/// and what they do, settings of a scenario. The only table of such names.
enum Names {
  /// A party by its id, or what banks lose outside cover.
  static func party(_ id: String) -> LocalizedText { parties[id] ?? .init(same: id) }

  /// An operating model by its id; `fromLoan` where each loan has its own.
  static func model(_ id: String) -> LocalizedText { models[id] ?? .init(same: id) }

  /// A threshold by its id in the programme's file.
  static func threshold(_ id: String) -> LocalizedText { thresholds[id] ?? .init(same: id) }

  /// What reaching a threshold does.
  static func effect(_ id: String) -> LocalizedText { effects[id] ?? .init(same: id) }

  /// A setting by its path in the scenario file, whichever the fund; the path itself where it has no
  /// name.
  static func setting(_ path: String) -> LocalizedText {
    settings[key(of: path)] ?? .init(same: path)
  }

  /// A value of a setting: an operating model has a name, all else stands as it is written.
  static func value(_ text: String, of path: String) -> LocalizedText {
    key(of: path) == "model" ? model(text) : .init(same: text)
  }

  /// `funds.1.initial` and `funds.*.initial` are one setting, `initial`.
  private static func key(of path: String) -> String {
    let parts = path.split(separator: ".")
    return parts.first == "funds" && parts.count == 3 ? String(parts[2]) : path
  }

  private static let parties: [String: LocalizedText] = [
    "province": Party.province.words, "fund": Party.fund.words,
    "partner": .init(en: "partner institution", zh: "合作机构"),
    "guarantor": Party.guarantor.words, "insurer": Party.insurer.words, "bank": Party.bank.words,
    PartyEstimates.outsideCover: .init(en: "bank, outside cover", zh: "银行，补偿范围之外"),
  ]

  private static let models: [String: LocalizedText] = [
    "bank": OperatingModel.bank.words, "guarantor": OperatingModel.guarantor.words,
    "insurer": OperatingModel.insurer.words,
    "fromLoan": .init(en: "each loan's own", zh: "各笔贷款自定"),
  ]

  private static let thresholds: [String: LocalizedText] = [
    "warning": .init(en: "warning", zh: "预警"),
    "suspension": .init(en: "suspension", zh: "中止发放"),
    "pause": .init(en: "pause", zh: "暂停新业务"),
  ]

  private static let effects: [String: LocalizedText] = [
    "warning": .init(en: "warning", zh: "预警"),
    "suspendNewCustomers": .init(en: "suspension for new customers", zh: "中止发放"),
    "pause": .init(en: "pause of new business", zh: "暂停新业务"),
  ]

  private static let settings: [String: LocalizedText] = [
    "model": .init(en: "operating model", zh: "运作模式"),
    "programme": .init(en: "programme", zh: "办法"),
    "initial": .init(en: "initial amount", zh: "初始资金"),
    "claimDelay": .init(en: "months from default to claim", zh: "违约至补偿申请月数"),
    "interestRate": .init(en: "interest on the balance, a year", zh: "余额年利率"),
    "penaltyRate": .init(en: "penalty rate on lost interest", zh: "罚息年利率"),
    "refundShare": .init(en: "refund of the fiscal account", zh: "财政资金账户补偿比例"),
    "start": .init(en: "first month of the run", zh: "模拟起始月"),
    "horizon": .init(en: "months of the run", zh: "模拟月数"),
    "trials": .init(en: "trials", zh: "模拟次数"), "seed": .init(en: "seed", zh: "种子"),
    "portfolio.generate.months": .init(en: "months of lending", zh: "放款月数"),
    "portfolio.generate.loansPerMonth": .init(en: "new customers' loans a month", zh: "每月新客户贷款笔数"),
    "portfolio.generate.growth": .init(en: "growth a year", zh: "年增长率"),
    "portfolio.generate.renewals": .init(en: "loans that are renewed", zh: "续贷比例"),
    "portfolio.generate.rate": .init(en: "interest rate of the loans", zh: "贷款年利率"),
    "defaults.dependence": .init(en: "dependence", zh: "相依结构"),
    "defaults.degreesOfFreedom": .init(en: "degrees of freedom", zh: "自由度"),
    "defaults.assetCorrelation": TornadoInput.assetCorrelation.name,
    "defaults.factor.period": .init(en: "factor period", zh: "因子周期"),
    "defaults.factor.persistence": TornadoInput.persistence.name,
    "defaults.pd": .init(en: "probability of default a year", zh: "年违约概率"),
    "recovery.mean": TornadoInput.recoveryMean.name,
    "recovery.standardDeviation": .init(en: "standard deviation of recovery", zh: "追偿率标准差"),
    "recovery.lag": TornadoInput.recoveryLag.name,
    "recovery.costs": .init(en: "costs of recovery", zh: "追偿成本"),
    "recovery.loading": .init(en: "loading of recovery on the factor", zh: "追偿率因子载荷"),
    "recovery.writeOffMonths": .init(en: "months overdue until written off", zh: "逾期至核销月数"),
  ]
}
