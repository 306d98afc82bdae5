import CompensationKernel
import FundCore
import ReportForm
import Simulation

/// Composes what a replayed fund cost, and whom, in the words of a run's report.
struct ReplayCostComposer {
  let cost: CourseCost

  /// The figures, the premiums, and who bore what.
  var blocks: [SectionBlock] {
    [
      .subheading(
        .init(
          en:
            "What it cost, discounted at \(cost.terms.discountRate) a year to the month of the opening (yuan)",
          zh: "成本，按年折现率\(cost.terms.discountRate)折现至启动月（元）")), .table(figures),
    ] + premiums + [
      .subheading(.init(en: "Who bore what, undiscounted (yuan)", zh: "由谁承担，不折现（元）")),
      .table(payers),
    ]
  }

  private var figures: FigureTable {
    var table = FigureTable("cost", heads: [.empty, .init(en: "yuan", zh: "元")])
    table.rows = [
      [
        .words(.init(en: "NPV of the fund's outlays", zh: "基金支出净现值")), .exact(cost.netPresentValue),
      ],
      [.words(.init(en: "covered lending", zh: "纳保贷款发放额")), .exact(cost.lending)],
      [.words(.init(en: "covered principal-years", zh: "在保本金·年")), .exact(cost.principalYears)],
    ]
    if let rate = cost.subsidyRate {
      table.rows.append([
        .words(.init(en: "a yuan of covered lending (subsidy rate)", zh: "每元纳保贷款（补贴率）")),
        .figure(.exact(rate, in: .part).bare),
      ])
    }
    if let fee = cost.breakEvenFee {
      table.rows.append([
        .words(.init(en: "break-even fee, a year", zh: "保本年费率")),
        .figure(.exact(fee, in: .part).bare),
      ])
    }
    return table
  }

  private var premiums: [SectionBlock] {
    guard !cost.premiums.isEmpty else { return [] }
    var table = FigureTable(
      "premiums",
      heads: [
        .init(en: "party", zh: "承担方"), .init(en: "principal-years", zh: "在保本金·年"),
        .init(en: "broke even at, a year", zh: "保本年费率"),
        .init(en: "named in the terms", zh: "条款所定费率"), .init(en: "came to", zh: "全期收入"),
      ])
    for item in cost.premiums {
      table.rows.append([
        .words(Names.party(item.party)), .exact(item.principalYears),
        item.breakEven.map { .figure(.exact($0, in: .part).bare) } ?? .none,
        item.named.map { .percent($0.rate.value) } ?? .words(.init(same: "–")),
        item.income.map { .exact($0) } ?? .words(.init(same: "–")),
      ])
    }
    return [
      .subheading(
        .init(
          en:
            "What the others would have had to charge on the covered principal outstanding (yuan)",
          zh: "其他承担方对在保余额须收取的费率（元）")), .table(table),
    ]
  }

  private var payers: FigureTable {
    var table = FigureTable(
      "who-bears-what",
      heads: [
        .init(en: "who", zh: "谁"), .init(en: "losses after recoveries", zh: "追偿后损失"),
        .init(en: "net cost: with fees and premiums", zh: "净成本（含费用与保费）"),
      ])
    for item in cost.payers {
      table.rows.append([
        .words(Names.payer(item.name)), item.loss.map { .exact($0) } ?? .words(.init(same: "–")),
        .exact(item.netCost),
      ])
    }
    return table
  }
}

extension CourseCost {
  /// For programs; the figures are known, and have no error.
  var json: JSONValue {
    [
      "discountRate": .number(terms.discountRate.value),
      "netPresentValue": .number(netPresentValue.yuan),
      "coveredLending": .number(lending.yuan),
      "subsidyRate": subsidyRate.map { .number($0) } ?? .null,
      "principalYears": .number(principalYears.yuan),
      "discountedPrincipalYears": .number(discountedPrincipalYears.yuan),
      "breakEvenFee": breakEvenFee.map { .number($0) } ?? .null,
      "premiums": .array(
        premiums.map { item in
          [
            "party": .string(item.party.name), "principalYears": .number(item.principalYears.yuan),
            "breakEven": item.breakEven.map { .number($0) } ?? .null,
            "named": FundCostJSON.named(item.named),
            "income": item.income.map { .number($0.yuan) } ?? .null,
          ]
        }),
      "payers": .array(
        payers.map {
          [
            "payer": .string($0.name), "loss": $0.loss.map { .number($0.yuan) } ?? .null,
            "netCost": .number($0.netCost.yuan),
          ]
        }),
    ]
  }
}
