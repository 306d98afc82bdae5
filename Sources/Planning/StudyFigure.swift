public import CompensationKernel
import FundCore
public import LossStatistics
import Simulation

/// A figure in which variants are compared.
public enum StudyFigure: Hashable, Sendable {
  /// The probability of exhaustion within the horizon.
  case exhaustion
  /// The mean compensation.
  case compensation
  /// What the fund owes and does not pay, mean.
  case unpaid
  /// The credit that suspended or paused banks do not give, mean.
  case stoppedCredit
  /// What filling up gives the fund, mean.
  case filledUp
  /// What compensation does not exceed with this probability.
  case quantile(Level)
  /// The mean compensation of the worst trials beyond this probability.
  case shortfall(Level)
  /// The initial amount that survives with this probability.
  case capital(Level)
  /// The mean loss of a party after recoveries; that of the banks with what is outside cover.
  case loss(Party)
  /// The probability that a bank reaches a threshold; any bank if `nil`.
  case breach(threshold: String, bank: String?)
  /// The fund's mean discounted outlays.
  case netPresentValue
  /// What one who bears costs is left with, mean, by its name.
  case netCost(String)
  /// A rate of what the fund costs.
  case rate(CostRate)

  /// The figure of a word of the command line; `nil` if it is none.
  ///
  /// `exhaustion`, `compensation`, `unpaid`, `stoppedCredit`, `filledUp`, `q99`, `es99`, `capital95`, `loss:bank`, `npv`,
  /// `cost:bank`, the rates `subsidyRate`, `breakEvenFee` and `premium:insurer`, and the name of a threshold, with `@` and a
  /// bank behind it or without.
  ///
  /// - Parameters:
  ///   - word: The word.
  ///   - thresholds: The names of the thresholds.
  ///   - parties: The parties whose losses can be asked for.
  public init?(word: String, thresholds: [String], parties: [Party] = Party.shared) {
    let digits = word.drop { $0.isLetter }
    let level = Double(digits).flatMap { $0 >= 1 && $0 < 100 ? Level(percent: $0) : nil }
    let kind = word.prefix { $0.isLetter }
    switch (kind, level) {
    case ("exhaustion", nil): self = .exhaustion
    case ("compensation", nil): self = .compensation
    case ("unpaid", nil): self = .unpaid
    case ("stoppedCredit", nil): self = .stoppedCredit
    case ("filledUp", nil): self = .filledUp
    case ("q", let level?): self = .quantile(level)
    case ("es", let level?): self = .shortfall(level)
    case ("capital", let level?): self = .capital(level)
    case ("loss", nil):
      guard let party = parties.first(where: { ":\($0.name)" == digits }) else { return nil }
      self = .loss(party)
    case ("cost", nil):
      let names = parties.map(\.name) + [OutcomeColumn.borrowers]
      guard let name = names.first(where: { ":\($0)" == digits }) else { return nil }
      self = .netCost(name)
    case ("premium", nil):
      guard let party = parties.first(where: { ":\($0.name)" == digits && $0.role == .payer })
      else { return nil }
      self = .rate(.breakEvenPremium(party))
    case ("npv", nil): self = .netPresentValue
    case ("subsidyRate", nil): self = .rate(.subsidy)
    case ("breakEvenFee", nil): self = .rate(.breakEvenFee)
    default:
      let parts = word.split(separator: "@", maxSplits: 1).map(String.init)
      guard let threshold = parts.first, thresholds.contains(threshold) else { return nil }
      self = .breach(threshold: threshold, bank: parts.count > 1 ? parts[1] : nil)
    }
  }

  /// The word by which the command line and the JSON objects name it.
  public var word: String {
    func percent(_ level: Level) -> String {
      let text = "\(Double(level.millionths) / 10_000)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return switch self {
    case .exhaustion: "exhaustion"
    case .compensation: "compensation"
    case .unpaid: "unpaid"
    case .stoppedCredit: "stoppedCredit"
    case .filledUp: "filledUp"
    case .quantile(let level): "q\(percent(level))"
    case .shortfall(let level): "es\(percent(level))"
    case .capital(let level): "capital\(percent(level))"
    case .loss(let party): "loss:\(party.name)"
    case .breach(let threshold, let bank): threshold + (bank.map { "@\($0)" } ?? "")
    case .netPresentValue: "npv"
    case .netCost(let name): "cost:\(name)"
    case .rate(.subsidy): "subsidyRate"
    case .rate(.breakEvenFee): "breakEvenFee"
    case .rate(.breakEvenPremium(let party)): "premium:\(party.name)"
    }
  }

  /// Whether it is a probability, and not an amount.
  public var isProbability: Bool {
    switch self {
    case .exhaustion, .breach: true
    default: false
    }
  }

  /// Whether it is told in per cent: a probability, or a rate.
  public var isShare: Bool {
    if case .rate = self { return true }
    return isProbability
  }

  /// Whether it is one of what the fund costs, which a scenario has to ask for.
  public var isOfCost: Bool {
    switch self {
    case .netPresentValue, .netCost, .rate: true
    default: false
    }
  }
}

extension StudyFigure {
  /// The figures that only some clauses have, where a row has them.
  static func ofClauses(in rows: [StudyRow]) -> [StudyFigure] {
    [.filledUp, .stoppedCredit].filter { figure in rows.contains { $0.hasColumn(figure) } }
  }
}

extension Level {
  /// A level in per cent; `nil` if it does not lie between 0 and 100.
  public init?(percent: Double) {
    let millionths = (percent * 10_000).rounded()
    guard millionths >= 1, millionths <= 999_999 else { return nil }
    self.init(millionths: Int(millionths))
  }
}

/// A figure with its precision, in yuan or as a probability.
public struct FigureValue: Sendable, Hashable {
  /// The figure.
  public let value: Double
  /// Its standard error; `nil` where the trials do not show it.
  public let standardError: Double?
  /// The 95 % interval; `nil` where none is known to hold.
  public let interval95: Interval?
  /// Whether the interval holds; that of a quantile may end at the sample's own ends.
  public let isReliable: Bool
  /// How many trials would tell what these do not; `nil` where there is no such lack.
  public let trialsNeeded: Int?
  /// Whether nothing random moves the figure.
  public let isExact: Bool
  /// How it was found.
  public let method: EstimateMethod

  /// Takes a proportion, whose interval holds however few the events.
  public init(_ proportion: Proportion) {
    value = proportion.value
    standardError = proportion.standardError
    interval95 = proportion.interval95
    isReliable = true
    trialsNeeded = proportion.trialsNeeded
    isExact = proportion.isExact
    method = .plain
  }

  /// Takes an estimate.
  public init(_ estimate: Estimate) {
    value = estimate.value
    standardError = estimate.standardError
    interval95 = estimate.interval95
    isReliable = estimate.isReliable
    trialsNeeded = estimate.trialsNeeded
    isExact = estimate.isExact
    method = estimate.method
  }

  init(_ quantile: QuantileEstimate) {
    value = Double(quantile.value) / 100
    standardError = nil
    interval95 = Interval(low: Double(quantile.low) / 100, high: Double(quantile.high) / 100)
    isReliable = quantile.isReliable
    trialsNeeded = quantile.isReliable ? nil : quantile.level.reliableTrialCount
    isExact = false
    method = .plain
  }
}

extension StudyRow {
  /// A figure of this row; `nil` if the fund has none of the kind.
  public func value(_ figure: StudyFigure) -> FigureValue? {
    let certainty = estimates.certainty
    switch figure {
    case .exhaustion: return FigureValue(estimates.exhaustion)
    case .breach:
      return events(figure).map { events in
        FigureValue(
          LossSample(events, groups: result.groups)
            .share(atMost: 0, isCertain: certainty.hasNoDefaults).complement)
      }
    case .quantile(let level), .capital(let level):
      return FigureValue(sample(figure).quantile(level))
    case .shortfall(let level):
      let sample = sample(figure)
      return FigureValue(
        sample.expectedShortfall(level).mean.exact(if: certainty.hasNoClaims && sample.isConstant)
          .divided(by: 100))
    case .compensation: return FigureValue(estimates.compensation.mean)
    case .unpaid: return FigureValue(estimates.unpaid.mean)
    case .netPresentValue: return (estimates.cost?.netPresentValue.mean).map { FigureValue($0) }
    case .netCost(let name):
      return (estimates.cost?.payers.first { $0.name == name }?.net.mean).map { FigureValue($0) }
    case .rate(let rate): return (estimates.cost?.rate(rate)).map { FigureValue($0) }
    case .stoppedCredit, .filledUp:
      let sample = sample(figure)
      return FigureValue(
        sharpened(figure, sample).exact(if: !hasColumn(figure) && sample.isConstant)
          .divided(by: 100))
    case .loss(let party):
      let sample = sample(figure)
      let isNobody = !result.parties.contains(party)
      let isFixed = party.role == .bank ? certainty.hasNoDefaults : certainty.hasNoClaims
      return FigureValue(
        sharpened(figure, sample).exact(if: (isNobody || isFixed) && sample.isConstant)
          .divided(by: 100))
    }
  }

  /// The mean of amounts, sharpened by the fund's controls where they allow it.
  private func sharpened(_ figure: StudyFigure, _ sample: LossSample) -> Estimate {
    let columns: [(OutcomeColumn, times: Double)] =
      switch figure {
      case .filledUp: [(.filledUp, times: 1)]
      case .stoppedCredit: [(.stoppedCredit, times: 1)]
      case .loss(let party) where party.role == .bank:
        [(.loss(party), times: 1), (.lossOutsideCover, times: 1)]
      case .loss(let party): [(.loss(party), times: 1)]
      default: []
      }
    guard !columns.isEmpty else { return sample.mean }
    return estimates.means.mean(
      of: columns, plain: sample.mean, deviation: sample.standardDeviation)
  }

  /// What a figure of amounts is computed from, as a sample.
  private func sample(_ figure: StudyFigure) -> LossSample {
    LossSample(amounts(figure), groups: result.groups)
  }

  /// What a figure of amounts is computed from, in fen, in trial order.
  func amounts(_ figure: StudyFigure) -> [Int64] {
    switch figure {
    case .compensation, .quantile, .shortfall: return result.column(.compensation)
    case .unpaid: return result.column(.unpaid)
    case .stoppedCredit, .filledUp:
      let column = result.column(figure == .filledUp ? .filledUp : .stoppedCredit)
      return hasColumn(figure) ? column : Array(repeating: 0, count: result.trialCount)
    case .capital: return result.column(.neededCapital)
    case .loss(let party) where party.role == .bank:
      return zip(result.column(.loss(party)), result.column(.lossOutsideCover)).map(+)
    case .loss(let party):
      let column = result.column(.loss(party))
      return column.isEmpty ? Array(repeating: 0, count: result.trialCount) : column
    case .netPresentValue: return result.column(.netPresentValue)
    case .netCost(let name): return estimates.cost == nil ? [] : result.cost(of: name)
    case .rate(let rate): return result.linearised(rate)
    case .exhaustion, .breach: return []
    }
  }

  /// Whether the fund records the figure, where not every fund does.
  func hasColumn(_ figure: StudyFigure) -> Bool {
    switch figure {
    case .stoppedCredit: result.columns.contains(.stoppedCredit)
    case .filledUp: result.columns.contains(.filledUp)
    default: true
    }
  }

  /// Whether the event of a probability happened, 1 or 0, in trial order; `nil` if there is none.
  func events(_ figure: StudyFigure) -> [Int64]? {
    switch figure {
    case .exhaustion: return result.column(.exhaustionMonth).map { $0 < 0 ? 0 : 1 }
    case .breach(let threshold, let bank):
      guard let place = result.thresholdNames.firstIndex(of: threshold) else { return nil }
      var slot: Int?
      if let bank {
        guard let position = banks.firstIndex(of: bank),
          let found = result.watchedBanks.firstIndex(of: position)
        else { return nil }
        slot = found
      }
      return result.firstBreaches(threshold: place, slot: slot).map { $0 < 0 ? 0 : 1 }
    default: return nil
    }
  }
}
