import FundCore

extension ReportWords {
  /// What opens a report, and what it says of each fund.
  static let openingTexts: [Key: LocalizedText] = [
    .title: .init(en: "Risk report: {title}", zh: "风险报告：{title}"),
    .overrides: .init(en: "Set against the programme's text", zh: "与办法原文不同的设定"),
    .overrideLine: .init(
      en: "{scope}: {parameter} = {value}. Reason: {reason}",
      zh: "{scope}：{parameter} = {value}。理由：{reason}"),
    .overrideLineWithOriginal: .init(
      en: "{scope}: {parameter} = {value} in place of {original}. Reason: {reason}",
      zh: "{scope}：{parameter} = {value}，原文为 {original}。理由：{reason}"),
    .readings: .init(en: "Readings chosen in place of the programme's own", zh: "所选的其他读法"),
    .readingLine: .init(
      en: """
        {scope}: {interpretation}, {name}: {text}
        """, zh: "{scope}：{interpretation}，{name}：{text}"),
    .assumptions: .init(en: "Taken for granted", zh: "视为成立的条件"),
    .warnings: .init(en: "Warnings", zh: "警告"),
    .stopped: .init(
      en: "The run was stopped after {done} of {planned} trials; all figures rest on these.",
      zh: "本次运行在 {planned} 次模拟中完成 {done} 次后停止，所有数字均以此为准。"),
    .portfolio: .init(en: "Portfolio", zh: "贷款组合"),
    .portfolioSource: .init(en: "loans from", zh: "贷款来源"),
    .portfolioLoans: .init(en: "loans", zh: "贷款"),
    .portfolioLoansText: .init(
      en: "{loans} of {banks} banks to {enterprises} enterprises, {lent}",
      zh: "{banks} 家银行对 {enterprises} 家企业的 {loans} 笔贷款，共 {lent}"),
    .setAside: .init(en: "rows set aside", zh: "剔除行"),
    .setAsideLine: .init(en: "{count}: {reason}", zh: "{count} 行：{reason}"),
    .model: .init(en: "Model", zh: "模型"),
    .leftOut: .init(en: "Cover", zh: "补偿范围"),
    .leftOutHeads: .init(
      en: "condition that loans fail|article|loans|principal", zh: "贷款不满足的条件|依据|笔数|本金"),
    .coveredRow: .init(en: "covered", zh: "纳入补偿范围"),
    .comparison: .init(
      en: "The funds side by side ({unit}; their own blocks have all intervals)",
      zh: "各基金对照（{unit}；区间见各基金部分）"),
    .comparisonHeads: .init(
      en: """
        fund|lasts to/{month}|ever exhausted/(95 % interval)|compensation/mean ± s.e.|in 99 %/at \
        most|mean of/worst 1 %|capital for/95 % survival
        """,
      zh: "基金|足额至/{month}|曾经耗尽/（95%区间）|风险补偿/均值 ± 标准误|99%情形/不超过|最差1%/均值|95%足额/所需资本"),
    .differences: .init(
      en: "Against {reference}, on the same draws, mean ± s.e. ({unit})",
      zh: "与 {reference} 相比（相同随机数，均值 ± 标准误，{unit}）"),
    .differenceHeads: .init(
      en: "fund|exhaustion, % points|compensation|banks' losses", zh: "基金|耗尽概率（百分点）|风险补偿|银行损失"),
  ]

  static let fundTexts: [Key: LocalizedText] = [
    .programme: .init(en: "programme", zh: "办法"),
    .operatingModel: .init(en: "operating model", zh: "运作模式"),
    .initial: .init(en: "initial amount", zh: "初始资金"),
    .shares: .init(en: "shares of a loss", zh: "损失分担"),
    .shareText: .init(en: "{party} {share} ({citation})", zh: "{party} {share}（{citation}）"),
    .claimDelay: .init(en: "claim", zh: "补偿申请"),
    .claimDelayText: .init(
      en: "{months} months after the first overdue month", zh: "首个逾期月之后 {months} 个月"),
    .months: .init(en: "{months} months", zh: "{months} 个月"),
    .survival: .init(en: "Survival by year (balance: {unit})", zh: "逐年资金足额（余额单位：{unit}）"),
    .survivalHeads: .init(
      en: "end of|survival (95 % interval)|balance 5 %|balance 50 %|balance 95 %",
      zh: "年末|足额概率（95%区间）|余额5%|余额50%|余额95%"),
    .yearEnd: .init(en: "year {year}, {month}", zh: "第 {year} 年，{month}"),
    .exhaustion: .init(en: "ever exhausted", zh: "曾经耗尽"),
    .exhaustionText: .init(
      en: "{value} of trials within {months} months", zh: "{months} 个月内：{value}"),
    .lasts: .init(en: "lasts", zh: "足额时间"),
    .lastsText: .init(
      en: "{value} of {months} months on average", zh: "平均 {value} 个月（共 {months} 个月）"),
    .meanIfExhausted: .init(en: "if exhausted, lasts", zh: "耗尽情形下的足额时间"),
    .meanIfExhaustedText: .init(en: "{value} months on average", zh: "平均 {value} 个月"),
    .lastsQuantile: .init(en: "{level} of trials", zh: "{level} 的模拟"),
    .lastsQuantileText: .init(en: "last no longer than {months} months", zh: "足额不超过 {months} 个月"),
    .payouts: .init(en: "Payouts over the whole run ({unit})", zh: "全期支付（{unit}）"),
    .cashFlows: .init(
      en: "Defaults of the portfolio, and management fees ({unit})", zh: "组合违约与管理费（{unit}）"),
    .kept: .init(
      en: "What comes back and what is left: little is bad ({unit})", zh: "返还与余额：以低为差（{unit}）"),
    .compensation: .init(en: "compensation", zh: "风险补偿"),
    .unpaid: .init(en: "left unpaid", zh: "未付"),
    .recovered: .init(en: "returned to the fund", zh: "返还基金"),
    .neededCapital: .init(en: "needed capital", zh: "所需资本"),
    .defaults: .init(en: "defaults (number)", zh: "违约笔数"),
    .fees: .init(en: "management fees", zh: "管理费"),
    .interest: .init(en: "interest", zh: "利息"),
    .closing: .init(en: "closing balance", zh: "期末余额"),
    .lowest: .init(en: "lowest balance", zh: "最低余额"),
    .mean: .init(en: "mean", zh: "均值"),
    .standardDeviation: .init(en: "standard deviation", zh: "标准差"),
    .expectedShortfall: .init(en: "mean beyond {level}", zh: "{level}最差情形均值"),
    .lowestMean: .init(en: "mean of lowest {level}", zh: "最低{level}的均值"),
    .capital: .init(
      en: "Initial amount that lasts through the run ({unit})", zh: "全期足额的初始资金（{unit}）"),
    .capitalHeads: .init(en: "probability|initial amount (95 % interval)", zh: "概率|初始资金（95%区间）"),
    .parties: .init(
      en: "Losses after recoveries, by who bears them ({unit})", zh: "追偿后的损失由谁承担（{unit}）"),
    .partyHeads: .init(en: "party|mean|std. dev.|95 %|99 %", zh: "承担方|均值|标准差|95%|99%"),
    .outsideCover: .init(en: "bank, outside cover", zh: "银行，补偿范围之外"),
  ]
}
