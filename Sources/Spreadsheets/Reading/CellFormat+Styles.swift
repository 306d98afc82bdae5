extension CellFormat {
  /// The number format of every cell style (ECMA-376 part 1, section 18.8).
  static func all(in scanner: inout MarkupScanner) throws(MarkupFailure) -> [CellFormat] {
    var codes: [Int: CellFormat] = [:]
    var formats: [CellFormat] = []
    var isInCells = false
    while true {
      switch try scanner.next() {
      case .finish: return formats
      case .start where scanner.isNamed("numFmt"):
        let found = try scanner.values(["numFmtId", "formatCode"])
        if let id = found[0].flatMap({ Int($0) }), let code = found[1] {
          codes[id] = CellFormat(code: code)
        }
      case .start where scanner.isNamed("cellXfs"): isInCells = true
      case .end where scanner.isNamed("cellXfs"): isInCells = false
      case .start where scanner.isNamed("xf") && isInCells:
        let id = try scanner.values(["numFmtId"])[0].flatMap { Int($0) } ?? 0
        formats.append(codes[id] ?? CellFormat(builtIn: id))
      case .start, .end, .text: break
      }
    }
  }
}
