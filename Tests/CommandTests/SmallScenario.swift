import Testing

/// A scenario that runs in an instant, and its variants.
enum SmallScenario {
  /// What it covers, how its loans default, and its fund.
  static let text = """
    title: 小情景 small
    start: 2024-01
    horizon: 30 months
    trials: 300
    seed: 1
    \(portfolio)
    defaults:
      timing: monthly
      dependence: gaussian
      assetCorrelation: 0.12
      factor: {period: year, persistence: 0.4}
      grades: {A: 2%, B: 6%}
    recovery:
      mean: 35%
      standardDeviation: 20%
      lag: {from: 6, to: 12}
      writeOffMonths: 24
    funds:
      - name: 银行 bank
        programme: dalian-hitech-2022
        model: bank
        initial: 500万
        claimDelay: 0 months

    """

  /// Its loans.
  static let portfolio = """
    portfolio:
      generate:
        seed: 1
        months: 12
        loansPerMonth: 10
        banks: {甲银行: 60%, 乙银行: 40%}
        sizes: {micro: 50%, small: 50%}
        amounts:
          micro: {from: 30万, to: 100万}
          small: {from: 80万, to: 300万}
        terms: {6 months: 20%, 12 months: 80%}
        grades: {A: 60%, B: 40%}
        collateral: patent
        ipPart: {100%: 70%, 60%: 30%}
        repayment: {bullet: 80%, equalPrincipal: 20%}
        rate: 4.5%
        renewals: 30%
      facts: met
    """

  /// The scenario with a text in place of another that it holds.
  static func changed(_ old: String, to new: String) throws -> String {
    try #require(text.contains(old), "the scenario does not hold '\(old)'")
    return text.replacing(old, with: new)
  }

  /// The scenario on the loans of a tape.
  ///
  /// - Parameters:
  ///   - columns: The mapping of the tape, below `portfolio`.
  static func withTape(_ columns: String) throws -> String {
    try changed(portfolio, to: "portfolio:\n" + columns)
  }
}
