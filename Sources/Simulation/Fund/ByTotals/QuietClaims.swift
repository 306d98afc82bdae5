import CompensationKernel
import FundCore

/// Tells of a trial whether its claims stay below every limit and level that would couple them: what each owes
/// is then what it would owe alone, and the trial can be settled by totals.
///
/// Held against the levels are the sums at the ends of months, each month's claims together. A sum that stays
/// below its level has stayed below it at every claim before, in whatever order they came. What is lent under
/// cover, and so what a part of it comes to, is the same in every trial of such a fund.
struct QuietClaims {
  /// What is held against one level.
  private struct Bound: BitwiseCopyable {
    /// Whether it counts what is owed, and not what is lost.
    let countsOwed: Bool
    /// The bank, or the number of banks for all of them.
    let bank: Int
    /// Where its levels by month begin.
    let level: Int
    /// Where the years begin in which its period counts anew.
    let year: Int
  }

  private let terms: FundTerms
  private let bankCount: Int
  private let bounds: UnsafeMutableBufferPointer<Bound>
  private let levels: UnsafeMutableBufferPointer<Int64>
  /// The years of the months: of the calendar, of the programme, and none; shape `[3 × horizon]`.
  private let years: UnsafeMutableBufferPointer<Int>
  /// What a trial's claims owe and lose, by bank and in all, shape `[(banks + 1) × horizon]`.
  private let owed: UnsafeMutableBufferPointer<Int64>
  private let lost: UnsafeMutableBufferPointer<Int64>

  /// `nil` if nothing couples claims.
  init?(_ terms: FundTerms, in memory: WorkingMemory) {
    guard let plan = terms.setup.plan.aggregates else { return nil }
    self.terms = terms
    bankCount = terms.bankCount
    let horizon = terms.hot.horizon
    let found = Levels(terms, plan)
    levels = memory.table(of: found.levels)
    bounds = memory.table(
      of: found.entries.enumerated().map { place, entry in
        Bound(
          countsOwed: entry.countsOwed, bank: entry.bank, level: place * horizon,
          year: entry.period * horizon)
      })
    years = memory.table(
      of: plan.years.map(\.calendar) + plan.years.map(\.ofClaims)
        + Array(repeating: 0, count: horizon))
    owed = memory.table(0, count: (terms.bankCount + 1) * horizon)
    lost = memory.table(0, count: (terms.bankCount + 1) * horizon)
  }

  /// Whether a trial's claims stay below all levels.
  ///
  /// - Complexity: O(defaults + levels).
  func isQuiet(_ defaults: TrialDefaults) -> Bool {
    defaults.makeList()
    owed.update(repeating: 0)
    lost.update(repeating: 0)
    guard add(defaults) else { return false }
    let horizon = terms.hot.horizon
    for bound in bounds {
      let sums = bound.countsOwed ? owed : lost
      var (sum, year) = (Int64(0), Int.min)
      for month in 0..<horizon {
        let next = sums[bound.bank &* horizon &+ month]
        guard next > 0 else { continue }
        if years[bound.year &+ month] != year {
          (sum, year) = (0, years[bound.year &+ month])
        }
        sum &+= next
        if sum > levels[bound.level &+ month] { return false }
      }
    }
    return true
  }

  /// Adds the claims; `false` if one was not settled beforehand.
  private func add(_ defaults: TrialDefaults) -> Bool {
    let (records, horizon, delay) = (terms.records, terms.hot.horizon, terms.hot.delay)
    let nobody = defaults.nobody
    for place in 0..<defaults.placeCount {
      let item = defaults.places[place]
      let (record, month) = (records[Int(item.number)], Int(item.month) &+ delay)
      guard item.number != nobody, month < horizon,
        Int(item.month) <= terms.hot.lastDefaultMonth
      else { continue }
      if item.month <= record.lastMonth {
        note(Int64(record.owed), Int64(record.lossBase), bank: Int(record.bank), month)
        continue
      }
      let loan = Int(defaults.loan(at: place))
      let claim = terms.claims[loan]
      if claim.isFixed {
        note(
          claim.settled.owed.fen, claim.settled.lossBase.fen, bank: Int(claim.bank), month)
      } else if terms.plainClaims[loan].isUnfixed {
        return false
      }
    }
    return true
  }

  @inline(__always)
  private func note(_ fen: Int64, _ loss: Int64, bank: Int, _ month: Int) {
    let (own, all) = (
      bank &* terms.hot.horizon &+ month, bankCount &* terms.hot.horizon &+ month
    )
    owed[own] &+= fen
    owed[all] &+= fen
    lost[own] &+= loss
    lost[all] &+= loss
  }
}

/// The levels of a fund's limits, stop-losses and first steps of the claim rate, month by month.
private struct Levels {
  /// One of them.
  struct Entry {
    let countsOwed: Bool
    let bank: Int
    let period: Int
    let level: (AggregateBook, Int) -> Money
  }

  private(set) var entries: [Entry] = []
  private(set) var levels: [Int64] = []

  init(_ terms: FundTerms, _ plan: PlannedAggregates) {
    let rules = plan.book.rules
    let banks = Array(0..<terms.bankCount)
    func add(
      _ scope: AggregateScope, _ period: AggregatePeriod, countsOwed: Bool,
      _ level: @escaping (AggregateBook, Int) -> Money
    ) {
      for bank in scope == .bank ? banks : [terms.bankCount] {
        entries.append(
          Entry(countsOwed: countsOwed, bank: bank, period: period.place, level: level))
      }
    }
    for limit in rules.limits {
      add(limit.scope, limit.period, countsOwed: true) { $0.level(of: limit, bank: $1) }
    }
    for stop in rules.stopLosses {
      add(stop.scope, stop.period, countsOwed: false) { $0.level(of: stop, bank: $1) }
    }
    if let rate = rules.claimRate, let step = plan.steps.compactMap(\.rates.first).min() {
      // What is owed is at most what is lost.
      add(rate.scope, rate.period, countsOwed: false) { book, bank in
        book.lending(rate.denominator, rate.scope, rate.period, bank: bank)
          .multiplied(by: step, rounding: .down)
      }
    }
    let horizon = terms.hot.horizon
    levels = Array(repeating: 0, count: entries.count * horizon)
    var lending = FixedLending(terms, plan)
    for month in 0..<horizon {
      let book = lending.next(month)
      for (place, entry) in entries.enumerated() {
        levels[place * horizon + month] =
          entry.level(book, min(entry.bank, terms.bankCount - 1)).fen
      }
    }
  }
}

/// What is lent under cover, month by month, where no trial changes it.
private struct FixedLending {
  private let terms: FundTerms
  private let plan: PlannedAggregates
  private let cover: FundPlan.Cover
  private var book: AggregateBook
  private var lent: [Int32] = []

  init(_ terms: FundTerms, _ plan: PlannedAggregates) {
    (self.terms, self.plan, cover) = (terms, plan, terms.setup.plan.cover)
    book = plan.book
  }

  /// The book as it stands at the claims of the next month.
  mutating func next(_ month: Int) -> AggregateBook {
    let years = plan.years[month]
    if book.rules.countsLending {
      book.go(toYear: years.calendar, programmeYear: years.ofLoans)
      for position in terms.setup.loansByStart[month] {
        let covered = cover.principal[Int(position)]
        guard covered > 0,
          cover.ruleSets.isEmpty
            || !plan.idleSets.contains(Int(cover.ruleSets[Int(position)]))
        else { continue }
        let loan = terms.loans[Int(position)]
        book.lend(base(of: position, loan.outstanding(in: 0)), bank: Int(loan.bank))
        if book.rules.countsOutstanding { lent.append(position) }
      }
    }
    book.go(toYear: years.calendar, programmeYear: years.ofClaims)
    if book.rules.countsOutstanding {
      var amounts = [Money](repeating: .zero, count: terms.bankCount)
      for position in lent {
        let loan = terms.loans[Int(position)]
        amounts[Int(loan.bank)] += base(of: position, loan.outstanding(in: month + 1))
      }
      book.set(outstanding: amounts)
    }
    return book
  }

  private func base(of position: Int32, _ amount: Int64) -> Money {
    let loan = terms.loans[Int(position)]
    return Money(
      fen: terms.hot.lossBase(of: amount, covered: cover.principal[Int(position)], loan: loan))
  }
}

extension AggregatePeriod {
  /// The place of its years among those of a trial.
  fileprivate var place: Int {
    switch self {
    case .calendarYear: 0
    case .programmeYear: 1
    case .programme: 2
    }
  }
}
