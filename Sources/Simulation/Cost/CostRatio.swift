import CompensationKernel

/// A ratio of what a fund's cost is reckoned in: the mean of a figure ÷ the mean of another.
struct CostRatio {
  let part: OutcomeColumn
  let whole: OutcomeColumn

  /// The ratios of a fund, in the order in which their moments are kept: outlays a yuan lent, the fee at which the fund breaks
  /// even, then the premium of each payer.
  static func all(_ costs: CostTerms?, parties: [Party]) -> [CostRatio] {
    guard costs != nil else { return [] }
    return [
      CostRatio(part: .netPresentValue, whole: .coveredLending),
      CostRatio(part: .netPresentValue, whole: .discountedPrincipalYears),
    ]
      + parties.filter { $0.role == .payer }.map {
        CostRatio(part: .loss($0), whole: .principalYears(of: $0))
      }
  }
}
