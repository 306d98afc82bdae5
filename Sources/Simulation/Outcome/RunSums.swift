import CompensationKernel
import FundCore

extension OutcomeColumn {
  /// The column's name in files of partial results.
  public var name: String {
    switch self {
    case .loss(let party): "loss:\(party.name)"
    case .neededCapitalThrough(let months): "neededCapitalThrough:\(months)"
    default: "\(self)"
    }
  }
}

extension FundFrame {
  /// How many columns of first breaches a trial has.
  var breachWidth: Int { thresholds.count * (watchedBanks.count + 1) }
}

extension RunFrame {
  /// Whether all parts fit each other, as in every frame that a plan gives.
  ///
  /// One that was read from a file is asked before anything is made of its numbers.
  public var isSound: Bool {
    plannedTrials > 0 && (1...Self.largestHorizon).contains(horizon)
      && (expectedDefaults?.isSound(horizon: horizon) ?? true)
      && banks.allSatisfy { $0.lent.fen.magnitude < 1 << 60 }
      && banks.count <= 1 << 24 && (1...Self.largestHorizon).contains(funds.count)
      && funds.allSatisfy { fund in
        fund.binWidth > 0 && fund.binWidth < 1 << 48 && fund.thresholds.count <= 1000
          && fund.watchedBanks.count <= FundSetup.largestSlotCount
          && fund.watchedBanks.allSatisfy(banks.indices.contains)
          && fund.accounts.count <= 2 * max(1, banks.count)
          && fund.accounts.allSatisfy { $0.bank.map(banks.indices.contains) ?? true }
      }
  }

  /// More months, or funds, than any scenario may have.
  private static var largestHorizon: Int { 10_000 }
}

extension ExpectedDefaults {
  func isSound(horizon: Int) -> Bool {
    [byMonth, factorDeviations].allSatisfy { numbers in
      numbers.count == horizon && numbers.allSatisfy { (0..<1e9).contains($0) }
    }
  }
}

extension FundSums {
  /// The sums of no trial.
  public init(_ frame: FundFrame, horizon: Int) {
    tally = FundTally(
      horizon: horizon, thresholdCount: frame.thresholds.count, slotCount: frame.watchedBanks.count,
      accountCount: frame.accounts.count)
    breachMonths = Array(repeating: 0, count: frame.breachWidth * horizon)
  }

  /// All sums as one list, each at a place that the frame fixes.
  public var numbers: [Int128] {
    tally.numbers + (breachMonths + [capitalMismatches]).map { Int128($0) }
  }

  /// How many numbers that list has.
  public var numberCount: Int { tally.numberCount + breachMonths.count + 1 }

  /// Adds the sums that `numbers` gave for other trials.
  ///
  /// - Returns: Whether the list is one of this fund; otherwise nothing was added.
  public mutating func add(_ numbers: [Int128]) -> Bool {
    let first = tally.numberCount
    guard numbers.count == numberCount,
      numbers[first...].allSatisfy({ (0..<FundTally.largestCount).contains($0) }),
      tally.add(numbers[..<first])
    else { return false }
    for index in breachMonths.indices { breachMonths[index] += Int(numbers[first + index]) }
    capitalMismatches += Int(numbers[numbers.count - 1])
    return true
  }
}

extension FundTally {
  /// More than any count of one part; a million parts of it add up in 64 bits.
  static var largestCount: Int128 { 1 << 40 }

  /// All sums as one list: by month paid, returned, defaults and their squares, by month and bin the balances, by threshold
  /// and bank count, part and whole, all losses, those outside cover by reason, the accounts, then the
  /// four counts.
  var numbers: [Int128] {
    var list = paid + returned + defaults.numbers
    list += balances.map { Int128($0) }
    for sums in breaches { list += [Int128(sums.count), sums.part, sums.whole] }
    list += [losses] + outside + accounts
    let counts = [claimsAfterHorizon, recoveriesAfterHorizon, unbalancedTrials, undividedTrials]
    return list + counts.map { Int128($0) }
  }

  /// How many numbers that list has.
  var numberCount: Int {
    paid.count * 4 + balances.count + breaches.count * 3 + 1 + outside.count + accounts.count + 4
  }

  /// Adds the sums that `numbers` gave for other trials.
  ///
  /// - Returns: Whether the list fits; otherwise nothing was added.
  mutating func add(_ numbers: ArraySlice<Int128>) -> Bool {
    let months = paid.count
    let bins = 4 * months
    let binsEnd = bins + balances.count
    let list = Array(numbers)
    guard list.count == numberCount, list.allSatisfy({ $0.magnitude < 1 << 100 }),
      list[2 * months..<bins].allSatisfy({ $0 >= 0 }),
      list[bins..<binsEnd].allSatisfy({ (0...Int128(UInt32.max)).contains($0) }),
      list[(list.count - 4)...].allSatisfy({ (0..<Self.largestCount).contains($0) }),
      breaches.indices.allSatisfy({ (0..<Self.largestCount).contains(list[binsEnd + 3 * $0]) })
    else { return false }
    for month in paid.indices {
      paid[month] += list[month]
      returned[month] += list[months + month]
    }
    defaults.add(list[2 * months..<bins])
    for bin in balances.indices { balances[bin] &+= UInt32(list[bins + bin]) }
    for index in breaches.indices {
      breaches[index].count += Int(list[binsEnd + 3 * index])
      breaches[index].part += list[binsEnd + 3 * index + 1]
      breaches[index].whole += list[binsEnd + 3 * index + 2]
    }
    let further = binsEnd + 3 * breaches.count
    losses += list[further]
    for index in outside.indices { outside[index] += list[further + 1 + index] }
    for index in accounts.indices { accounts[index] += list[further + 1 + outside.count + index] }
    claimsAfterHorizon += Int(list[list.count - 4])
    recoveriesAfterHorizon += Int(list[list.count - 3])
    unbalancedTrials += Int(list[list.count - 2])
    undividedTrials += Int(list[list.count - 1])
    return true
  }
}
