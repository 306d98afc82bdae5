public import FundCore
import ReportForm

/// The JSON object that says which engine a program is.
public func engineJSON(_ engine: EngineVersion) -> String {
  let value: JSONValue = [
    "schemaVersion": .integer(JSONReport.schemaVersion), "program": "fundsim",
    "version": .string(engine.version), "engine": .engine(engine),
  ]
  return value.text
}
