import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import ResultFacts

// Shares beside the ordinary ones, clauses on many claims, and amendments, in words.
extension FundInWords {
  var clauseLines: [LabelledText] {
    let terms = fund.programme.terms
    let limit = terms.coverage.coverLimit.map { limit in
      LabelledText(
        .init(en: "covered lending", zh: "纳入补偿的余额"),
        line(
          .init(
            en: "at most \(limit.value) times the fund's balance", zh: "不超过基金余额的\(limit.value)倍"),
          limit.citation))
    }
    return otherShares + (limit.map { [$0] } ?? []) + aggregates(terms.aggregates)
      + terms.amendments.map { amendment($0) }
  }

  private var otherShares: [LabelledText] {
    fund.models.flatMap { model -> [LabelledText] in
      (fund.programme.terms.models[model]?.payers ?? []).flatMap { payer in
        payer.otherShares.map { other in
          LabelledText(
            .init(en: "share of the \(payer.party.words)", zh: "\(payer.party.words)份额"),
            line(
              .init(
                en: "\(other.share.value)\(condition(of: other))",
                zh: "\(condition(of: other))\(other.share.value)"), other.share.citation))
        }
      }
    }
  }

  private func condition(of other: OtherShare) -> LocalizedText {
    var parts: [LocalizedText] = []
    if other.sizes.count < SizeClass.allCases.count {
      let sizes = SizeClass.allCases.filter { other.sizes.contains($0) }.map(\.words).joined()
      parts.append(.init(en: "for \(sizes) firms", zh: "\(sizes)"))
    }
    if other.fromYear > 1 {
      parts.append(.init(en: "from year \(other.fromYear) on", zh: "第\(other.fromYear)年起"))
    }
    if let rate = other.aboveClaimRate {
      parts.append(.init(en: "above a claim rate of \(rate)", zh: "代偿率高于\(rate)的部分"))
    }
    let list = parts.joined()
    return .init(en: " \(list)", zh: "\(list)：")
  }

  private func aggregates(_ clauses: AggregateClauses) -> [LabelledText] {
    func lines(_ name: LocalizedText, _ list: [Cited<AggregateTerms>]) -> [LabelledText] {
      list.map { LabelledText(name, line(words($0.value), $0.citation)) }
    }
    var found = lines(.init(en: "limit of compensation", zh: "补偿限额"), clauses.limits)
    found += lines(
      .init(en: "first loss of the bank", zh: "银行先行承担的损失"), clauses.firstLosses)
    found += lines(
      .init(en: "the fund pays all losses beyond", zh: "超过后全部由基金承担的损失"),
      clauses.stopLosses)
    return found
  }

  private func words(_ terms: AggregateTerms) -> LocalizedText {
    let level: LocalizedText =
      switch terms.level {
      case .amount(let amount): .init(en: "\(amount)", zh: "\(amount)")
      case .part(let part, let measure):
        .init(en: "\(part) of \(measure.words)", zh: "\(measure.words)的\(part)")
      case .partOfFund(let part, let measure):
        .init(en: "\(part) of \(measure.words)", zh: "\(measure.words)的\(part)")
      }
    let scope: LocalizedText =
      terms.scope == .bank
      ? .init(en: "each bank", zh: "每家银行") : .init(en: "all banks together", zh: "各银行合计")
    let period: LocalizedText =
      switch terms.period {
      case .calendarYear: .init(en: "in a calendar year", zh: "每日历年度")
      case .programmeYear: .init(en: "in a year of the programme", zh: "每办法年度")
      case .programme: .init(en: "over the programme", zh: "全期")
      }
    return .init(en: "\(level), \(scope) \(period)", zh: "\(scope)\(period)\(level)")
  }

  /// What a ratio counts.
  func words(_ numerator: RatioNumerator) -> LocalizedText {
    switch numerator {
    case .compensationOwed: .init(en: "compensation owed", zh: "应付补偿")
    case .compensationPaid: .init(en: "compensation paid", zh: "已付补偿")
    case .compensationNet: .init(en: "compensation net of returns", zh: "已付补偿减返还")
    case .overdueOutstanding: .init(en: "overdue principal", zh: "逾期本金")
    case .overdueEver: .init(en: "all principal ever overdue", zh: "累计逾期本金")
    case .lendingOutstanding: .init(en: "lending outstanding", zh: "贷款余额")
    }
  }

  /// What a ratio is measured against.
  func words(_ denominator: RatioDenominator) -> LocalizedText {
    switch denominator {
    case .disbursed: .init(en: "disbursed", zh: "贷款发放额")
    case .covered: .init(en: "covered disbursements", zh: "纳入补偿范围的发放额")
    case .outstanding: .init(en: "outstanding", zh: "贷款余额")
    case .balance, .yearOpening, .moneyPutIn: denominator.fundMeasure?.words ?? .empty
    }
  }

  private func amendment(_ amendment: Amendment) -> LabelledText {
    let prefix = "changes.\(amendment.id).change."
    let changes = fund.programme.parameters.filter { $0.path.hasPrefix(prefix) }.map { item in
      let name = fund.programme.name(ofParameter: String(item.path.dropFirst(prefix.count)))
      return LocalizedText(en: "\(name): \(item.value)", zh: "\(name)：\(item.value)")
    }
    return LabelledText(
      .init(en: "loans made from \(amendment.from) on", zh: "\(amendment.from)起发放的贷款"),
      line(changes.joined(with: .init(en: "; ", zh: "；")), amendment.citation))
  }

  private func line(_ text: LocalizedText, _ citation: Citation) -> LocalizedText {
    .init(en: "\(text) (\(citation))", zh: "\(text)（\(citation)）")
  }
}

extension LendingMeasure {
  /// What it is called in reports.
  var words: LocalizedText {
    switch self {
    case .madeInPeriod: .init(en: "the covered lending of the period", zh: "期内纳入补偿的放款")
    case .madeSoFar: .init(en: "the covered lending so far", zh: "累计纳入补偿的放款")
    case .outstanding: .init(en: "the covered lending outstanding", zh: "纳入补偿的贷款余额")
    }
  }
}

extension FundMoney.Measure {
  /// What it is called in reports.
  var words: LocalizedText {
    switch self {
    case .balance: .init(en: "the fund's balance", zh: "基金余额")
    case .yearOpening: .init(en: "the fund's balance at the year's start", zh: "年初基金余额")
    case .moneyPutIn: .init(en: "all money put into the fund", zh: "基金累计投入资金")
    }
  }
}
