import CompensationKernel
import FundCore
import RandomStreams

/// Makes the loans that a scenario describes. The portfolio depends on the portfolio seed alone,
/// and is the same in every trial.
///
/// New customers come every month, as many as described (fractions are carried from month to
/// month); each loan may be followed, when it ends, by a renewal of the same enterprise at the
/// same bank, of the same size and sector. Loans stand in the order of their months.
struct PortfolioGenerator {
  private let description: GeneratorDescription
  private let key: DrawKey
  private var tape = LoanTape()
  /// Loans that start in each month, and the renewals that fall due in it.
  private var renewals: [[Int32]]

  init(_ description: GeneratorDescription) {
    self.description = description
    key = DrawKey(seed: description.seed, trial: 0, purpose: .portfolio)
    renewals = Array(repeating: [], count: description.months)
  }

  /// The portfolio.
  mutating func tapeOfLoans() -> LoanTape {
    tape.banks = description.banks.values
    tape.sectors = description.sectors.values
    tape.grades = description.grades?.values ?? []
    var carried = 0.0
    for month in 0..<description.months {
      for earlier in renewals[month] { addRenewal(of: Int(earlier), month: month) }
      carried += description.loans(inMonth: month)
      while carried >= 1 - 1e-9 {
        addNewCustomer(month: month)
        carried -= 1
      }
    }
    tape.source = LocalizedText(
      en: "generated, portfolio seed \(description.seed)", zh: "生成的贷款组合，种子\(description.seed)")
    return tape
  }

  private mutating func addNewCustomer(month: Int) {
    var draws = key.generator(at: UInt64(tape.loans.count))
    let size = description.sizes.draw(draws.next())
    var loan = newLoan(month: month, size: size, &draws)
    loan.enterprise = Int32(tape.enterprises.count)
    tape.enterprises.append("E\(tape.enterprises.count + 1)")
    loan.bank = Int32(description.banks.position(draws.next()))
    loan.sector = Int16(description.sectors.position(draws.next()))
    loan.grade = description.grades.map { Int16($0.position(draws.next())) } ?? -1
    append(loan, month: month, &draws)
  }

  private mutating func addRenewal(of earlier: Int, month: Int) {
    var draws = key.generator(at: UInt64(tape.loans.count))
    let before = tape.loans[earlier]
    var loan = newLoan(month: month, size: before.size, &draws)
    loan.enterprise = before.enterprise
    loan.bank = before.bank
    loan.sector = before.sector
    loan.grade = before.grade
    append(loan, month: month, &draws)
  }

  private func newLoan(month: Int, size: SizeClass, _ draws: inout WordGenerator) -> LoanRecord {
    let range = description.amounts[size] ?? Money(fen: 1)...Money(fen: 1)
    let steps = Int((range.upperBound - range.lowerBound).fen / description.roundTo.fen)
    let step = UniformDraw.integer(in: 0...steps, from: draws.next())
    let principal = range.lowerBound + Money(fen: Int64(step) * description.roundTo.fen)
    var loan = LoanRecord(
      id: "L\(tape.loans.count + 1)", start: description.from.advanced(by: month),
      termMonths: description.terms.draw(draws.next()), principal: principal)
    loan.size = size
    loan.model = description.models.draw(draws.next())
    loan.collateral = description.collateral.draw(draws.next())
    loan.ipPart = description.ipParts.draw(draws.next())
    loan.repayment = description.repayment.draw(draws.next())
    loan.rate = description.rate
    return loan
  }

  private mutating func append(_ loan: LoanRecord, month: Int, _ draws: inout WordGenerator) {
    let end = month + Int(loan.termMonths)
    if UniformDraw.unit(from: draws.next()) < description.renewals, end < description.months {
      renewals[end].append(Int32(tape.loans.count))
    }
    tape.loans.append(loan)
  }
}

extension GeneratorDescription.Mix {
  /// The part of all draws that pick the value at a position.
  func share(at index: Int) -> Double {
    Double(cumulated[index] - (index == 0 ? 0 : cumulated[index - 1])) / 1_000_000
  }

  /// The position of the value that a random word picks.
  func position(_ word: UInt64) -> Int {
    let draw = Int64(UniformDraw.integer(in: 0...999_999, from: word))
    return cumulated.firstIndex { draw < $0 } ?? values.count - 1
  }

  /// The value that a random word picks.
  func draw(_ word: UInt64) -> Value { values[position(word)] }
}

extension LoanTape {
  /// Leaves out the loans that end before the run or start after it, and counts them.
  mutating func leaveOut(outside run: TapeMapping.Run) {
    var counted: [LeftOutLoans] = []
    loans.removeAll { loan in
      let reason: LeftOutReason
      if loan.start > run.last {
        reason = .startsAfter
      } else if loan.start.advanced(by: Int(loan.termMonths)) < run.first {
        reason = .maturedBefore
      } else {
        return false
      }
      counted.count(reason, loan.principal, line: 0)
      return true
    }
    leftOut += counted
  }
}
