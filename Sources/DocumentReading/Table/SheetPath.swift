/// The path of a table, behind which a sheet of a workbook can be named: `loans.xlsx:2024`.
public struct SheetPath: Hashable, Sendable {
  /// The file.
  public let file: String
  /// The sheet; `nil` if none is named.
  public let sheet: String?

  /// Divides a path behind the ending of a workbook.
  public init(_ path: String) {
    let bytes = Array(path.utf8)
    // By bytes, because some letters have another length as small ones.
    let colon = bytes.indices.last { place in
      bytes[place] == UInt8(ascii: ":") && place >= 5
        && Self.isEnding(bytes[place - 5..<place])
    }
    guard let colon else {
      file = path
      sheet = nil
      return
    }
    file = String(decoding: bytes[..<colon], as: UTF8.self)
    // `loans.xlsx:` names the first sheet, like no name.
    let name = String(decoding: bytes[(colon + 1)...], as: UTF8.self)
    sheet = name.isEmpty ? nil : name
  }

  /// Whether bytes are `.xlsx` or `.xlsm`, in any case.
  private static func isEnding(_ bytes: ArraySlice<UInt8>) -> Bool {
    let small = bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    return small.elementsEqual(".xlsx".utf8) || small.elementsEqual(".xlsm".utf8)
  }
}
