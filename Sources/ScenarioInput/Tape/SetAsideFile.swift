import DocumentReading
public import FundCore

/// The rows of a file that were set aside, as a file of their own: the line, the reason, the cells.
public struct SetAsideFile: Sendable {
  /// Its name.
  public let name: String
  private let reasons: [LocalizedText]
  private let rows: KeptRows

  /// - Returns: `nil` if no row was set aside.
  init?(_ name: String, _ reasons: [SetAsideRows], _ rows: KeptRows) {
    guard rows.count > 0 else { return nil }
    self.name = name
    self.reasons = reasons.map(\.reason)
    self.rows = rows
  }

  /// Writes it as CSV.
  public func write(in language: Language, to write: (String) throws -> Void) rethrows {
    // Without a byte order mark a Chinese Excel takes UTF-8 for GBK.
    var piece =
      "\u{FEFF}" + (["line", "reason"] + rows.header.map(tapeCell)).joined(separator: ",")
    piece += "\n"
    try rows.forEach { line, reason, cells in
      let texts = [String(line), tapeCell(reasons[reason][language])] + cells.map(tapeCell)
      piece += texts.joined(separator: ",") + "\n"
      if piece.utf8.count >= 1 << 16 {
        try write(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    if rows.lost > 0 { piece += ",\(rows.lost) more rows that are not kept 另有行未保留\n" }
    if !piece.isEmpty { try write(piece) }
  }
}

extension [Scenario] {
  /// The rows that were set aside of the tapes of these scenarios, each tape once.
  public var setAsideFiles: [SetAsideFile] {
    var tapes: [LoanTape] = []
    for scenario in self where scenario.portfolio.keptRows.count > 0 {
      let tape = scenario.portfolio
      if !tapes.contains(where: { $0.source == tape.source && $0.setAside == tape.setAside }) {
        tapes.append(tape)
      }
    }
    return tapes.enumerated().compactMap { place, tape in
      SetAsideFile(
        place == 0 ? "set-aside.csv" : "set-aside-\(place + 1).csv", tape.setAside, tape.keptRows)
    }
  }
}

extension Scenario {
  /// The rows of the tape that were set aside, if any were.
  public var setAsideFiles: [SetAsideFile] {
    [self].setAsideFiles
  }
}

extension RegisterStudy {
  /// The rows of the register and of the recoveries that were set aside, if any were.
  public var setAsideFiles: [SetAsideFile] {
    let files = [
      SetAsideFile("set-aside.csv", tape.setAside, tape.keptRows),
      recoveries.flatMap { SetAsideFile("set-aside-recoveries.csv", $0.setAside, $0.kept) },
    ]
    return files.compactMap(\.self)
  }
}
