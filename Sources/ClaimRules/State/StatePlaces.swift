import FundCore

/// Where the banks, enterprises and loans of a state stand in a register that goes on from it.
struct StatePlaces {
  /// The positions of the state's loans in the register.
  let loans: [Int]
  /// Those of its banks.
  let banks: [Int]
  /// Those of its enterprises; −1 where the register has no such enterprise.
  let enterprises: [Int]

  /// Finds all by their names; `nil` if the register lacks a bank or a loan.
  init?(of state: RegisterState, in register: ClaimRegister) {
    let loans = Self.positions(of: state.loans.map(\.loan.id), in: register.loans.map(\.id))
    let banks = Self.positions(of: state.banks, in: register.banks)
    guard !loans.contains(-1), !banks.contains(-1) else { return nil }
    self.loans = loans
    self.banks = banks
    enterprises = Self.positions(of: state.enterprises, in: register.enterprises)
  }

  private static func positions(of names: [String], in all: [String]) -> [Int] {
    let places = Dictionary(all.enumerated().map { ($1, $0) }) { first, _ in first }
    return names.map { places[$0] ?? -1 }
  }
}
