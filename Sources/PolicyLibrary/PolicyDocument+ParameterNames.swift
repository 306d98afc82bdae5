import CompensationKernel
import DocumentReading
public import FundCore

/// What the keys of a programme file are called. Reports say the name; scenarios, and the JSON
/// objects, keep the path.
extension PolicyDocument {
  /// The name of a parameter, such as 初始资金：金额 for `fund.initial.amount`.
  ///
  /// - Parameter path: Its path in the programme file. A path that no clause has is its own name.
  public func name(ofParameter path: String) -> LocalizedText {
    let parts = path.split(separator: ".").map(String.init)
    switch parts.first {
    case "models" where parts.count > 2: return name(ofModelParts: parts)
    case "thresholds" where parts.count > 2:
      return joined(name(ofThreshold: parts[1]), key: "thresholds.*", parts[2...], path)
    case "changes" where parts.count > 3 && parts[2] == "change":
      let changed = name(ofParameter: parts[3...].joined(separator: "."))
      return .init(en: "\(parts[1]), changed: \(changed)", zh: "修订“\(parts[1])”：\(changed)")
    case "changes" where parts.count > 2:
      return .init(en: "\(parts[1]), for loans made from", zh: "修订“\(parts[1])”适用的放款起始日")
    case "limits" where parts.count > 2, "firstLoss" where parts.count > 2,
      "stopLoss" where parts.count > 2:
      return joined(
        LocalizedText(same: parts[1]), key: "\(parts[0]).*", parts[2...], path)
    case "duties" where parts.count > 2:
      return joined(name(ofDuty: parts[1]), key: "duties.*", parts[2...], path)
    case "coverage" where parts.count > 3 && parts[1] == "facts":
      return joined(name(ofFact: parts[2]), key: "coverage.facts.*", parts[3...], path)
    case "coverage" where parts.count > 3 && parts[1] == "singleLoan":
      return joined(
        name(ofLimit: path.dropLast(parts[3].count + 1)), key: "coverage.singleLoan.*", parts[3...],
        path)
    default: return clauseWords[path] ?? aggregateWords[path] ?? LocalizedText(same: path)
    }
  }

  /// The name of a threshold: what it does, with its level where several do the same.
  public func name(ofThreshold id: String) -> LocalizedText {
    guard let threshold = terms.thresholds.first(where: { $0.value.id == id })?.value else {
      return LocalizedText(same: id)
    }
    let isOne = terms.thresholds.filter { $0.value.effect == threshold.effect }.count == 1
    let words = threshold.effect.words
    return isOne
      ? LocalizedText(en: "\(id)", zh: "\(words)")
      : LocalizedText(en: "\(id)", zh: "\(words)（\(threshold.level.description)）")
  }

  /// The name of a duty with a date: what the text says of it.
  public func name(ofDuty id: String) -> LocalizedText {
    duties.first { $0.id == id }?.text ?? LocalizedText(same: id)
  }

  /// The name of a condition of coverage: what the text says of it.
  public func name(ofFact id: String) -> LocalizedText {
    terms.coverage.facts.first { $0.id == id }
      .map { LocalizedText(english: $0.english, chinese: $0.chinese) } ?? LocalizedText(same: id)
  }

  /// `models.bank.payers.fund.caps.firstYear.perClaim` and its like.
  private func name(ofModelParts parts: [String]) -> LocalizedText {
    let path = parts.joined(separator: ".")
    // A reading may forbid a shared model; its clauses stand in the file all the same.
    let models = Array(terms.models.keys) + OperatingModel.shared
    guard let model = models.first(where: { $0.id == parts[1] })?.words else {
      return LocalizedText(same: path)
    }
    guard parts.count > 4, parts[2] == "payers",
      let party = (terms.parties.listed + Party.shared).first(where: { $0.id == parts[3] })?.words
    else {
      return joined(model, key: "models.*", parts[2...], path)
    }
    let isListed = parts.count > 6 && ["caps", "otherShares"].contains(parts[4])
    return joined(
      LocalizedText(en: "\(model), \(party)", zh: "\(model)，\(party)"),
      key: "models.*.payers.*" + (isListed ? ".\(parts[4]).*" : ""),
      parts[(isListed ? 6 : 4)...], path)
  }

  /// The firms that a limit of single loans is for.
  private func name(ofLimit path: Substring) -> LocalizedText {
    let kinds = tree.node(at: "\(path).sizes")?.items ?? []
    return kinds.compactMap { $0.text.flatMap(SizeClass.init(rawValue:))?.words }.joined()
  }

  private func joined(
    _ head: LocalizedText, key: String, _ rest: ArraySlice<String>, _ path: String
  ) -> LocalizedText {
    let full = key + "." + rest.joined(separator: ".")
    guard let words = clauseWords[full] ?? aggregateWords[full] else {
      return LocalizedText(same: path)
    }
    return head.isEmpty ? words : LocalizedText(en: "\(head): \(words)", zh: "\(head)：\(words)")
  }
}

/// What each key of the format is called, by its path; `*` stands for a name of the file's own.
private let clauseWords: [String: LocalizedText] = [
  "inForce.from": .init(en: "in force from", zh: "有效期起始"),
  "inForce.until": .init(en: "in force until", zh: "有效期截止"),
  "inForce.lastsMonths": .init(en: "time in force", zh: "有效期长度"),
  "coverPeriod.rule": .init(en: "what must fall into the dates in force", zh: "须在有效期内的事项"),
  "rounding.rule": .init(en: "fractions of a fen", zh: "分以下的取舍"),
  "fund.initial.rule": .init(en: "initial amount, kind of clause", zh: "初始资金的规定"),
  "fund.initial.amount": .init(en: "initial amount", zh: "初始资金"),
  "fund.accounts.kind": .init(en: "accounts", zh: "专户"),
  "fund.accounts.refundShare.value": .init(en: "refund share", zh: "财政补偿比例"),
  "fund.accounts.refundShare.atMost": .init(en: "refund share, at most", zh: "财政补偿比例上限"),
  "fund.accounts.refundShare.atLeast": .init(en: "refund share, at least", zh: "财政补偿比例下限"),
  "fund.accounts.refundShare.lessThan": .init(en: "refund share, below", zh: "财政补偿比例须低于"),
  "fund.accounts.refundShare.moreThan": .init(en: "refund share, above", zh: "财政补偿比例须高于"),
  "fund.accounts.refundShare.negotiable": .init(
    en: "refund share can be agreed", zh: "财政补偿比例可协商确定"),
  "fund.accounts.refundLagMonths.value": .init(en: "lag of the refund", zh: "财政补偿到账时滞"),
  "fund.accounts.newMoney.rule": .init(en: "who brings new money", zh: "追加资金的出资"),
  "fund.fillUp.at": .init(en: "filled up", zh: "补足时点"),
  "fund.fillUp.to": .init(en: "filled up to", zh: "补足至"),
  "fund.fillUp.atMostAYear": .init(en: "filled up by, at most a year", zh: "每年补足上限"),
  "fund.fillUp.inAll": .init(en: "filled up by, at most in all", zh: "累计补足上限"),
  "fund.interest.stays": .init(en: "interest stays in the fund", zh: "利息留存基金"),
  "fund.fee.of": .init(en: "management fee, base", zh: "管理费基数"),
  "fund.fee.per": .init(en: "management fee, period", zh: "管理费期间"),
  "fund.fee.rate": .init(en: "management fee, rate", zh: "管理费率"),
  "fund.fee.atMost": .init(en: "management fee, at most", zh: "管理费率上限"),
  "fund.shortage.rule": .init(en: "what the fund cannot pay", zh: "余额不足时未付的部分"),
  "fund.atEnd.rule": .init(en: "the balance at the end", zh: "期满后的余额"),
  "models.*.allowed.value": .init(en: "allowed", zh: "是否允许"),
  "models.*.bankShare.rule": .init(en: "the bank's part", zh: "银行承担的部分"),
  "models.*.lossBase.value": .init(en: "loss base", zh: "损失基数"),
  "models.*.capCut.borneBy": .init(en: "who bears what a cap cuts", zh: "上限削减部分的承担方"),
  "models.*.payers.*.share.value": .init(en: "share", zh: "份额"),
  "models.*.payers.*.share.of": .init(en: "share, of which loss", zh: "份额的基数"),
  "models.*.payers.*.share.atMost": .init(en: "share, at most", zh: "份额上限"),
  "models.*.payers.*.share.atLeast": .init(en: "share, at least", zh: "份额下限"),
  "models.*.payers.*.share.lessThan": .init(en: "share, below", zh: "份额须低于"),
  "models.*.payers.*.share.moreThan": .init(en: "share, above", zh: "份额须高于"),
  "models.*.payers.*.share.negotiable": .init(en: "share can be agreed", zh: "份额可协商确定"),
  "models.*.payers.*.otherShares.*.sizes": .init(en: "other share, for firms", zh: "另定份额适用企业"),
  "models.*.payers.*.otherShares.*.fromYear": .init(en: "other share, from year", zh: "另定份额起始年份"),
  "models.*.payers.*.otherShares.*.aboveClaimRate": .init(
    en: "other share, above a claim rate of", zh: "另定份额适用的代偿率下限"),
  "models.*.payers.*.otherShares.*.value": .init(en: "other share", zh: "另定份额"),
  "models.*.payers.*.caps.*.fromYear": .init(en: "cap, from year", zh: "单笔上限起始年份"),
  "models.*.payers.*.caps.*.perClaim": .init(en: "cap per claim", zh: "单笔上限"),
  "models.*.payers.*.capYears.counted": .init(en: "years of the caps", zh: "上限年度的起算"),
  "claim.delayMonths": .init(en: "months to the claim", zh: "补偿申请时滞"),
  "claim.after": .init(en: "when the claim is settled", zh: "补偿申请的时点"),
  "claim.afterOverdueDays": .init(en: "days overdue before the claim", zh: "申请前逾期日数"),
  "claim.applyWithinDays": .init(en: "days to apply", zh: "申请期限"),
  "claim.waitsForDelay": .init(en: "an earlier application waits", zh: "提前申请亦待时滞届满"),
  "claim.provincePayment": .init(en: "the province's payment", zh: "省级资金到账"),
  "moneyBeforeClaim.rule": .init(en: "money before the claim", zh: "补偿申请前收回的资金"),
  "lostInterest.counted": .init(en: "lost interest", zh: "利息损失的计算"),
  "recovery.basis.value": .init(en: "what returns to the fund", zh: "追偿所得的返还"),
  "recovery.basis.rate": .init(en: "rate of the return", zh: "追偿返还比例"),
  "recovery.limitedToPaid.value": .init(en: "at most what was paid", zh: "返还以已付补偿为限"),
  "recovery.costs.value": .init(en: "costs of recovery", zh: "追偿成本"),
  "recovery.beyondPrincipal.value": .init(en: "what exceeds the loss base", zh: "超出损失基数的追偿"),
  "thresholds.*.ratio.numerator": .init(en: "numerator", zh: "分子"),
  "thresholds.*.ratio.denominator": .init(en: "denominator", zh: "分母"),
  "thresholds.*.ratio.per": .init(en: "whose ratio", zh: "计算对象"),
  "thresholds.*.ratio.measure": .init(en: "measure", zh: "计量口径"),
  "thresholds.*.ratio.lending": .init(en: "lending that counts", zh: "计入的放款"),
  "thresholds.*.ratio.overdueAmount": .init(en: "how much of a loan counts", zh: "逾期计入的金额"),
  "thresholds.*.ratio.overdueUntil": .init(en: "until when a loan counts", zh: "逾期计入的终止"),
  "thresholds.*.level.value": .init(en: "level", zh: "比例"),
  "thresholds.*.effect.value": .init(en: "effect", zh: "后果"),
  "thresholds.*.watched.at": .init(en: "watched", zh: "观察时点"),
  "thresholds.*.watched.minimumDisbursed": .init(en: "once so much is disbursed", zh: "起始发放额"),
  "thresholds.*.resumes.afterMonths": .init(en: "resumes after", zh: "恢复"),
  "thresholds.*.afterSuspension.lending": .init(
    en: "a suspended bank's lending", zh: "被中止（暂停）银行的放款"),
  "thresholds.*.customers.earlierLoan": .init(en: "earlier loan of a customer", zh: "存量客户的以往贷款"),
  "thresholds.*.customers.lender": .init(en: "lender to a customer", zh: "存量客户的放款银行"),
  "thresholds.*.customers.noticeLagMonths": .init(en: "lag of the notice", zh: "通知的时滞"),
  "coverage.combinedPledge.covered": .init(en: "combined loans, covered", zh: "组合贷款的补偿部分"),
  "coverage.collateral.kinds": .init(en: "collateral", zh: "质押物"),
  "coverage.sizes.kinds": .init(en: "sizes of firms", zh: "企业规模"),
  "coverage.singleLoan.*.sizes": .init(en: "single-loan limit, sizes", zh: "单笔限额的适用规模"),
  "coverage.singleLoan.*.atMost": .init(en: "single-loan limit", zh: "单笔限额"),
  "coverage.singleLoan.*.measure": .init(en: "single-loan limit, measure", zh: "单笔限额的计量口径"),
  "coverage.singleLoan.*.above": .init(en: "above the single-loan limit", zh: "超过单笔限额的贷款"),
  "coverage.perEnterpriseYear.atMost": .init(en: "limit of a firm and year", zh: "企业年度限额"),
  "coverage.perEnterpriseYear.measure": .init(
    en: "limit of a firm and year, measure", zh: "年度限额的计量口径"),
  "coverage.perEnterpriseYear.above": .init(en: "above the limit of the year", zh: "超过年度限额的贷款"),
  "coverage.perEnterpriseYear.period": .init(en: "year of the limit", zh: "年度限额的期间"),
  "coverage.perEnterpriseYear.limits": .init(en: "what the limit limits", zh: "年度限额所限"),
  "coverage.headroom.usedBy": .init(en: "what uses the limit", zh: "占用年度限额的贷款"),
  "coverage.term.atMostMonths": .init(en: "longest term", zh: "最长期限"),
  "coverage.earlierDefault.removesCover": .init(
    en: "an earlier default removes cover", zh: "曾有违约的不予补偿"),
  "coverage.earlierDefault.lasts": .init(en: "for how long", zh: "曾有违约的影响期间"),
  "coverage.facts.*.id": .init(en: "condition", zh: "条件"),
  "coverage.facts.*.asked": .init(en: "asked for", zh: "是否要求"),
  "coverage.facts.*.concerns": .init(en: "payers concerned", zh: "所涉支付方"),
  "duties.*.withinDays": .init(en: "days", zh: "期限"),
  "duties.*.withinWorkingDays": .init(en: "working days", zh: "期限"),
  "duties.*.after": .init(en: "from", zh: "起算"),
  "duties.*.lateness": .init(en: "if late", zh: "迟延的后果"),
  "duties.*.concerns": .init(en: "payers concerned", zh: "所涉支付方"),
]

/// What the keys of clauses on many claims are called, by their paths.
private let aggregateWords: [String: LocalizedText] = [
  "coverage.coverLimit.times": .init(
    en: "covered lending, times the balance", zh: "纳入补偿的余额与基金余额之比上限"),
  "limits.*.per": .init(en: "limit of compensation, of whose claims", zh: "补偿限额：计算对象"),
  "limits.*.over": .init(en: "limit of compensation, period", zh: "补偿限额：期间"),
  "limits.*.amount": .init(en: "limit of compensation, amount", zh: "补偿限额：金额"),
  "limits.*.part": .init(
    en: "limit of compensation, part", zh: "补偿限额：比例"),
  "limits.*.of": .init(en: "limit of compensation, part of what", zh: "补偿限额：比例的基数"),
  "firstLoss.*.per": .init(en: "first loss of the bank, of whose claims", zh: "银行先行承担的损失：计算对象"),
  "firstLoss.*.over": .init(en: "first loss of the bank, period", zh: "银行先行承担的损失：期间"),
  "firstLoss.*.amount": .init(en: "first loss of the bank, amount", zh: "银行先行承担的损失：金额"),
  "firstLoss.*.part": .init(
    en: "first loss of the bank, part", zh: "银行先行承担的损失：比例"),
  "firstLoss.*.of": .init(en: "first loss of the bank, part of what", zh: "银行先行承担的损失：比例的基数"),
  "stopLoss.*.per": .init(en: "stop-loss, of whose claims", zh: "止损线：计算对象"),
  "stopLoss.*.over": .init(en: "stop-loss, period", zh: "止损线：期间"),
  "stopLoss.*.amount": .init(en: "stop-loss, amount", zh: "止损线：金额"),
  "stopLoss.*.part": .init(en: "stop-loss, part", zh: "止损线：比例"),
  "stopLoss.*.of": .init(en: "stop-loss, part of what", zh: "止损线：比例的基数"),
  "claimRate.counts": .init(en: "claim rate, what it counts", zh: "代偿率：分子"),
  "claimRate.of": .init(en: "claim rate, covered lending", zh: "代偿率：分母"),
  "claimRate.per": .init(en: "claim rate, of whose claims", zh: "代偿率：计算对象"),
  "claimRate.over": .init(en: "claim rate, period", zh: "代偿率：期间"),
  "claimRate.beyond": .init(en: "claim rate, beyond a step", zh: "代偿率：越过档位后"),
]
