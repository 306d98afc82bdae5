import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import TestSupport

/// Registers of random loans, the same in every run.
struct RandomRegister {
  var words: SeededWords
  /// The first day on which anything can happen.
  let first: CivilDate
  /// How many days there are.
  let days: Int
  /// The facts that a programme asks for.
  let facts: [String]
  /// The largest principal in fen.
  var largest: Int64 = 2_000_000_000

  init(seed: UInt64, _ document: PolicyDocument, first: CivilDate, days: Int = 1_800) {
    words = SeededWords(seed: seed)
    self.first = first
    self.days = days
    facts = document.terms.coverage.facts.map(\.id)
  }

  /// A register whose loans, losses and recoveries fall on any day, also outside the dates.
  mutating func register(loanCount: Int) -> ClaimRegister {
    let loans = (0..<loanCount).map { loan(number: $0) }
    return ClaimRegister(
      loans: loans, banks: ["A", "B", "C"], enterprises: (0..<12).map { "e\($0)" },
      until: first.advanced(byDays: days))
  }

  mutating func day() -> CivilDate {
    first.advanced(byDays: Int.random(in: -60...days, using: &words))
  }

  /// An amount up to a bound, of any order of magnitude, often nothing or all of it.
  mutating func part(of amount: Money) -> Money {
    switch Int.random(in: 0..<6, using: &words) {
    case 0: .zero
    case 1: amount
    default:
      Money(
        fen: Int64.random(
          in: 0...(amount.fen >> Int64.random(in: 0...20, using: &words)), using: &words))
    }
  }

  private mutating func isOne(in count: Int) -> Bool {
    Int.random(in: 0..<count, using: &words) == 0
  }

  mutating func loan(number: Int) -> RegisterLoan {
    let principal = Money(fen: max(1, part(of: Money(fen: largest)).fen))
    var loan = RegisterLoan(
      id: "loan \(number)",
      schedule: LoanSchedule(
        principal: principal,
        termMonths: Int.random(in: 1...(isOne(in: 5) ? 36 : 12), using: &words),
        isAmortizing: isOne(in: 3)),
      disbursedOn: day())
    loan.bank = Int.random(in: 0..<3, using: &words)
    loan.enterprise = Int.random(in: 0..<12, using: &words)
    loan.model = OperatingModel.shared.randomElement(using: &words) ?? .bank
    loan.size = isOne(in: 8) ? .large : isOne(in: 3) ? .micro : .small
    loan.collateral = isOne(in: 8) ? .copyright : isOne(in: 3) ? .trademark : .patent
    loan.ipPrincipal = isOne(in: 3) ? part(of: principal) : principal
    loan.rate = Ratio(millionths: Int64.random(in: 0...150_000, using: &words))
    if isOne(in: 10), let fact = facts.randomElement(using: &words) { loan.missingFacts = [fact] }
    if isOne(in: 2) {
      loan.filedOn = loan.disbursedOn.advanced(byDays: Int.random(in: 0...40, using: &words))
    }
    if !isOne(in: 3) { loan.loss = loss(of: loan) }
    return loan
  }

  private mutating func loss(of loan: RegisterLoan) -> RegisterLoss {
    var loss = RegisterLoss(
      overdueOn: loan.disbursedOn.advanced(byDays: Int.random(in: 1...400, using: &words)),
      principal: part(of: loan.schedule.principal))
    if isOne(in: 3) { loss.interest = part(of: loss.principal) }
    if isOne(in: 2) {
      loss.recognisedOn = loss.overdueOn.advanced(byDays: Int.random(in: 0...90, using: &words))
    }
    if isOne(in: 2) {
      loss.appliedOn = (loss.recognisedOn ?? loss.overdueOn)
        .advanced(byDays: Int.random(in: 0...30, using: &words))
    }
    if isOne(in: 4) {
      loss.writtenOffOn = loss.overdueOn.advanced(byDays: Int.random(in: 0...500, using: &words))
    }
    var date = loss.overdueOn
    for _ in 0..<Int.random(in: 0...3, using: &words) {
      date = date.advanced(byDays: Int.random(in: 0...200, using: &words))
      loss.recoveries.append(recovery(on: date, of: loss.principal))
    }
    return loss
  }

  private mutating func recovery(on date: CivilDate, of principal: Money) -> RegisterRecovery {
    let amount = part(of: principal)
    var recovery = RegisterRecovery(
      receivedOn: date,
      amount: isOne(in: 4)
        ? .split(covered: amount, rest: part(of: principal)) : .onWholeLoan(amount),
      costs: isOne(in: 3)
        ? .part(.percent(Int64.random(in: 0...100, using: &words)))
        : .amount(part(of: amount)))
    if isOne(in: 2) {
      recovery.returnedOn = date.advanced(byDays: Int.random(in: 0...40, using: &words))
    }
    return recovery
  }
}

/// A programme with one choice of readings, and a fund under it.
struct FundCase: Sendable, CustomStringConvertible {
  let description: String
  let agreement: FundAgreement
  let opening: CivilMonth

  /// Every programme as it stands, and five times under readings drawn at random.
  static let all: [FundCase] = {
    var cases: [FundCase] = []
    for id in PolicyDocument.builtInIDs {
      guard let document = try? builtIn(id) else { continue }
      for draw in 0...5 {
        if let item = FundCase(document, draw: draw) { cases.append(item) }
      }
    }
    return cases
  }()

  private init?(_ document: PolicyDocument, draw: Int) {
    var words = SeededWords(seed: UInt64(draw))
    let place = FundCore.SourceLocation(file: "test", line: 1, column: 1)
    var readings: [ReadingChoice] = []
    for item in document.interpretations where draw > 0 {
      // One balance for all banks: accounts by bank are a purse each, and nothing else.
      let names = ["default"] + item.others.map(\.name).filter { $0 != "byBank" }
      readings.append(
        ReadingChoice(
          id: Written(item.id, at: place),
          name: Written(names.randomElement(using: &words) ?? "default", at: place)))
    }
    let start = CivilMonth(ordinal: 2023 * 12 + 4)
    guard let changed = try? document.changed(readings: readings, overrides: []),
      var agreement = try? FundAgreement(changed, initial: .yuan(5_000_000), start: start)
    else { return nil }
    agreement.interestRate = Ratio(millionths: Int64.random(in: 0...30_000, using: &words))
    agreement.annualFee = .yuan(Int64.random(in: 0...150_000, using: &words))
    agreement.injections = (0..<40).map { .yuan($0 % 7 == 3 ? 200_000 : 0) }
    if Bool.random(using: &words) {
      agreement.fillUp = FillUpRule(
        to: .yuan(Int64.random(in: 1...6_000_000, using: &words)),
        at: FillUpTime.allCases.randomElement(using: &words) ?? .month,
        atMostAYear: Bool.random(using: &words) ? nil : .yuan(700_000),
        inAll: Bool.random(using: &words) ? nil : Money(fen: 123_456_789))
    }
    agreement.readings = readings
    self.agreement = agreement
    opening = start
    let chosen = readings.filter { $0.name.value != "default" }
      .map { "\($0.id.value) \($0.name.value)" }
    description = "\(document.id) \(chosen.joined(separator: ", "))"
  }

  /// The fund with another initial amount.
  func funded(_ amount: Money) -> FundAgreement {
    var changed = agreement
    changed.initial = amount
    return changed
  }
}
