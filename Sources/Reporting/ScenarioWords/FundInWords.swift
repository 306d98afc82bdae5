import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ResultFacts
import Simulation

/// Says in words what a fund is, for the report of a run or of a replay.
struct FundInWords {
  let fund: FundAgreement
  /// Whether time is counted in days, as in a register, and not in months.
  var isByDay = false

  /// The fund for a report.
  func description(coverage: CoverageSummary) -> FundDescription {
    var described = FundDescription(
      name: fund.name, programme: fund.programme.id, programmeTitle: fund.programme.title,
      operatingModel: fund.modelName, initial: fund.initial)
    described.shares = shares
    described.claimDelayMonths = fund.claimDelay
    described.operatingModelWords = fund.model?.words
    described.terms = terms
    described.thresholds = fund.programme.terms.thresholds.map { threshold($0) }
    described.clauseOnBalance = fund.clauseOnBalance.map {
      .init(en: "`\($0.path)` (\($0.citation))", zh: "`\($0.path)`（\($0.citation)）")
    }
    described.coverage = coverage
    return described
  }

  private var shares: [ShareDescription] {
    let models = fund.models
    return models.flatMap { model -> [ShareDescription] in
      guard let sharing = fund.sharing[model], let clauses = fund.programme.terms.models[model]
      else { return [] }
      func named(_ party: Party) -> LocalizedText {
        models.count > 1
          ? .init(en: "\(model.id): \(party.words)", zh: "\(model.words)，\(party.words)")
          : party.words
      }
      // The payers stand in the order of their clauses.
      var shares = zip(sharing.payers, clauses.payers).map { payer, clause in
        let cap = capInWords(clause.caps)
        return ShareDescription(
          party: named(clause.party),
          share: .init(en: "\(payer.share)\(cap)", zh: "\(payer.share)\(cap)"),
          citation: clause.share.citation)
      }
      shares.append(
        ShareDescription(
          party: named(.bank),
          share: .init(
            en: "the rest (\(sharing.bankShare) of the loss base)",
            zh: "其余（损失基数的\(sharing.bankShare)）"),
          citation: clauses.bankMustBear.citation))
      return shares
    }
  }

  /// The limits per claim, each with the years of operation in which it holds.
  private func capInWords(_ caps: [CapClause]) -> LocalizedText {
    guard caps.count > 1 else {
      return caps.first.map {
        .init(en: ", at most \($0.perClaim.value) a claim", zh: "，每笔补偿最多\($0.perClaim.value)")
      } ?? .empty
    }
    let texts = caps.map { cap in
      LocalizedText(
        en: "\(cap.perClaim.value) a claim from year \(cap.fromYear) on",
        zh: "第\(cap.fromYear)年起\(cap.perClaim.value)")
    }
    return .init(en: ", at most \(texts.joined())", zh: "，每笔补偿最多：\(texts.joined())")
  }

  /// The time in force: a register's by the day, a simulation's by the month of its events.
  private var inForce: LocalizedText {
    let dates = fund.dates
    let first = isByDay ? "\(dates.firstDay)" : "\(dates.firstMonth)"
    let last = isByDay ? dates.until.map { "\($0)" } : dates.lastMonth.map { "\($0)" }
    return last.map { .init(en: "\(first) to \($0)", zh: "\(first)至\($0)") }
      ?? .init(en: "\(first), no end", zh: "\(first)起，无截止日期")
  }

  private var terms: [LabelledText] {
    let terms = fund.programme.terms
    var lines: [LabelledText] = []
    lines.append(
      LabelledText(
        .init(en: "in force", zh: "有效期"),
        .init(
          en: "\(inForce) (\(terms.inForce.citation))", zh: "\(inForce)（\(terms.inForce.citation)）")
      ))
    for model in fund.models {
      guard let base = terms.models[model]?.lossBase else { continue }
      lines.append(
        LabelledText(
          fund.sharing.count > 1
            ? .init(en: "loss base, \(model.id)", zh: "损失基数，\(model.words)")
            : .init(en: "loss base", zh: "损失基数"),
          base.value == .principal
            ? .init(en: "principal (\(base.citation))", zh: "本金（\(base.citation)）")
            : .init(en: "principal and interest (\(base.citation))", zh: "本金和利息（\(base.citation)）"))
      )
    }
    lines += clauseLines
    lines += accounts
    if fund.interestRate > .zero {
      lines.append(
        LabelledText(
          .init(en: "interest on the balance", zh: "余额利率"),
          .init(en: "\(fund.interestRate) a year", zh: "年\(fund.interestRate)")))
    }
    if let fee = terms.fund.fee {
      lines.append(
        LabelledText(
          .init(en: "management fee", zh: "管理费"),
          .init(
            en: "\(fund.annualFee) a year (\(fee.citation))",
            zh: "每年\(fund.annualFee)（\(fee.citation)）")))
    }
    return lines + fillUp + lending
  }

  private var accounts: [LabelledText] {
    let terms = fund.programme.terms
    var lines: [LabelledText] = []
    if case .socialFirst(let share, let lag, _) = fund.accounts {
      let when: LocalizedText =
        lag > 0
        ? .init(en: "after \(lag) months", zh: "于\(lag)个月后") : .init(en: "at once", zh: "即时")
      lines.append(
        LabelledText(
          .init(en: "accounts", zh: "专户"),
          .init(
            en: """
              social account pays first, fiscal account refunds \(share) \(when) \
              (\(terms.fund.accounts.citation))
              """,
            zh: """
              社会资本账户先行支付，财政资金账户\(when)补偿\(share)\
              （\(terms.fund.accounts.citation)）
              """)))
    }
    if !fund.partition.isEmpty {
      lines.append(
        LabelledText(
          .init(en: "accounts", zh: "专户"),
          .init(
            en: "one for each bank (\(terms.fund.accounts.citation))",
            zh: "每家银行一个（\(terms.fund.accounts.citation)）")))
    }
    return lines
  }

  private func threshold(_ cited: Cited<ThresholdTerms>) -> ThresholdDescription {
    let terms = cited.value
    let time: LocalizedText =
      switch terms.watched {
      case .claims:
        terms.numerator.countsCompensation
          ? .init(en: "at every claim", zh: "每笔补偿时")
          : isByDay
            ? .init(en: "on every day with a loan overdue anew", zh: "每逢有贷款新增逾期之日")
            : .init(en: "every month after the last claim", zh: "最后一笔补偿之后逐月")
      case .monthEnds: .init(en: "at month ends", zh: "每月末")
      case .quarterEnds: .init(en: "at calendar quarter ends", zh: "每季末")
      case .yearEnds: .init(en: "at calendar year ends", zh: "每年末")
      }
    let volume: LocalizedText =
      terms.minimumDisbursed > .zero
      ? .init(
        en: "once \(terms.minimumDisbursed) are disbursed", zh: "自发放\(terms.minimumDisbursed)起")
      : .init(en: "from the first loan on", zh: "自首笔贷款起")
    let (numerator, denominator) = (words(terms.numerator), words(terms.denominator))
    let banks: LocalizedText =
      terms.scope == .bank ? .empty : .init(en: ", all banks together", zh: "，各银行合计")
    let measure: LocalizedText =
      terms.measure == .ipPart
      ? .init(en: "IP part", zh: "质押部分") : .init(en: "whole loans", zh: "整笔贷款")
    var described = ThresholdDescription(
      id: terms.id, level: terms.level.description, effect: terms.effect.rawValue,
      article: cited.citation,
      ratio: .init(
        en: "\(numerator) ÷ \(denominator) (\(measure)\(banks))",
        zh: "\(numerator) ÷ \(denominator)（\(measure)\(banks)）"))
    described.reading =
      watchSource(of: terms.id) + .init(en: "\(time), \(volume)", zh: "\(time)，\(volume)")
    return described
  }

  /// The interpretations that say when a threshold is watched, before what they say.
  private func watchSource(of id: String) -> LocalizedText {
    let citation = fund.programme.source(ofParameter: "thresholds.\(id).watched.at")
    let ids = citation?.interpretations ?? []
    guard !ids.isEmpty else { return .empty }
    return .init(
      en: "\(ids.joined(separator: ", ")): ", zh: "\(ids.joined(separator: "、"))：")
  }

  // MARK: Departures from the text

  /// The parameters that were set against the text.
  var overrides: [ParameterOverride] { fund.overrides.map { override($0) } }

  /// The readings that were chosen.
  var readings: [ChosenReading] { fund.readings.compactMap { reading($0) } }

  private func override(_ item: OverrideRequest) -> ParameterOverride {
    let original = fund.original.tree.node(at: item.path.value)?.text
    return ParameterOverride(
      scope: fund.name, parameter: item.path.value,
      name: fund.original.name(ofParameter: item.path.value), original: original ?? "",
      value: item.value.text ?? "…", reason: item.reason)
  }

  private func reading(_ choice: ReadingChoice) -> ChosenReading? {
    let interpretation = fund.programme.interpretations.first { $0.id == choice.id.value }
    let reading = interpretation?.others.first { $0.name == choice.name.value }
    return ChosenReading(
      scope: fund.name, interpretation: choice.id.value, name: choice.name.value,
      text: reading?.text ?? interpretation?.reading ?? .empty)
  }
}

extension ProgrammeReference {
  /// The programmes of some funds, each once.
  static func all(of funds: [FundAgreement]) -> [ProgrammeReference] {
    var seen: Set<String> = []
    return funds.filter { seen.insert($0.programme.id).inserted }.map { fund in
      ProgrammeReference(
        id: fund.programme.id, title: fund.programme.title, check: fund.programme.check)
    }
  }
}

extension FundAgreement {
  /// The operating model's name in files: `bank`, or `fromLoan` where each loan has its own.
  var modelName: String { model?.id ?? "fromLoan" }
}
