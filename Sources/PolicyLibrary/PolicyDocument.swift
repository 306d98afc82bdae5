public import CompensationKernel
public import DocumentReading
public import FundCore
import Synchronization

/// One municipal document: identity, terms, interpretations, and every number with its source.
///
/// What a programme file holds. A document is replaced whole by the next one, so a revision is
/// another file with another id. Nothing that it says ever changes; it is a class because it is large (1 kB
/// before its arrays), and every agreement and every report hands it on.
public final class PolicyDocument: Sendable {
  /// The id by which scenarios name the document.
  public let id: String
  /// Its title.
  public let title: LocalizedText
  /// Who issued it.
  public let issuer: LocalizedText
  /// Whether, and when, the file was held against the text.
  public let check: TextCheck
  /// The name of the article that tells the text in our words; `nil` for a draft.
  public let textName: String?
  /// What the document says, clause by clause.
  public let terms: CompensationTerms
  /// The duties with a date.
  public let duties: [DutyClause]
  /// What the text leaves open, and how it is read.
  public let interpretations: [Interpretation]
  /// Every number and choice, in the order of the file.
  public let parameters: [ProgrammeParameter]
  /// What the file says, with the readings and overrides that were applied.
  public let tree: DocumentNode
  /// The document under other readings, one at a time, by interpretation and name, once it was asked for.
  let underReadings = Mutex<[[String]: PolicyDocument]>([:])

  init(
    id: String, title: LocalizedText, issuer: LocalizedText, check: TextCheck, textName: String?,
    terms: CompensationTerms, duties: [DutyClause], interpretations: [Interpretation],
    parameters: [ProgrammeParameter], tree: DocumentNode
  ) {
    self.id = id
    self.title = title
    self.issuer = issuer
    self.check = check
    self.textName = textName
    self.terms = terms
    self.duties = duties
    self.interpretations = interpretations
    self.parameters = parameters
    self.tree = tree
  }

  /// The same document, but for whether its file was held against the text.
  func with(_ check: TextCheck) -> PolicyDocument {
    PolicyDocument(
      id: id, title: title, issuer: issuer, check: check, textName: textName, terms: terms,
      duties: duties, interpretations: interpretations, parameters: parameters, tree: tree)
  }
}

/// One number or choice of a programme.
public struct ProgrammeParameter: Hashable, Sendable {
  /// Its path in the programme file, also the name by which a scenario overrides it.
  public let path: String
  /// The value as the file writes it.
  public let value: String
  /// The unit; empty for a choice.
  public let unit: String
  /// Where it comes from.
  public let citation: Citation
}

/// A duty with a date and no stated sanction (I-24).
public struct DutyClause: Hashable, Sendable {
  /// When the time starts to run.
  public enum Start: String, CaseIterable, Sendable {
    case disbursement
    case overdue
    case recognition
    case recovery
  }
  /// What a missed duty does.
  public enum Lateness: String, CaseIterable, Sendable {
    /// The claim is paid and flagged as late.
    case flag
    /// The claim is forfeited.
    case forfeit
  }
  /// The duty's name in the file.
  public let id: String
  /// What it says.
  public let text: LocalizedText
  /// How long, in days.
  public let days: Int
  /// Whether only working days count.
  public let countsWorkingDays: Bool
  /// When the time starts to run.
  public let after: Start
  /// What missing it does.
  public let lateness: Lateness
  /// The payers whose part a forfeited claim loses; `nil` for all (I-43).
  public let concerns: Set<Party>?
  /// Where it comes from.
  public let citation: Citation
}

/// A question that the text leaves open.
public struct Interpretation: Sendable {
  /// Another reading than the one of the file, as a change of its terms.
  public struct Reading: Sendable {
    /// The name by which a scenario chooses it.
    public let name: String
    /// What it says.
    public let text: LocalizedText
    /// What it changes: paths in the programme file, and their values under this reading.
    public let changes: [DocumentEntry]
  }
  /// What the program asks a reading for, whatever its number.
  public enum Matter: String, CaseIterable, Sendable {
    /// The order in which the rules of a claim bind. The kernel fixes it, so the file says which
    /// interpretation tells it.
    case order
    /// From when on, and when, ratios are watched: what its readings change is `watched` of thresholds
    /// and nothing else.
    case watch
  }
  /// The id, such as `I-16`.
  public let id: String
  /// The question.
  public let question: LocalizedText
  /// The deciding words of the text; a dash if it is silent.
  public let words: String
  /// How the program reads it.
  public let reading: LocalizedText
  /// The other readings.
  public let others: [Reading]
  /// Why there is nothing else to choose, or what the choice does not change.
  public let note: LocalizedText?
  /// What it decides, where the program asks for that; `nil` otherwise.
  public let sets: Matter?
}

extension PolicyDocument {
  /// The interpretations that decide a matter.
  public func interpretations(setting matter: Interpretation.Matter) -> [Interpretation] {
    interpretations.filter { $0.sets == matter }
  }

  /// The reading that gives a parameter a value, as a scenario writes it: `id: name`; `nil` if none does.
  public func reading(setting path: String, to value: String) -> String? {
    for item in interpretations {
      let found = item.others.first { reading in
        reading.changes.contains { $0.key.value == path && $0.value.text == value }
      }
      if let found { return "\(item.id): \(found.name)" }
    }
    return nil
  }
}
