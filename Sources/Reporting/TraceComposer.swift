import ClaimRules
import CompensationKernel
import FundCore

/// Composes the story of a trial.
struct TraceComposer {
  let report: TraceReport
  let isBrief: Bool

  /// The parts, in order.
  var blocks: [ReportBlock] {
    let replay = report.replay
    return [
      .title("Trial \(report.choice.trial) of \(report.provenance.scenario.title)"),
      .heading(report.fund.name), .pairs(head), .subheading("Month by month (yuan)"),
      .table(monthTable),
      .paragraph(
        "X: the systematic factor of the month's period, 0 on average; the lower, the more loans "
          + "default. Defaults: loans first overdue in the month, covered or not."),
    ] + (isBrief ? [] : story(replay)) + [.subheading("Agreement"), .paragraph(agreement)]
      + (report.differences.isEmpty ? [] : [.list(report.differences)])
  }

  private var head: [(label: String, text: String)] {
    let replay = report.replay
    let sums = replay.totals
    var pairs = [
      (label: "programme", text: "\(report.fund.programme), \(report.fund.programmeTitle.english)"),
      (label: "operating model", text: report.fund.operatingModel),
      (label: "seed", text: "\(report.provenance.seed)"),
    ]
    if let rank = report.choice.rank { pairs.append((label: "chosen as", text: rank)) }
    let count = report.months.reduce(0) { $0 + $1.defaultCount }
    pairs += [
      (label: "defaults", text: NumberFormat.whole(count)),
      (label: "opening balance", text: sums.opening.text),
      (label: "compensation", text: sums.compensation.text),
      (label: "recoveries", text: sums.returned.text),
      (label: "closing balance", text: sums.closing.text),
      (label: "owed and not paid", text: sums.unpaid.text),
      (label: "ran dry", text: replay.ranDryOn.map { "on \($0)" } ?? "never"),
    ]
    return pairs
  }

  private var agreement: String {
    report.differences.isEmpty
      ? "The trial was simulated, written down as a register and replayed day by day by the rules "
        + "code: payments, returns and balance of every month, every party's loss and every "
        + "threshold agree to the fen. Days are the simulation's: the 15th, claims on the 16th."
      : "The replay DIFFERS from the simulation, which is a bug of this program:"
  }

  // MARK: Months

  private var monthTable: ReportTable {
    var table = ReportTable(heads: ["month"])
    let factorCount = report.months.first?.factors.count ?? 0
    for index in 0..<factorCount {
      table.heads.append(factorCount == 1 ? "X" : "X\n\(report.sectors[index])")
    }
    table.heads += ["defaults", "overdue", "compensation", "recoveries", "balance"]
    for (drawn, month) in zip(report.months, report.replay.months) {
      table.rows.append(
        [month.month.description] + drawn.factors.map(Self.signed)
          + [
            NumberFormat.whole(drawn.defaultCount), drawn.overdue.column, month.paid.column,
            month.returned.column, month.closing.column,
          ])
    }
    return table
  }

  private static func signed(_ factor: Double) -> String {
    (factor < 0 ? "−" : "+") + NumberFormat.fixed(abs(factor), decimals: 2)
  }

  // MARK: The story

  private func story(_ replay: Replay) -> [ReportBlock] {
    var lines: [CivilMonth: [String]] = [:]
    for entry in replay.entries {
      if let line = replay.story(of: entry) { lines[entry.date.month, default: []].append(line) }
    }
    let overdue = Dictionary(
      grouping: replay.register.loans.filter { $0.loss != nil },
      by: { $0.loss?.overdueOn.month ?? $0.disbursedOn.month })
    return [.subheading("What happened")]
      + replay.months.flatMap { month -> [ReportBlock] in
        let defaults = (overdue[month.month] ?? []).compactMap { loan in
          loan.loss.map { "\(loan.id) (\($0.principal.text))" }
        }
        let first = defaults.isEmpty ? [] : ["first overdue: " + defaults.joined(separator: ", ")]
        let all = first + (lines[month.month] ?? [])
        return all.isEmpty ? [] : [.subheading("\(month.month)"), .list(all)]
      }
  }
}

extension Replay {
  /// What an entry of the ledger tells, with its articles; `nil` for interest, which the table of
  /// months holds.
  func story(of entry: LedgerEntry) -> String? {
    let articles = entry.citations.articles
    let source = articles.isEmpty ? "" : " [\(articles)]"
    guard let words = words(of: entry) else { return nil }
    let loan = entry.loan.map { "\(register.loans[$0].id), " } ?? ""
    let bank = entry.bank.map { "\(register.banks[$0]): " } ?? ""
    return loan + bank + words + source
  }

  private func words(of entry: LedgerEntry) -> String? {
    switch entry.event {
    case .interest: return nil
    case .opening: return "the fund opens with \(totals.opening.text)"
    case .injection: return "new money \(entry.amount.text)"
    case .fee: return "management fee \((Money.zero - entry.amount).text)"
    case .claim(let claim):
      let outside = claim.total - claim.settlement.lossBase
      let rest = outside > .zero ? ", \(outside.text) outside cover" : ""
      return "claim for a loss of \(claim.total.text)\(rest): \(claim.settlement.parts.listed); "
        + "balance \(entry.balance.text)"
    case .latePayment:
      return "paid \((Money.zero - entry.amount).text) of what had waited; "
        + "balance \(entry.balance.text)"
    case .refund(let amount): return "the fiscal account refunds \(amount.text)"
    case .recovery(let recovery):
      return "recovered \(recovery.recovered.text): \(recovery.division.parts.listed); "
        + "balance \(entry.balance.text)"
    case .unpaid(let amount): return "NOT PAID for lack of balance: \(amount.text)"
    case .uncoveredLoss(let amount): return "a loss of \(amount.text) without cover"
    case .refusal(let reasons):
      let words = reasons.map { agreement.terms.coverage.words($0).english }.joined(separator: "; ")
      return (reasons.allSatisfy(\.isPartial) ? "covered in part: " : "not covered: ") + words
    case .threshold(let crossing):
      return "reaches \(crossing.level) (\(crossing.effect.rawValue)): \(crossing.part.text) ÷ "
        + crossing.whole.text
    case .resumption(let threshold): return "'\(threshold)' ends"
    case .late(let duty): return "late: \(duty.id) due \(duty.dueOn), done \(duty.doneOn)"
    }
  }
}

extension PartyAmounts {
  /// The parties with a part, and their parts.
  var listed: String {
    let parts = Party.allCases.filter { self[$0] != .zero }.map { "\($0.name) \(self[$0].text)" }
    return parts.isEmpty ? "nobody anything" : parts.joined(separator: ", ")
  }
}
