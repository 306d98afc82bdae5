/// The sheets that a workbook lists, and how it counts days (ECMA-376 part 1, section 18.2).
struct SheetList {
  /// A sheet: its name and the relation that leads to it.
  struct Sheet {
    let name: String
    let relation: String
    let isHidden: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var countsFrom1904 = false
  private(set) var isWorkbook = false

  init(_ scanner: inout MarkupScanner) throws(MarkupFailure) {
    while true {
      switch try scanner.next() {
      case .finish: return
      case .start where scanner.isNamed("workbook"): isWorkbook = true
      case .start where scanner.isNamed("workbookPr"):
        let value = try scanner.values(["date1904"])[0]
        countsFrom1904 = value == "1" || value == "true"
      case .start where scanner.isNamed("sheet"):
        let found = try scanner.values(["name", "id", "state"])
        guard let name = found[0], let relation = found[1] else { continue }
        sheets.append(
          Sheet(name: name, relation: relation, isHidden: found[2]?.hasSuffix("idden") ?? false))
      case .start, .end, .text: break
      }
    }
  }
}
