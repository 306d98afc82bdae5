public import ClaimRules
import CompensationKernel
import FundCore
public import Simulation

extension Scenario {
  /// A simulated trial as a register: what a fund's manager would have written down.
  ///
  /// Everything happens on the 15th of its month, claims on the 16th, when what has been overdue
  /// for two months has been so for 60 days. Sent through `replay` with the run's first month as
  /// its opening, it moves the same money as the simulation, to the fen.
  ///
  /// - Parameters:
  ///   - history: The trial.
  ///   - fund: The fund.
  ///   - place: The position of the fund in the plan that was run.
  func register(
    of history: TrialHistory, fund: FundAgreement, place: Int
  ) -> ClaimRegister {
    var loans = portfolio.loans.map { loan in
      var item = RegisterLoan(
        id: loan.id, schedule: loan.schedule, disbursedOn: loan.start.middle)
      item.bank = Int(loan.bank)
      item.enterprise = Int(loan.enterprise)
      item.model = loan.model
      item.size = loan.size
      item.collateral = loan.collateral
      item.ipPrincipal = loan.principal.multiplied(by: loan.ipPart, rounding: .halfUp)
      item.rate = loan.rate
      item.missingFacts = portfolio.missingFactSets[Int(loan.missingFacts)]
      return item
    }
    for item in history.defaults {
      loans[item.loan].loss = loss(
        of: loans[item.loan], item, part: item.recoveredParts[place],
        claimDelay: fund.claimDelay)
    }
    return ClaimRegister(
      loans: loans, banks: portfolio.banks, enterprises: portfolio.enterprises,
      until: start.advanced(by: horizon - 1).lastDay)
  }

  private func loss(
    of loan: RegisterLoan, _ item: TrialHistory.Default, part: Double, claimDelay: Int
  ) -> RegisterLoss {
    let month = start.advanced(by: item.month)
    let claim = month.advanced(by: claimDelay)
    var loss = RegisterLoss(overdueOn: month.middle, principal: loan.outstanding(in: month))
    loss.settledOn = claim.middle.advanced(byDays: 1)
    loss.writtenOffOn = recovery.writeOffMonths.map { month.advanced(by: $0).middle }
    loss.recoveries = [
      RegisterRecovery(
        receivedOn: claim.advanced(by: item.lagMonths).middle,
        amount: .partOfLoss { recoveredAmount(part, of: $0) }, costs: .part(recovery.costs))
    ]
    return loss
  }

  /// Replays one trial of the scenario's run through the rules of a fund.
  ///
  /// - Parameters:
  ///   - history: The trial.
  ///   - position: The position of the fund in the scenario.
  ///   - place: Its position in the plan that was run; the same if `nil`.
  public func replay(_ history: TrialHistory, fund position: Int, of place: Int? = nil) -> Replay {
    let fund = funds[position]
    return ClaimRules.replay(
      register(of: history, fund: fund, place: place ?? position), under: fund, opening: start)
  }
}

/// A figure in which a replayed trial differs from the simulated one: none, unless there is a bug.
public struct ReplayDifference: Hashable, Sendable, CustomStringConvertible {
  /// What differs.
  public let figure: String
  /// What the simulation has, in fen or months.
  public let simulated: Int64
  /// What the replay has.
  public let replayed: Int64

  /// The difference in words.
  public var description: String {
    "\(figure): simulated \(simulated), replayed \(replayed)"
  }
}

extension Replay {
  /// Every figure in which this replay differs from the simulated trial.
  public func differences(from trial: TrialHistory.Fund) -> [ReplayDifference] {
    var found: [ReplayDifference] = []
    func compare(_ figure: String, _ simulated: Int64?, _ replayed: Int64) {
      guard let simulated, simulated != replayed else { return }
      found.append(
        ReplayDifference(figure: figure, simulated: simulated, replayed: replayed))
    }
    let figures = trial.figures
    compare("compensation", figures[.compensation], totals.compensation.fen)
    compare("unpaid", figures[.unpaid], totals.unpaid.fen)
    compare("returned", figures[.returned], totals.returned.fen)
    compare("fees", figures[.fees], totals.fees.fen)
    compare("interest", figures[.interest], totals.interest.fen)
    compare("closing balance", figures[.closing], totals.closing.fen)
    compare("loss outside cover", figures[.lossOutsideCover], totals.outsideCover.fen)
    for party in Party.allCases {
      compare("loss of \(party.name)", figures[.loss(party)], totals.losses[party].fen)
    }
    let first = months.first?.month
    let dry = ranDryOn.flatMap { date in first.map { date.month.months(since: $0) } }
    compare("month of exhaustion", figures[.exhaustionMonth], Int64(dry ?? -1))
    for (index, month) in months.enumerated() where index < trial.months.count {
      let simulated = trial.months[index]
      compare("paid in \(month.month)", simulated.paid, month.paid.fen)
      compare("returned in \(month.month)", simulated.returned, month.returned.fen)
      compare("balance in \(month.month)", simulated.closing, month.closing.fen)
    }
    return found + breachDifferences(from: trial)
  }

  /// The first breach of each threshold by each bank.
  private func breachDifferences(from trial: TrialHistory.Fund) -> [ReplayDifference] {
    struct Place: Hashable {
      let threshold: String
      let bank: Int
    }
    let ids = agreement.terms.thresholds.map(\.value.id)
    var simulated: [Place: Int64] = [:]
    for breach in trial.breaches {
      simulated[Place(threshold: ids[breach.threshold], bank: breach.bank)] = Int64(breach.month)
    }
    var replayed: [Place: Int64] = [:]
    for crossing in crossings {
      let place = Place(threshold: crossing.id, bank: crossing.bank)
      let first = months.first?.month ?? crossing.date.month
      replayed[place] = replayed[place] ?? Int64(crossing.date.month.months(since: first))
    }
    return Set(simulated.keys).union(replayed.keys)
      .filter { simulated[$0] != replayed[$0] }
      .map {
        ReplayDifference(
          figure: "first month in which bank \($0.bank) reached '\($0.threshold)'",
          simulated: simulated[$0] ?? -1, replayed: replayed[$0] ?? -1)
      }.sorted { $0.figure < $1.figure }
  }
}
