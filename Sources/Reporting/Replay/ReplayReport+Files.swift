import ClaimRules
import CompensationKernel
import FundCore
import ReportForm
import ResultFacts

extension ReplayReport {
  /// Writes the ledger of a fund: a row for each movement of money and each notice, in yuan.
  ///
  /// - Parameters:
  ///   - fund: The position of the fund.
  ///   - sink: Takes the text in chunks, in order.
  public func writeLedger(fund: Int, to sink: (String) throws -> Void) rethrows {
    let replay = replays[fund]
    var csv = CSVText(isForPeople: true)
    for head in ["date", "bank", "loan", "event", "amount", "balance", "article", "note"] {
      csv.add(head)
    }
    try csv.endRow(to: sink)
    for entry in replay.entries {
      csv.add(entry.date.description)
      csv.add(entry.bank.map { CSVText.quoted(replay.register.banks[$0]) } ?? "")
      csv.add(entry.loan.map { CSVText.quoted(replay.register.loans[$0].id) } ?? "")
      csv.add(entry.event.name)
      csv.add(fen: entry.amount.fen)
      csv.add(fen: entry.balance.fen)
      csv.add(CSVText.quoted(entry.citations.articles))
      csv.add(CSVText.quoted(replay.note(on: entry)))
      try csv.endRow(to: sink)
    }
    try csv.finish(to: sink)
  }

  /// Writes the sums of every fund by bank, in yuan.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeBanks(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    let heads = [
      "fund", "bank", "coveredLoans", "covered", "claims", "lossBase", "compensation", "returned",
      "unpaid",
    ]
    for head in heads { csv.add(head) }
    try csv.endRow(to: sink)
    for (replay, fund) in zip(replays, funds) {
      for bank in ReplayFigures(replay).banks {
        csv.add(CSVText.quoted(fund.name))
        csv.add(CSVText.quoted(replay.register.banks[bank.bank]))
        csv.add(Int64(bank.coveredLoans))
        csv.add(fen: bank.covered.fen)
        csv.add(Int64(bank.sums.claims))
        csv.add(fen: bank.sums.lossBase.fen)
        csv.add(fen: bank.sums.compensation.fen)
        csv.add(fen: bank.sums.returned.fen)
        csv.add(fen: bank.sums.unpaid.fen)
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}

extension ReplayReport {
  /// Writes the sums of every fund by bank and calendar year, in yuan. Rows without a bank hold what
  /// belongs to none, so that the rows of a year sum to the year.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeYears(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    let heads = [
      "fund", "year", "bank", "coveredLoans", "covered", "claims", "lossBase", "compensation",
      "returned", "unpaid", "fees", "interestAndNewMoney",
    ]
    for head in heads { csv.add(head) }
    try csv.endRow(to: sink)
    for (replay, fund) in zip(replays, funds) {
      for item in ReplayFigures(replay).bankYears {
        csv.add(CSVText.quoted(fund.name))
        csv.add(Int64(item.year))
        csv.add(item.bank.map { CSVText.quoted(replay.register.banks[$0]) } ?? "")
        csv.add(Int64(item.coveredLoans))
        csv.add(fen: item.covered.fen)
        csv.add(Int64(item.sums.claims))
        for amount in [
          item.sums.lossBase, item.sums.compensation, item.sums.returned, item.sums.unpaid,
          item.sums.fees, item.sums.otherIn,
        ] { csv.add(fen: amount.fen) }
        try csv.endRow(to: sink)
      }
    }
    try csv.finish(to: sink)
  }
}

extension [Citation] {
  /// The sources, each once.
  var articles: String {
    var seen: Set<String> = []
    return map(\.description).filter { seen.insert($0).inserted }.joined(separator: "; ")
  }
}

extension LedgerEntry.Event {
  /// The name of the event in files.
  var name: String {
    switch self {
    case .opening: "opening"
    case .interest: "interest"
    case .injection: "injection"
    case .fillUp: "fillUp"
    case .fee: "fee"
    case .claim: "claim"
    case .latePayment: "latePayment"
    case .refund: "refund"
    case .recovery: "recovery"
    case .unpaid: "unpaid"
    case .uncoveredLoss: "uncoveredLoss"
    case .repayment: "repayment"
    case .uncoveredRecovery: "uncoveredRecovery"
    case .refusal: "refusal"
    case .threshold: "threshold"
    case .resumption: "resumption"
    case .givenBack: "givenBack"
    case .late: "late"
    }
  }
}

extension Replay {
  /// What an entry of the ledger says beside its amount.
  fileprivate func note(on entry: LedgerEntry) -> String {
    switch entry.event {
    case .opening, .interest, .injection, .fillUp, .fee, .givenBack, .latePayment: return ""
    case .claim(let claim):
      let cap = claim.cap.map { ", at most \($0.value) a claim" } ?? ""
      return "loss \(claim.total), divided \(claim.settlement.lossBase)\(cap): "
        + "\(claim.settlement.parts)"
    case .refund(let amount): return "\(amount) from the fiscal to the social account"
    case .recovery(let recovery):
      return "recovered \(recovery.recovered), costs \(recovery.division.costs), "
        + "outside cover \(recovery.outside)"
    case .unpaid(let amount): return "\(amount) owed and not paid"
    case .uncoveredLoss(let amount): return "\(amount) lost outside cover"
    case .repayment(let amount, let left):
      return "\(amount) came in before the claim, \(left) of principal unpaid"
    case .uncoveredRecovery(let net): return "\(net) recovered outside cover, after costs"
    case .refusal(let reasons):
      return reasons.map { agreement.terms.coverage.words($0).english }.joined(separator: "; ")
    case .threshold(let crossing):
      return "\(crossing.id): \(crossing.part) ÷ \(crossing.whole), level \(crossing.level)"
    case .resumption(let threshold): return "\(threshold) ended"
    case .late(let duty):
      return "\(duty.id): due \(duty.dueOn), done \(duty.doneOn)"
        + (duty.isForfeited ? ", claim forfeited" : "")
    }
  }
}
