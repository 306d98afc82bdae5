public import Calibration
public import FundCore
public import ReportForm
public import ResultFacts

/// What a history says of the probabilities: what the report says, without any format.
public struct CalibrationReport: Sendable {
  /// Where the history comes from.
  public struct Source: Sendable {
    /// The file, as the analyst named it.
    public var file: String
    /// The digest of what was understood.
    public var digest: String
    /// The program.
    public var engine: EngineVersion
    /// The table, or the loans.
    public var record: HistoryRecord
    /// What could not be used, counted.
    public var unused: [CountedReason]
    /// What deserves a second look.
    public var notices: [LocalizedText]

    /// Names a source.
    public init(file: String, digest: String, engine: EngineVersion, record: HistoryRecord) {
      self.file = file
      self.digest = digest
      self.engine = engine
      self.record = record
      unused = []
      notices = []
    }
  }

  /// A conservative bound of a grade with few defaults or none.
  struct Bound: Sendable {
    let bound: LowDefaultBound
    /// The asset correlation that was supposed.
    let assetCorrelation: Double
  }

  /// The estimates.
  public let result: CalibrationResult
  /// Where they come from.
  public let source: Source
  /// Bounds, by grade, correlation and level.
  let bounds: [Bound]
  /// Defaults by the age of the loans; `nil` where ages are not known.
  let ages: AgeTable?
  /// Whether less is recovered in bad years; `nil` where too few years tell.
  let badYears: BadYearTest?

  /// A grade with fewer defaults has its bounds told.
  static let fewDefaults = 5

  /// Composes a report.
  public init(_ result: CalibrationResult, source: Source) {
    self.result = result
    self.source = source
    let history = result.history
    let scarce = history.grades.indices.filter {
      history.total(ofGrade: $0).defaults < Self.fewDefaults
    }
    let typical = Self.typicalCorrelation(result)
    let correlations = typical > 0 ? [0, typical] : [0]
    bounds = scarce.flatMap { grade in
      correlations.flatMap { correlation in
        LowDefaultBound.levels.compactMap { level in
          history.lowDefaultBound(grade: grade, level: level, assetCorrelation: correlation).map {
            Bound(bound: $0, assetCorrelation: correlation)
          }
        }
      }
    }
    ages = source.record.ages
    let recoveries = source.record.recoveries
    let rates = recoveries.map { item -> Double in
      let total = history.total(ofYear: item.year - history.firstYear)
      return total.atRisk > 0 ? Double(total.defaults) / total.atRisk : 0
    }
    badYears = BadYearTest(
      defaultRates: rates, recoveries: recoveries.map(\.rate), seed: result.settings.seed)
  }

  /// The correlation that stands for what is known: the one that was given, else the median.
  private static func typicalCorrelation(_ result: CalibrationResult) -> Double {
    result.posterior.first { $0.parameter == .assetCorrelation }?.median
      ?? result.best.parameters.assetCorrelation
  }

  /// The value of a parameter that a scenario is given: the best estimate, or, where that lies on the
  /// bound and would promise too much, the median of what is possible.
  func pasted(_ parameter: CalibratedParameter) -> (value: Double, isMedian: Bool) {
    let best = parameter.value(result.best.parameters)
    guard let summary = result.posterior.first(where: { $0.parameter == parameter }) else {
      return (best, false)
    }
    let isAtBound =
      switch parameter {
      case .pd: best <= 0
      case .assetCorrelation: result.best.correlationIsAtBound
      case .persistence: false
      }
    return isAtBound ? (summary.median, true) : (best, false)
  }

  /// What a constant PD has to be multiplied by at each age; empty where it does not contradict the history.
  var ageCurve: [AgeTable.Stretch] {
    guard let ages, ages.contradictsConstantPD else { return [] }
    return ages.curve
  }

  /// The parameters, in the order of the files.
  var parameters: [CalibratedParameter] {
    result.history.grades.indices.map { .pd(grade: $0) } + [.assetCorrelation, .persistence]
  }

  /// The report in both languages, for every face.
  public var report: Report { CalibrationComposer(report: self).report }

  /// The report for programs: one JSON object, as `Schemas/calibrate.schema.json` describes it.
  public func json() -> String { CalibrationJSON(report: self).value.text }
}
