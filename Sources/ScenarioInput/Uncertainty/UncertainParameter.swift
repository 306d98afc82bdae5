import DocumentReading
public import FundCore

/// A parameter of a scenario of which a history, or an analyst, says how well it is known.
public enum UncertainParameter: Sendable, Hashable {
  /// The annual probability of default of all loans: one moves them all.
  case pd
  /// The annual probability of default of a grade.
  case pdOfGrade(String)
  /// The asset correlation.
  case assetCorrelation
  /// The persistence of the factors.
  case persistence
  /// The mean part of a loss that is recovered.
  case recoveryMean
  /// Its standard deviation.
  case recoveryDeviation

  /// Those that have one name each.
  static let named: [UncertainParameter] = [
    .pd, .assetCorrelation, .persistence, .recoveryMean, .recoveryDeviation,
  ]

  /// Its name in files: the key of a scenario, the column of `posterior.csv`.
  public var name: String {
    switch self {
    case .pd: "pd"
    case .pdOfGrade(let grade): "pd.\(grade)"
    case .assetCorrelation: "assetCorrelation"
    case .persistence: "persistence"
    case .recoveryMean: "recovery.mean"
    case .recoveryDeviation: "recovery.standardDeviation"
    }
  }

  /// The parameter of a name; `nil` for none.
  init?(_ name: String) {
    let name = Scalar.name(name)
    if let found = Self.named.first(where: { $0.name == name }) {
      self = found
    } else if name.hasPrefix("pd."), name.utf8.count > 3 {
      self = .pdOfGrade(Scalar.name(String(name.dropFirst(3))))
    } else {
      return nil
    }
  }

  /// Its name in words.
  public var words: LocalizedText {
    switch self {
    case .pd: .init(en: "probability of default a year", zh: "年违约概率")
    case .pdOfGrade(let grade):
      .init(en: "probability of default a year, grade \(grade)", zh: "\(grade)级年违约概率")
    case .assetCorrelation: .init(en: "asset correlation", zh: "资产相关系数")
    case .persistence: .init(en: "persistence of the factor", zh: "因子持续性")
    case .recoveryMean: .init(en: "recovery, mean part of the loss", zh: "追偿率均值")
    case .recoveryDeviation: .init(en: "standard deviation of recovery", zh: "追偿率标准差")
    }
  }

  /// What a draw of it can be.
  private var range: (isInside: (Double) -> Bool, words: LocalizedText) {
    switch self {
    case .pd, .pdOfGrade:
      (
        { $0 > 0 && $0 <= 0.999_999 },
        .init(en: "above 0 and up to 99.9999%", zh: "大于0、不超过99.9999%")
      )
    case .assetCorrelation, .persistence:
      ({ $0 >= 0 && $0 <= 0.999 }, .init(en: "from 0 to 0.999", zh: "0至0.999"))
    case .recoveryMean: ({ $0 >= 0 && $0 <= 1 }, .init(en: "from 0 to 1", zh: "0至1"))
    case .recoveryDeviation: ({ $0 >= 0 && $0 <= 0.5 }, .init(en: "from 0 to 0.5", zh: "0至0.5"))
    }
  }

  /// The value of a cell or a key: a plain number as programs write it, or a share as people do.
  func value(_ text: String) -> Result<Double, ScalarProblem> {
    let plain = Scalar.normalised(text)
    let found: Result<Double, ScalarProblem>
    if let number = Double(plain) {
      found =
        number.isFinite
        ? .success(number)
        : .failure(
          ScalarProblem(
            "not-a-number", .init(en: "\(quoted(text)) is not a number", zh: "\(quoted(text))不是数字"),
            help: .init(
              en: "leave out what gave no number, or mend what wrote the file",
              zh: "请删去没有算出数字的行，或修正写出该文件的程序")))
    } else {
      found = Scalar.probability(text, in: .closed)
    }
    return found.flatMap { number in
      range.isInside(number)
        ? .success(number)
        : .failure(
          ScalarProblem(
            "value-out-of-range",
            .init(
              en: "\(quoted(text)) cannot be \(article) \(words)", zh: "\(quoted(text))不能作\(words)"),
            help: .init(en: "it lies \(range.words)", zh: "应\(range.words)")))
    }
  }

  private var article: String { self == .assetCorrelation ? "an" : "a" }
}
