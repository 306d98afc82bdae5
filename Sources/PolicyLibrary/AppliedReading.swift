public import CompensationKernel
import DocumentReading
public import FundCore

/// A question that the text leaves open, with the reading that was used.
public struct AppliedReading: Hashable, Sendable {
  /// The interpretation's id, such as `I-16`.
  public let id: String
  /// The question.
  public let question: LocalizedText
  /// The name of the reading; `default` for that of the programme file.
  public let name: String
  /// What the reading says.
  public let reading: LocalizedText
}

/// A parameter that was set against the text.
public struct AppliedOverride: Hashable, Sendable {
  /// The path of the parameter in the programme file.
  public let parameter: String
  /// What the text says.
  public let original: String
  /// What was set.
  public let value: String
  /// Why.
  public let reason: LocalizedText
}

extension PolicyDocument {
  /// The readings that were used of some interpretations, in the order of the log.
  ///
  /// - Parameters:
  ///   - ids: The interpretations; those that the log lacks are left out.
  ///   - choices: The readings that were chosen in place of the file's own.
  public func readings(of ids: Set<String>, under choices: [ReadingChoice]) -> [AppliedReading] {
    interpretations.filter { ids.contains($0.id) }.map { item in
      let chosen = choices.last { $0.id.value == item.id }?.name.value
      let other = item.others.first { $0.name == chosen }
      return AppliedReading(
        id: item.id, question: item.question, name: other?.name ?? "default",
        reading: other?.text ?? item.reading)
    }
  }

  /// What was set against this document's text.
  public func departures(_ overrides: [OverrideRequest]) -> [AppliedOverride] {
    overrides.map { item in
      AppliedOverride(
        parameter: item.path.value, original: tree.node(at: item.path.value)?.text ?? "",
        value: item.value.text ?? "…", reason: item.reason)
    }
  }

  /// Where it stands that an operating model is allowed.
  public func source(of model: OperatingModel) -> Citation? {
    source(ofParameter: "models.\(model.id).allowed.value")
      ?? terms.models[model]?.citation
  }

  /// Where a number or a choice comes from.
  public func source(ofParameter path: String) -> Citation? {
    parameters.first { $0.path == path }?.citation
  }
}
