import CompensationKernel
import FundCore
import LossStatistics
import Planning
import ReportForm

// The figures of studies in words, and as cells.
extension StudyFigure {
  /// What the figure is called.
  var name: LocalizedText {
    switch self {
    case .exhaustion: .init(en: "probability of exhaustion", zh: "耗尽概率")
    case .compensation: .init(en: "mean compensation", zh: "平均风险补偿")
    case .unpaid: .init(en: "mean unpaid for lack of balance", zh: "平均未付")
    case .filledUp: .init(en: "mean put in by filling up", zh: "平均补足投入")
    case .stoppedCredit:
      .init(en: "mean credit not given by suspended banks", zh: "中止（暂停）而未发放的信贷均值")
    case .quantile(let level):
      .init(en: "compensation in \(level.words) at most", zh: "\(level.words)情形下不超过的风险补偿")
    case .shortfall(let level):
      .init(
        en: "mean compensation beyond \(level.words)",
        zh: "最差\(level.complement.words)情形的平均风险补偿")
    case .capital(let level):
      .init(en: "capital for \(level.words) survival", zh: "\(level.words)足额所需资本")
    case .loss(let party):
      .init(en: "mean loss of the \(Names.party(party.name))", zh: "\(Names.party(party.name))平均损失")
    case .breach(let threshold, let bank):
      .init(
        en: "odds of '\(Names.threshold(threshold))', \(Self.banks(bank))",
        zh: "\(Names.threshold(threshold))触线概率，\(Self.banks(bank))")
    case .netPresentValue: .init(en: "NPV of the fund's outlays", zh: "基金支出净现值")
    case .netCost(let payer):
      .init(en: "net cost of the \(Names.payer(payer))", zh: "\(Names.payer(payer))净成本")
    case .rate(.subsidy): .init(en: "subsidy rate", zh: "补贴率")
    case .rate(.breakEvenFee): .init(en: "break-even fee of the fund, a year", zh: "基金保本年费率")
    case .rate(.breakEvenPremium(let party)):
      .init(
        en: "break-even premium of the \(Names.party(party.name)), a year",
        zh: "\(Names.party(party.name))保本年费率")
    case .year(let figure): figure.name
    case .contribution(let part): part.name
    }
  }

  /// The name where a sentence begins.
  var heading: LocalizedText {
    LocalizedText { name[$0].prefix(1).uppercased() + name[$0].dropFirst() }
  }

  private static func banks(_ bank: String?) -> LocalizedText {
    bank.map { .init(same: $0) } ?? .init(en: "any bank", zh: "任一银行")
  }

  /// What it is counted in.
  var unit: Figure.Unit { isShare ? .part : isMultiple ? .plain : .yuan }

  /// How much of it one unit of a chart's axis is.
  func axisUnit(_ pen: ChartPen) -> Double { isShare ? 0.01 : isMultiple ? 1 : pen.unit }

  /// A value of it.
  func figure(_ value: FigureValue) -> Figure { Figure(value, in: unit) }

  /// The unit behind a heading, nothing for a probability: ` (million yuan)`.
  func unitName(_ money: MoneyScale) -> LocalizedText {
    isShare || isMultiple ? .empty : .init(en: " (\(money.name))", zh: "（\(money.name)）")
  }
}

extension MoneyScale {
  /// A difference within a sentence, with its unit.
  func named(_ item: FigureDifference) -> LocalizedText {
    let figure = Figure(item)
    guard !item.isIdentical else { return text(figure) }
    return item.figure.isShare
      ? .init(en: "\(text(figure)) points", zh: "\(text(figure))个百分点") : named(figure)
  }
}

extension ReportCell {
  /// What a row does not have.
  static let dash = ReportCell.words(.init(same: "–"))
  /// A variant that the articles do not allow; why stands below its table.
  static let refused = ReportCell.notAllowed(.init(en: "not allowed", zh: "不允许"))

  /// A difference, or a dash.
  static func difference(_ item: FigureDifference?) -> ReportCell {
    item.map { .figure(Figure($0)) } ?? .dash
  }
}

/// A number of months with the calendar month in which it ends.
func through(_ months: Int, from first: CivilMonth) -> LocalizedText {
  let last = first.advanced(by: months - 1)
  return .init(en: "\(months) months (\(last))", zh: "\(months)个月（至\(last)）")
}
