import CompensationKernel
import FundCore
import RandomStreams

/// The losses that a fund brings into a run from a day, as one trial draws them.
///
/// Each is drawn with the word that any loss of its loan is drawn with; its lag is that of the law, given that
/// nothing came by the day, its part that of the law, given what did.
struct CarriedCases {
  /// A loss whose claim falls due in the run.
  struct Due {
    let event: DefaultEvent
    let total: Int64
    let isInForce: Bool
  }

  /// What a trial makes of a loss.
  struct Drawn {
    let item: CarriedCase
    /// Months from the claim to the recovery; `nil` if nothing comes.
    let lag: Int?
    /// The part of the loss that is recovered in all.
    let part: Double
    /// The same as an event has it: the uniform draw behind it where the recovery is loaded on a factor.
    let recovery: Double

    fileprivate var history: TrialHistory.CarriedLoss {
      let isClaimed: Bool
      switch item.stage {
      case .overdue, .realising: isClaimed = false
      case .uncovered, .settled: isClaimed = true
      }
      return TrialHistory.CarriedLoss(
        loan: Int(item.loan), claimMonth: isClaimed ? nil : max(0, item.claimMonth),
        recoveryMonth: arrival, part: part, received: item.received, total: Money(fen: item.total))
    }

    /// The month in which it comes in.
    var arrival: Int? { lag.map { max(0, item.claimMonth + $0) } }

    func event(lag: Int, recovery: Double) -> DefaultEvent {
      DefaultEvent(
        loan: item.loan, month: Int16(clamping: item.overdueMonth), lag: Int16(clamping: lag),
        recovery: recovery)
    }
  }

  let book: CarriedBook
  let terms: FundTerms
  private var recovery: RecoveryModel { terms.recovery }
  private let identities: [UInt64]
  /// The claims of each month, in portfolio order.
  private var dueByMonth: [[Due]]
  /// What the last trial drew.
  private var drawn: [Drawn] = []

  /// `nil` if a run begins with the opening of its fund.
  init?(_ terms: FundTerms) {
    guard let book = terms.setup.plan.carried else { return nil }
    self.book = book
    self.terms = terms
    identities = book.cases.map { terms.identities[Int($0.loan)] }
    dueByMonth = Array(repeating: [], count: terms.hot.horizon)
  }

  /// Draws a trial, in which no claim falls due so far.
  mutating func draw(_ trial: borrowing TrialContext) -> [Drawn] {
    for month in dueByMonth.indices { dueByMonth[month].removeAll(keepingCapacity: true) }
    let words = trial.recoveryWords
    drawn = zip(book.cases, identities).map { item, identity in
      let word = words.word(at: identity)
      guard let lag = item.lag else {
        return Drawn(item: item, lag: nil, part: item.received, recovery: 0)
      }
      let part = recovery.part(
        from: word, beyond: item.received, passed: item.passed,
        factor: trial.factor(loan: item.loan, item.claimMonth), under: trial.recoveryPart)
      return Drawn(
        item: item, lag: UniformDraw.integer(in: lag, fromLowerHalf: word), part: part,
        recovery: recovery.isLoaded ? UniformDraw.unit(from: word) : part)
    }
    return drawn
  }

  /// What the last trial made of the losses.
  var history: TrialHistory.Carried {
    var carried = TrialHistory.Carried()
    carried.losses = drawn.map(\.history)
    for item in book.cases {
      switch item.stage {
      case .overdue, .realising: break
      case .uncovered: carried.outside.fen += item.openOutside(base: 0, recovery)
      case .settled(let settlement, let before):
        carried.borne += settlement.parts
        carried.borne -= before.parts
        carried.outside.fen += item.openOutside(base: settlement.lossBase.fen, recovery)
      }
    }
    for place in book.waiting {
      guard case .settled(let settlement, _) = book.cases[place].stage else { continue }
      carried.waiting += settlement.owed - settlement.paid
    }
    return carried
  }

  /// What the last trial drew, loss by loss.
  var all: [Drawn] { drawn }

  /// Lets a claim fall due in a month.
  mutating func add(_ due: Due, month: Int) {
    let place = dueByMonth[month].firstIndex { $0.event.loan > due.event.loan }
    dueByMonth[month].insert(due, at: place ?? dueByMonth[month].endIndex)
  }

  /// The claims of a month, in portfolio order.
  func due(_ month: Int) -> [Due] { dueByMonth[month] }
}

extension CarriedCase {
  /// What of the loss lies outside cover and has not come in, less its costs.
  fileprivate func openOutside(base: Int64, _ recovery: RecoveryModel) -> Int64 {
    let received = Money(fen: roundedPart(received, of: total - base))
    return total - base
      - (received - received.multiplied(by: recovery.costs, rounding: .halfUp)).fen
  }
}
