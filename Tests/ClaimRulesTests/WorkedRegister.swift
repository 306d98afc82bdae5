import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import Testing

/// A register whose ledger was worked by hand from a programme's text.
struct WorkedRegister: Sendable, CustomTestStringConvertible {
  let programme: String
  let name: String
  let agreement: FundAgreement
  let register: ClaimRegister
  let opening: CivilDate
  let calendar: WorkCalendar
  /// The ledger by hand, line by line.
  let lines: [LedgerLine]
  /// The day on which it ran dry by hand.
  let ranDryOn: CivilDate?

  var testDescription: String { "\(programme): \(name)" }
}

/// A line of a ledger, of the program's or one that was worked by hand.
struct LedgerLine: Equatable, Sendable {
  var date: CivilDate
  var what: What
  /// The loan, or the bank, that it is about.
  var subject = ""
  var amount: Money
  var balance: Money
  /// The articles that it cites.
  var articles: Set<String> = []
  /// What else it says, by name.
  var details: [String: String] = [:]

  enum What: String, CaseIterable, Sendable {
    case opening, interest, injection, fillUp, fee, givenBack, claim, latePayment, refund
    case recovery, unpaid, uncovered, repayment, uncoveredRecovery, refusal, threshold, resumption,
      late
  }
}

extension LedgerLine: CustomStringConvertible {
  var description: String {
    let rest = details.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "\(date) \(what) \(subject) \(amount) → \(balance) Art. "
      + "\(articles.sorted().joined(separator: ", ")); \(rest.joined(separator: "; "))"
  }
}

extension LedgerLine {
  /// A line as the program wrote it.
  init(_ entry: LedgerEntry, of replay: Replay) {
    let told = entry.event.told
    date = entry.date
    what = told.what
    details = told.details
    subject =
      entry.loan.map { replay.register.loans[$0].id }
      ?? entry.bank.map { replay.register.banks[$0] } ?? ""
    amount = entry.amount
    balance = entry.balance
    articles = Set(entry.citations.flatMap { listed($0.article) })
  }
}

extension LedgerEntry.Event {
  /// The kind of the event, and what it says beside date, amount and balance.
  fileprivate var told: (what: LedgerLine.What, details: [String: String]) {
    switch self {
    case .opening: (.opening, [:])
    case .interest: (.interest, [:])
    case .injection: (.injection, [:])
    case .fillUp: (.fillUp, [:])
    case .fee: (.fee, [:])
    case .givenBack: (.givenBack, [:])
    case .claim(let claim):
      (
        .claim,
        [
          "of": claim.settlement.lossBase.description,
          "parts": claim.settlement.parts.description,
        ]
      )
    case .latePayment: (.latePayment, [:])
    case .refund(let amount): (.refund, ["value": amount.description])
    case .recovery(let recovery):
      (
        .recovery,
        ["of": recovery.recovered.description, "parts": recovery.division.parts.description]
      )
    case .unpaid(let amount): (.unpaid, ["value": amount.description])
    case .uncoveredLoss(let amount): (.uncovered, ["value": amount.description])
    case .repayment(let amount, let left):
      (.repayment, ["of": amount.description, "value": left.description])
    case .uncoveredRecovery(let net): (.uncoveredRecovery, ["value": net.description])
    case .refusal(let reasons):
      (.refusal, reasons.allSatisfy(\.isPartial) ? ["partly": "true"] : [:])
    case .threshold(let crossing):
      (
        .threshold,
        [
          "id": crossing.id, "part": crossing.part.description, "of": crossing.whole.description,
        ]
      )
    case .resumption(let id): (.resumption, ["id": id])
    case .late(let duty):
      (
        .late,
        [
          "id": duty.id, "due": duty.dueOn.description, "done": duty.doneOn.description,
          "forfeited": "\(duty.isForfeited)",
        ]
      )
    }
  }
}
