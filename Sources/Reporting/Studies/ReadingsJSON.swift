import ClaimRules
import FundCore
import Planning
import PolicyLibrary
import ReportForm

/// The report of the readings for programs.
struct ReadingsJSON {
  let readings: ReadingsStudy

  var value: JSONValue {
    let study = readings.study
    return [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "provenance": StudyFrame(study).origin.json,
      "inputs": StudyInputs(provenances: study.provenances).json,
      "fund": .string(readings.fund.name),
      "programme": .string(readings.programme.id),
      "operatingModel": .string(readings.fund.modelName),
      "inUse": .array(
        readings.figures.compactMap { figure in
          study.rows[0].value(figure).map { .figure(figure, $0) }
        }),
      "sentences": .array((readings.sentences + readings.settled).map { sentence($0) }),
    ]
  }

  private func sentence(_ sentence: ReadingsStudy.Sentence) -> JSONValue {
    let item = sentence.interpretation
    return [
      "interpretation": .string(item.id),
      "articles": .array(sentence.articles.map { .string($0) }),
      "question": .localized(item.question),
      "words": item.words == "—" ? .null : .string(item.words),
      "used": .string(sentence.used),
      "usedText": .localized(sentence.usedText),
      "note": item.note.map { .localized($0) } ?? .null,
      "move": .number(sentence.size),
      "readings": .array(sentence.alternatives.map { reading($0) }),
    ]
  }

  private func reading(_ item: ReadingsStudy.Alternative) -> JSONValue {
    let row = item.row.flatMap { variant in
      readings.study.rows.first { $0.variant == variant }
    }
    return [
      "name": .string(item.name), "text": .localized(item.text),
      "changes": .array(item.changes.map { .string($0) }),
      "identical": .bool(item.isIdentical),
      "largest": item.largest.map { .string($0.figure.word) } ?? .null,
      "figures": .array(
        readings.figures.compactMap { figure in row?.value(figure).map { .figure(figure, $0) } }),
      "differences": .array(item.differences.map { .difference($0) }),
      "refusal": .refusal(item.refusal),
    ]
  }
}

extension JSONValue {
  /// A text in both languages.
  static func localized(_ text: LocalizedText) -> JSONValue {
    ["en": .string(text.english), "zh": .string(text.chinese)]
  }
}
