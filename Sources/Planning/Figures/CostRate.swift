public import CompensationKernel
public import LossStatistics
public import Simulation

/// A rate of what a fund costs: the mean of one figure over that of another.
public enum CostRate: Hashable, Sendable {
  /// The fund's discounted outlays a yuan of covered lending.
  case subsidy
  /// The yearly fee on covered principal outstanding at which the fund breaks even.
  case breakEvenFee
  /// The premium at which a payer breaks even.
  case breakEvenPremium(Party)

  /// How many whole numbers of `linearised` make 1.
  static let scale = 1e12
}

extension CostEstimates {
  /// A rate; `nil` where there is none.
  public func rate(_ rate: CostRate) -> Estimate? {
    switch rate {
    case .subsidy: subsidyRate?.mean
    case .breakEvenFee: breakEvenFee
    case .breakEvenPremium(let party): premiums.first { $0.party == party }?.breakEven
    }
  }
}

extension StudyFigure {
  /// How many of the whole numbers that it is computed from make one of its unit.
  var divisor: Double {
    if case .rate = self { CostRate.scale } else { 100 }
  }
}

extension FundResult {
  /// A rate trial by trial, linearised about the ratio of the means, in units of 10⁻¹²: their mean is the rate, and they vary as
  /// the rate does from run to run. So rates are compared on the same draws like amounts.
  ///
  /// Source: W. G. Cochran, "Sampling Techniques", 3rd edition, 1977, section 2.11.
  ///
  /// - Returns: Nothing where there is no such rate.
  func linearised(_ rate: CostRate) -> [Int64] {
    let (part, whole): (OutcomeColumn, OutcomeColumn) =
      switch rate {
      case .subsidy: (.netPresentValue, .coveredLending)
      case .breakEvenFee: (.netPresentValue, .discountedPrincipalYears)
      case .breakEvenPremium(let party): (.loss(party), .principalYears(of: party))
      }
    let (parts, wholes) = (column(part), column(whole))
    let count = Double(max(1, wholes.count))
    let mean = wholes.reduce(0) { $0 + Double($1) } / count
    guard mean > 0, parts.count == wholes.count else { return [] }
    let ratio = parts.reduce(0) { $0 + Double($1) } / count / mean
    return zip(parts, wholes).map { part, whole in
      let value = ratio + (Double(part) - ratio * Double(whole)) / mean
      return Int64(max(-4e3, min(4e3, value)) * CostRate.scale)
    }
  }
}
