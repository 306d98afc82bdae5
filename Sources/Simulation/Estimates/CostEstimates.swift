public import CompensationKernel
public import FundCore
public import LossStatistics

/// What a fund costs, and whom: reckoned beside the balance, where a scenario asks for it.
public struct CostEstimates: Sendable {
  /// What the premium of a payer would have to be.
  public struct Premium: Sendable {
    /// Who stands behind the loans.
    public let party: Party
    /// The principal of the covered loans behind which it stands, outstanding at month ends, ÷ 12, in yuan-years.
    public let principalYears: Estimate
    /// At which it breaks even in expectation: mean loss after recoveries ÷ mean principal-years, a year.
    public let breakEven: Estimate?
    /// At which the mean of its worst 1 % of losses would be covered: that mean ÷ mean principal-years, a year.
    public let loaded: Estimate?
    /// The premium that the scenario names.
    public let named: CostTerms.Premium?
    /// What that comes to over the run, in yuan; `nil` without one.
    public let income: Estimate?
  }

  /// Who is left with what.
  public struct Payer: Sendable {
    /// Its name: that of a party, or `borrowers`.
    public let name: String
    /// Its name in reports.
    public let words: LocalizedText
    /// Its mean loss after recoveries, inside and outside cover, in yuan; `nil` for borrowers.
    public let loss: Double?
    /// Loss, fees and premiums paid less premiums taken, in yuan; less than nothing is a gain.
    public let net: AmountEstimates
  }

  /// By what it is reckoned.
  public let terms: CostTerms
  /// The discounted outlays: compensation, management fee and the fund's premiums, less what comes back, in yuan.
  public let netPresentValue: AmountEstimates
  /// Covered principal that is lent in the run, in yuan.
  public let lending: Estimate
  /// Covered principal outstanding at month ends, ÷ 12, in yuan-years.
  public let principalYears: Estimate
  /// The same, discounted.
  public let discountedPrincipalYears: Estimate
  /// The outlays a yuan lent: their distribution over mean covered lending; `nil` where nothing is covered.
  public let subsidyRate: AmountEstimates?
  /// The yearly fee on covered principal outstanding at which the fund's mean outlays are nothing; `nil` where nothing is
  /// covered.
  public let breakEvenFee: Estimate?
  /// The payers beside the fund, in the order of the parties.
  public let premiums: [Premium]
  /// Who bears what, in the order of the parties, borrowers last.
  public let payers: [Payer]

  /// `nil` where it is not reckoned.
  init?<Run>(_ fund: FundSample<Run>, losses: [PartyEstimates]) throws(Run.Failure) {
    guard let terms = fund.frame.costs else { return nil }
    let certainty = fund.frame.certainty
    func amount(
      _ column: OutcomeColumn, _ wanted: WantedLevels = .brief
    ) throws(Run.Failure) -> AmountEstimates {
      AmountEstimates(
        try fund.values(column), of: column, certainty: certainty, means: fund.means,
        wanted: wanted)
    }
    self.terms = terms
    let ratios = Array(
      zip(CostRatio.all(terms, parties: fund.frame.parties), fund.sums.ratios))
    func ratio(_ place: Int, _ part: Estimate, over whole: Estimate) -> Estimate? {
      fund.means.ratio(of: ratios[place].0, part, over: whole, ratios[place].1)
    }
    netPresentValue = try amount(.netPresentValue, .usual(own: fund.levels))
    lending = try amount(.coveredLending).mean
    principalYears = try amount(.principalYears).mean
    discountedPrincipalYears = try amount(.discountedPrincipalYears).mean
    subsidyRate = ratio(0, netPresentValue.mean, over: lending).map {
      [netPresentValue, lending] in netPresentValue.over(lending.value, mean: $0)
    }
    breakEvenFee = ratio(1, netPresentValue.mean, over: discountedPrincipalYears)
    let payers = fund.frame.parties.filter { $0.role == .payer }
    var premiums: [Premium] = []
    for (place, party) in payers.enumerated() {
      let years = try amount(.principalYears(of: party)).mean
      let loss = try amount(.loss(party), .usual(own: []))
      let named = terms.premium(of: party)
      premiums.append(
        Premium(
          party: party, principalYears: years,
          breakEven: ratio(2 + place, loss.mean, over: years),
          loaded: loss.worstHundredth(over: years), named: named,
          income: named.map { years.times($0.rate) }))
    }
    self.premiums = premiums
    var bearers: [Payer] = []
    for name in OutcomeColumn.payers(terms, parties: fund.frame.parties) {
      let party = fund.frame.parties.first { $0.name == name }
      bearers.append(
        Payer(
          name: name, words: party?.words ?? Self.borrowers,
          loss: Self.loss(of: name, party, in: losses),
          net: try amount(.netCost(of: name))))
    }
    self.payers = bearers
  }

  /// The mean loss of a payer inside and outside cover; `nil` for one that bears none.
  private static func loss(
    of name: String, _ party: Party?, in losses: [PartyEstimates]
  ) -> Double? {
    let own = losses.filter {
      $0.party == name || party?.role == .bank && $0.party == PartyEstimates.outsideCover
    }
    return own.isEmpty ? nil : own.reduce(0) { $0 + $1.loss.mean.value }
  }

  private static let borrowers = LocalizedText(en: "borrowers", zh: "借款企业")
}

extension CostEstimates.Premium {
  /// By how much the loaded premium exceeds the break-even one, as a part of that; `nil` where there is none.
  public var loading: Double? {
    guard let breakEven, let loaded, breakEven.value > 0 else { return nil }
    return loaded.value / breakEven.value - 1
  }
}

extension Estimate {
  /// What a yearly rate on it comes to.
  fileprivate func times(_ rate: Ratio) -> Estimate {
    rate == .zero ? .exact(0, sampleCount: sampleCount) : divided(by: 1 / rate.value)
  }
}

extension AmountEstimates {
  /// The mean of the worst 1 % of the trials over a mean; `nil` where that is nothing.
  fileprivate func worstHundredth(over whole: Estimate) -> Estimate? {
    guard whole.value > 0 else { return nil }
    return tailMeans.first { $0.level == .percent(99) }?.estimate.divided(by: whole.value)
  }

  /// The distribution over a number that is known, around a mean that was found by itself.
  func over(_ whole: Double, mean: Estimate) -> AmountEstimates {
    AmountEstimates(self, over: whole, mean: mean)
  }
}
