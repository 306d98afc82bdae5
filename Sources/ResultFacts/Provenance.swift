public import FundCore

/// What a result came from: all that is needed to judge it, and to get it again to the last bit.
///
/// The number of threads is not part of it, because results do not depend on it.
public struct Provenance: Sendable, Hashable, Codable {
  /// The scenario that was run.
  public struct Scenario: Sendable, Hashable, Codable {
    /// What its author calls it.
    public var title: String
    /// Where it was read from, as the analyst named it.
    public var path: String
    /// The digest of everything that was read, in hexadecimal digits.
    public var digest: String

    /// Names a scenario.
    public init(title: String, path: String, digest: String) {
      self.title = title
      self.path = path
      self.digest = digest
    }
  }

  /// The state of the fund from which a run went on.
  public struct State: Sendable, Hashable, Codable {
    /// Its file, as the analyst named it.
    public var path: String
    /// The digest of its contents, in hexadecimal digits.
    public var digest: String
    /// The day at whose end the fund stood so.
    public var day: CivilDate
    /// The register that was replayed to that day, as its replay named it.
    public var register: String
    /// The month in which the fund opened.
    public var opening: CivilMonth

    /// Names a state.
    public init(
      path: String, digest: String, day: CivilDate, register: String, opening: CivilMonth
    ) {
      (self.path, self.digest, self.day) = (path, digest, day)
      (self.register, self.opening) = (register, opening)
    }
  }

  /// The program that made the result.
  public var engine: EngineVersion
  /// The scenario.
  public var scenario: Scenario
  /// What the command line set in place of the scenario file's values, as `path=value`, in its order.
  public var settings: [String] = []
  /// The seed of all draws.
  public var seed: UInt64
  /// The number of trials that was asked for. How many were run is a matter of the result.
  public var trials: Int
  /// The state from which the run went on; `nil` if it began with the opening.
  public var state: State?
  /// The programmes whose terms were used.
  public var programmes: [ProgrammeReference] = []
  /// The loans.
  public var portfolio: PortfolioDescription
  /// How loans default and what is recovered, line by line: a label and its text.
  public var model: [LabelledText] = []
  /// Every input on which the answers rest.
  public var inputs: [InputFact] = []
  /// Levels of the analyst's own for quantiles and expected shortfall.
  public var levels: [Ratio] = []
  /// Parameters that the study set against the text of a programme.
  public var overrides: [ParameterOverride] = []
  /// Readings of unclear articles that were chosen in place of the programme's own.
  public var readings: [ChosenReading] = []
  /// What was taken for granted, such as facts that a loan tape does not state.
  public var assumptions: [LocalizedText] = []
  /// What deserves a second look.
  public var warnings: [LocalizedText] = []

  /// Creates the record of a run without notes; those are filled in afterwards.
  public init(
    engine: EngineVersion, scenario: Scenario, seed: UInt64, trials: Int,
    portfolio: PortfolioDescription
  ) {
    self.engine = engine
    self.scenario = scenario
    self.seed = seed
    self.trials = trials
    self.portfolio = portfolio
  }
}

/// A programme as a report refers to it.
public struct ProgrammeReference: Sendable, Hashable, Codable {
  /// Its id: `baotou`.
  public var id: String
  /// Its title.
  public var title: LocalizedText
  /// Whether its file was held against the text.
  public var check: TextCheck

  /// Creates a reference.
  public init(id: String, title: LocalizedText, check: TextCheck) {
    self.id = id
    self.title = title
    self.check = check
  }
}

/// The loans of a run, in numbers.
public struct PortfolioDescription: Sendable, Hashable, Codable {
  /// Where the loans come from: a file, or `generated`.
  public var source: LocalizedText
  /// The number of loans.
  public var loans: Int
  /// The number of banks.
  public var banks: Int
  /// The number of enterprises.
  public var enterprises: Int
  /// The principal of all loans.
  public var lent: Money
  /// Rows of a tape that could not be used, by reason.
  public var setAside: [CountedReason] = []
  /// The units that columns were heard to count in.
  public var units: [HeardUnit] = []
  /// What was noticed while the loans were read.
  public var notices: [LocalizedText] = []

  /// Creates a description; what was set aside, heard and noticed is filled in afterwards.
  public init(source: LocalizedText, loans: Int, banks: Int, enterprises: Int, lent: Money) {
    self.source = source
    self.loans = loans
    self.banks = banks
    self.enterprises = enterprises
    self.lent = lent
  }
}

/// A reason, and how often it applied.
public struct CountedReason: Sendable, Hashable, Codable {
  /// The reason in words.
  public var reason: LocalizedText
  /// How often.
  public var count: Int
  /// The lines, or the rows of a sheet, that it concerned first; none where it concerned no rows of a file.
  public var firstRows: [Int]
  /// What these are called.
  public var naming: RowNaming

  /// Creates a count.
  public init(
    reason: LocalizedText, count: Int, firstRows: [Int] = [], naming: RowNaming = .line
  ) {
    self.reason = reason
    self.count = count
    self.firstRows = firstRows
    self.naming = naming
  }

  /// The reason with the first rows behind it.
  public var text: LocalizedText {
    guard !firstRows.isEmpty else { return reason }
    let rows = naming.words(firstRows, hasMore: count > firstRows.count)
    return LocalizedText(en: "\(reason) (\(rows))", zh: "\(reason)（\(rows)）")
  }
}

/// The unit in which a column of a table counts, and what says so.
public struct HeardUnit: Sendable, Hashable, Codable {
  /// Our name of the column.
  public var property: String
  /// Its head in the file.
  public var column: String
  /// The unit.
  public var unit: LocalizedText
  /// What says so: the header, a row of units, a title, or the key `units`.
  public var source: LocalizedText
  /// Whether the column would be read alike if nothing said so.
  public var isUsual = false

  /// Creates a record.
  public init(property: String, column: String, unit: LocalizedText, source: LocalizedText) {
    self.property = property
    self.column = column
    self.unit = unit
    self.source = source
  }

  /// The record in words.
  public var text: LocalizedText {
    LocalizedText(
      en: "\(property), column '\(column)': \(unit), as \(source) says",
      zh: "\(property)，“\(column)”列：单位为\(unit)，依据\(source)")
  }
}

/// A parameter that a study set against the text of a programme, with its reason.
public struct ParameterOverride: Sendable, Hashable, Codable {
  /// The fund, or the programme, that it applies to.
  public var scope: String
  /// The path of the parameter.
  public var parameter: String
  /// What the parameter is called; its path where the programme has no name for it.
  public var name: LocalizedText
  /// The programme's own value, as text.
  public var original: String
  /// The value in use, as text.
  public var value: String
  /// Why.
  public var reason: LocalizedText

  /// Creates an override.
  public init(
    scope: String, parameter: String, name: LocalizedText? = nil, original: String = "",
    value: String, reason: LocalizedText
  ) {
    self.scope = scope
    self.parameter = parameter
    self.name = name ?? LocalizedText(same: parameter)
    self.original = original
    self.value = value
    self.reason = reason
  }
}

/// A reading of an unclear article that a study chose.
public struct ChosenReading: Sendable, Hashable, Codable {
  /// The fund, or the programme, that it applies to.
  public var scope: String
  /// The interpretation: `I-16`.
  public var interpretation: String
  /// The reading's name in the programme file.
  public var name: String
  /// What it says.
  public var text: LocalizedText

  /// Creates a choice.
  public init(scope: String, interpretation: String, name: String, text: LocalizedText) {
    self.scope = scope
    self.interpretation = interpretation
    self.name = name
    self.text = text
  }
}
