import CompensationKernel
import FundCore
import LossStatistics

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
      && (1...Self.mostDraws).contains(drawCount ?? 1)
      && funds.allSatisfy { $0.drawCount == drawCount }
      && (expectedDefaults?.isSound(horizon: horizon) ?? true)
      && banks.allSatisfy { $0.lent.fen.magnitude < 1 << 60 }
      && banks.count <= 1 << 24 && (1...Self.largestHorizon).contains(funds.count)
      && funds.allSatisfy { fund in
        fund.binWidth > 0 && fund.binWidth < 1 << 48 && fund.thresholds.count <= 1000
          && fund.watchedBanks.count <= FundSetup.largestSlotCount
          && fund.watchedBanks.allSatisfy(banks.indices.contains)
          && fund.clauses.isSound && fund.controls.isSound
          && fund.accounts.count <= 2 * max(1, banks.count)
          && fund.accounts.allSatisfy { $0.bank.map(banks.indices.contains) ?? true }
      }
  }

  /// More draws of parameters than a scenario may have.
  private static var mostDraws: Int { 1 << 20 }
  /// More months, or funds, than any scenario may have.
  private static var largestHorizon: Int { 10_000 }
}

extension ExpectedDefaults {
  func isSound(horizon: Int) -> Bool {
    (errors.isEmpty ? [byMonth, factorDeviations] : [byMonth, factorDeviations, errors])
      .allSatisfy { numbers in
        numbers.count == horizon && numbers.allSatisfy { (0..<1e9).contains($0) }
      }
  }
}

extension FundSums {
  /// The sums of no trial of a fund.
  public init(_ run: RunFrame, fund: Int) {
    let (frame, horizon) = (run.funds[fund], run.horizon)
    controls = FundControlSums(run, fund: fund)
    tally = FundTally(
      horizon: horizon, thresholdCount: frame.thresholds.count, slotCount: frame.watchedBanks.count,
      accountCount: frame.accounts.count)
    breachMonths = Array(repeating: 0, count: frame.breachWidth * horizon)
    breachDraws = Array(repeating: 0, count: frame.breachWidth * (frame.drawCount ?? 0))
    ratios = CostRatio.all(frame.costs, parties: frame.parties).map { _ in RatioMoments() }
  }

  /// All sums as one list, each at a place that the frame fixes.
  public var numbers: [Int128] {
    tally.numbers + ratios.flatMap(\.numbers)
      + controls.numbers + (breachMonths + breachDraws + [capitalMismatches]).map { Int128($0) }
  }

  /// How many numbers that list has.
  public var numberCount: Int {
    tally.numberCount + ratios.count * RatioMoments.numberCount + controls.numberCount
      + breachMonths.count
      + breachDraws.count + 1
  }

  /// Adds the sums that `numbers` gave for other trials.
  ///
  /// - Returns: Whether the list is one of this fund; otherwise nothing was added.
  public mutating func add(_ numbers: [Int128]) -> Bool {
    let (own, width) = (tally.numberCount, RatioMoments.numberCount)
    let further = own + ratios.count * width
    let first = further + controls.numberCount
    var sums = controls
    guard numbers.count == numberCount,
      numbers[first...].allSatisfy({ (0..<FundTally.largestCount).contains($0) }),
      numbers[own..<further].allSatisfy({ $0.magnitude < 1 << 120 }),
      sums.add(numbers[further..<first]), tally.add(numbers[..<own])
    else { return false }
    controls = sums
    for index in ratios.indices {
      ratios[index].add(RatioMoments(numbers[(own + index * width)...].prefix(width)))
    }
    for index in breachMonths.indices { breachMonths[index] += Int(numbers[first + index]) }
    let draws = first + breachMonths.count
    for index in breachDraws.indices { breachDraws[index] += Int(numbers[draws + index]) }
    capitalMismatches += Int(numbers[numbers.count - 1])
    return true
  }
}

extension FundTally {
  /// More than any count of one part; a million parts of it add up in 64 bits.
  static var largestCount: Int128 { 1 << 40 }

  /// The sums by month: every list of numbers, check and merge goes through them in this order.
  static let monthSums: [any WritableKeyPath<FundTally, [Int128]> & Sendable] = [
    \.paid, \.returned, \.defaults.counts, \.defaults.squares,
  ]
  /// The counts over all trials, in order.
  static let counts: [any WritableKeyPath<FundTally, Int> & Sendable] = [
    \.claimsAfterHorizon, \.recoveriesAfterHorizon, \.unbalancedTrials, \.undividedTrials,
  ]

  /// All sums as one list: those by month, by month and bin the balances, by threshold and bank count,
  /// part and whole, all
  /// losses, those outside cover by reason, the accounts, then the counts.
  var numbers: [Int128] {
    var list = Self.monthSums.flatMap { self[keyPath: $0] }
    list += balances.map { Int128($0) }
    for sums in breaches { list += [Int128(sums.count), sums.part, sums.whole] }
    list += [losses] + outside + accounts
    return list + Self.counts.map { Int128(self[keyPath: $0]) }
  }

  /// How many numbers that list has.
  var numberCount: Int {
    paid.count * Self.monthSums.count + balances.count + breaches.count * 3 + 1 + outside.count
      + accounts.count + Self.counts.count
  }

  /// Adds the sums that `numbers` gave for other trials.
  ///
  /// - Returns: Whether the list fits; otherwise nothing was added.
  mutating func add(_ numbers: ArraySlice<Int128>) -> Bool {
    let bins = Self.monthSums.count * paid.count
    let binsEnd = bins + balances.count
    let list = Array(numbers)
    guard list.count == numberCount, list.allSatisfy({ $0.magnitude < 1 << 100 }),
      // What is paid and returned can be less than nothing in a month, defaults cannot.
      list[2 * paid.count..<bins].allSatisfy({ $0 >= 0 }),
      list[bins..<binsEnd].allSatisfy({ (0...Int128(UInt32.max)).contains($0) }),
      list.suffix(Self.counts.count).allSatisfy({ (0..<Self.largestCount).contains($0) }),
      breaches.indices.allSatisfy({ (0..<Self.largestCount).contains(list[binsEnd + 3 * $0]) })
    else { return false }
    for (place, sums) in Self.monthSums.enumerated() {
      self[keyPath: sums] = zip(self[keyPath: sums], list[(place * paid.count)...]).map(+)
    }
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
    for (count, number) in zip(Self.counts, list.suffix(Self.counts.count)) {
      self[keyPath: count] += Int(number)
    }
    return true
  }

  mutating func merge(_ other: FundTally) {
    for sums in Self.monthSums {
      self[keyPath: sums] = zip(self[keyPath: sums], other[keyPath: sums]).map(+)
    }
    for index in balances.indices { balances[index] += other.balances[index] }
    for index in breaches.indices {
      breaches[index].count += other.breaches[index].count
      breaches[index].part += other.breaches[index].part
      breaches[index].whole += other.breaches[index].whole
    }
    losses += other.losses
    for index in outside.indices { outside[index] += other.outside[index] }
    for index in accounts.indices { accounts[index] += other.accounts[index] }
    for count in Self.counts { self[keyPath: count] += other[keyPath: count] }
  }
}
