import ClaimRules
import CompensationKernel
import FundCore

extension RegisterTape {
  /// The last day that is named.
  var lastDay: CivilDate? {
    histories.compactMap { history in
      ([history.disbursedOn, history.filedOn] + (history.loss?.days ?? [])).compactMap(\.self).max()
    }.max()
  }

  /// How many losses state neither their interest nor a rate to compute it by.
  var lossesWithoutInterest: Int {
    zip(tape.loans, histories).count { loan, history in
      loan.rate == .zero && history.loss.map { $0.interest == nil && $0.principal > .zero } ?? false
    }
  }

  /// The register, told up to a day.
  func register(until last: CivilDate) -> ClaimRegister {
    let loans = zip(tape.loans, histories).map { record, history in
      var loan = RegisterLoan(
        id: record.id, schedule: record.schedule, disbursedOn: history.disbursedOn)
      loan.bank = Int(record.bank)
      loan.enterprise = Int(record.enterprise)
      loan.model = record.model
      loan.size = record.size
      loan.collateral = record.collateral
      loan.ipPrincipal = record.principal.multiplied(by: record.ipPart, rounding: .halfUp)
      loan.rate = record.rate
      loan.missingFacts = tape.missingFactSets[Int(record.missingFacts)]
      loan.filedOn = history.filedOn
      loan.loss = history.loss
      return loan
    }
    return ClaimRegister(
      loans: loans, banks: tape.banks, enterprises: tape.enterprises, until: last)
  }

  /// What fixes the register: the loans, and a hash of all that happened to them.
  var digestInput: [UInt8] {
    var hash = FNVHash()
    for history in histories {
      hash.add(history.disbursedOn)
      hash.add(history.filedOn)
      guard let loss = history.loss else { continue }
      hash.add(UInt64(bitPattern: loss.principal.fen))
      hash.add(UInt64(bitPattern: loss.interest?.fen ?? -1))
      hash.add(UInt64(bitPattern: loss.overduePrincipal?.fen ?? -1))
      hash.add(loss.interestPaidTo)
      for day in loss.days { hash.add(day) }
      for recovery in loss.recoveries {
        if case .onWholeLoan(let amount) = recovery.amount {
          hash.add(UInt64(bitPattern: amount.fen))
        }
        if case .amount(let costs) = recovery.costs { hash.add(UInt64(bitPattern: costs.fen)) }
      }
    }
    return tape.digestInput + Array(", histories \(String(hash.value, radix: 16))".utf8)
  }
}

extension RegisterLoss {
  /// All days of the loss, in a fixed order.
  var days: [CivilDate?] {
    [overdueOn, recognisedOn, appliedOn, settledOn, curedOn, writtenOffOn]
      + recoveries.flatMap { [$0.receivedOn, $0.returnedOn] }
  }
}

extension FNVHash {
  mutating func add(_ date: CivilDate?) {
    add(date.map { UInt64(truncatingIfNeeded: $0.dayNumber) } ?? .max)
  }
}

extension WorkCalendar {
  /// What fixes the calendar.
  var digestInput: [UInt8] {
    let days = holidays.sorted().map { "\($0)" } + ["/"] + extraWorkdays.sorted().map { "\($0)" }
    return Array(days.joined(separator: " ").utf8)
  }
}
