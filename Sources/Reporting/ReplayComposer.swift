import ClaimRules
import CompensationKernel
import FundCore

/// Composes the report of a replayed register for people.
struct ReplayComposer {
  let report: ReplayReport

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
        ReplayFundComposer(replay: replay, fund: report.funds[index], figures: figures[index])
        .blocks
    }
    return blocks + origin
  }

  // MARK: What stands first

  /// What departs from the text, and what was taken for granted.
  private var departures: [ReportBlock] {
    var blocks: [ReportBlock] = []
    if !provenance.overrides.isEmpty {
      blocks.append(.heading("Set against the text"))
      blocks.append(
        .list(
          provenance.overrides.map {
            let original = $0.original.isEmpty ? "" : " in place of \($0.original)"
            return "\($0.scope): \($0.parameter) is \($0.value)\(original), \($0.reason)"
          }))
    }
    if !provenance.readings.isEmpty {
      blocks.append(.heading("Readings chosen"))
      blocks.append(
        .list(
          provenance.readings.map {
            "\($0.scope): \($0.interpretation) \($0.name), \($0.text.english)"
          }))
    }
    if !provenance.assumptions.isEmpty {
      blocks.append(.heading("Taken for granted"))
      blocks.append(.list(provenance.assumptions.map(\.english)))
    }
    return blocks
  }

  private var reading: [ReportBlock] {
    let portfolio = provenance.portfolio
    let register = report.replays[0].register
    let losses = register.loans.compactMap(\.loss)
    let lost = losses.reduce(Money.zero) { $0 + $1.principal }
    let recoveries = losses.reduce(0) { $0 + $1.recoveries.count }
    var pairs = [
      ("register", portfolio.source.english),
      ("from, until", "\(report.opening.firstDay) to \(register.until)"),
      (
        "loans",
        "\(NumberFormat.whole(portfolio.loans)) of \(NumberFormat.whole(portfolio.enterprises)) "
          + "enterprises at \(NumberFormat.whole(portfolio.banks)) banks, "
          + "\(portfolio.lent.text) yuan"
      ),
      (
        "defaults",
        "\(NumberFormat.whole(losses.count)), principal lost \(lost.text) yuan; "
          + "\(NumberFormat.whole(recoveries)) recoveries"
      ),
    ]
    let unused = portfolio.setAside.reduce(0) { $0 + $1.count }
    pairs.append(("rows not used", unused == 0 ? "none" : NumberFormat.whole(unused)))
    for item in portfolio.setAside {
      pairs.append(("  " + NumberFormat.whole(item.count), item.reason.english))
    }
    return [.heading("What was read"), .pairs(pairs.map { (label: $0.0, text: $0.1) })]
  }

  // MARK: Several funds

  private func sideBySide(_ figures: [ReplayFigures]) -> [ReportBlock] {
    var table = ReportTable(heads: [
      "fund", "covered\nloans", "claims", "losses\ndivided", "compen-\nsation", "returned",
      "unpaid", "closing", "ran dry",
    ])
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
          ].map(\.millions) + [replay.ranDryOn?.description ?? "–"])
    }
    return [.heading("The funds side by side (million yuan)"), .table(table)]
  }

  // MARK: Where it comes from

  private var origin: [ReportBlock] {
    var pairs = [("program", "fundsim \(provenance.programVersion)")]
    if provenance.scenario.path != provenance.portfolio.source.english {
      pairs.append(("terms", provenance.scenario.path))
    }
    pairs.append(("digest of all inputs", provenance.scenario.digest))
    for programme in provenance.programmes {
      pairs.append(
        (
          "programme",
          "\(programme.title.chinese) (\(programme.id)), checked \(programme.checkedOn)"
        ))
    }
    return [.heading("Provenance"), .pairs(pairs.map { (label: $0.0, text: $0.1) })]
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

  /// The amount in million yuan, to the nearest thousand.
  var millions: String { NumberFormat.fixed(yuan / 1e6, decimals: 3) }
}
