import FundCore
import ResultFacts

extension ReportWords {
  /// Thresholds, checks, signs, and where a report comes from.
  static let closingTexts: [Key: LocalizedText] = [
    .thresholds: .init(
      en: "Thresholds: probability that a bank ever reaches one (95 % interval)",
      zh: "阈值：银行曾经触线的概率（95%区间）"),
    .thresholdLine: .init(
      en: "{id}: at {level}, {effect} ({article}). Ratio: {ratio}. Reading: {reading}",
      zh: "{id}：达到 {level}，{effect}（{article}）。比率：{ratio}。读法：{reading}"),
    .bank: .init(en: "bank", zh: "银行"),
    .anyBank: .init(en: "any bank", zh: "任一银行"),
    .ratioHead: .init(en: "means at/the breach", zh: "触线时/均值"),
    .otherReadings: .init(
      en: "any bank, under each reading of {interpretation}", zh: "{interpretation} 各读法下任一银行"),
    .readingInUse: .init(en: "the reading in use", zh: "所用读法"),
    .otherBanks: .init(
      en: "{count} further banks that lend less are counted under \"any bank\".",
      zh: "另有 {count} 家放款较少的银行，计入“任一银行”。"),
    .checks: .init(en: "Self-checks", zh: "自检"),
    .checkMoney: .init(en: "money conserved, to the fen", zh: "资金收支平衡，精确到分"),
    .checkDivision: .init(en: "loss = all parties, to the fen", zh: "损失 = 各方承担之和，精确到分"),
    .checkCapital: .init(en: "needed capital and payments agree", zh: "所需资本与支付一致"),
    .checkDefaults: .init(en: "defaults a trial", zh: "每次模拟的违约笔数"),
    .holds: .init(en: "in every trial", zh: "每次模拟均成立"),
    .ofFund: .init(en: "{count} ({fund})", zh: "{count}（{fund}）"),
    .fails: .init(
      en: "NOT in {count} trials ({funds}): a bug, please report it",
      zh: "有 {count} 次模拟不成立（{funds}）：属程序错误，请报告"),
    .defaultsText: .init(
      en: "simulated {simulated}, expected {expected} ({deviation} standard errors)",
      zh: "模拟 {simulated}，理论 {expected}（相差 {deviation} 个标准误）"),
    .defaultsExact: .init(
      en: "simulated {simulated}, expected {expected}", zh: "模拟 {simulated}，理论 {expected}"),
    .defaultsNotComputed: .init(
      en: "simulated {simulated}; what to expect was not computed: {reason}",
      zh: "模拟 {simulated}；未计算理论值：{reason}"),
    .checkMonths: .init(en: "defaults in each month", zh: "各月违约笔数"),
    .monthsHold: .init(
      en: "as expected; {months} deviates most, by {deviation} standard errors of {limit} allowed",
      zh: "与理论一致；偏差最大的是{months}，相差 {deviation} 个标准误，允许 {limit} 个"),
    .monthsFail: .init(
      en:
        "NOT as expected: {months} {simulated} simulated, {expected} expected: a bug, please report it",
      zh: "与理论不符：{months}模拟 {simulated}，理论 {expected}：属程序错误，请报告"),
    .monthsNotComputed: .init(en: "not compared: {reason}", zh: "未比较：{reason}"),
    .monthsOf: .init(en: "{from} to {until}", zh: "{from} 至 {until}"),
    .claimsLate: .init(en: "claims after the horizon", zh: "期末之后的补偿申请"),
    .recoveriesLate: .init(en: "recoveries after the horizon", zh: "期末之后的追偿"),
    .lateText: .init(en: "{counts} a trial, left out", zh: "每次模拟 {counts} 笔，未计入"),
    .provenance: .init(en: "Provenance", zh: "来源"),
    .version: .init(en: "program", zh: "程序"),
    .scenario: .init(en: "scenario", zh: "情景"),
    .digest: .init(en: "digest", zh: "摘要"),
    .seed: .init(en: "seed", zh: "种子"),
    .trials: .init(en: "trials", zh: "模拟次数"),
    .trialsText: .init(same: "{trials}"),
    .programmes: .init(en: "programme", zh: "办法"),
    .checkedOn: .init(
      en: "{title} ({id}), {check}", zh: "{title}（{id}），{check}"),
    .programmeNamed: .init(en: "{title} ({id})", zh: "{title}（{id}）"),
    .itsText: .init(en: "its text", zh: "其原文"),
    .signs: .init(en: "Signs", zh: "符号说明"),
    .plusMinus: .init(same: "x ± e"),
    .plusMinusText: .init(
      en: "a mean and its standard error, where 25 trials and more bear on it",
      zh: "均值及其标准误（须有至少25次模拟与之有关）"),
    .brackets: .init(same: "x (a–b)"),
    .bracketsText: .init(en: "a figure and its 95 % interval", zh: "数值及其95%区间"),
    .percentages: .init(same: "95 %"),
    .percentagesText: .init(
      en: "value at risk: what 95 % of the trials do not exceed", zh: "风险价值：95%的模拟不超过此值"),
    .beyond: .init(en: "mean beyond 95 %", zh: "95%条件尾部期望"),
    .beyondText: .init(
      en: "expected shortfall: the mean of the worst 5 % of the trials", zh: "最差5%模拟的均值（预期短缺，ES）"
    ),
    .below: .init(en: "mean of lowest 5 %", zh: "最低5%的均值"),
    .belowText: .init(
      en: "where little is bad: the mean of the 5 % of the trials with the least",
      zh: "以低为差的数值：最低5%模拟的均值"),
    .exactly: .init(en: "x exact", zh: "x（确定）"),
    .exactlyText: .init(
      en: "nothing random moves it, by the rules of the fund", zh: "按基金规则，不受随机因素影响"),
    .balances: .init(en: "balance 5 %", zh: "余额5%"),
    .balancesText: .init(
      en: "what 5 % of the trials do not exceed at that time, to 1/2000 of its range",
      zh: "届时5%的模拟不超过此值，精确到其范围的1/2000"),
    .unreliable: .init(same: "*"),
    .unreliableText: .init(
      en: """
        not known from these trials: too few bear on the figure, or lie beyond its level. \
        Trials that would tell: {levels}
        """,
      zh: "本次模拟无法得知：与之有关的模拟，或超出该水平的模拟太少。所需模拟次数：{levels}"),
    .toFigure: .init(en: "{figure} needs {trials}", zh: "{figure} 需要 {trials} 次"),
    .interval: .init(same: "{value} ({low}–{high})"),
    .to: .init(en: "{level} needs {trials}", zh: "{level} 需要 {trials} 次"),
    .decimalPercent: .init(same: "{value} %"),
  ]
}
