import FundCore
import TestSupport
import Testing

@testable import ScenarioInput

/// The order of identity (MODEL.md §9): what a loan is addressed by, and what goes in which order.
struct `The order of identity` {
  private func tape(_ ids: [String]) -> LoanTape {
    var tape = LoanTape()
    tape.banks = ["乙", "甲"]
    tape.sectors = ["b", "a"]
    for (index, id) in ids.enumerated() {
      var loan = LoanRecord(
        id: id, start: CivilMonth(ordinal: 24_288), termMonths: 12,
        principal: Money.yuan(Int64(100 + index)))
      loan.enterprise = Int32(index)
      tape.enterprises.append("E\(id)")
      tape.loans.append(loan)
    }
    return tape
  }

  /// Reasons stood in the order of the rows that showed them first.
  @Test func `reasons go in one order, whatever that of the rows`() {
    var loans: [LeftOutLoans] = []
    for reason in [LeftOutReason.settled, .startsAfter, .settled, .maturedBefore] {
      loans.count(reason, .yuan(1), line: 0)
    }
    #expect(loans.map(\.reason) == [.maturedBefore, .startsAfter, .settled])
    #expect(loans.map(\.count) == [1, 1, 2])
    var rows: [SetAsideRows] = []
    for name in ["b", "a", "c"] {
      let reason = LocalizedText(en: "\(name)", zh: "\(name)")
      rows.append(SetAsideRows(reason: reason, firstLine: 7))
    }
    rows[2].add(line: 8)
    let sorted: [SetAsideRows] = rows.sorted { SetAsideRows.precedes($0, $1) }
    #expect(sorted.map { $0.reason.english } == ["c", "a", "b"])
  }

  /// FNV-1a of the published test vectors ("", "a", "foobar"), then mix 13 worked in Python.
  @Test func `a name's number is that of every other version and machine`() {
    #expect(identityHash(of: "") == mixed(0xCBF2_9CE4_8422_2325))
    #expect(identityHash(of: "a") == mixed(0xAF63_DC4C_8601_EC8C))
    #expect(identityHash(of: "foobar") == mixed(0x8594_4171_F739_67E8))
  }

  private func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    for (shift, factor) in [(30, 0xBF58_476D_1CE4_E5B9 as UInt64), (27, 0x94D0_49BB_1331_11EB)] {
      word = (word ^ word >> UInt64(shift)) &* factor
    }
    return word ^ word >> 31
  }

  @Test func `ids go as people sort them`() {
    var tape = tape(["L10", "L9", "L010", "A", "贷2", "贷10", "L9b", "L", "12345678901234567890123"])
    tape.orderByIdentity(.named)
    #expect(
      tape.loans.map(\.id)
        == ["12345678901234567890123", "A", "L", "L9", "L9b", "L010", "L10", "贷2", "贷10"])
    #expect(tape.loans[1].identity == identityHash(of: "A"))
    #expect(tape.enterprises.first == "E12345678901234567890123")
    #expect(Set(tape.loans.map(\.identity)).count == 9)
  }

  @Test func `banks go by what they lend and name, sectors by name, whoever comes first`() {
    for ids in [["1", "2", "3", "4"], ["4", "3", "2", "1"]] {
      var tape = tape(ids)
      for index in tape.loans.indices {
        let number = Int(ids[index])!
        tape.loans[index].principal = Money.yuan([1, 2, 2, 1][number - 1])
        // Loans 1 and 2 with 甲, 3 and 4 with 乙: as much each.
        tape.loans[index].bank = number <= 2 ? 1 : 0
        tape.loans[index].sector = number == 1 ? 1 : 0
      }
      tape.orderByIdentity(.named)
      #expect(tape.banks == ["乙", "甲"])
      #expect(tape.sectors == ["a", "b"])
      #expect(tape.loans.map(\.bank) == [1, 1, 0, 0])
      #expect(tape.loans.map(\.sector) == [0, 1, 1, 1])
    }
  }

  @Test func `rows without ids are their content, and equal rows a number of their own`() {
    let columns = IdentityColumns(hasIDs: false, hasEnterprises: false)
    var first = tape(["1", "2", "3", "4", "5"])
    for index in [1, 3, 4] { first.loans[index].principal = Money.yuan(7) }
    var second = first
    second.loans.reverse()
    first.orderByIdentity(columns)
    second.orderByIdentity(columns)
    #expect(first.loans.map(\.identity) == second.loans.map(\.identity))
    #expect(first.loans.map(\.principal) == second.loans.map(\.principal))
    #expect(first.loans.map(\.id) == ["1", "2", "3", "4", "5"])
    #expect(Set(first.loans.map(\.identity)).count == 5)
    // One row less leaves the others theirs.
    var fewer = second
    fewer.loans.removeAll { $0.principal == Money.yuan(100) }
    let kept = Set(fewer.loans.map(\.identity))
    fewer.orderByIdentity(columns)
    #expect(Set(fewer.loans.map(\.identity)) == kept)
  }
}
