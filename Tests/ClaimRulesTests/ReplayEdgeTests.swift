import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import TestSupport
import Testing

/// Registers at the edges: in another order, without events, with the largest amounts, and at the
/// ends of the calendar.
@Suite struct `A register at the edges` {
  /// Every day belongs to one loan only, so that no order of a day is at stake.
  @Test(arguments: FundCase.all)
  func `gives the same ledger with its loans in another order`(item: FundCase) throws {
    for seed in 0..<3 as Range<UInt64> {
      var generator = RandomRegister(
        seed: seed, item.agreement.programme, first: item.opening.firstDay)
      var register = generator.register(loanCount: 40)
      for index in register.loans.indices {
        register.loans[index].moveToOwnDays(
          residue: index, of: register.loans.count, from: item.opening.firstDay)
      }
      let result = replay(register, under: item.agreement, opening: item.opening)
      var words = SeededWords(seed: seed)
      var other = register
      other.loans.shuffle(using: &words)
      let shuffled = replay(other, under: item.agreement, opening: item.opening)
      let lines = result.entries.map { LedgerLine($0, of: result) }
      #expect(lines == shuffled.entries.map { LedgerLine($0, of: shuffled) }, "\(item) \(seed)")
      #expect(result.totals == shuffled.totals)
      #expect(lines.count > 10)
    }
  }

  @Test(arguments: FundCase.all)
  func `without loans keeps the fund's money`(item: FundCase) {
    var quiet = item.agreement
    quiet.interestRate = .zero
    quiet.annualFee = .zero
    quiet.injections = []
    quiet.fillUp = nil
    let register = ClaimRegister(
      loans: [], banks: [], enterprises: [],
      until: item.opening.lastDay.advanced(byDays: 365))
    let result = replay(register, under: quiet, opening: item.opening)
    #expect(result.entries.map(\.balance) == [quiet.initial])
    #expect(result.totals.closing == quiet.initial)
    #expect(result.months.count == 13)
    #expect(result.ranDryOn == nil)
  }

  @Test func `that ends before the fund opens has nothing but the opening`() throws {
    let item = try #require(FundCase.all.first)
    var generator = RandomRegister(
      seed: 5, item.agreement.programme, first: item.opening.firstDay)
    var register = generator.register(loanCount: 30)
    register.until = item.opening.firstDay.advanced(byDays: -1)
    let result = replay(register, under: item.agreement, opening: item.opening)
    #expect(result.entries.count == 1)
    #expect(result.eventsOutside == register.loans.count { $0.loss != nil })
    #expect(result.totals.isBalanced)
  }

  /// A loan of 1.2 million from two years before the opening, repaid in 24 instalments: by schedule
  /// nothing is outstanding at the opening, and 300,000 are lost of it all the same. A ratio counts
  /// that much as disbursed, too: 300,000 ÷ 300,000, and no more.
  @Test func `counts what is lost of an old loan as disbursed as well`() throws {
    let item = try #require(
      FundCase.all.first { $0.agreement.programme.id == "dalian-hitech-2022" })
    var loan = RegisterLoan(
      id: "old",
      schedule: LoanSchedule(principal: .yuan(1_200_000), termMonths: 24, isAmortizing: true),
      disbursedOn: item.opening.firstDay.advanced(byMonths: -25))
    var loss = RegisterLoss(
      overdueOn: item.opening.firstDay.advanced(byDays: 40), principal: .yuan(300_000))
    loss.appliedOn = loss.overdueOn
    loan.loss = loss
    let register = ClaimRegister(
      loans: [loan], banks: ["A"], enterprises: ["E"],
      until: item.opening.lastDay.advanced(byDays: 200))
    let crossing = try #require(
      replay(register, under: item.agreement, opening: item.opening).crossings.first)
    #expect(crossing.part == .yuan(300_000))
    #expect(crossing.whole == .yuan(300_000))
  }

  /// A trillion yuan a loan, a thousand loans: the totals stay far from the range of Int64.
  @Test(arguments: FundCase.all)
  func `takes the largest amounts`(item: FundCase) {
    var generator = RandomRegister(
      seed: 7, item.agreement.programme, first: item.opening.firstDay, days: 700)
    generator.largest = Money.largestInput.fen
    var register = generator.register(loanCount: 1_000)
    for index in register.loans.indices where index.isMultiple(of: 3) {
      register.loans[index].schedule = LoanSchedule(
        principal: .largestInput, termMonths: 12, isAmortizing: false)
      register.loans[index].ipPrincipal =
        index.isMultiple(of: 2) ? .largestInput : Money(fen: Money.largestInput.fen - 1)
      register.loans[index].loss?.principal = .largestInput
    }
    for initial in [Money.zero, .largestInput] {
      let result = replay(register, under: item.funded(initial), opening: item.opening)
      #expect(result.totals.isBalanced)
      #expect(result.totals.isDivided)
    }
  }

  /// From the first to the last day that the calendar has, over eleven centuries of months.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `lies at the ends of the calendar`(id: String) throws {
    let first = try #require(CivilDate(year: 1900, month: 1, day: 1))
    let last = try #require(CivilDate(year: 2999, month: 12, day: 31))
    let agreement = try FundAgreement(
      builtIn(id), initial: .yuan(1_000_000), start: last.month.advanced(by: -12))
    var early = RegisterLoan(
      id: "early", schedule: LoanSchedule(principal: .yuan(1), termMonths: 1, isAmortizing: false),
      disbursedOn: first)
    early.rate = .percent(36)
    early.loss = RegisterLoss(overdueOn: first, principal: .yuan(1))
    early.loss?.appliedOn = last
    var late = RegisterLoan(
      id: "late", schedule: LoanSchedule(principal: .yuan(1), termMonths: 600, isAmortizing: true),
      disbursedOn: last)
    late.loss = RegisterLoss(overdueOn: last, principal: .yuan(1))
    late.loss?.recognisedOn = last
    late.loss?.recoveries = [RegisterRecovery(receivedOn: last, amount: .onWholeLoan(.zero))]
    for opening in [first.month, last.month] {
      let result = replay(
        ClaimRegister(
          loans: [early, late], banks: ["A"], enterprises: ["e"], until: last),
        under: agreement, opening: opening)
      #expect(result.months.last?.month == last.month)
      #expect(result.totals.isBalanced)
      #expect(result.totals.isDivided)
    }
  }

  @Test(arguments: FundCase.all)
  func `with recoveries of nothing pays back nothing`(item: FundCase) {
    var generator = RandomRegister(
      seed: 11, item.agreement.programme, first: item.opening.firstDay)
    var register = generator.register(loanCount: 40)
    for index in register.loans.indices {
      guard let loss = register.loans[index].loss else { continue }
      register.loans[index].loss?.recoveries = loss.recoveries.map {
        RegisterRecovery(receivedOn: $0.receivedOn, amount: .onWholeLoan(.zero))
      }
    }
    let result = replay(register, under: item.agreement, opening: item.opening)
    #expect(result.totals.returned == .zero)
    #expect(
      !result.entries.contains { if case .recovery = $0.event { true } else { false } })
  }
}

extension RegisterLoan {
  /// Moves every date of the loan to the next day with a number of its own.
  fileprivate mutating func moveToOwnDays(residue: Int, of count: Int, from first: CivilDate) {
    func own(_ date: CivilDate) -> CivilDate {
      // What started before the fund opened would all be counted on its first day.
      let days = max(0, date.days(since: first))
      return first.advanced(byDays: days - days % count + residue + count)
    }
    disbursedOn = own(disbursedOn)
    filedOn = filedOn.map(own)
    guard var moved = loss else { return }
    moved.overdueOn = own(moved.overdueOn)
    moved.recognisedOn = moved.recognisedOn.map(own)
    moved.appliedOn = moved.appliedOn.map(own)
    moved.settledOn = own(moved.appliedOn ?? moved.overdueOn)
    moved.writtenOffOn = moved.writtenOffOn.map(own)
    for index in moved.recoveries.indices {
      moved.recoveries[index].receivedOn = own(moved.recoveries[index].receivedOn)
      moved.recoveries[index].returnedOn = moved.recoveries[index].returnedOn.map(own)
    }
    loss = moved
  }
}
