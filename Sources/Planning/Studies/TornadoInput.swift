import ClaimRules
import CompensationKernel
public import FundCore
import ScenarioInput
import Simulation

/// An input of a scenario that a tornado moves a step down and a step up.
public enum TornadoInput: String, CaseIterable, Sendable {
  /// The fund's initial amount.
  case initial
  /// Every loan's annual probability of default.
  case defaultProbability
  /// The asset correlation.
  case assetCorrelation
  /// How much of one period's business cycle lasts into the next.
  case persistence
  /// The mean part of a loss that is recovered.
  case recoveryMean
  /// The months from a claim to its recovery.
  case recoveryLag
  /// The months from the default to the claim.
  case claimDelay
  /// The number of loans.
  case lending
  /// The principal of every loan.
  case amounts
  /// The fund's share of a loss.
  case fundShare
  /// The interest rate on the balance.
  case interestRate
  /// The rate by which later money counts for less.
  case discountRate
  /// The premiums.
  case premiums

  /// Whether it moves nothing but what the fund costs.
  var isOfCost: Bool { self == .discountRate || self == .premiums }

  /// What the input is called.
  public var name: LocalizedText {
    switch self {
    case .initial: LocalizedText(en: "initial amount of the fund", zh: "初始资金")
    case .defaultProbability: LocalizedText(en: "probabilities of default", zh: "违约概率")
    case .assetCorrelation: LocalizedText(en: "asset correlation", zh: "资产相关系数")
    case .persistence: LocalizedText(en: "persistence of the cycle", zh: "因子持续性")
    case .recoveryMean: LocalizedText(en: "mean recovery", zh: "平均追偿率")
    case .recoveryLag: LocalizedText(en: "months to recovery", zh: "追偿到账月数")
    case .claimDelay: LocalizedText(en: "months to the claim", zh: "补偿申请时滞")
    case .lending: LocalizedText(en: "number of loans", zh: "贷款笔数")
    case .amounts: LocalizedText(en: "amount of each loan", zh: "单笔贷款金额")
    case .fundShare: LocalizedText(en: "the fund's share of a loss", zh: "基金份额")
    case .interestRate: LocalizedText(en: "interest on the balance", zh: "余额利率")
    case .discountRate: LocalizedText(en: "discount rate", zh: "年折现率")
    case .premiums: LocalizedText(en: "premiums", zh: "保费与担保费率")
    }
  }

  /// A value of an input.
  public enum Value: Sendable, Hashable {
    /// An amount.
    case amount(Money)
    /// Anything else, as it is written.
    case text(String)
  }

  /// The scenario with the input a step away, and both values; `nil` if there is no such step.
  ///
  /// - Parameter factor: What the input is multiplied by, such as 0.8 or 1.2. Months move by as much,
  ///   at least by one.
  func moved(_ scenario: Scenario, by factor: Double) -> (
    scenario: Scenario, from: Value, to: Value
  )? {
    var moved = scenario
    let values: (from: Value, to: Value)?
    switch self {
    // The initial amount of a fund that has stood for years is what it was.
    case .initial where scenario.resumed != nil: return nil
    case .initial, .fundShare, .interestRate, .claimDelay:
      values = moveFund(&moved, by: factor)
    case .discountRate, .premiums: values = moveCosts(&moved, by: factor)
    case .lending:
      moved = scenario.withLending(times: factor)
      values = (
        .text("\(scenario.portfolio.loans.count)"), .text("\(moved.portfolio.loans.count)")
      )
    case .amounts:
      for index in moved.portfolio.loans.indices {
        let loan = scenario.portfolio.loans[index]
        func scaled(_ amount: Money) -> Money {
          Money(fen: max(1, Int64((Double(amount.fen) * factor).rounded())))
        }
        moved.portfolio.loans[index].principal = scaled(loan.principal)
        moved.portfolio.loans[index].outstanding = loan.outstanding.map(scaled)
      }
      values = (.text("×1"), .text("×\(short(factor))"))
    default: values = moveRisk(&moved, by: factor)
    }
    guard let values, values.from != values.to else { return nil }
    moved.note("\(rawValue) ×\(short(factor))")
    if [.initial, .fundShare, .interestRate, .claimDelay].contains(self) || isOfCost {
      // The fund's own inputs change no draw.
      moved.worldKey = scenario.worldKey
    }
    return (moved, values.from, values.to)
  }

  private func moveProbabilities(
    _ scenario: inout Scenario, by factor: Double
  ) -> (Value, Value)? {
    scenario.defaults.annualPD = scenario.defaults.annualPD.map { min(0.999_999, $0 * factor) }
    for index in (scenario.resumed?.risks ?? []).indices {
      scenario.resumed?.risks[index].annualProbability *= factor
    }
    guard scenario.uncertainty?.scaleGrades(by: factor) != false else { return nil }
    return (.text("×1"), .text("×\(short(factor))"))
  }

  private func moveRisk(_ scenario: inout Scenario, by factor: Double) -> (Value, Value)? {
    switch self {
    case .defaultProbability:
      return moveProbabilities(&scenario, by: factor)
    case .assetCorrelation, .persistence: return moveFactors(&scenario, by: factor)
    case .recoveryMean:
      let before = scenario.recovery.mean
      let after = before * factor
      let spread = scenario.recovery.standardDeviation
      // A Beta distribution has no larger variance than mean × (1 − mean).
      guard before > 0, after < 1, spread * spread < after * (1 - after) || spread == 0 else {
        return nil
      }
      guard scenario.uncertainty?.scaleRecovery(by: factor, deviation: spread) != false else {
        return nil
      }
      scenario.recovery.mean = after
      return (.text(short(before)), .text(short(after)))
    case .recoveryLag:
      let lag = scenario.recovery.lag
      let middle = Double(lag.lowerBound + lag.upperBound) / 2
      let step = max(1, Int((middle * abs(factor - 1)).rounded())) * (factor < 1 ? -1 : 1)
      guard lag.lowerBound + step >= 1 else { return nil }
      scenario.recovery.lag = lag.lowerBound + step...lag.upperBound + step
      return (
        .text("\(lag.lowerBound)–\(lag.upperBound)"),
        .text("\(lag.lowerBound + step)–\(lag.upperBound + step)")
      )
    default: return nil
    }
  }

  private func moveFactors(_ scenario: inout Scenario, by factor: Double) -> (Value, Value)? {
    switch self {
    case .assetCorrelation:
      let before = scenario.defaults.factors.assetCorrelations
      let after = before.map { $0 * factor }
      guard after.contains(where: { $0 > 0 }), after.allSatisfy({ $0 < 1 }) else { return nil }
      guard scenario.uncertainty?.scale(.assetCorrelation, by: factor, below: 0.999) != false else {
        return nil
      }
      scenario.defaults.factors.assetCorrelations = after
      return (
        .text(before.map(short).joined(separator: ", ")),
        .text(after.map(short).joined(separator: ", "))
      )
    case .persistence:
      let before = scenario.defaults.factors.persistence
      guard before > 0, before * factor < 1 else { return nil }
      guard scenario.uncertainty?.scale(.persistence, by: factor, below: 0.999) != false else {
        return nil
      }
      scenario.defaults.factors.persistence = before * factor
      return (.text(short(before)), .text(short(before * factor)))
    default: return nil
    }
  }

  private func moveFund(_ scenario: inout Scenario, by factor: Double) -> (Value, Value)? {
    guard var fund = scenario.funds.first else { return nil }
    defer { scenario.funds[0] = fund }
    switch self {
    case .initial:
      let before = fund.initial
      fund.initial = Money(fen: Int64((Double(before.fen) * factor).rounded()))
      return (.amount(before), .amount(fund.initial))
    case .interestRate:
      let before = fund.interestRate
      fund.interestRate = Ratio(millionths: Int64((Double(before.millionths) * factor).rounded()))
      return (.text("\(before)"), .text("\(fund.interestRate)"))
    case .claimDelay:
      let before = fund.claimDelay
      let step = max(1, Int((Double(before) * abs(factor - 1)).rounded()))
      let after = before + (factor < 1 ? -step : step)
      guard after >= 0 else { return nil }
      fund.claimDelay = after
      return (.text("\(before)"), .text("\(after)"))
    case .fundShare:
      var change: (Value, Value)?
      for (model, sharing) in fund.sharing {
        let payers = (0..<sharing.payerCount).map { sharing[$0] }
        guard let place = payers.firstIndex(where: { $0.party == .fund }) else { continue }
        let before = payers[place].share
        let others = payers.reduce(Ratio.zero) { $0 + $1.share }.millionths - before.millionths
        let after = Ratio(millionths: Int64((Double(before.millionths) * factor).rounded()))
        guard after.millionths + others <= 1_000_000 else { return nil }
        var changed = payers
        changed[place].share = after
        fund.sharing[model] = SharingTerms(payers: changed, rounding: sharing.rounding)
        change = (.text("\(before)"), .text("\(after)"))
      }
      return change
    default: return nil
    }
  }

  private func moveCosts(_ scenario: inout Scenario, by factor: Double) -> (Value, Value)? {
    guard let before = scenario.funds.first?.costs else { return nil }
    func scaled(_ rate: Ratio) -> Ratio {
      Ratio(millionths: Int64((Double(rate.millionths) * factor).rounded()))
    }
    if self == .discountRate {
      let after = scaled(before.discountRate)
      scenario.funds[0].costs?.discountRate = after
      return (.text("\(before.discountRate)"), .text("\(after)"))
    }
    guard !before.premiums.isEmpty else { return nil }
    scenario.funds[0].costs?.premiums = before.premiums.map {
      CostTerms.Premium(
        party: $0.party, rate: scaled($0.rate), paidBy: $0.paidBy, subsidy: $0.subsidy)
    }
    return (.text("×1"), .text("×\(short(factor))"))
  }

  private func short(_ value: Double) -> String {
    let text = "\((value * 10_000).rounded() / 10_000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
