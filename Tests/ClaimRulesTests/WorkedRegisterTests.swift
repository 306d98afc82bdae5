import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import Testing

/// The program's ledgers, held against ledgers that were worked by hand from the texts.
@Suite struct `A register worked by hand` {
  @Test func `can be read, and every programme has one`() throws {
    let registers = try WorkedRegister.outcome.get()
    #expect(Set(registers.map(\.programme)) == Set(PolicyDocument.builtInIDs))
    for worked in registers {
      #expect(Set(worked.register.loans.map(\.id)).count == worked.register.loans.count)
    }
  }

  /// The arithmetic of the hand, without the program.
  @Test(arguments: WorkedRegister.all)
  func `adds up by itself`(worked: WorkedRegister) {
    var balance = Money.zero
    var date = worked.opening
    for line in worked.lines {
      #expect(line.date >= date, "\(line)")
      if line.what == .opening { balance = line.balance }
      #expect(line.balance == balance + line.amount, "\(line)")
      balance = line.balance
      date = line.date
    }
    #expect(worked.lines.first?.what == .opening)
    #expect(worked.lines.first?.balance == worked.agreement.initial)
  }

  @Test(arguments: WorkedRegister.all)
  func `has the ledger that the program writes`(worked: WorkedRegister) {
    let result = replay(
      worked.register, under: worked.agreement, opening: worked.opening,
      calendar: worked.calendar)
    let written = result.entries.map { LedgerLine($0, of: result) }
    for (computed, byHand) in zip(written, worked.lines) {
      #expect(computed == byHand, "the program writes\n  \(computed)\nby hand\n  \(byHand)")
    }
    for extra in written.dropFirst(worked.lines.count) { Issue.record("not by hand: \(extra)") }
    for extra in worked.lines.dropFirst(written.count) { Issue.record("only by hand: \(extra)") }
    #expect(result.ranDryOn == worked.ranDryOn)
    #expect(result.totals.closing == worked.lines.last?.balance)
    #expect(result.totals.isBalanced)
    #expect(result.totals.isDivided)
  }

  /// What a claim by hand divides is what the parties of the hand bear.
  @Test(arguments: PolicyDocument.builtInIDs)
  func `shows claims, recoveries or refusals of its programme`(id: String) {
    let lines = WorkedRegister.all.filter { $0.programme == id }.flatMap(\.lines)
    for what in [LedgerLine.What.claim, .recovery, .refusal, .uncovered] {
      #expect(lines.contains { $0.what == what }, "\(id) has no \(what)")
    }
  }
}
