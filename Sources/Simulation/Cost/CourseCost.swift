public import CompensationKernel
public import FundCore

/// What a fund cost, and whom, over a course that is known: a register that was replayed. The same rules as in a run.
public struct CourseCost: Sendable {
  /// What a party lost after recoveries.
  public struct Loss: Sendable {
    let party: Party
    let amount: Money

    /// Names both; the banks' loss is that inside and outside cover.
    public init(_ party: Party, _ amount: Money) { (self.party, self.amount) = (party, amount) }
  }

  /// What the premium of a payer would have had to be.
  public struct Premium: Sendable {
    /// Who stood behind the loans.
    public let party: Party
    /// Their covered principal outstanding at month ends, ÷ 12.
    public let principalYears: Money
    /// At which it would have broken even, a year; `nil` where nothing stood.
    public let breakEven: Double?
    /// The premium that the terms name.
    public let named: CostTerms.Premium?
    /// What that came to.
    public let income: Money?
  }

  /// Who was left with what.
  public struct Payer: Sendable {
    /// Its name: that of a party, or `borrowers`.
    public let name: String
    /// Its loss after recoveries; `nil` for borrowers.
    public let loss: Money?
    /// Loss, fees and premiums paid less premiums taken.
    public let netCost: Money
  }

  /// By what it is reckoned.
  public let terms: CostTerms
  /// The discounted outlays: compensation, management fee and the fund's premiums, less what came back.
  public let netPresentValue: Money
  /// Covered principal that was lent.
  public let lending: Money
  /// Covered principal outstanding at month ends, ÷ 12.
  public let principalYears: Money
  /// The same, discounted.
  public let discountedPrincipalYears: Money
  /// The payers beside the fund.
  public let premiums: [Premium]
  /// Who bore what, borrowers last.
  public let payers: [Payer]

  /// Reckons a course.
  ///
  /// - Parameters:
  ///   - course: The months, with the covered principal that stood at their ends.
  ///   - terms: By what it is reckoned.
  ///   - losses: Every party's, in the order of reports.
  ///   - standing: For each payer, the covered principal at month ends of the loans behind which it stood.
  public init(
    _ course: MonthCourse, _ terms: CostTerms, losses: [Loss], standing: [Party: [Int64]]
  ) {
    let factors = DiscountFactors(annualRate: terms.discountRate, months: course.closing.count)
    func sum(_ months: [Int64]) -> CoveredAmount {
      zip(months, factors.factors).reduce(into: CoveredAmount()) {
        $0.months += Int128($1.0)
        $0.present += Int128($1.0) * Int128($1.1)
      }
    }
    let outlays = course.closing.indices.map { month in
      course.flow(\.paid, month) + course.flow(\.fees, month) - course.flow(\.returned, month)
    }
    let whole = sum(course.outstanding)
    let stood = standing.mapValues(sum)
    let parties = losses.map(\.party)
    var sums = PremiumSums(partyCount: parties.count)
    for premium in terms.premiums {
      guard let place = parties.firstIndex(of: premium.party) else { continue }
      let amount = premium.party.role == .fund ? whole : stood[premium.party] ?? CoveredAmount()
      sums.add(premium, on: amount, place: place)
    }
    self.terms = terms
    netPresentValue = Money(
      fen: DiscountFactors.present(sum(outlays).present) + sums.fundPresent)
    lending = Money(fen: course.made.last ?? 0)
    principalYears = Money(fen: CompensationKernel.principalYears(whole.months))
    discountedPrincipalYears = Money(
      fen: CompensationKernel.principalYears(Int128(DiscountFactors.present(whole.present))))
    premiums = Self.premiums(terms, losses, stood, sums)
    let fees = course.fees.last ?? 0
    payers =
      losses.enumerated().map { place, loss in
        Payer(
          name: loss.party.name, loss: loss.amount,
          netCost: Money(
            fen: sums.netCost(loss.party, place: place, loss: loss.amount.fen, fees: fees)))
      }
      + (terms.premiums.isEmpty
        ? []
        : [
          Payer(
            name: OutcomeColumn.borrowers, loss: nil, netCost: Money(fen: sums.ofBorrowers))
        ])
  }

  private static func premiums(
    _ terms: CostTerms, _ losses: [Loss], _ stood: [Party: CoveredAmount], _ sums: PremiumSums
  ) -> [Premium] {
    losses.enumerated().compactMap { place, loss in
      guard loss.party.role == .payer else { return nil }
      let years = CompensationKernel.principalYears((stood[loss.party] ?? CoveredAmount()).months)
      let named = terms.premium(of: loss.party)
      return Premium(
        party: loss.party, principalYears: Money(fen: years),
        breakEven: years > 0 ? Double(loss.amount.fen) / Double(years) : nil, named: named,
        income: named.map { _ in Money(fen: sums.taken[place]) })
    }
  }

  /// The discounted outlays a yuan lent; `nil` where nothing was covered.
  public var subsidyRate: Double? {
    lending > .zero ? Double(netPresentValue.fen) / Double(lending.fen) : nil
  }

  /// The yearly fee on covered principal outstanding at which the fund would have broken even; `nil` where nothing stood.
  public var breakEvenFee: Double? {
    discountedPrincipalYears > .zero
      ? Double(netPresentValue.fen) / Double(discountedPrincipalYears.fen) : nil
  }
}

extension MonthCourse {
  /// What a cumulated amount grew by in a month.
  fileprivate func flow(_ amounts: KeyPath<MonthCourse, [Int64]>, _ month: Int) -> Int64 {
    let list = self[keyPath: amounts]
    return list[month] - (month > 0 ? list[month - 1] : 0)
  }
}
