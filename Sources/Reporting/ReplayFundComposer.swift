import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary

/// Composes the part of a replay's report that concerns one fund.
struct ReplayFundComposer {
  let replay: Replay
  let fund: FundDescription
  let figures: ReplayFigures

  /// How many banks are listed.
  static let bankLimit = 16
  /// How many crossings of a threshold, and how many late duties, are listed.
  static let listLimit = 20

  /// The parts, in order.
  var blocks: [ReportBlock] {
    [.heading(fund.name), .pairs(terms)] + coverage + totals + years + banks + thresholds + late
  }

  // MARK: Terms and coverage

  private var terms: [(label: String, text: String)] {
    var pairs = [
      (label: "programme", text: "\(fund.programme), \(fund.programmeTitle.english)"),
      (label: "operating model", text: fund.operatingModel),
    ]
    pairs += fund.shares.map {
      (label: "share of the \($0.party.english)", text: "\($0.share.english) (\($0.citation))")
    }
    pairs += fund.terms.map { (label: $0.label.english, text: $0.text.english) }
    if let date = replay.ranDryOn {
      pairs.append(
        (
          label: "ran dry",
          text: "on \(date): from then on \(replay.totals.unpaid.text) yuan owed "
            + "went unpaid"
        ))
    } else {
      pairs.append((label: "ran dry", text: "never: all that was owed was paid"))
    }
    if replay.eventsOutside > 0 {
      pairs.append(
        (
          label: "outside the time",
          text: "\(NumberFormat.whole(replay.eventsOutside)) losses, claims and recoveries before "
            + "the opening or after the last day count for nothing"
        ))
    }
    return pairs
  }

  private var coverage: [ReportBlock] {
    var table = ReportTable(heads: ["left out for", "article", "loans", "yuan"])
    for item in fund.coverage.leftOut {
      table.rows.append([
        item.condition.english, DisplayWidth.cut(item.article.english, to: 24),
        NumberFormat.whole(item.count),
        item.amount.text,
      ])
    }
    let covered =
      "Covered: \(NumberFormat.whole(fund.coverage.coveredCount)) loans, "
      + "\(fund.coverage.coveredAmount.text) yuan. A loan with several reasons counts under each."
    return [.subheading("Coverage"), .paragraph(covered)]
      + (table.rows.isEmpty ? [] : [.table(table)])
  }

  // MARK: Money

  private var totals: [ReportBlock] {
    let sums = replay.totals
    var table = ReportTable(heads: ["", "yuan"])
    table.rows = [
      ["opening balance", sums.opening.column], ["+ interest", sums.interest.column],
      ["+ new money", sums.injected.column], ["+ recoveries", sums.returned.column],
      ["− compensation", sums.compensation.column], ["− management fees", sums.fees.column],
      ["= closing balance", sums.closing.column],
    ]
    let checks =
      "Opening + in − out = closing, to the fen: \(sums.isBalanced ? "holds" : "DOES NOT HOLD"). "
      + "Losses less recoveries = all parties' parts: \(sums.isDivided ? "holds" : "DOES NOT HOLD")."
    var parties = ReportTable(heads: ["borne in the end by", "yuan"])
    parties.rows = Party.allCases.filter { sums.losses[$0] != .zero }.map {
      [$0.name, sums.losses[$0].column]
    }
    parties.rows.append(["banks, outside cover", sums.outsideCover.column])
    return [
      .subheading("Totals"), .table(table), .paragraph(checks), .table(parties),
    ]
  }

  private var years: [ReportBlock] {
    var table = ReportTable(heads: [
      "year", "claims", "compensation", "recoveries", "fees", "interest,\nnew money", "closing",
    ])
    for (year, sums) in figures.years {
      table.rows.append([
        "\(year)", NumberFormat.whole(sums.claims), sums.compensation.text, sums.returned.text,
        sums.fees.text, sums.otherIn.text, sums.closing.text,
      ])
    }
    return [.subheading("By calendar year (yuan)"), .table(table)]
  }

  private var banks: [ReportBlock] {
    guard !figures.banks.isEmpty else { return [] }
    var table = ReportTable(heads: [
      "bank", "covered\nloans", "claims", "compensation", "recoveries", "unpaid",
    ])
    func row(_ name: String, _ loans: Int, _ sums: ReplayFigures.Sums) -> [String] {
      [
        DisplayWidth.cut(name, to: 30), NumberFormat.whole(loans), NumberFormat.whole(sums.claims),
        sums.compensation.text, sums.returned.text, sums.unpaid.text,
      ]
    }
    let shown = figures.banks.prefix(Self.bankLimit)
    table.rows = shown.map { row(replay.register.banks[$0.bank], $0.coveredLoans, $0.sums) }
    let rest = figures.banks.dropFirst(Self.bankLimit)
    if !rest.isEmpty {
      var sums = ReplayFigures.Sums()
      for bank in rest { sums.add(bank.sums) }
      table.rows.append(
        row(
          "(\(NumberFormat.whole(rest.count)) others)", rest.reduce(0) { $0 + $1.coveredLoans },
          sums))
    }
    return [.subheading("By bank (yuan)"), .table(table)]
  }

  // MARK: Thresholds

  private var thresholds: [ReportBlock] {
    fund.thresholds.flatMap { threshold -> [ReportBlock] in
      let breaches = figures.breaches.filter { $0.crossing.id == threshold.id }
      let rule =
        "\(threshold.effect) at \(threshold.level) of \(threshold.ratio.english) (\(threshold.article)); "
        + "\(threshold.reading.english). "
      let blocks: [ReportBlock] = [
        .subheading("Threshold '\(threshold.id)'"), .paragraph(rule + outcome(of: breaches)),
      ]
      return breaches.isEmpty ? blocks : blocks + crossings(breaches, threshold)
    }
  }

  /// How often a level was reached, and what that cost later loans.
  private func outcome(of breaches: [ReplayFigures.Breach]) -> String {
    guard !breaches.isEmpty else { return "Never reached." }
    let banks = Set(breaches.map(\.crossing.bank)).count
    let text =
      "Reached \(counted(breaches.count, "time", "times")), by \(counted(banks, "bank", "banks"))."
    let loans = breaches.reduce(0) { $0 + $1.refusedLoans }
    let losesCover = breaches.contains { $0.crossing.effect != .warning }
    guard loans > 0 else {
      return losesCover ? text + " No later loan lost its cover by it alone." : text
    }
    let amount = breaches.reduce(Money.zero) { $0 + $1.refusedAmount }
    let lost = breaches.reduce(Money.zero) { $0 + $1.refusedLoss }
    return text + " For it alone \(counted(loans, "later loan", "later loans")) over "
      + "\(amount.text) yuan had no cover; \(lost.text) yuan were lost on "
      + (loans == 1 ? "it." : "them.")
  }

  private func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(NumberFormat.whole(count)) \(count == 1 ? one : many)"
  }

  private func crossings(
    _ breaches: [ReplayFigures.Breach], _ threshold: ThresholdDescription
  ) -> [ReportBlock] {
    let losesCover = threshold.effect != ThresholdEffect.warning.rawValue
    var table = ReportTable(
      heads: ["date, bank", "value", "numerator", "denominator"]
        + (losesCover ? ["loans\nrefused", "yuan\nrefused"] : []))
    for breach in breaches.prefix(Self.listLimit) {
      let crossing = breach.crossing
      table.rows.append(
        [
          "\(crossing.date)  "
            + DisplayWidth.cut(replay.register.banks[crossing.bank], to: losesCover ? 22 : 40),
          crossing.percentText ?? "–", crossing.part.text, crossing.whole.text,
        ]
          + (losesCover
            ? [NumberFormat.whole(breach.refusedLoans), breach.refusedAmount.text] : []))
    }
    return [.table(table)] + more(breaches.count, "crossings")
  }

  // MARK: Duties

  private var late: [ReportBlock] {
    let missed = replay.missedDuties
    guard !replay.agreement.programme.duties.isEmpty else { return [] }
    let names = replay.agreement.programme.duties.map {
      "\($0.id): \($0.text.english) (\($0.citation))"
    }
    guard !missed.isEmpty else {
      return [
        .subheading("Late"), .list(names),
        .paragraph("Nothing is late, as far as the register states dates."),
      ]
    }
    var table = ReportTable(heads: ["loan, bank", "duty", "due", "done", "days late"])
    for duty in missed.prefix(Self.listLimit) {
      let loan = replay.register.loans[duty.loan]
      table.rows.append([
        DisplayWidth.cut(loan.id, to: 20) + "  "
          + DisplayWidth.cut(replay.register.banks[loan.bank], to: 20),
        duty.id + (duty.isForfeited ? " (forfeited)" : ""), duty.dueOn.description,
        duty.doneOn.description, NumberFormat.whole(duty.doneOn.days(since: duty.dueOn)),
      ])
    }
    return [
      .subheading("Late (\(NumberFormat.whole(missed.count)))"), .list(names), .table(table),
    ] + more(missed.count, "late duties")
  }

  private func more(_ count: Int, _ words: String) -> [ReportBlock] {
    guard count > Self.listLimit else { return [] }
    return [
      .paragraph(
        "… and \(NumberFormat.whole(count - Self.listLimit)) further \(words); --json has all.")
    ]
  }
}
