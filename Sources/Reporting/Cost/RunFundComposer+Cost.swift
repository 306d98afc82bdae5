import CompensationKernel
import FundCore
import LossStatistics
import ReportForm
import Simulation

// What a fund costs, and whom, where the scenario asks for it.
extension RunFundComposer {
  /// The discounted outlays, the fee and the premiums that would cover what they are for, and who bears what.
  var cost: [SectionBlock] {
    guard let cost = fund.cost else { return [] }
    return [
      .subheading(
        .init(
          en: "What it costs, discounted at \(cost.terms.discountRate) a year (\(money.name))",
          zh: "成本，按年折现率\(cost.terms.discountRate)折现（\(money.name)）")),
      .table(outlays(cost)), .pairs(basis(cost)),
    ] + premiums(cost) + [
      .subheading(
        .init(
          en: "Who bears what over the run, undiscounted (\(money.name))",
          zh: "全期由谁承担，不折现（\(money.name)）")), .table(payers(cost)),
    ]
  }

  private func outlays(_ cost: CostEstimates) -> FigureTable {
    var table = FigureTable(
      "cost",
      heads: [
        .empty, .init(en: "NPV of the fund's outlays", zh: "基金支出净现值"),
        .init(en: "a yuan of covered lending (subsidy rate)", zh: "每元纳保贷款（补贴率）"),
      ])
    let (value, rate) = (cost.netPresentValue, cost.subsidyRate)
    func row(
      _ label: ReportCell, _ figure: (AmountEstimates, Figure.Unit) -> Figure
    ) -> [ReportCell] {
      [label, .figure(figure(value, .yuan)), rate.map { .figure(figure($0, .part)) } ?? .none]
    }
    table.rows = [
      row(.words(.init(en: "mean", zh: "均值"))) { Figure($0.mean, in: $1) },
      row(.words(.init(en: "standard deviation", zh: "标准差"))) { Figure(deviationOf: $0, in: $1) },
    ]
    for place in value.quantiles.indices {
      table.rows.append(
        row(.level(value.quantiles[place].level)) { Figure($0.quantiles[place], in: $1) })
    }
    for (place, level) in value.tailMeans.map(\.level).enumerated() {
      let label = LocalizedText(
        en: "mean beyond \(level.words)", zh: "最高\(level.complement.words)的均值")
      table.rows.append(
        row(.words(label)) { Figure($0.tailMeans[place].estimate, in: $1) })
    }
    return table
  }

  private func basis(_ cost: CostEstimates) -> [LabelledText] {
    func text(_ estimate: Estimate) -> LocalizedText { money.named(Figure(estimate, in: .yuan)) }
    var pairs = [
      LabelledText(.init(en: "covered lending", zh: "纳保贷款发放额"), text(cost.lending)),
      LabelledText(
        .init(en: "covered principal-years", zh: "在保本金·年"),
        .init(
          en: "\(text(cost.principalYears)), outstanding at month ends ÷ 12",
          zh: "\(text(cost.principalYears))，各月末在保余额之和÷12")),
    ]
    if let fee = cost.breakEvenFee {
      let rate = money.text(Figure(fee, in: .part))
      pairs.append(
        LabelledText(
          .init(en: "break-even fee", zh: "保本年费率"),
          .init(
            en:
              "\(rate) a year on the covered principal outstanding, at which the mean NPV is nothing",
            zh: "对在保余额每年收\(rate)，净现值的均值为零")))
    }
    return pairs
  }

  /// What the payers beside the fund would have to charge; nothing where there are none.
  private func premiums(_ cost: CostEstimates) -> [SectionBlock] {
    guard !cost.premiums.isEmpty else { return [] }
    var table = FigureTable(
      "premiums",
      heads: [
        .init(en: "party", zh: "承担方"), .init(en: "principal-years", zh: "在保本金·年"),
        .init(en: "breaks even at, a year", zh: "保本年费率"),
        .init(en: "covers the mean of its worst 1 % at", zh: "抵补最差1%均值的年费率"),
        .init(en: "named in the scenario", zh: "情景所定费率"),
        .init(en: "comes to over the run", zh: "全期收入"),
      ])
    for item in cost.premiums {
      table.rows.append([
        .words(Names.party(item.party)), .mean(item.principalYears),
        item.breakEven.map { .figure(Figure($0, in: .part)) } ?? .none,
        item.loaded.map { .figure(Figure($0, in: .part)) } ?? .none,
        item.named.map { .percent($0.rate.value) } ?? .words(.init(same: "–")),
        item.income.map { .mean($0) } ?? .words(.init(same: "–")),
      ])
    }
    return [
      .subheading(
        .init(
          en:
            "What the others would have to charge on the covered principal outstanding (\(money.name))",
          zh: "其他承担方对在保余额须收取的费率（\(money.name)）")), .table(table),
    ]
  }

  private func payers(_ cost: CostEstimates) -> FigureTable {
    var table = FigureTable(
      "who-bears-what",
      heads: [
        .init(en: "who", zh: "谁"), .init(en: "losses after recoveries", zh: "追偿后损失"),
        .init(en: "net cost: with fees and premiums, mean ± s.e.", zh: "净成本（含费用与保费，均值±标准误）"),
        .init(same: "95 %"), .init(same: "99 %"),
      ])
    for item in cost.payers {
      table.rows.append(
        [
          .words(Names.payer(item.name)),
          item.loss.map { .rough($0, .yuan) } ?? .words(.init(same: "–")), .mean(item.net.mean),
        ] + item.net.quantiles.map { .figure(Figure($0, in: .yuan)) })
    }
    return table
  }
}
