import FundCore
import ReportForm
import Verification

/// What came of the checks, for programs.
struct VerificationJSON {
  let source: VerificationReport

  var value: JSONValue {
    [
      "schemaVersion": .integer(JSONReport.schemaVersion),
      "engine": .engine(source.engine),
      "holds": .bool(source.run.failures.isEmpty),
      "count": .integer(source.run.results.count),
      "failures": .integer(source.run.failures.count),
      "spoiled": .bool(source.isSpoiled),
      "limit": .number(CheckTable.limit),
      "falseAlarm": .number(CheckTable.falseAlarm),
      "statistical": .integer(CheckTable.statisticalCount),
      "checks": .array(source.run.results.map(check)),
    ]
  }

  private func check(_ result: CheckResult) -> JSONValue {
    [
      "group": .string(result.group.rawValue),
      "name": .string(result.check.name.english),
      "nameZh": .string(result.check.name.chinese),
      "source": .string(result.check.source.english),
      "sourceZh": .string(result.check.source.chinese),
      "kind": .string(result.check.allowance.kind),
      "expected": json(result.check.expected),
      "found": result.found.map(json) ?? .null,
      "error": result.error.map { .number($0) } ?? .null,
      "z": result.deviation.map { .number($0) } ?? .null,
      "holds": .bool(result.holds),
      "problem": result.problem.map { .string($0.english) } ?? .null,
    ]
  }

  private func json(_ value: CheckValue) -> JSONValue {
    switch value {
    case .number(let number): number.isFinite ? .number(number) : .string("\(number)")
    case .words(let text): .string(text.english)
    case .amounts(let amounts):
      .object(amounts.map { (key: $0.key, value: .number($0.money.yuan)) })
    }
  }
}
