import ClaimRules
import FundCore
import Planning
import PolicyLibrary
import ReportForm

// Figures and rows of studies for programs.
extension JSONValue {
  /// A figure with its precision.
  static func figure(_ figure: StudyFigure, _ value: FigureValue) -> JSONValue {
    .object([("figure", .string(figure.word))] + precision(value))
  }

  /// A difference with its precision.
  static func difference(_ item: FigureDifference) -> JSONValue {
    .object(
      [("figure", .string(item.figure.word))] + precision(FigureValue(item.difference)) + [
        ("chance", .number(item.chance)), ("adjustedChance", .number(item.adjustedChance)),
        ("verdict", .string(item.verdict.rawValue)),
      ])
  }

  /// Why a variant is not allowed.
  static func refusal(_ reason: Diagnostics?) -> JSONValue {
    guard let reason else { return .null }
    return .array(
      reason.problems.map {
        [
          "code": .string($0.code), "message": .string($0.message.english),
          "advice": .string($0.advice.english),
        ]
      })
  }

  /// A row of a study with its figures.
  static func row(_ row: StudyRow, figures: [StudyFigure]) -> JSONValue {
    [
      "name": .string(row.name), "variant": .integer(row.variant),
      "fund": .string(row.fund.name), "programme": .string(row.fund.programme.id),
      "operatingModel": .string(row.fund.modelName),
      "initial": .number(row.fund.initial.yuan),
      "figures": .array(
        figures.compactMap { figure in row.value(figure).map { .figure(figure, $0) } }),
    ]
  }
}
