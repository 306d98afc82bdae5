import ClaimRules
import CompensationKernel
import FundCore
import ReportForm

/// Whose a replayed fund's money is on the last day, and on the programme's where that is another: by account and
/// by contributor.
struct ReplayHoldings {
  private let replay: Replay
  private let lastDay: FundHoldings?
  /// What there is on the programme's last day, where that comes before the replay's.
  private let programmeEnd: FundHoldings?

  init(_ replay: Replay) {
    self.replay = replay
    lastDay = replay.lastDay
    programmeEnd = replay.programmeEnd.flatMap { $0.day == replay.lastDay?.day ? nil : $0 }
  }

  private var hasSides: Bool {
    if case .socialFirst = replay.agreement.accounts { true } else { false }
  }

  /// The balances of accounts, in the order of those of a run; nothing where there is one.
  private func balances(_ accounts: [FundAccount]) -> [Money] {
    guard hasSides || accounts.count > 1 else { return [] }
    return accounts.flatMap { [$0.paying] + (hasSides ? [$0.refunding] : []) }
  }

  private func name(ofBalance place: Int, among accounts: [FundAccount]) -> LocalizedText {
    let account = hasSides ? place / 2 : place
    let banks = replay.register.banks
    let bank = accounts.count > 1 && banks.indices.contains(account) ? banks[account] : nil
    return HoldingWords.account(
      place, bank: bank, isRefunding: hasSides ? place % 2 == 1 : nil)
  }

  // MARK: For people

  /// What the report says; nothing where there is one account and nobody is named.
  var blocks: [SectionBlock] {
    guard let lastDay else { return [] }
    let holdings = lastDay.holdings(under: replay.agreement)
    let accounts = balances(lastDay.accounts)
    guard !holdings.isEmpty || !accounts.isEmpty else { return [] }
    let earlier = programmeEnd
    let before = earlier?.holdings(under: replay.agreement) ?? []
    let accountsBefore = earlier.map { balances($0.accounts) } ?? []
    var table = FigureTable(
      "at-end",
      heads: [.empty, .init(en: "put in", zh: "投入")]
        + (earlier.map {
          [.init(en: "programme's end, \($0.day)", zh: "办法期满\($0.day)")]
        } ?? []) + [.init(en: "on \(lastDay.day)", zh: "截至\(lastDay.day)")])
    func row(_ name: LocalizedText, _ putIn: Money?, _ before: Money?, _ now: Money) {
      table.rows.append(
        [.words(name), putIn.map { .exact($0) } ?? .none]
          + (earlier == nil ? [] : [before.map { .exact($0) } ?? .none]) + [.exact(now)])
    }
    let putIn = holdings.reduce(Money.zero) { $0 + $1.contributor.putIn }
    row(
      .init(en: "the fund", zh: "基金"), holdings.isEmpty ? nil : putIn, earlier?.balance,
      lastDay.balance)
    if lastDay.givenBack > .zero {
      row(
        .init(en: "given back to the contributors", zh: "返还出资人"), nil, earlier?.givenBack,
        lastDay.givenBack)
    }
    for (place, amount) in accounts.enumerated() {
      row(
        name(ofBalance: place, among: lastDay.accounts), nil,
        accountsBefore.isEmpty ? nil : accountsBefore[place], amount)
    }
    for (place, item) in holdings.enumerated() {
      row(
        item.contributor.name, item.contributor.putIn,
        before.isEmpty ? nil : before[place].amount, item.amount)
    }
    return [
      .subheading(
        .init(
          en: "Whose the money is, by account and contributor (yuan)", zh: "资金归属：按账户和出资人（元）")),
      .table(table),
      .paragraph(HoldingWords.rule(hasNames: !holdings.isEmpty, hasSides: hasSides)),
    ]
  }

  // MARK: For programs

  /// Who has put in what, and has what at the end, and at the programme's.
  var contributors: JSONValue {
    guard let lastDay else { return .array([]) }
    let before = programmeEnd?.holdings(under: replay.agreement)
    return .array(
      lastDay.holdings(under: replay.agreement).enumerated().map { place, item in
        [
          "name": .string(item.contributor.name.english),
          "putIn": .number(item.contributor.putIn.yuan), "atEnd": .number(item.amount.yuan),
          "atProgrammeEnd": before.map { .number($0[place].amount.yuan) } ?? .null,
        ]
      })
  }

  /// What there is on the programme's last day; null where the replay ends on it or before.
  var end: JSONValue {
    programmeEnd.map { holdings in
      [
        "day": .string(holdings.day.description), "closing": .number(holdings.balance.yuan),
        "givenBack": .number(holdings.givenBack.yuan),
        "accounts": .array(balances(holdings.accounts).map { .number($0.yuan) }),
      ]
    } ?? .null
  }

  /// The balances of the accounts at the end of a month, by its position.
  func accounts(inMonth place: Int) -> [Money] { balances(replay.months[place].accounts) }

  /// The rows of `money.csv`: time, figure, value.
  var rows: [HoldingRow] {
    var rows: [HoldingRow] = []
    for item in lastDay?.holdings(under: replay.agreement) ?? [] {
      rows.append(HoldingRow("run", "atEnd:\(item.contributor.name.english)", item.amount))
    }
    guard let programmeEnd else { return rows }
    let time = "programmeEnd"
    rows.append(HoldingRow(time, "closing", programmeEnd.balance))
    rows.append(HoldingRow(time, "givenBack", programmeEnd.givenBack))
    for (place, amount) in balances(programmeEnd.accounts).enumerated() {
      rows.append(HoldingRow(time, "closing:\(place + 1)", amount))
    }
    for item in programmeEnd.holdings(under: replay.agreement) {
      rows.append(HoldingRow(time, "atEnd:\(item.contributor.name.english)", item.amount))
    }
    return rows
  }

  /// A row of `money.csv`.
  struct HoldingRow {
    let time: String
    let figure: String
    let amount: Money

    init(_ time: String, _ figure: String, _ amount: Money) {
      (self.time, self.figure, self.amount) = (time, figure, amount)
    }
  }
}
