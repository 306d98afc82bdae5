import CompensationKernel
public import FundCore

// What was known of a register on a day.
extension RegisterState {
  /// What was known of a register on its last day, without its funds.
  ///
  /// - Parameters:
  ///   - register: The register. It may tell of later days; nothing of that is kept.
  ///   - opening: The day on which its funds opened.
  public init(of register: ClaimRegister, opening: CivilDate) {
    self.register = ""
    digest = ""
    self.opening = opening
    day = register.until
    banks = register.banks
    enterprises = register.enterprises
    loans = register.loansMade.map { Loan(register.loans[$0].known(on: register.until)) }
    history.customers = register.history.customers
    history.defaults = register.history.defaults
    history.defaultsEnded = register.history.defaultsEnded
    funds = []
  }
}

extension ClaimRegister {
  /// The positions of the loans that were made by the last day: those that a state of it holds.
  public var loansMade: [Int] { loans.indices.filter { loans[$0].disbursedOn <= until } }
}

extension RegisterLoan {
  /// What was known of the loan at the end of a day.
  func known(on day: CivilDate) -> RegisterLoan {
    var loan = self
    loan.filedOn = filedOn?.known(on: day)
    loan.loss = loss.flatMap { $0.overdueOn <= day ? $0.known(on: day) : nil }
    return loan
  }
}

extension RegisterLoss {
  func known(on day: CivilDate) -> RegisterLoss {
    var loss = self
    loss.recognisedOn = recognisedOn?.known(on: day)
    loss.provincePaidOn = provincePaidOn?.known(on: day)
    loss.appliedOn = appliedOn?.known(on: day)
    loss.settledOn = settledOn?.known(on: day)
    loss.curedOn = curedOn?.known(on: day)
    loss.writtenOffOn = writtenOffOn?.known(on: day)
    loss.recoveries = recoveries.filter { $0.receivedOn <= day }.map { $0.known(on: day) }
    return loss
  }
}

extension RegisterRecovery {
  /// What was known of money that had come in. What hangs on the loss is told by the claim.
  fileprivate func known(on day: CivilDate) -> RegisterRecovery {
    var recovery = self
    recovery.returnedOn = returnedOn?.known(on: day)
    if case .partOfLoss = amount { recovery.amount = .onWholeLoan(.zero) }
    return recovery
  }
}

extension CivilDate {
  /// The day, if it is not after another.
  fileprivate func known(on day: CivilDate) -> CivilDate? { self <= day ? self : nil }
}
