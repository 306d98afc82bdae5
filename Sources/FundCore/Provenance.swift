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

  /// The version of the program that made the result.
  public var programVersion: String
  /// The scenario.
  public var scenario: Scenario
  /// The seed of all draws.
  public var seed: UInt64
  /// The number of trials that was asked for. How many were run is a matter of the result.
  public var trials: Int
  /// The programmes whose terms were used.
  public var programmes: [ProgrammeReference] = []
  /// The loans.
  public var portfolio: PortfolioDescription
  /// How loans default and what is recovered, line by line: a label and its text.
  public var model: [LabelledText] = []
  /// Parameters that the study set against the text of a programme.
  public var overrides: [ParameterOverride] = []
  /// Readings of unclear articles that were chosen in place of the programme's own.
  public var readings: [ChosenReading] = []
  /// What was taken for granted, such as facts that a loan tape does not state.
  public var assumptions: [String] = []
  /// What deserves a second look.
  public var warnings: [String] = []

  /// Creates the record of a run without notes; those are filled in afterwards.
  public init(
    programVersion: String, scenario: Scenario, seed: UInt64, trials: Int,
    portfolio: PortfolioDescription
  ) {
    self.programVersion = programVersion
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
  public var title: String
  /// The day on which its file was last held against the text.
  public var checkedOn: CivilDate

  /// Creates a reference.
  public init(id: String, title: String, checkedOn: CivilDate) {
    self.id = id
    self.title = title
    self.checkedOn = checkedOn
  }
}

/// The loans of a run, in numbers.
public struct PortfolioDescription: Sendable, Hashable, Codable {
  /// Where the loans come from: a file, or `generated`.
  public var source: String
  /// The number of loans.
  public var loans: Int
  /// The number of banks.
  public var banks: Int
  /// The number of enterprises.
  public var enterprises: Int
  /// The principal of all loans.
  public var lent: Money
  /// Rows of a tape that could not be used, by reason.
  public var setAside: [CountedReason]

  /// Creates a description.
  public init(
    source: String, loans: Int, parties: (banks: Int, enterprises: Int), lent: Money,
    setAside: [CountedReason] = []
  ) {
    self.source = source
    self.loans = loans
    (banks, enterprises) = parties
    self.lent = lent
    self.setAside = setAside
  }
}

/// A reason, and how often it applied.
public struct CountedReason: Sendable, Hashable, Codable {
  /// The reason in words.
  public var reason: String
  /// How often.
  public var count: Int

  /// Creates a count.
  public init(reason: String, count: Int) {
    self.reason = reason
    self.count = count
  }
}

/// A text with a label before it.
public struct LabelledText: Sendable, Hashable, Codable {
  /// The label.
  public var label: String
  /// The text.
  public var text: String

  /// Creates a line.
  public init(_ label: String, _ text: String) {
    self.label = label
    self.text = text
  }
}

/// A parameter that a study set against the text of a programme, with its reason.
public struct ParameterOverride: Sendable, Hashable, Codable {
  /// The fund, or the programme, that it applies to.
  public var scope: String
  /// The path of the parameter.
  public var parameter: String
  /// The programme's own value, as text.
  public var original: String
  /// The value in use, as text.
  public var value: String
  /// Why.
  public var reason: String

  /// Creates an override.
  public init(
    scope: String, parameter: String, original: String = "", value: String, reason: String
  ) {
    self.scope = scope
    self.parameter = parameter
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
  public var text: String

  /// Creates a choice.
  public init(scope: String, interpretation: String, name: String, text: String) {
    self.scope = scope
    self.interpretation = interpretation
    self.name = name
    self.text = text
  }
}

/// One fund of a run, as a report describes it.
public struct FundDescription: Sendable, Hashable, Codable {
  /// The fund's name.
  public var name: String
  /// The id of its programme.
  public var programme: String
  /// The title of its programme.
  public var programmeTitle: String
  /// The operating model: `bank`, `guarantor`, `insurer`, or `fromLoan`.
  public var operatingModel: String
  /// The initial amount.
  public var initial: Money
  /// Who bears which share of a loss, in the order of payment.
  public var shares: [ShareDescription]
  /// Months from the first overdue month to the claim.
  public var claimDelayMonths: Int
  /// Further terms worth reading: caps, fees, interest, injections.
  public var terms: [LabelledText] = []
  /// The thresholds, in the order of the plan.
  public var thresholds: [ThresholdDescription] = []
  /// Which loans are covered, and why the others are not.
  public var coverage = CoverageSummary()

  /// Creates a description; terms, thresholds and coverage are filled in afterwards.
  public init(
    name: String, programme: (id: String, title: String), operatingModel: String,
    money: (initial: Money, shares: [ShareDescription]), claimDelayMonths: Int
  ) {
    self.name = name
    self.programme = programme.id
    programmeTitle = programme.title
    self.operatingModel = operatingModel
    initial = money.initial
    shares = money.shares
    self.claimDelayMonths = claimDelayMonths
  }
}

/// What one party bears of a loss.
public struct ShareDescription: Sendable, Hashable, Codable {
  /// The party's name: `fund`, `bank`, …
  public var party: String
  /// The share as text: `40%`, `rest`.
  public var share: String
  /// Where it comes from: `Art. 7`.
  public var citation: String

  /// Creates a share.
  public init(party: String, share: String, citation: String) {
    self.party = party
    self.share = share
    self.citation = citation
  }
}

/// A threshold on a bank's ratio, as a report describes it.
public struct ThresholdDescription: Sendable, Hashable, Codable {
  /// The threshold's name in the programme file.
  public var id: String
  /// The level as text: `3%`.
  public var level: String
  /// What reaching it does: `warning`, `suspendNewCustomers`, `pause`.
  public var effect: String
  /// The article: `Art. 13`.
  public var article: String
  /// What is measured against what: `compensation owed ÷ IP-pledged loans disbursed`.
  public var ratio: String
  /// The reading in use, in words (I-16).
  public var reading: String

  /// Creates a description.
  ///
  /// - Parameters:
  ///   - id: The name in the programme file.
  ///   - rule: Level, effect and article.
  ///   - ratio: What is measured against what.
  ///   - reading: The reading in use.
  public init(
    id: String, rule: (level: String, effect: String, article: String), ratio: String,
    reading: String
  ) {
    self.id = id
    (level, effect, article) = rule
    self.ratio = ratio
    self.reading = reading
  }
}

/// Which loans a fund covers, and why it does not cover the others.
public struct CoverageSummary: Sendable, Hashable, Codable {
  /// Loans that fail one condition.
  public struct LeftOut: Sendable, Hashable, Codable {
    /// The condition in words.
    public var condition: String
    /// Its article.
    public var article: String
    /// How many loans fail it. A loan can fail several.
    public var count: Int
    /// Their principal.
    public var amount: Money

    /// Creates an entry.
    public init(condition: String, article: String, count: Int, amount: Money) {
      self.condition = condition
      self.article = article
      self.count = count
      self.amount = amount
    }
  }

  /// How many loans are covered when they are made.
  public var coveredCount: Int
  /// Their covered principal.
  public var coveredAmount: Money
  /// The loans that are not, by every condition that they fail.
  public var leftOut: [LeftOut]

  /// Creates a summary.
  public init(coveredCount: Int = 0, coveredAmount: Money = .zero, leftOut: [LeftOut] = []) {
    self.coveredCount = coveredCount
    self.coveredAmount = coveredAmount
    self.leftOut = leftOut
  }
}
