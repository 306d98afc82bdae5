/// The path of a table, behind which a sheet of a workbook can be named: `loans.xlsx:2024`.
public struct SheetPath: Hashable, Sendable {
  /// The file.
  public let file: String
  /// The sheet; `nil` if none is named.
  public let sheet: String?

  /// Divides a path behind the ending of a workbook.
  public init(_ path: String) {
    let lower = path.lowercased()
    for ending in [".xlsx:", ".xlsm:"] {
      guard let range = lower.ranges(of: ending).last,
        let colon = path.utf8.index(
          path.utf8.startIndex,
          offsetBy: lower.utf8.distance(from: lower.startIndex, to: range.upperBound) - 1,
          limitedBy: path.utf8.endIndex), path[colon...].hasPrefix(":")
      else { continue }
      let name = path[path.index(after: colon)...]
      // `loans.xlsx:` names the first sheet, like no name.
      file = String(path[..<colon])
      sheet = name.isEmpty ? nil : String(name)
      return
    }
    file = path
    sheet = nil
  }
}
