public func writeTape(_ tape: LoanTape, to write: (String) throws -> Void) rethrows {}
public struct TapeSummary { public init(_ tape: LoanTape) {}
  public func text() -> String { "" } }
