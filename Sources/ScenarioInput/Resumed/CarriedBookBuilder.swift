import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import RandomStreams
import Simulation

/// Compiles where a fund stands into what it brings into a run: months in place of days, positions in the
/// scenario's portfolio in place of those in the state.
struct CarriedBookBuilder {
  let fund: FundAgreement
  let scenario: Scenario
  let resumed: ResumedRun
  let standing: FundStanding
  /// The sets of rules, by their places.
  let ruleSets: [RuleSet]
  private let cases: CaseBuilder

  init?(_ fund: FundAgreement, position: Int, in scenario: Scenario, ruleSets: [RuleSet]) {
    guard let resumed = scenario.resumed else { return nil }
    self.fund = fund
    self.scenario = scenario
    self.resumed = resumed
    self.ruleSets = ruleSets
    standing = resumed.standing(ofFund: position)
    cases = CaseBuilder(fund: fund, scenario: scenario, resumed: resumed, standing: standing)
  }

  private var state: RegisterState { resumed.state }

  /// The book.
  func book() -> CarriedBook {
    let places = resumed.bankPlaces(in: scenario.portfolio)
    let bankCount = scenario.portfolio.banks.count
    var counters = [BankCounters](repeating: BankCounters(), count: bankCount)
    for (bank, place) in zip(standing.banks, places) { counters[place] = bank.counters }
    var book = CarriedBook(
      accounts: accounts(places), counters: counters,
      thresholds: thresholds(places, bankCount: bankCount))
    book.money = standing.money
    book.suspensions = suspensions(places)
    book.fillUps = fillUps(places)
    book.soFar = soFar
    countOverdue(in: &book, places)
    addCases(to: &book, places)
    let enterprises = resumed.enterprisePlaces(in: scenario.portfolio)
    book.support = standing.support.compactMap { used in
      used.year.map {
        CarriedBook.Support(
          enterprise: Int32(enterprises[used.enterprise]), year: $0, owed: used.amount.fen)
      }
    }
    return book
  }

  /// The accounts in the order of the portfolio's banks. Under a reading with other accounts than those of the
  /// replay the whole is held as new money would be.
  private func accounts(_ places: [Int]) -> [FundAccount] {
    var accounts = fund.openingPurses.map { _ in FundAccount(paying: .zero) }
    if accounts.count == standing.accounts.count {
      for (index, account) in standing.accounts.enumerated() {
        accounts[accounts.count == 1 ? 0 : places[index]] = account
      }
    } else {
      let parts =
        fund.partition.isEmpty
        ? [standing.balance] : partitioned(standing.balance, by: fund.partition)
      for (index, part) in parts.enumerated() { accounts[index].inject(part, under: fund.accounts) }
    }
    return accounts
  }

  // MARK: Thresholds

  /// The threshold of a standing that has the name of one of the fund's.
  private func kept(_ id: String, of bank: BankStanding) -> BankStanding.Threshold {
    bank.thresholds.first { $0.id == id } ?? BankStanding.Threshold(id: id)
  }

  private func thresholds(_ places: [Int], bankCount: Int) -> [[CarriedBook.Threshold]] {
    fund.terms.thresholds.map { cited in
      var row = [CarriedBook.Threshold](repeating: .init(), count: bankCount)
      for (bank, place) in zip(standing.banks, places) {
        let kept = kept(cited.value.id, of: bank)
        row[place] = CarriedBook.Threshold(
          disbursed: kept.disbursed.fen, covered: kept.covered.fen,
          wasReached: kept.reachedOn != nil)
      }
      return row
    }
  }

  /// Suspensions by the months of loans' starts, which a run dates on the 15th.
  private func suspensions(_ places: [Int]) -> [CarriedBook.Suspension] {
    let first = scenario.start
    func month(_ day: CivilDate) -> Int { day.month.months(since: first) - (day.day < 15 ? 1 : 0) }
    var items: [(day: CivilDate, item: CarriedBook.Suspension)] = []
    for (bank, place) in zip(standing.banks, places) {
      for suspension in bank.suspensions {
        let id = bank.thresholds[suspension.threshold].id
        guard let threshold = fund.terms.thresholds.firstIndex(where: { $0.value.id == id })
        else { continue }
        var cover = CoverSuspension(threshold: threshold, from: month(suspension.from))
        cover.until = suspension.until.map(month) ?? .max
        items.append(
          (
            suspension.from,
            CarriedBook.Suspension(
              bank: place, cover: cover, notice: suspension.from.month.months(since: first))
          ))
      }
    }
    return items.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
      .map(\.element.item)
  }

  /// The first threshold on overdue principal says what a run counts of it.
  private func countOverdue(in book: inout CarriedBook, _ places: [Int]) {
    let first = fund.terms.thresholds.first { $0.value.numerator.countsOverdue }
    guard let id = first?.value.id else { return }
    for (bank, place) in zip(standing.banks, places) {
      let kept = kept(id, of: bank)
      book.counters[place].overdueEver = kept.everOverdue.fen
      book.counters[place].overdueCleared = (kept.everOverdue - kept.overdue).fen
    }
  }

  // MARK: Losses

  private func addCases(to book: inout CarriedBook, _ places: [Int]) {
    var placeOfClaim: [Int: Int] = [:]
    let waiting = Set(standing.waiting)
    let refunds = Set(standing.refundsDue.map(\.claim))
    for (position, claim) in standing.claims.enumerated() {
      let mustStay = waiting.contains(position) || refunds.contains(position)
      guard var item = cases.claimed(claim, mustStay: mustStay) else { continue }
      if let divided = claim.divided {
        item.rule = rule(of: claim, divided)
        item.account = fund.openingPurses.count == 1 ? 0 : places[divided.account]
      }
      placeOfClaim[position] = book.cases.count
      book.cases.append(item)
    }
    book.waiting = standing.waiting.compactMap { placeOfClaim[$0] }
    book.refunds = standing.refundsDue.compactMap { due in
      placeOfClaim[due.claim].map {
        CarriedBook.Refund(
          month: max(0, due.month.months(since: scenario.start)), place: $0)
      }
    }
    book.cases += cases.toBeClaimed()
  }

  /// The place of the rules by which a claim was settled.
  private func rule(of claim: ClaimStanding, _ divided: ClaimStanding.Divided) -> Int {
    let loan = state.loans[claim.loan].loan
    let set = RuleSet(
      fund, idle: Set(divided.idle.compactMap { fund.parties.party(at: $0) }), size: loan.size,
      madeOn: loan.disbursedOn)
    let model = scenario.models.firstIndex(of: divided.model) ?? 0
    let bands = ShareBands(fund, in: scenario)
    let band = bands.band(of: bands.year(of: set, divided.model, bank: loan.bank, on: claim.on))
    return model
      + ((ruleSets.firstIndex(of: set) ?? 0) + band * ruleSets.count) * scenario.models.count
  }
}

/// Compiles the losses of a state on which something can still happen.
private struct CaseBuilder {
  let fund: FundAgreement
  let scenario: Scenario
  let resumed: ResumedRun
  let standing: FundStanding

  private var state: RegisterState { resumed.state }

  private func month(_ day: CivilDate) -> Int { day.month.months(since: scenario.start) }

  /// A claim that was made; `nil` if nothing can come of it any more.
  ///
  /// - Parameter mustStay: Whether it waits for money or a refund.
  func claimed(_ claim: ClaimStanding, mustStay: Bool) -> CarriedCase? {
    guard let position = resumed.positions[claim.loan], let loss = loss(claim.loan) else {
      return nil
    }
    var item = CarriedCase(
      loan: Int32(position), stage: .uncovered, total: claim.total.fen,
      overdueMonth: month(loss.overdueOn), claimMonth: month(claim.on))
    if let divided = claim.divided {
      item.stage = .settled(divided.settlement, before: divided.before)
    }
    item.overdue = overdue(claim.loan)
    setRecovery(of: &item, loss, claim)
    return item.lag == nil && item.overdue == 0 && !mustStay ? nil : item
  }

  /// What can still come in on a claim: by the scenario's law given that it has not come so far, and given
  /// what has.
  private func setRecovery(of item: inout CarriedCase, _ loss: RegisterLoss, _ claim: ClaimStanding)
  {
    guard !fund.terms.claim.comesAfterRealisation else { return }
    let received =
      fund.moneyBeforeClaim == .reducesLoss
      ? loss.recoveries.filter { $0.receivedOn >= claim.on } : loss.recoveries
    // The one recovery of the law closes a case, and so does a register that writes it off.
    if !received.isEmpty, loss.writtenOffOn != nil { return }
    let law = scenario.recovery
    let first = max(law.lag.lowerBound, -item.claimMonth)
    guard first <= law.lag.upperBound else { return }
    let whole = received.reduce(Money.zero) { $0 + $1.whole }
    let part = item.total > 0 ? Double(whole.fen) / Double(item.total) : 0
    guard part < 1 else { return }
    if part > 0 {
      guard let passed = law.probability(ofAtMost: part) else { return }
      (item.received, item.passed) = (part, passed)
    }
    item.lag = first...law.lag.upperBound
  }

  /// The losses whose claims fall due in the run, in the order of their loans.
  func toBeClaimed() -> [CarriedCase] {
    let claimed = Set(standing.claims.map(\.loan))
    return state.loans.indices.compactMap { index -> CarriedCase? in
      let loan = state.loans[index].loan
      guard let position = resumed.positions[index], let loss = loan.loss,
        !claimed.contains(index), loss.curedOn == nil, loss.overdueOn >= state.opening
      else { return nil }
      let isRealising = fund.terms.claim.comesAfterRealisation
      let due = claimMonth(of: loss)
      // A run dates its claims on the 16th.
      let date = scenario.start.advanced(by: max(0, due)).middle.advanced(byDays: 1)
      let total = fund.lossToClaim(of: loan, on: date)
      guard total > .zero || overdue(index) > 0 else { return nil }
      let isInForce = fund.coversLoss(overdueOn: loss.overdueOn)
      var item = CarriedCase(
        loan: Int32(position),
        stage: isRealising ? .realising(isInForce: isInForce) : .overdue(isInForce: isInForce),
        total: total.fen, overdueMonth: month(loss.overdueOn),
        claimMonth: isRealising ? due : max(0, due))
      item.overdue = overdue(index)
      let law = scenario.recovery.lag
      let first = isRealising ? max(law.lowerBound, -item.claimMonth) : law.lowerBound
      item.lag = first <= law.upperBound ? first...law.upperBound : nil
      return item
    }.sorted { ($0.claimMonth, $0.loan) < ($1.claimMonth, $1.loan) }
  }

  /// The month of the claim for a loss: as the register's dates have it, or else after the delay, as of any
  /// default of the run.
  private func claimMonth(of loss: RegisterLoss) -> Int {
    let isStated =
      [loss.settledOn, loss.appliedOn, loss.recognisedOn, loss.provincePaidOn].contains {
        $0 != nil
      }
    return isStated
      ? month(claimDate(of: loss, under: fund)) : month(loss.overdueOn) + fund.claimDelay
  }

  private func loss(_ index: Int) -> RegisterLoss? { state.loans[index].loan.loss }

  /// What a loan counts as overdue, by the first threshold that counts it.
  private func overdue(_ index: Int) -> Int64 {
    let first = fund.terms.thresholds.first { $0.value.numerator.countsOverdue }
    guard let terms = first?.value, let item = standing.overdue.first(where: { $0.loan == index })
    else { return 0 }
    return state.counted(item, by: terms).fen
  }
}

extension RecoveryAssumptions {
  /// The probability that no more than a part of a loss is recovered; `nil` if more never is.
  fileprivate func probability(ofAtMost part: Double) -> Double? {
    guard standardDeviation > 0 else { return mean > part ? 0 : nil }
    let sum = mean * (1 - mean) / (standardDeviation * standardDeviation) - 1
    let passed = regularizedIncompleteBeta(part, a: mean * sum, b: (1 - mean) * sum)
    return passed < 1 ? passed : nil
  }
}

extension ResumedRun {
  /// The positions in a portfolio of the banks of the state.
  func bankPlaces(in tape: LoanTape) -> [Int] { Self.places(of: state.banks, in: tape.banks) }

  /// The positions of its enterprises.
  func enterprisePlaces(in tape: LoanTape) -> [Int] {
    Self.places(of: state.enterprises, in: tape.enterprises)
  }

  private static func places(of names: [String], in all: [String]) -> [Int] {
    let places = Dictionary(
      all.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return names.map { places[$0] ?? -1 }
  }
}
