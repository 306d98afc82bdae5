import ClaimRules
import CompensationKernel
import FundCore

/// Joins the loans of a state with a scenario's lending after its day.
///
/// What the scenario's portfolio holds of lending by the day is not lent again: the state tells what really
/// was. It still serves to tell the probability of a loan of the state that states none.
struct StateLoans {
  let state: RegisterState
  /// Whether the scenario's loans were made by its generator, and their names mean nothing.
  let areGenerated: Bool

  /// The portfolio of a run that goes on from the state.
  ///
  /// - Parameter tape: The scenario's own; loans by the state's day are taken out of it.
  func joined(_ tape: LoanTape) -> LoanTape {
    var joined = tape
    let past = tape.loans.filter { $0.start < state.nextMonth }
    joined.loans = tape.loans.filter { $0.start >= state.nextMonth }
    for loan in past { joined.leftOut.count(.madeByState, loan.principal, line: 0) }
    (joined.earlier, joined.defaulted) = ([], [])
    if areGenerated, !isOfOneWorld(past) { joined.renameAll() }
    let records = Dictionary(
      past.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var names = TapeNames(joined)
    for item in state.loans {
      joined.loans.append(record(item, like: records[item.loan.id], of: tape, &names))
    }
    names.settle(in: &joined)
    joined.digestInput = joined.digestSummary()
    joined.orderByIdentity(.named)
    return joined
  }

  /// Whether the loans of the state are those that the generator made by its day: then borrowers of one
  /// name are one.
  private func isOfOneWorld(_ past: [LoanRecord]) -> Bool {
    let made = Dictionary(past.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return state.loans.allSatisfy { item in
      made[item.loan.id].map {
        $0.principal == item.loan.schedule.principal && $0.start == item.loan.disbursedOn.month
      } ?? false
    }
  }

  /// A loan of the state as a portfolio holds it.
  private func record(
    _ item: RegisterState.Loan, like other: LoanRecord?, of tape: LoanTape,
    _ names: inout TapeNames
  ) -> LoanRecord {
    let loan = item.loan
    var record = LoanRecord(
      id: loan.id, start: loan.disbursedOn.month, termMonths: loan.schedule.termMonths,
      principal: loan.schedule.principal)
    record.bank = names.bank(state.banks[loan.bank])
    record.enterprise = names.enterprise(state.enterprises[loan.enterprise])
    record.sector = names.sector(
      item.sector ?? other.map { tape.sectors[Int($0.sector)] } ?? LoanTape.onlySector)
    record.annualPD = item.annualPD ?? .nan
    if let grade = item.grade {
      record.grade = names.grade(grade)
    } else if item.annualPD == nil, let other {
      record.annualPD = other.annualPD
      if other.grade >= 0 { record.grade = names.grade(tape.grades[Int(other.grade)]) }
    }
    record.model = loan.model
    record.size = loan.size
    record.collateral = loan.collateral
    record.repayment =
      loan.schedule.level != nil ? .annuity : loan.schedule.isAmortizing ? .equalPrincipal : .bullet
    record.ipPart = Ratio(
      millionths: Int64(
        (Double(loan.ipPrincipal.fen) / Double(record.principal.fen) * 1_000_000).rounded()))
    record.rate = loan.rate
    record.missingFacts = names.facts(loan.missingFacts)
    return record
  }
}

/// The names of a tape while loans of other names are added.
private struct TapeNames {
  private struct List<Name: Hashable> {
    private(set) var names: [Name]
    private var places: [Name: Int]

    init(_ names: [Name]) {
      self.names = names
      places = Dictionary(
        names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    mutating func place(_ name: Name) -> Int {
      if let place = places[name] { return place }
      places[name] = names.count
      names.append(name)
      return names.count - 1
    }
  }

  private var banks: List<String>
  private var enterprises: List<String>
  private var sectors: List<String>
  private var grades: List<String>
  private var factSets: List<Set<String>>

  init(_ tape: LoanTape) {
    banks = List(tape.banks)
    enterprises = List(tape.enterprises)
    sectors = List(tape.sectors)
    grades = List(tape.grades)
    factSets = List(tape.missingFactSets)
  }

  mutating func bank(_ name: String) -> Int32 { Int32(banks.place(name)) }
  mutating func enterprise(_ name: String) -> Int32 { Int32(enterprises.place(name)) }
  mutating func sector(_ name: String) -> Int16 { Int16(sectors.place(name)) }
  mutating func grade(_ name: String) -> Int16 { Int16(grades.place(name)) }
  mutating func facts(_ missing: Set<String>) -> Int32 { Int32(factSets.place(missing)) }

  func settle(in tape: inout LoanTape) {
    tape.banks = banks.names
    tape.enterprises = enterprises.names
    tape.sectors = sectors.names
    tape.grades = grades.names
    tape.missingFactSets = factSets.names
  }
}

extension LoanTape {
  /// Gives generated loans and borrowers names that no register has.
  fileprivate mutating func renameAll() {
    for index in loans.indices { loans[index].id = "+" + loans[index].id }
    enterprises = enterprises.map { "+" + $0 }
  }
}
