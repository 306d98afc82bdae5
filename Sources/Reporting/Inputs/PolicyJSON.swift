import CompensationKernel
import FundCore
public import PolicyLibrary
import ReportForm

/// Programmes for programs: what `policy list` and `policy show` say.
public enum PolicyJSON {
  /// The programmes, each with its numbers.
  public static func list(_ documents: [PolicyDocument]) -> String {
    let value: JSONValue = [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "programmes": .array(documents.map { .object(head($0) + numbers($0)) }),
    ]
    return value.text
  }

  /// One programme: every number with its unit and article, and the interpretation log.
  public static func show(_ document: PolicyDocument) -> String {
    let terms = document.terms
    let members: [(key: String, value: JSONValue)] = [
      (
        "refusedModels",
        .array(
          terms.refusedModels.sorted { $0.key.id < $1.key.id }.map { model, refusal in
            [
              "model": .string(model.id), "reason": .localized(refusal.reason),
              "source": .source(refusal.citation),
            ]
          })
      ),
      (
        "facts",
        .array(
          terms.coverage.facts.map { fact in
            [
              "id": .string(fact.id), "en": .string(fact.english), "zh": .string(fact.chinese),
              "source": .source(fact.citation),
            ]
          })
      ),
      ("interpretations", .array(document.interpretations.map { interpretation($0) })),
    ]
    let version: JSONValue = .integer(JSONReport.schemaVersion)
    return JSONValue.object(
      [("schemaVersion", version)] + head(document) + numbers(document) + members
    ).text
  }

  private static func head(_ document: PolicyDocument) -> [(key: String, value: JSONValue)] {
    let models = document.terms.models.keys.map(\.id).sorted()
    return [
      ("id", .string(document.id)), ("title", .localized(document.title)),
      ("issuer", .localized(document.issuer)),
      ("checkedOn", .string(document.check.description)),
      ("models", .array(models.map { .string($0) })),
    ]
  }

  private static func numbers(_ document: PolicyDocument) -> [(key: String, value: JSONValue)] {
    let items = document.parameters.map { item -> JSONValue in
      [
        "path": .string(item.path), "value": .string(item.value), "unit": .string(item.unit),
        "source": .source(item.citation),
      ]
    }
    return [("numbers", .array(items))]
  }

  private static func interpretation(_ item: Interpretation) -> JSONValue {
    [
      "id": .string(item.id), "question": .localized(item.question), "words": .string(item.words),
      "default": .localized(item.reading),
      "others": .array(
        item.others.map { ["name": .string($0.name), "text": .localized($0.text)] }),
      "note": item.note.map { .localized($0) } ?? .null,
    ]
  }
}

extension JSONValue {
  /// Where a number comes from.
  fileprivate static func source(_ citation: Citation) -> JSONValue {
    [
      "article": citation.article.map { .string($0) } ?? .null,
      "interpretations": .array(citation.interpretations.map { .string($0) }),
      "assumption": citation.assumption.map { .string($0.english) } ?? .null,
    ]
  }
}
