import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

// What is left at the end.
extension YearsComposer {
  /// What is left at the end of the run, by account and by contributor; nothing where there is one account and
  /// nobody is named.
  var atEnd: [SectionBlock] {
    guard let run = whole.first, !fund.accounts.isEmpty || !fund.contributors.isEmpty else {
      return []
    }
    var table = FigureTable(
      "at-end",
      heads: [
        .init(en: "at the end of the run", zh: "期末"), .init(en: "put in", zh: "投入"),
        .init(en: "balance, mean ± s.e.", zh: "余额，均值±标准误"), .init(en: "5 %", zh: "5%"),
        .init(en: "50 %", zh: "50%"), .init(en: "95 %", zh: "95%"),
        .init(en: "mean of worst 1 %", zh: "最差1%的均值"),
      ])
    func row(_ name: LocalizedText, _ putIn: Money?, _ entry: YearlyFigures.Entry) {
      table.rows.append(
        [
          .words(name), putIn.map { .amount($0) } ?? .none,
          entry.mean.map { .figure(Figure($0, in: .yuan)) } ?? .none,
        ]
          + [50_000, 500_000, 950_000].map { level in
            entry.quantile(level).map { .figure(Figure($0, in: .yuan).bare) } ?? .none
          } + [entry.worst.map { .figure(Figure($0, in: .yuan).bare) } ?? .none])
    }
    let all = fund.contributors.reduce(Money.zero) { $0 + $1.putIn }
    if let closing = run.entry(.closing) {
      row(.init(en: "the fund", zh: "基金"), fund.contributors.isEmpty ? nil : all, closing)
    }
    if let back = run.entry(.givenBack), let mean = back.mean?.value, mean > 0 {
      row(YearFigure.givenBack.words, nil, back)
    }
    for (place, entry) in run.accounts.enumerated().prefix(16) {
      row(accountName(place), nil, entry)
    }
    for item in fund.contributors { row(item.name, item.putIn, item.atEnd) }
    return [
      .subheading(
        .init(
          en: "What is left at the end, by account and contributor (\(money.name)\(basis))",
          zh: "期末余额：按账户和出资人（\(money.name)\(basis)）")), .table(table),
      .paragraph(whose),
    ]
  }

  /// How what is left belongs to whom.
  private var whose: LocalizedText {
    HoldingWords.rule(
      hasNames: !fund.contributors.isEmpty,
      hasSides: fund.accounts.contains(where: \.isRefunding))
  }

  /// From when the figures of a run count that goes on from a state.
  func since(_ state: Provenance.State) -> SectionBlock {
    let (day, opening) = (state.day, state.opening)
    return .paragraph(
      .init(
        en: """
          Amounts of years are those of the run, after \(day). All ratios so far (claims, recoveries, \
          losses, lending and money put in) count from the opening in \(opening), with what the state tells of before.
          """,
        zh: """
          逐年金额为\(day)之后的数额。各项累计比率（代偿、返还、损失、放款与投入资金）自\(opening)设立起计，\
          含状态文件所载此前的数额。
          """))
  }

  /// What an account is called.
  func accountName(_ place: Int) -> LocalizedText {
    let account = fund.accounts[place]
    return HoldingWords.account(
      place, bank: nil,
      isRefunding: account.isRefunding || account.bank == nil ? account.isRefunding : nil)
  }
}
