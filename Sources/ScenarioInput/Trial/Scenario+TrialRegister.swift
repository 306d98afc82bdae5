public import ClaimRules
import CompensationKernel
public import FundCore
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
    var loans = portfolio.loans.map { registerLoan($0) }
    let stopped = Set(history.funds[place].stoppedLoans)
    for item in history.defaults where !stopped.contains(item.loan) {
      loans[item.loan].loss = loss(
        of: loans[item.loan], item, part: item.recoveredParts[place], under: fund)
    }
    // A register holds what was lent (I-46).
    var register = ClaimRegister(
      loans: loans.indices.filter { !stopped.contains($0) }.map { loans[$0] },
      banks: portfolio.banks, enterprises: portfolio.enterprises,
      until: start.advanced(by: horizon - 1).lastDay)
    register.history = earlierHistory(for: fund)
    return register
  }

  /// A loan of the portfolio as a register has it.
  func registerLoan(_ loan: LoanRecord) -> RegisterLoan {
    var item = RegisterLoan(id: loan.id, schedule: loan.schedule, disbursedOn: loan.start.middle)
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

  func loss(
    of loan: RegisterLoan, _ item: TrialHistory.Default, part: Double, under fund: FundAgreement
  ) -> RegisterLoss {
    let month = start.advanced(by: item.month)
    let claim = month.advanced(by: fund.claimDelay)
    let recovered = claim.advanced(by: item.lagMonths).middle
    var loss = RegisterLoss(overdueOn: month.middle, principal: loan.outstanding(in: month))
    loss.overduePrincipal = loss.principal
    // Months of 30 days, which real ones have not (I-44).
    loss.interest = overdueInterest(
      on: loss.principal, annualRate: fund.penaltyRate ?? loan.rate, months: fund.interestMonths)
    loss.settledOn = claim.middle.advanced(byDays: 1)
    // The one recovery closes the case (I-38).
    loss.writtenOffOn = min(
      recovered, recovery.writeOffMonths.map { month.advanced(by: $0).middle } ?? recovered)
    if fund.terms.claim.comesAfterRealisation {
      return realised(loss, of: loan, part: part, recoveredOn: recovered, under: fund)
    }
    loss.recoveries = [
      RegisterRecovery(
        receivedOn: recovered,
        amount: .partOfLoss { recoveredAmount(part, of: $0) }, costs: .part(recovery.costs))
    ]
    return loss
  }

  /// A loss whose claim waits for its one recovery, which reduces it (I-52); nothing waits where nothing
  /// comes in.
  private func realised(
    _ loss: RegisterLoss, of loan: RegisterLoan, part: Double, recoveredOn date: CivilDate,
    under fund: FundAgreement
  ) -> RegisterLoss {
    var loss = loss
    let countsInterest = fund.countsInterest(
      fund.model(of: loan.model), ofLoanMadeOn: loan.disbursedOn)
    let recovered = recoveredAmount(
      part, of: loss.principal + (countsInterest ? loss.interest ?? .zero : .zero))
    guard recovered > .zero else { return loss }
    loss.settledOn = date.advanced(byDays: 1)
    loss.recoveries = [
      RegisterRecovery(
        receivedOn: date, amount: .onWholeLoan(recovered), costs: .part(recovery.costs))
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
    if let rest = resumedReplay(history, fund: position, place: place ?? position) { return rest }
    let fund = funds[position]
    return ClaimRules.replay(
      register(of: history, fund: fund, place: place ?? position), under: fund, opening: start)
  }
}

/// A figure in which a replayed trial differs from the simulated one: none, unless there is a bug.
public struct ReplayDifference: Hashable, Sendable {
  /// What differs.
  public let figure: LocalizedText
  /// What the simulation has, in fen or months.
  public let simulated: Int64
  /// What the replay has.
  public let replayed: Int64

  /// The difference in words.
  public var words: LocalizedText {
    .init(
      en: "\(figure): simulated \(simulated), replayed \(replayed)",
      zh: "\(figure)：模拟\(simulated)，回放\(replayed)")
  }
}

extension Replay {
  /// Every figure in which this replay differs from the simulated trial.
  public func differences(from trial: TrialHistory.Fund) -> [ReplayDifference] {
    var found: [ReplayDifference] = []
    func compare(_ figure: LocalizedText, _ simulated: Int64?, _ replayed: Int64) {
      guard let simulated, simulated != replayed else { return }
      found.append(
        ReplayDifference(figure: figure, simulated: simulated, replayed: replayed))
    }
    let figures = trial.figures
    compare(.init(en: "compensation", zh: "风险补偿"), figures[.compensation], totals.compensation.fen)
    compare(.init(en: "unpaid", zh: "未付"), figures[.unpaid], totals.unpaid.fen)
    compare(.init(en: "returned", zh: "返还"), figures[.returned], totals.returned.fen)
    compare(.init(en: "fees", zh: "管理费"), figures[.fees], totals.fees.fen)
    compare(.init(en: "interest", zh: "利息"), figures[.interest], totals.interest.fen)
    compare(.init(en: "filled up", zh: "补足"), figures[.filledUp], totals.filledUp.fen)
    compare(.init(en: "closing balance", zh: "期末余额"), figures[.closing], totals.closing.fen)
    compare(
      .init(en: "loss outside cover", zh: "补偿范围之外的损失"), figures[.lossOutsideCover],
      totals.outsideCover.fen)
    for party in agreement.parties.all {
      compare(
        .init(en: "loss of \(party.name)", zh: "\(party.words)的损失"), figures[.loss(party)],
        agreement.parties.amount(of: party, in: totals.losses).fen)
    }
    let first = months.first?.month
    let dry = ranDryOn.flatMap { date in first.map { date.month.months(since: $0) } }
    compare(
      .init(en: "month of exhaustion", zh: "耗尽月份"), figures[.exhaustionMonth], Int64(dry ?? -1))
    for (index, month) in months.enumerated() where index < trial.months.count {
      let simulated = trial.months[index]
      compare(
        .init(en: "paid in \(month.month)", zh: "\(month.month)支付"), simulated.paid, month.paid.fen
      )
      compare(
        .init(en: "returned in \(month.month)", zh: "\(month.month)返还"), simulated.returned,
        month.returned.fen)
      compare(
        .init(en: "balance in \(month.month)", zh: "\(month.month)余额"), simulated.closing,
        month.closing.fen)
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
          figure: .init(
            en: "first month in which bank \($0.bank) reached '\($0.threshold)'",
            zh: "第\($0.bank)家银行首次达到“\($0.threshold)”的月份"),
          simulated: simulated[$0] ?? -1, replayed: replayed[$0] ?? -1)
      }.sorted { $0.figure.english < $1.figure.english }
  }
}
