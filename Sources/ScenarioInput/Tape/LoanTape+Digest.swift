import CompensationKernel
import FundCore

extension LoanTape {
  /// What fixes the portfolio, in a line: the number of loans and a hash of all that they say.
  ///
  /// The loans are hashed as they were understood, not the bytes of a file, which may have a
  /// million rows. So two files that say the same, in other encodings or with other columns beside,
  /// have the same digest. The hash is FNV-1a with 64 bits: it shows that a tape has changed, and
  /// is no protection against someone who wants two tapes to look alike.
  public func digestSummary() -> [UInt8] {
    var hash = FNVHash()
    for name in banks { hash.add(name) }
    for name in enterprises { hash.add(name) }
    for name in sectors { hash.add(name) }
    for name in grades { hash.add(name) }
    for facts in missingFactSets { hash.add(facts.sorted().joined(separator: ",")) }
    for loan in loans + earlier { hash.add(loan) }
    for enterprise in defaulted.sorted() { hash.add(UInt64(enterprise)) }
    return Array("\(loans.count) loans, FNV-1a \(String(hash.value, radix: 16))".utf8)
  }
}

/// FNV-1a with 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/).
struct FNVHash {
  var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    // No UTF-8 has this byte, so that the ends of texts count.
    add(0xFF as UInt8)
  }

  mutating func add(_ number: UInt64) {
    var rest = number
    for _ in 0..<8 {
      add(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  mutating func add(_ loan: LoanRecord) {
    add(loan.id)
    add(UInt64(truncatingIfNeeded: loan.start.ordinal) << 16 | UInt64(loan.termMonths))
    add(UInt64(bitPattern: loan.principal.fen))
    add(UInt64(bitPattern: loan.ipPart.millionths))
    add(UInt64(bitPattern: loan.rate.millionths))
    add(loan.annualPD.isNaN ? .max : loan.annualPD.bitPattern)
    add(UInt64(UInt32(bitPattern: loan.enterprise)) << 32 | UInt64(UInt32(bitPattern: loan.bank)))
    add(
      UInt64(UInt16(bitPattern: loan.sector)) << 48 | UInt64(UInt16(bitPattern: loan.grade)) << 32
        | UInt64(UInt32(bitPattern: loan.missingFacts)))
    for word in [
      loan.model.id, loan.size.rawValue, loan.collateral.rawValue, loan.repayment.rawValue,
    ] {
      add(word)
    }
    if let outstanding = loan.outstanding { add(UInt64(bitPattern: outstanding.fen)) }
  }
}
