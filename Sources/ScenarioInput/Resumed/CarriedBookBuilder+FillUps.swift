import ClaimRules
import CompensationKernel
import FundCore
import Simulation

extension CarriedBookBuilder {
  /// What filling up has given each account; under a reading with other accounts than those of the replay
  /// each has had its part of the whole.
  func fillUps(_ places: [Int]) -> [CarriedBook.FillUpGiven] {
    guard !standing.fillUps.isEmpty else { return [] }
    var given = fund.openingPurses.map { _ in
      CarriedBook.FillUpGiven(
        inYear: FundAccount(paying: .zero), inAll: FundAccount(paying: .zero))
    }
    if given.count == standing.fillUps.count {
      for (index, kept) in standing.fillUps.enumerated() {
        given[given.count == 1 ? 0 : places[index]] = .init(
          inYear: kept.inYear, inAll: kept.inAll)
      }
      return given
    }
    func parts(_ amount: Money) -> [Money] {
      fund.partition.isEmpty ? [amount] : partitioned(amount, by: fund.partition)
    }
    let years = parts(standing.fillUps.reduce(.zero) { $0 + $1.inYear.balance })
    let totals = parts(standing.fillUps.reduce(.zero) { $0 + $1.inAll.balance })
    for index in given.indices {
      given[index].inYear.inject(years[index], under: fund.accounts)
      given[index].inAll.inject(totals[index], under: fund.accounts)
    }
    return given
  }
}
