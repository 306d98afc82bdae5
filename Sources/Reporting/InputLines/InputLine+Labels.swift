import FundCore

/// What the keys of a scenario file are called in a report.
extension InputLine {
  static let labels: [String: LocalizedText] = runLabels.merging(generatorLabels) { $1 }
    .merging(tapeLabels) { $1 }.merging(modelLabels) { $1 }.merging(uncertaintyLabels) { $1 }
    .merging(fundLabels) { $1 }

  private static let runLabels: [String: LocalizedText] = [
    "from": .init(en: "goes on from the state of", zh: "自何时状态接续"),
    "start": .init(en: "first month of the run", zh: "模拟起始月"),
    "horizon": .init(en: "length of the run", zh: "模拟期限"),
    "trials": .init(en: "number of trials", zh: "模拟次数"),
    "levels": .init(en: "levels of one's own", zh: "自定水平"),
    "budget.floor": .init(en: "balance that a year's budget keeps", zh: "年度预算保证的余额"),
    "budget.confidence": .init(en: "with which probability it does", zh: "年度预算的保证概率"),
    "limits.leverage": .init(en: "limit on leverage", zh: "放大倍数限额"),
    "limits.claimRate": .init(en: "limit on the claim rate", zh: "代偿率限额"),
    "limits.recoveryRate": .init(en: "least recovery rate", zh: "代偿返还率下限"),
    "limits.lossRate": .init(en: "limit on the loss rate", zh: "代偿损失率限额"),
    "limits.nonPerforming": .init(en: "limit on the non-performing loan ratio", zh: "不良率限额"),
    "limits.useOfMoney": .init(en: "least use of the money", zh: "资金使用率下限"),
    "seed": .init(en: "seed of the trials", zh: "模拟种子"),
    "discountRate": .init(en: "discount rate a year", zh: "年折现率"),
  ]

  private static let generatorLabels: [String: LocalizedText] = [
    "portfolio.generate.seed": .init(en: "seed of the portfolio", zh: "贷款组合种子"),
    "portfolio.generate.from": .init(en: "first month of lending", zh: "放款起始月"),
    "portfolio.generate.months": .init(en: "lending goes on for", zh: "放款期间"),
    "portfolio.generate.loansPerMonth": .init(
      en: "new customers' loans a month", zh: "每月新客户贷款笔数"),
    "portfolio.generate.growth": .init(en: "growth a year", zh: "年增长率"),
    "portfolio.generate.banks": .init(en: "loans by bank", zh: "各银行贷款占比"),
    "portfolio.generate.sizes": .init(en: "loans by size of enterprise", zh: "企业规模占比"),
    "portfolio.generate.amounts": .init(en: "amounts by size", zh: "各规模企业单笔金额"),
    "portfolio.generate.roundTo": .init(en: "amounts in steps of", zh: "金额取整单位"),
    "portfolio.generate.terms": .init(en: "loans by term", zh: "贷款期限占比"),
    "portfolio.generate.grades": .init(en: "loans by grade", zh: "评级占比"),
    "portfolio.generate.sectors": .init(en: "loans by sector", zh: "行业占比"),
    "portfolio.generate.models": .init(en: "loans by operating model", zh: "运作模式占比"),
    "portfolio.generate.collateral": .init(en: "loans by collateral", zh: "质押物占比"),
    "portfolio.generate.ipPart": .init(en: "loans by IP-pledged part", zh: "质押部分比例占比"),
    "portfolio.generate.repayment": .init(en: "loans by repayment", zh: "还款方式占比"),
    "portfolio.generate.rate": .init(en: "interest rate of the loans", zh: "贷款年利率"),
    "portfolio.generate.renewals": .init(en: "loans that are renewed", zh: "续贷比例"),
    "portfolio.loans.byYear": .init(en: "lent by year of start", zh: "各年放款额"),
  ]

  private static let tapeLabels: [String: LocalizedText] = [
    "portfolio.tape": .init(en: "loan tape", zh: "贷款台账"),
    "portfolio.columns": .init(en: "columns of the tape", zh: "台账各列"),
    "portfolio.lending": .init(en: "lending of the tape, times", zh: "台账放款规模的倍数"),
    "portfolio.constants": .init(en: "the same for all loans", zh: "全部贷款相同的属性"),
    "portfolio.facts.columns": .init(en: "conditions with a column", zh: "有列可查的补偿条件"),
    "portfolio.facts.others": .init(en: "all other conditions", zh: "其他补偿条件"),
    "portfolio.values": .init(en: "words of the tape", zh: "台账用词对照"),
    "portfolio.sizeByEmployees": .init(en: "most employees by size", zh: "各规模职工人数上限"),
    "portfolio.window": .init(en: "loans of the months", zh: "时间窗口"),
    "portfolio.units": .init(en: "units that the scenario states", zh: "情景文件写明的单位"),
    "portfolio.sheet": .init(en: "sheet of the workbook", zh: "工作簿中的工作表"),
    "portfolio.headerRow": .init(en: "row of the column names", zh: "列名所在行"),
    "portfolio.dateFormat": .init(en: "form of dates", zh: "日期格式"),
    "portfolio.statusAt": .init(en: "status of the loans at", zh: "贷款状态的时点"),
    "portfolio.badRows": .init(en: "rows that cannot be used", zh: "无法使用的行"),
    "portfolio.loans.banks": .init(en: "principal by bank", zh: "各银行本金占比"),
    "portfolio.loans.sizes": .init(en: "principal by size of enterprise", zh: "企业规模本金占比"),
    "portfolio.loans.models": .init(en: "principal by operating model", zh: "运作模式本金占比"),
    "portfolio.loans.collateral": .init(en: "principal by collateral", zh: "质押物本金占比"),
    "portfolio.loans.repayment": .init(en: "principal by repayment", zh: "还款方式本金占比"),
    "portfolio.loans.sectors": .init(en: "principal by sector", zh: "行业本金占比"),
    "portfolio.loans.terms": .init(en: "terms in months", zh: "贷款期限（月）"),
    "portfolio.loans.rate": .init(en: "interest rates of the loans", zh: "贷款年利率"),
    "portfolio.loans.ipPart": .init(en: "IP-pledged part", zh: "质押部分比例"),
  ]

  private static let modelLabels: [String: LocalizedText] = [
    "defaults.timing": .init(en: "timing of defaults", zh: "违约时点"),
    "defaults.dependence": .init(en: "dependence", zh: "相依结构"),
    "defaults.degreesOfFreedom": .init(en: "degrees of freedom", zh: "自由度"),
    "defaults.variance": .init(en: "variance of the factor", zh: "因子方差"),
    "defaults.assetCorrelation": .init(en: "asset correlation", zh: "资产相关系数"),
    "defaults.sectorCorrelation": .init(en: "correlation between sectors", zh: "行业之间相关系数"),
    "defaults.factor.period": .init(en: "factor period", zh: "因子周期"),
    "defaults.factor.persistence": .init(en: "persistence of the factor", zh: "因子持续性"),
    "defaults.pd": .init(en: "probability of default a year", zh: "年违约概率"),
    "defaults.grades": .init(
      en: "probability of default a year, by grade", zh: "各评级年违约概率"),
    "portfolio.loans.pd": .init(
      en: "probability of default a year, loan by loan", zh: "逐笔年违约概率"),
    "defaults.stress": .init(en: "stress: probabilities times", zh: "压力情景：违约概率乘以"),
    "defaults.ageCurve": .init(
      en: "age of the loan, in months since its start: probabilities times",
      zh: "按贷款账龄（放款后月数）：违约概率乘以"),
    "recovery.mean": .init(en: "recovery, mean part of the loss", zh: "追偿率均值"),
    "recovery.standardDeviation": .init(en: "its standard deviation", zh: "追偿率标准差"),
    "recovery.lag": .init(en: "from claim to recovery", zh: "补偿至追偿到账"),
    "recovery.costs": .init(en: "costs of recovery", zh: "追偿成本"),
    "recovery.loading": .init(en: "loading of recovery on the factor", zh: "追偿率因子载荷"),
    "recovery.writeOffMonths": .init(en: "overdue until written off", zh: "逾期至核销"),
  ]

  private static let uncertaintyLabels: [String: LocalizedText] = [
    "uncertainty.draws": .init(en: "draws of the parameters, file", zh: "参数抽样文件"),
    "uncertainty.history": .init(en: "parameters calibrated on", zh: "参数校准所用历史"),
    "uncertainty.counted": .init(en: "loans at risk in that history", zh: "该历史的在险口径"),
    "uncertainty.count": .init(en: "draws of the parameters", zh: "参数抽样数"),
    "uncertainty.reference": .init(
      en: "probability of default that the scenario's stand for", zh: "情景违约概率对应的基准值"),
    "uncertainty.pd": .init(
      en: "probability of default a year, as known (5, 50, 95 % of the draws)",
      zh: "年违约概率的不确定性（抽样的5%、50%、95%分位）"),
    "uncertainty.pd.*": .init(
      en: "probability of default of a grade, as known (5, 50, 95 % of the draws)",
      zh: "评级违约概率的不确定性（抽样的5%、50%、95%分位）"),
    "uncertainty.assetCorrelation": .init(
      en: "asset correlation, as known (5, 50, 95 % of the draws)",
      zh: "资产相关系数的不确定性（抽样的5%、50%、95%分位）"),
    "uncertainty.persistence": .init(
      en: "persistence of the factor, as known (5, 50, 95 % of the draws)",
      zh: "因子持续性的不确定性（抽样的5%、50%、95%分位）"),
    "uncertainty.recovery.mean": .init(
      en: "recovery, mean part of the loss, as known (5, 50, 95 % of the draws)",
      zh: "追偿率均值的不确定性（抽样的5%、50%、95%分位）"),
    "uncertainty.recovery.standardDeviation": .init(
      en: "its standard deviation, as known (5, 50, 95 % of the draws)",
      zh: "追偿率标准差的不确定性（抽样的5%、50%、95%分位）"),
  ]

  private static let fundLabels: [String: LocalizedText] = [
    "funds[].name": .init(en: "fund", zh: "基金"),
    "funds[].programme": .init(en: "programme", zh: "办法"),
    "funds[].model": .init(en: "operating model", zh: "运作模式"),
    "funds[].initial": .init(en: "initial amount", zh: "初始资金"),
    "funds[].start": .init(en: "months in force", zh: "有效月份"),
    "funds[].claimDelay": .init(en: "from default to claim", zh: "违约至补偿"),
    "funds[].interestRate": .init(en: "interest on the balance, a year", zh: "余额年利率"),
    "funds[].penaltyRate": .init(en: "penalty rate on lost interest", zh: "罚息年利率"),
    "funds[].fee": .init(en: "management fee a year", zh: "每年管理费"),
    "funds[].refundShare": .init(en: "refund of the fiscal account", zh: "财政资金账户补偿比例"),
    "funds[].shares": .init(en: "shares of a loss", zh: "损失分担比例"),
    "funds[].readings": .init(en: "readings that were chosen", zh: "选用的读法"),
    "funds[].afterSuspension": .init(
      en: "lending of suspended or paused banks", zh: "被中止（暂停）银行的放款"),
    "funds[].overrides": .init(en: "parameters set against the text", zh: "与条文不同的参数"),
    "funds[].partition": .init(en: "parts of the banks' accounts", zh: "各银行专户份额"),
    "funds[].contributors": .init(en: "put in by", zh: "出资人"),
    "funds[].injections[].by": .init(en: "new money of one contributor", zh: "单个出资人追加的资金"),
    "funds[].bankCaps": .init(en: "lower cap a claim, by bank", zh: "各银行单笔补偿上限"),
    "funds[].fillUp": .init(en: "filled up", zh: "补足资金"),
    "funds[].injections": .init(en: "new money by month", zh: "追加资金"),
    "funds[].premiums": .init(en: "premiums", zh: "保费与担保费"),
  ]
}
