import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts

/// Composes the report of a replayed register for people.
struct ReplayComposer: Speaker {
  let report: ReplayReport
  let language: Language

  private var provenance: Provenance { report.provenance }

  /// The parts of the report, in order.
  var blocks: [ReportBlock] {
    let figures = report.replays.map { ReplayFigures($0) }
    var blocks: [ReportBlock] = [.title(provenance.scenario.title)]
    blocks += departures
    blocks += reading
    if report.funds.count > 1 { blocks += sideBySide(figures) }
    for (index, replay) in report.replays.enumerated() {
      blocks +=
        ReplayFundComposer(
          replay: replay, fund: report.funds[index], figures: figures[index], language: language
        ).blocks
    }
    return blocks + origin
  }

  // MARK: What stands first

  /// What departs from the text, and what was taken for granted.
  private var departures: [ReportBlock] {
    var blocks: [ReportBlock] = []
    if !provenance.overrides.isEmpty {
      blocks.append(.heading(say(en: "Set against the text", zh: "与办法原文不同的设定")))
      blocks.append(.list(provenance.overrides.map { say(words(of: $0)) }))
    }
    if !provenance.readings.isEmpty {
      blocks.append(.heading(say(en: "Readings chosen", zh: "所选的其他读法")))
      blocks.append(
        .list(
          provenance.readings.map {
            say(
              en: "\($0.scope): \($0.interpretation) \($0.name), \($0.text)",
              zh: "\($0.scope)：\($0.interpretation) \($0.name)，\($0.text)")
          }))
    }
    if !provenance.assumptions.isEmpty {
      blocks.append(.heading(say(en: "Taken for granted", zh: "视为成立的条件")))
      blocks.append(.list(provenance.assumptions.map { say($0) }))
    }
    return blocks
  }

  private func words(of item: ParameterOverride) -> LocalizedText {
    let original: LocalizedText =
      item.original.isEmpty
      ? .empty : .init(en: " in place of \(item.original)", zh: "（原文为\(item.original)）")
    return .init(
      en: "\(item.scope): \(item.parameter) is \(item.value)\(original), \(item.reason)",
      zh: "\(item.scope)：\(item.parameter)设为\(item.value)\(original)，理由：\(item.reason)")
  }

  private var reading: [ReportBlock] {
    let portfolio = provenance.portfolio
    let register = report.replays[0].register
    let losses = register.loans.compactMap(\.loss)
    let lost = losses.reduce(Money.zero) { $0 + $1.principal }
    let recoveries = NumberFormat.whole(losses.reduce(0) { $0 + $1.recoveries.count })
    let (loans, banks, enterprises) = (
      NumberFormat.whole(portfolio.loans), NumberFormat.whole(portfolio.banks),
      NumberFormat.whole(portfolio.enterprises)
    )
    let defaults = NumberFormat.whole(losses.count)
    var pairs = [
      pair(.init(en: "register", zh: "登记簿"), say(portfolio.source)),
      pair(
        .init(en: "from, until", zh: "起止日期"),
        say(
          en: "\(report.opening) to \(register.until)",
          zh: "\(report.opening)至\(register.until)")),
      pair(
        .init(en: "loans", zh: "贷款"),
        say(
          en: "\(loans) of \(enterprises) enterprises at \(banks) banks, \(exact(portfolio.lent))",
          zh: "\(banks)家银行对\(enterprises)家企业的\(loans)笔贷款，共\(exact(portfolio.lent))")),
      pair(
        .init(en: "defaults", zh: "违约"),
        say(
          en: "\(defaults), principal lost \(exact(lost)); \(recoveries) recoveries",
          zh: "\(defaults)笔，本金损失\(exact(lost))；追偿\(recoveries)笔")),
    ]
    let unused = portfolio.setAside.reduce(0) { $0 + $1.count }
    pairs.append(
      pair(
        .init(en: "rows not used", zh: "未使用的行"),
        unused == 0 ? say(en: "none", zh: "无") : NumberFormat.whole(unused)))
    for item in portfolio.setAside {
      pairs.append((label: "  " + NumberFormat.whole(item.count), text: say(item.text)))
    }
    pairs += ReadingNotes(portfolio: portfolio).lines(in: language)
    return [.heading(say(en: "What was read", zh: "读入的数据")), .pairs(pairs)]
  }

  // MARK: Several funds

  private func sideBySide(_ figures: [ReplayFigures]) -> [ReportBlock] {
    var table = ReportTable(
      heads: heads(
        en: """
          fund|covered\nloans|claims|losses\ndivided|compen-\nsation|returned|unpaid|closing|ran dry
          """,
        zh: "基金|纳入\n笔数|补偿申请|分担的\n损失|风险\n补偿|返还|未付|期末\n余额|耗尽日"))
    for (index, replay) in report.replays.enumerated() {
      let totals = replay.totals
      table.rows.append(
        [
          report.funds[index].name,
          NumberFormat.whole(report.funds[index].coverage.coveredCount),
          NumberFormat.whole(figures[index].total.claims),
        ]
          + [
            figures[index].total.lossBase, totals.compensation, totals.returned, totals.unpaid,
            totals.closing,
          ].map { say($0.large) } + [replay.ranDryOn?.description ?? "–"])
    }
    return [
      .heading(say(en: "The funds side by side (million yuan)", zh: "各基金对照（万元）")), .table(table),
    ]
  }

  // MARK: Where it comes from

  private var origin: [ReportBlock] {
    var pairs = [pair(.init(en: "program", zh: "程序"), "fundsim \(provenance.engine)")]
    if provenance.scenario.path != provenance.portfolio.source.english {
      pairs.append(pair(.init(en: "terms", zh: "条款文件"), provenance.scenario.path))
    }
    pairs.append(
      pair(.init(en: "digest of all inputs", zh: "全部输入的摘要"), provenance.scenario.digest))
    for programme in provenance.programmes {
      pairs.append(
        pair(
          .init(en: "programme", zh: "办法"),
          programme.check.isOpen
            ? say(
              en: "\(programme.title.chinese) (\(programme.id))",
              zh: "\(programme.title)（\(programme.id)）")
            : say(
              en: "\(programme.title.chinese) (\(programme.id)), \(programme.check.words)",
              zh: "\(programme.title)（\(programme.id)），\(programme.check.words)")))
      if programme.check.isOpen {
        pairs.append(
          pair(.init(en: "its text", zh: "其原文"), say(programme.check.words)))
      }
    }
    return [.heading(say(en: "Provenance", zh: "来源")), .pairs(pairs)]
  }
}

extension Money {
  /// The exact amount in yuan, with commas between thousands.
  var text: String {
    let (whole, fen) = self.fen.magnitude.quotientAndRemainder(dividingBy: 100)
    let cents = fen == 0 ? "" : "." + (fen < 10 ? "0" : "") + String(fen)
    return (self.fen < 0 ? "-" : "") + NumberFormat.whole(Int(whole)) + cents
  }

  /// The amount in yuan with two decimals always, for columns.
  var column: String {
    let text = text
    return fen.magnitude % 100 == 0 ? text + ".00" : text
  }

  /// The amount in million yuan, to the nearest thousand; in Chinese in 万元, to the nearest hundred.
  var large: LocalizedText {
    LocalizedText(
      english: NumberFormat.fixed(yuan / 1e6, decimals: 3),
      chinese: NumberFormat.fixed(yuan / 1e4, decimals: 2))
  }
}
