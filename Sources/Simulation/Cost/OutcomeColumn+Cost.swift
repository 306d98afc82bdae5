public import CompensationKernel

// What every trial records of a fund's cost, where that is reckoned.
extension OutcomeColumn {
  /// The discounted outlays of the fund: compensation, management fee and the premiums that it bears, less what comes
  /// back, in fen.
  public static let netPresentValue = cost("netPresentValue", at: 0)
  /// Covered principal that is lent in the run, in fen.
  public static let coveredLending = cost("coveredLending", at: 1)
  /// Covered principal outstanding at month ends, summed, ÷ 12, in fen.
  public static let principalYears = cost("principalYears", at: 2)
  /// The same, discounted month by month.
  public static let discountedPrincipalYears = cost("discountedPrincipalYears", at: 3)

  /// The same of the loans behind which a payer stands.
  ///
  /// - Parameter place: Its place among the cost columns, which only who records it has to know.
  public static func principalYears(of party: Party, at place: Int = 0) -> OutcomeColumn {
    cost("principalYears" + capitalised(party.name), at: place)
  }

  /// What a payer or taker of money is left with: loss after recoveries, fees and premiums paid, less those taken, in fen.
  ///
  /// - Parameters:
  ///   - payer: Its name: that of a party, or `borrowers`.
  ///   - place: Its place among the cost columns, which only who records it has to know.
  public static func netCost(of payer: String, at place: Int = 0) -> OutcomeColumn {
    cost("netCost" + capitalised(payer), at: place)
  }

  /// The borrowers' name among those who bear a fund's costs.
  public static let borrowers = "borrowers"

  /// Who bears the costs of a fund, by name, in the order of the columns.
  static func payers(_ costs: CostTerms, parties: [Party]) -> [String] {
    parties.map(\.name) + (costs.premiums.isEmpty ? [] : [borrowers])
  }

  /// All cost columns of a fund, in the order in which they are recorded.
  static func costs(_ costs: CostTerms, parties: [Party]) -> [OutcomeColumn] {
    let payers = parties.filter { $0.role == .payer }
    let fixed = [netPresentValue, .coveredLending, .principalYears, .discountedPrincipalYears]
    let standing = payers.enumerated().map {
      principalYears(of: $0.element, at: fixed.count + $0.offset)
    }
    return fixed + standing
      + Self.payers(costs, parties: parties).enumerated().map {
        netCost(of: $0.element, at: fixed.count + standing.count + $0.offset)
      }
  }
}
