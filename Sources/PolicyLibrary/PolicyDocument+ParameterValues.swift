import CompensationKernel
import DocumentReading
public import FundCore

/// What the values of a programme file are called.
extension PolicyDocument {
  /// The value of a parameter in words: 四舍五入 for `halfUp`, 1000万元 for an amount, 24个月 for months.
  ///
  /// In English it is the file's own word, with the unit behind a number.
  public func words(of parameter: ProgrammeParameter) -> LocalizedText {
    let value = parameter.value
    switch parameter.unit {
    case "yuan":
      // The file's amounts are exact; a reader counts them in 万.
      if case .success(let money) = Scalar.money(value, sign: .any) { return money.words }
      return LocalizedText(same: value)
    case "": return LocalizedText(english: value, chinese: choice(value, at: parameter.path))
    default:
      guard value.contains(where: \.isNumber) else {
        return LocalizedText(
          english: "\(value) \(parameter.unit)", chinese: choice(value, at: parameter.path))
      }
      let pattern = unitPatterns[parameter.unit] ?? LocalizedText(same: "# \(parameter.unit)")
      return LocalizedText { pattern[$0].replacing("#", with: value) }
    }
  }

  /// A choice, or a list of them, in Chinese.
  private func choice(_ value: String, at path: String) -> String {
    let parts = path.split(separator: ".").map(String.init)
    if parts.count == 4, parts[1] == "facts", parts[3] == "id" {
      return name(ofFact: value).chinese
    }
    let key = parts.last ?? ""
    return value.split(separator: ", ").map { word in
      (choiceWords["\(key) \(word)"] ?? choiceWords[String(word)])?.chinese ?? String(word)
    }.joined(separator: "、")
  }
}

/// How a number with a unit of programme files is written.
private let unitPatterns: [String: LocalizedText] = [
  "months": .init(en: "# months", zh: "#个月"),
  "times": .init(en: "# times", zh: "#倍"),
  "days": .init(en: "# days", zh: "#日"),
  "working days": .init(en: "# working days", zh: "#个工作日"),
  "year": .init(en: "# year", zh: "第#年"),
  "share": .init(en: "# share", zh: "#"),
  "ratio": .init(en: "# ratio", zh: "#"),
  "of the base": .init(en: "# of the base", zh: "基数的#"),
  "of the recovery": .init(en: "# of the recovery", zh: "追偿所得的#"),
]

/// The words of fixed lists. Where one word means two things, the key stands before it.
private let choiceWords: [String: LocalizedText] = [
  "yes": .init(en: "yes", zh: "是"),
  "no": .init(en: "no", zh: "否"),
  "scenario": .init(en: "given by the scenario", zh: "由情景给出"),
  "open": .init(en: "not stated", zh: "未写明"),
  "never": .init(en: "never", zh: "不恢复"),
  "at never": .init(en: "never", zh: "不补足"),
  "yearStart": .init(en: "at each year's start", zh: "每年初"),
  "quarterStart": .init(en: "at each quarter's start", zh: "每季初"),
  "at month": .init(en: "at each month's start", zh: "每月初"),
  "startsInForce": .init(en: "the loan's start", zh: "贷款发放"),
  "overdueInForce": .init(en: "the first day overdue", zh: "首次逾期"),
  "claimInForce": .init(en: "the claim", zh: "补偿申请"),
  "lossInForce": .init(en: "the loss", zh: "损失发生"),
  "halfUp": .init(en: "half up", zh: "四舍五入"),
  "down": .init(en: "dropped", zh: "舍去"),
  "exactly": .init(en: "exactly this amount", zh: "须等于所列金额"),
  "atLeast": .init(en: "at least this amount", zh: "不低于所列金额"),
  "single": .init(en: "one account", zh: "一个专户"),
  "byBank": .init(en: "one a bank", zh: "按银行分户"),
  "socialFirst": .init(en: "the social account pays first", zh: "社会资本账户先行支付"),
  "equalParts": .init(en: "in equal parts", zh: "双方等额"),
  "agreedSplit": .init(en: "by the agreed split", zh: "按约定的分担比例"),
  "leftWithBank": .init(en: "left with the bank", zh: "由银行承担"),
  "waits": .init(en: "waits for new money", zh: "等待后续资金"),
  "runOff": .init(en: "stays until covered loans have run off", zh: "待已纳入补偿的贷款了结"),
  "returned": .init(en: "returned at once", zh: "即返还出资人"),
  "year": .init(en: "a year", zh: "每年"),
  "life": .init(en: "the whole life", zh: "全期"),
  "rest": .init(en: "the rest", zh: "其余"),
  "restAboveZero": .init(en: "the rest, above zero", zh: "其余，须大于零"),
  "principal": .init(en: "principal", zh: "本金"),
  "principalAndInterest": .init(en: "principal and interest", zh: "本金和利息"),
  "wholeLoss": .init(en: "the whole loss", zh: "全部损失"),
  "remaining": .init(en: "what is left of the loss", zh: "余下的损失"),
  "borneBy bank": .init(en: "the bank", zh: "银行"),
  "inProportion": .init(en: "in proportion", zh: "其后支付方与银行按比例"),
  "counted programme": .init(en: "from the programme's start", zh: "自基金启动起"),
  "counted calendar": .init(en: "calendar years", zh: "日历年度"),
  "counted bank": .init(en: "from the bank's first loan", zh: "自银行首笔贷款起"),
  "days": .init(en: "by days, ÷ 360", zh: "按日，除以360"),
  "calendarMonths": .init(en: "by calendar months", zh: "按日历月"),
  "delay": .init(en: "after the delay", zh: "时滞届满"),
  "realisation": .init(en: "after realisation", zh: "处置完毕"),
  "notAwaited": .init(en: "not awaited", zh: "不等待"),
  "awaited": .init(en: "awaited", zh: "等待到账"),
  "reducesLoss": .init(en: "reduces the loss", zh: "先减损失"),
  "divided": .init(en: "divided like later recoveries", zh: "与追偿所得同样分配"),
  "nominalShare": .init(en: "by the nominal share", zh: "按约定份额"),
  "shareBorne": .init(en: "by the share borne", zh: "按实际承担的份额"),
  "fixedRate": .init(en: "a fixed rate", zh: "固定比例"),
  "gross": .init(en: "not taken off", zh: "不扣除"),
  "net": .init(en: "taken off first", zh: "先行扣除"),
  "partners": .init(en: "stays with the partners", zh: "归合作机构"),
  "shared": .init(en: "shared", zh: "按份额分配"),
  "compensationOwed": .init(en: "compensation owed", zh: "应付补偿"),
  "compensationPaid": .init(en: "compensation paid", zh: "已付补偿"),
  "compensationNet": .init(en: "compensation less returns", zh: "已付补偿减返还"),
  "overdueOutstanding": .init(en: "overdue principal", zh: "逾期本金"),
  "overdueEver": .init(en: "principal ever overdue", zh: "累计逾期本金"),
  "disbursed": .init(en: "disbursed", zh: "贷款发放额"),
  "covered": .init(en: "disbursed and covered", zh: "纳入补偿范围的发放额"),
  "outstanding": .init(en: "outstanding", zh: "贷款余额"),
  "overdueAmount outstanding": .init(en: "what is outstanding", zh: "未还本金"),
  "lost": .init(en: "what is lost", zh: "最终损失的本金"),
  "repaid": .init(en: "repaid, cured or written off", zh: "收回、恢复正常或核销"),
  "firstRecovery": .init(en: "the first recovery", zh: "首次追偿"),
  "ipPart": .init(en: "IP part", zh: "质押部分"),
  "wholeLoan": .init(en: "whole loan", zh: "整笔贷款"),
  "ipPledged": .init(en: "IP-pledged loans", zh: "知识产权质押贷款"),
  "lending all": .init(en: "all loans", zh: "全部贷款"),
  "concerns all": .init(en: "all", zh: "各方"),
  "warning": ThresholdEffect.warning.words,
  "suspendNewCustomers": ThresholdEffect.suspendNewCustomers.words,
  "pause": ThresholdEffect.pause.words,
  "lendsOn": LendingAfterSuspension.lendsOn.words,
  "newCustomersStop": LendingAfterSuspension.newCustomersStop.words,
  "stops": LendingAfterSuspension.stops.words,
  "claims": .init(en: "at every claim", zh: "每笔补偿时"),
  "monthEnds": .init(en: "at the ends of months", zh: "每月末"),
  "quarterEnds": .init(en: "at the ends of quarters", zh: "每季末"),
  "yearEnds": .init(en: "at the ends of years", zh: "每年末"),
  "any": .init(en: "any", zh: "不论是否到期"),
  "running": .init(en: "one that still runs", zh: "尚未到期"),
  "sameBank": .init(en: "the same bank", zh: "本行"),
  "lender programme": .init(en: "any bank of the programme", zh: "任一合作银行"),
  "refused": .init(en: "not covered", zh: "不予补偿"),
  "coveredUpTo": .init(en: "covered up to the limit", zh: "补偿至限额"),
  "per bank": .init(en: "each bank's", zh: "各银行"),
  "per fund": .init(en: "all of the fund", zh: "基金全部"),
  "programmeYear": .init(en: "a year of the programme", zh: "办法年度"),
  "over programme": .init(en: "the whole programme", zh: "办法全期"),
  "lendingOutstanding": .init(en: "lending outstanding", zh: "贷款余额"),
  "balance": .init(en: "the fund's balance", zh: "基金余额"),
  "yearOpening": .init(en: "the fund's balance at the year's start", zh: "年初基金余额"),
  "moneyPutIn": .init(en: "all money put into the fund", zh: "基金累计投入资金"),
  "madeInPeriod": .init(en: "lent in the period", zh: "期内放款"),
  "madeSoFar": .init(en: "lent so far", zh: "累计放款"),
  "losses": .init(en: "covered losses claimed", zh: "申请补偿的损失"),
  "part": .init(en: "the part beyond goes by the next share", zh: "超出部分按下一档"),
  "laterClaims": .init(en: "later claims go by the next share", zh: "其后的补偿按下一档"),
  "calendarYear": .init(en: "calendar year", zh: "日历年度"),
  "twelveMonths": .init(en: "any twelve months", zh: "连续十二个月"),
  "compensation": .init(en: "compensation", zh: "风险补偿"),
  "coveredLoans": .init(en: "covered loans", zh: "纳入补偿范围的贷款"),
  "ipPledgedLoans": .init(en: "IP-pledged loans", zh: "知识产权质押贷款"),
  "allLoans": .init(en: "all loans", zh: "全部贷款"),
  "forGood": .init(en: "for good", zh: "一直"),
  "whileInDefault": .init(en: "while in default", zh: "违约期间"),
  "disbursement": .init(en: "disbursement", zh: "放款"),
  "overdue": .init(en: "the first day overdue", zh: "首个逾期日"),
  "recognition": .init(en: "recognition of the loss", zh: "损失认定"),
  "recovery": .init(en: "recovery", zh: "追偿到账"),
  "flag": .init(en: "flagged", zh: "标记为迟延"),
  "forfeit": .init(en: "forfeited", zh: "不予补偿"),
  "patent": CollateralKind.patent.words,
  "trademark": CollateralKind.trademark.words,
  "copyright": CollateralKind.copyright.words,
  "otherIP": CollateralKind.otherIP.words,
  "other": CollateralKind.other.words,
  "micro": SizeClass.micro.words,
  "small": SizeClass.small.words,
  "medium": SizeClass.medium.words,
  "large": SizeClass.large.words,
  "province": Party.province.words,
  "fund": Party.fund.words,
  "guarantor": Party.guarantor.words,
  "insurer": Party.insurer.words,
]
