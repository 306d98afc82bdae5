import FundCore
import LossStatistics
import ReportForm
import Simulation

/// Composes who uses a fund up.
struct ContributionComposer {
  let contributions: FundContributions
  let money: MoneyScale

  /// The part of a fund's section.
  var blocks: [SectionBlock] {
    guard contributions.figures.contains(where: { $0.value > 0 }) else { return [] }
    return [
      .subheading(
        .init(
          en: "Who uses the fund up (\(money.name))", zh: "钱用在了谁身上（\(money.name)）")),
      .list(sentences + [basis]),
      .table(table("contributions", Self.paid, lent: true)),
    ] + notDefined + [.table(table("contributions-capital", needed, lent: false))]
  }

  /// The figures of the second table: needed capital has no meaning where what is owed hangs on the fund's money.
  private var needed: [ContributionFigure] {
    Self.needed.filter { contributions.place(of: $0) != nil }
  }

  private var notDefined: [SectionBlock] {
    guard needed.count < Self.needed.count else { return [] }
    return [
      .paragraph(
        .init(
          en: """
            Needed capital is not defined, since what is owed hangs on the fund's money, and is not divided.
            """,
          zh: "应付款项取决于基金的资金，所需资本无定义，不作划分。"))
    ]
  }

  private static let paid: [ContributionFigure] = [
    .compensationMean, .compensationBeyond95, .compensationBeyond99,
  ]
  private static let needed: [ContributionFigure] = [
    .capitalBeyond95, .capitalBeyond99, .exhaustion,
  ]

  // MARK: Sentences

  /// On what the parts rest.
  private var basis: LocalizedText {
    let trials = NumberFormat.whole(contributions.trialCount)
    return .init(
      en: """
        Parts add up to the figure of all loans; a part of a bad case is its mean over the same bad cases. They \
        rest on the first \(trials) trials, of which those that matter were run again and divided.
        """,
      zh: """
        各部分之和等于全部贷款的数值；某部分在最差情形中的数值，是它在这些情形中的均值。以前\(trials)次模拟为准，\
        其中有关的各次重新运行并逐笔划分。
        """)
  }

  /// For each trait the group that uses more of the fund than its part of the lending, most of all; nothing
  /// where none does by two points of a hundred and more than chance makes.
  var sentences: [LocalizedText] {
    contributions.divisions.compactMap { division in
      division.by == .enterprise ? largest(division) : sentence(division)
    }
  }

  private func sentence(_ division: FundContributions.Division) -> LocalizedText? {
    let place = worstPlace
    let most = division.parts.max { excess($0, place) < excess($1, place) }
    guard let most, excess(most, place) > max(0.02, 2 * (error(most, place) ?? 1)),
      let shares = shares([most], of: division)
    else { return nil }
    let (trait, name) = (division.by.words, most.group.isolatedName)
    return .init(
      en: "By \(trait), \(name) uses more than its part: \(shares).",
      zh: "按\(trait)，\(name)用款占比最为突出：\(shares)。")
  }

  private func largest(_ division: FundContributions.Division) -> LocalizedText? {
    let named = Array(division.parts.prefix(10))
    guard let shares = shares(named, of: division) else { return nil }
    let count = named.count
    return .init(
      en: "The \(count) enterprises that borrow most: \(shares).", zh: "借款最多的\(count)家企业：\(shares)。"
    )
  }

  private func shares(
    _ parts: [FundContributions.Part], of division: FundContributions.Division
  ) -> LocalizedText? {
    let lent = division.parts.reduce(Money.zero) { $0 + $1.group.lent }
    guard lent > .zero, let place = contributions.place(of: .compensationMean),
      contributions.figures[place].value > 0
    else { return nil }
    let own = parts.reduce(Money.zero) { $0 + $1.group.lent }
    func percent(_ place: Int) -> LocalizedText {
      let part = parts.reduce(0) { $0 + $1.values[place].value }
      return text(part / contributions.figures[place].value)
    }
    let (ofLending, onAverage) = (text(own.yuan / lent.yuan), percent(place))
    guard let worst = worstPlace, let tail = contributions.figures[worst].figure.tailPercent else {
      return .init(
        en: "\(ofLending) of the lending, \(onAverage) of the compensation on average",
        zh: "占贷款\(ofLending)，占平均补偿\(onAverage)")
    }
    let (inWorst, rest) = (percent(worst), 100 - tail)
    return .init(
      en: """
        \(ofLending) of the lending, \(onAverage) of the compensation on average, \(inWorst) of that of the worst \
        \(rest) %
        """,
      zh: "占贷款\(ofLending)，占平均补偿\(onAverage)，占最差\(rest)%情形中补偿的\(inWorst)")
  }

  private func text(_ share: Double) -> LocalizedText {
    let digits = NumberFormat.fixed(share * 100, decimals: share < 0.1 ? 1 : 0)
    return .init(en: "\(digits) %", zh: "\(digits)%")
  }

  /// The figure of the worst cases that is shown: that of the worst 1 %, or of the worst 5 % where these
  /// are few.
  var worstPlace: Int? {
    [ContributionFigure.compensationBeyond99, .compensationBeyond95].lazy.compactMap { figure in
      contributions.place(of: figure).flatMap {
        contributions.figures[$0].isTooFew || contributions.figures[$0].value <= 0 ? nil : $0
      }
    }.first
  }

  private func excess(_ part: FundContributions.Part, _ place: Int?) -> Double {
    let lent = contributions.divisions.first?.parts.reduce(0) { $0 + $1.group.lent.yuan } ?? 0
    let place = place ?? contributions.place(of: .compensationMean) ?? 0
    let whole = contributions.figures[place].value
    guard lent > 0, whole > 0 else { return 0 }
    return part.values[place].value / whole - part.group.lent.yuan / lent
  }

  /// The standard error of a group's share.
  private func error(_ part: FundContributions.Part, _ place: Int?) -> Double? {
    let place = place ?? contributions.place(of: .compensationMean) ?? 0
    let whole = contributions.figures[place].value
    return whole > 0 ? part.values[place].standardError.map { $0 / whole } : nil
  }

  // MARK: Tables

  private func table(
    _ name: String, _ figures: [ContributionFigure], lent: Bool
  ) -> FigureTable {
    let places = figures.compactMap { contributions.place(of: $0) }
    var table = FigureTable(
      name,
      heads: [.init(en: "loans of", zh: "贷款")]
        + (lent ? [.init(en: "lent", zh: "贷款额")] : []) + figures.map(\.words))
    func row(_ label: LocalizedText, _ amount: Money?, _ cells: [ReportCell]) {
      let head: [ReportCell] = lent ? [amount.map { .amount($0) } ?? .none] : []
      table.rows.append([.words(label)] + head + cells)
    }
    let all = contributions.divisions.first?.parts.reduce(Money.zero) { $0 + $1.group.lent }
    row(.init(en: "all loans", zh: "全部贷款"), all, places.map { whole($0) })
    for division in contributions.divisions {
      for part in division.parts {
        row(
          part.group.label(division.by), part.group.lent,
          places.map { cell(part.values[$0], $0) })
      }
    }
    // What falls on no loan is the same whatever tells loans apart.
    if let rest = contributions.divisions.first?.rest,
      places.contains(where: { rest[$0].value != 0 })
    {
      row(Self.restName, nil, places.map { cell(rest[$0], $0) })
    }
    return table
  }

  /// What a part is that falls on no loan.
  static let restName = LocalizedText(
    en: "no loan: interest, fees, new and idle money", zh: "不归于贷款：利息、管理费、新投入和闲置资金")

  private func whole(_ place: Int) -> ReportCell {
    let figure = contributions.figures[place]
    // Its precision stands where the figure itself is told.
    return .figure(Figure.exact(figure.value, in: figure.figure.unit).bare)
  }

  private func cell(_ value: ContributionValue, _ place: Int) -> ReportCell {
    let figure = contributions.figures[place]
    guard !figure.isTooFew else { return .words(.init(en: "too few trials", zh: "模拟太少")) }
    return .figure(Figure(value, in: figure.figure.unit))
  }
}

extension Figure {
  /// A part of a figure.
  init(_ part: ContributionValue, in unit: Unit) {
    let isCertain = part.standardError == 0
    self.init(
      part.value, in: unit, standardError: isCertain ? nil : part.standardError,
      isReliable: part.standardError != nil)
    isExact = isCertain
    trialsNeeded = part.trialsNeeded
  }
}

extension LoanGrouping.Group {
  /// The name, as a name stands within a sentence.
  var isolatedName: LocalizedText { LocalizedText { isolated(name[$0]) } }

  /// The name behind what it is a name of.
  func label(_ trait: LoanTrait) -> LocalizedText {
    .init(en: "\(trait.words) \(isolatedName)", zh: "\(trait.words) \(isolatedName)")
  }
}

extension ContributionFigure {
  /// What it counts.
  var unit: Figure.Unit { isProbability ? .part : .yuan }

  /// The figure in words.
  var words: LocalizedText {
    switch self {
    case .compensationMean: .init(en: "compensation mean", zh: "平均补偿")
    case .compensationBeyond95: .init(en: "compensation beyond 95 %", zh: "最差5%情形的补偿")
    case .compensationBeyond99: .init(en: "compensation beyond 99 %", zh: "最差1%情形的补偿")
    case .capitalBeyond95: .init(en: "needed capital beyond 95 %", zh: "最差5%情形所需资本")
    case .capitalBeyond99: .init(en: "needed capital beyond 99 %", zh: "最差1%情形所需资本")
    case .exhaustion: .init(en: "exhaustion", zh: "耗尽概率")
    }
  }
}

extension LoanTrait {
  /// The trait in words.
  var words: LocalizedText {
    switch self {
    case .bank: .init(en: "bank", zh: "银行")
    case .grade: .init(en: "grade", zh: "评级")
    case .sector: .init(en: "sector", zh: "行业")
    case .size: .init(en: "size", zh: "规模")
    case .cohort: .init(en: "year of start", zh: "发放年份")
    case .enterprise: .init(en: "enterprise", zh: "企业")
    }
  }
}
