import ClaimRules
import CompensationKernel
import FundCore

/// The sums of a ledger by year and by bank, and what its thresholds did.
struct ReplayFigures {
  /// Sums of claims and what followed.
  struct Sums {
    var claims = 0
    /// The part of the losses that the programme divides.
    var lossBase = Money.zero
    var compensation = Money.zero
    var returned = Money.zero
    var unpaid = Money.zero
    var fees = Money.zero
    /// Interest and new money.
    var otherIn = Money.zero
    /// What of it filling up has given.
    var filledUp = Money.zero
    var closing = Money.zero
  }

  /// The sums of one bank.
  struct BankSums {
    let bank: Int
    var coveredLoans = 0
    var covered = Money.zero
    var sums = Sums()
  }

  /// The sums of one bank in one calendar year.
  struct YearSums {
    let year: Int
    /// The bank; `nil` for what belongs to no bank, as fees do.
    let bank: Int?
    /// Covered loans that were made in the year, and what is covered of them.
    var coveredLoans = 0
    var covered = Money.zero
    var sums = Sums()
  }

  /// A level that was reached, with what later loans lost by it.
  struct Breach {
    let crossing: ThresholdCrossing
    /// Loans that would have been covered without it.
    var refusedLoans = 0
    /// Their amount, as far as the programme would have counted it.
    var refusedAmount = Money.zero
    /// What was lost on them until the last day.
    var refusedLoss = Money.zero
  }

  /// The calendar years, in order.
  private(set) var years: [(year: Int, sums: Sums)] = []
  /// The banks that have a covered loan or a claim, the largest compensation first.
  private(set) var banks: [BankSums] = []
  /// Each bank's years; every movement of money lies in exactly one of them.
  private(set) var bankYears: [YearSums] = []
  /// The levels that were reached, in order.
  private(set) var breaches: [Breach] = []
  /// All years together.
  private(set) var total = Sums()

  private struct ThresholdOfBank: Hashable {
    let bank: Int
    let id: String
  }

  init(_ replay: Replay) {
    var byBank = replay.register.banks.indices.map { BankSums(bank: $0) }
    for (loan, outcome) in zip(replay.register.loans, replay.loans) {
      guard let cover = outcome.cover, cover.isCoveredByFund else { continue }
      byBank[loan.bank].coveredLoans += 1
      byBank[loan.bank].covered += cover.coveredPrincipal
    }
    var last: [ThresholdOfBank: Int] = [:]
    for entry in replay.entries {
      startYear(entry.date.month.year)
      years[years.count - 1].sums.add(entry)
      total.add(entry)
      if let bank = entry.bank { byBank[bank].sums.add(entry) }
      switch entry.event {
      case .threshold(let crossing):
        last[ThresholdOfBank(bank: crossing.bank, id: crossing.id)] = breaches.count
        breaches.append(Breach(crossing: crossing))
      case .refusal(let reasons): blame(reasons, entry, replay, last)
      default: break
      }
    }
    // Years without an entry keep the balance.
    startYear(replay.register.until.month.year)
    bankYears = Self.bankYears(of: replay)
    banks = byBank.filter { $0.coveredLoans > 0 || $0.sums.claims > 0 }.sorted {
      ($1.sums.compensation, $1.covered, $0.bank) < ($0.sums.compensation, $0.covered, $1.bank)
    }
  }

  private static func bankYears(of replay: Replay) -> [YearSums] {
    struct Key: Hashable {
      let year: Int
      let bank: Int?
    }
    var found: [Key: YearSums] = [:]
    for (loan, outcome) in zip(replay.register.loans, replay.loans) {
      guard let cover = outcome.cover, cover.isCoveredByFund else { continue }
      let key = Key(year: loan.disbursedOn.month.year, bank: loan.bank)
      found[key, default: YearSums(year: key.year, bank: key.bank)].coveredLoans += 1
      found[key, default: YearSums(year: key.year, bank: key.bank)].covered +=
        cover.coveredPrincipal
    }
    for entry in replay.entries where entry.event.movesSums {
      let key = Key(year: entry.date.month.year, bank: entry.bank)
      found[key, default: YearSums(year: key.year, bank: key.bank)].sums.add(entry)
    }
    return found.values.sorted { ($0.year, $0.bank ?? -1) < ($1.year, $1.bank ?? -1) }
  }

  /// Makes years up to this one; a later one is never followed by an earlier.
  private mutating func startYear(_ year: Int) {
    guard var latest = years.last else {
      years.append((year, Sums()))
      return
    }
    while latest.year < year {
      var next = Sums()
      next.closing = latest.sums.closing
      latest = (latest.year + 1, next)
      years.append(latest)
    }
  }

  /// Counts a loan for the level that took its cover, unless it had none for another reason too.
  private mutating func blame(
    _ reasons: [CoverageRefusal], _ entry: LedgerEntry, _ replay: Replay,
    _ last: [ThresholdOfBank: Int]
  ) {
    let full = reasons.filter { !$0.isPartial }
    let thresholds = full.compactMap(\.threshold)
    guard let index = entry.loan, let bank = entry.bank, let id = thresholds.first,
      thresholds.count == full.count,
      let place = last[ThresholdOfBank(bank: bank, id: id)]
    else { return }
    let loan = replay.register.loans[index]
    let isPart = replay.agreement.terms.coverage.combinedPledge.value == .ipPart
    breaches[place].refusedLoans += 1
    breaches[place].refusedAmount += isPart ? loan.ipPrincipal : loan.schedule.principal
    breaches[place].refusedLoss += replay.loans[index].total
  }
}

extension LedgerEntry.Event {
  /// Whether an entry adds to any sum but the balance.
  fileprivate var movesSums: Bool {
    switch self {
    case .claim, .latePayment, .unpaid, .recovery, .fee, .interest, .injection, .fillUp: true
    default: false
    }
  }
}

extension ReplayFigures.Sums {
  /// Adds an entry of the ledger.
  mutating func add(_ entry: LedgerEntry) {
    closing = entry.balance
    switch entry.event {
    case .claim(let claim):
      claims += 1
      lossBase += claim.settlement.lossBase
      compensation -= entry.amount
    case .latePayment:
      compensation -= entry.amount
      unpaid += entry.amount
    case .unpaid(let amount): unpaid += amount
    case .recovery: returned += entry.amount
    case .fee: fees -= entry.amount
    case .interest, .injection: otherIn += entry.amount
    case .fillUp:
      otherIn += entry.amount
      filledUp += entry.amount
    default: break
    }
  }

  /// Adds other sums; balances cannot be added.
  mutating func add(_ other: Self) {
    claims += other.claims
    lossBase += other.lossBase
    compensation += other.compensation
    returned += other.returned
    unpaid += other.unpaid
    fees += other.fees
    otherIn += other.otherIn
    filledUp += other.filledUp
  }
}

extension CoverageRefusal {
  /// The threshold that took the cover, if it was one.
  var threshold: String? {
    switch condition {
    case .suspension(let id), .pause(let id): id
    default: nil
    }
  }
}

extension ThresholdCrossing {
  /// The ratio; `nil` without a denominator.
  var ratio: Double? { whole > .zero ? part.yuan / whole.yuan : nil }
}
