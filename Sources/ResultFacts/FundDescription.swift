public import FundCore

/// One fund of a run, as a report describes it.
public struct FundDescription: Sendable, Hashable, Codable {
  /// The fund's name.
  public var name: String
  /// The id of its programme.
  public var programme: String
  /// The title of its programme.
  public var programmeTitle: LocalizedText
  /// The operating model: `bank`, `guarantor`, `insurer`, or `fromLoan`.
  public var operatingModel: String
  /// The operating model's name in reports; `nil` for `fromLoan`.
  public var operatingModelWords: LocalizedText?
  /// The initial amount.
  public var initial: Money
  /// Who bears which share of a loss, in the order of payment.
  public var shares: [ShareDescription] = []
  /// Months from the first overdue month to the claim.
  public var claimDelayMonths = 0
  /// Further terms worth reading: caps, fees, interest, injections.
  public var terms: [LabelledText] = []
  /// The thresholds, in the order of the plan.
  public var thresholds: [ThresholdDescription] = []
  /// The clause under which needed capital is not defined; `nil` where it is.
  public var clauseOnBalance: LocalizedText?
  /// Which loans are covered, and why the others are not.
  public var coverage = CoverageSummary()

  /// Creates a description; shares, terms, thresholds and coverage are filled in afterwards.
  public init(
    name: String, programme: String, programmeTitle: LocalizedText, operatingModel: String,
    initial: Money
  ) {
    self.name = name
    self.programme = programme
    self.programmeTitle = programmeTitle
    self.operatingModel = operatingModel
    self.initial = initial
  }
}

/// What one party bears of a loss.
public struct ShareDescription: Sendable, Hashable, Codable {
  /// The party's name: `fund`, `bank`, …
  public var party: LocalizedText
  /// The share as text: `40%`, `rest`.
  public var share: LocalizedText
  /// Where it comes from: `Art. 7`.
  public var citation: Citation

  /// Creates a share.
  public init(party: LocalizedText, share: LocalizedText, citation: Citation) {
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
  public var article: Citation
  /// What is measured against what: `compensation owed ÷ IP-pledged loans disbursed`.
  public var ratio: LocalizedText
  /// The reading in use, in words (I-16).
  public var reading = LocalizedText.empty

  /// Creates a description; the reading in use is filled in afterwards.
  ///
  /// - Parameters:
  ///   - id: The name in the programme file.
  ///   - level: The level as text.
  ///   - effect: What reaching it does.
  ///   - article: The article.
  ///   - ratio: What is measured against what.
  public init(id: String, level: String, effect: String, article: Citation, ratio: LocalizedText) {
    self.id = id
    self.level = level
    self.effect = effect
    self.article = article
    self.ratio = ratio
  }
}
