public import ClaimRules
import CompensationKernel
public import FundCore

extension RegisterStudy {
  /// The day at whose end the replay stops.
  public var lastDay: CivilDate { register.until }

  /// Where the funds stand at the end of the register's last day; `nil` if nobody asked.
  ///
  /// - Parameter replays: The register's way through the rules of every fund.
  public func state(after replays: [Replay]) -> RegisterState? {
    guard keepsStandings else { return nil }
    var state = RegisterState(of: register, opening: opening)
    state.register = registerFile
    state.digest = digest
    for (place, index) in register.loansMade.enumerated() {
      let record = tape.loans[index]
      state.loans[place].grade =
        tape.grades.indices.contains(Int(record.grade)) ? tape.grades[Int(record.grade)] : nil
      let sector =
        tape.sectors.indices.contains(Int(record.sector)) ? tape.sectors[Int(record.sector)] : nil
      state.loans[place].sector = sector == LoanTape.onlySector ? nil : sector
      state.loans[place].annualPD = record.annualPD.isNaN ? nil : record.annualPD
    }
    state.funds = zip(funds, replays).compactMap { fund, replay in
      var standing = replay.standing
      standing?.terms = fund.stateTerms(banks: register.banks)
      return standing
    }
    return state
  }
}
