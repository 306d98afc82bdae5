import ClaimRules
import DocumentReading
import FundCore
import PolicyLibrary
import ResultFacts

extension RegisterReading {
  /// What a history needs of a register whose columns a terms file names: the loans with their outcomes.
  /// The funds of the terms are not looked at.
  func outcomes(_ tree: DocumentNode) -> RegisterRead? {
    guard var top = Section(tree, problems: problems) else { return nil }
    let until = top.has("until") ? last(&top) : nil
    let models = KnownModels(of: tree, ProgrammeShelf(folder: folder))
    guard let tapes = readTapes(&top, models) else { return nil }
    let tape = tapes.loans.tape
    var read = RegisterRead()
    read.lastDay = until?.value ?? tapes.loans.lastDay
    read.isLastDayTold = until != nil
    // Loans with a probability of their own have no grade: then no loan has one that counts.
    let isGraded = !tape.loans.contains { $0.grade < 0 }
    read.outcomes.grades = isGraded ? tape.grades : []
    for (loan, history) in zip(tape.loans, tapes.loans.histories) {
      var outcome = LoanOutcome(start: loan.start, term: Int(loan.termMonths))
      outcome.grade = isGraded ? Int(loan.grade) : 0
      if let loss = history.loss {
        if loss.curedOn == nil { outcome.take(loss) } else { read.curedCount += 1 }
      }
      read.outcomes.loans.append(outcome)
    }
    read.unused = tape.setAside.sorted(by: SetAsideRows.precedes).map {
      $0.counted
    }
    if tape.outsideWindow > 0 {
      read.unused.append(
        CountedReason(
          reason: .init(en: "loans outside the window", zh: "时间窗口之外的贷款"),
          count: tape.outsideWindow))
    }
    read.notices = tape.units.filter { !$0.isUsual }.map(\.text) + tape.notices
    read.notices += tapes.recoveries?.notices ?? []
    if tape.sectors.count > 1 { read.notices.append(.sectorsUnused) }
    return read
  }
}

extension LoanOutcome {
  /// Takes a default with its loss, and what came back of it.
  mutating func take(_ default: RegisterLoss) {
    overdue = `default`.overdueOn.month
    loss = `default`.principal.yuan
    closedIn = `default`.writtenOffOn?.month
    receipts = `default`.recoveries.compactMap { recovery in
      guard case .onWholeLoan(let amount) = recovery.amount else { return nil }
      return Receipt(month: recovery.receivedOn.month, amount: amount.yuan)
    }
  }
}
