public import CompensationKernel
import LossStatistics
import Simulation

// The words by which the command line and the JSON objects name figures.
extension StudyFigure {
  /// The figure of a word of the command line; `nil` if it is none.
  ///
  /// `exhaustion`, `compensation`, `unpaid`, `stoppedCredit`, `filledUp`, `q99`, `es99`, `capital95`, `loss:bank`, `npv`,
  /// `cost:bank`, the rates `subsidyRate`, `breakEvenFee` and `premium:insurer`, and the name of a threshold, with `@` and a
  /// bank behind it or without; figures of years (`2026.budget.q95`) and of who uses the fund up
  /// (`contributions.grade.B.compensationMean`) under the names that `run --require` has for them.
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
      if let figure = YearStudyFigure(word: word) {
        self = .year(figure)
        return
      }
      if let part = ContributionPart(word: word) {
        self = .contribution(part)
        return
      }
      let parts = word.split(separator: "@", maxSplits: 1).map(String.init)
      guard let threshold = parts.first, thresholds.contains(threshold) else { return nil }
      self = .breach(threshold: threshold, bank: parts.count > 1 ? parts[1] : nil)
    }
  }

  /// The word by which the command line and the JSON objects name it.
  public var word: String {
    func percent(_ level: Level) -> String { percentWord(millionths: level.millionths) }
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
    case .year(let figure): figure.word
    case .contribution(let part): part.word
    }
  }
}
