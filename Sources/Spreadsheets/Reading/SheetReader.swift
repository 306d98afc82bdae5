/// Reads the cells of a sheet (ECMA-376 part 1, section 18.3.1).
struct SheetReader {
  /// The last row and column of a sheet.
  static let lastRow = 1_048_576
  static let lastColumn = 16_384

  /// Why a sheet cannot be read.
  enum Failure: Error {
    case markup(MarkupFailure)
    case tooLarge
  }

  /// What a cell holds, by its attribute `t`.
  private enum Kind {
    case number, shared, inline, text, flag, error, date
  }

  /// The largest table in bytes.
  var limit = SheetTable.sizeLimit
  private var scanner: MarkupScanner
  private let texts: SharedTexts
  private let writer: CellWriter
  private var merges: VerticalMerges
  private(set) var table: SheetTable
  /// The row that is being written, and the columns of it that have been.
  private var row = 1
  private var column = 0
  /// The columns that are hidden, as ranges, and whether each has been counted.
  private var hidden: [ClosedRange<Int>] = []
  private var hiddenSeen: Set<Int> = []
  private var value: [UInt8] = []

  init(
    _ part: UnsafeBufferPointer<UInt8>, named name: String, texts: SharedTexts, writer: CellWriter
  ) throws(Failure) {
    do { scanner = try MarkupScanner(part) } catch { throw .markup(error) }
    self.texts = texts
    self.writer = writer
    merges = VerticalMerges(part)
    table = SheetTable(sheet: name)
    table.bytes.reserveCapacity(part.count / 4)
  }

  /// Reads all rows.
  mutating func read() throws(Failure) {
    do throws(MarkupFailure) {
      try readRows()
    } catch {
      if table.bytes.count > limit { throw .tooLarge }
      throw .markup(error)
    }
    table.filledCells = merges.filledCount
    for number in hiddenSeen.sorted() { table.hiddenColumns.add(number) }
    if column > 0 { table.bytes.append(0x0A) }
  }

  private mutating func readRows() throws(MarkupFailure) {
    var lastRow = 0
    while true {
      switch try scanner.next() {
      case .finish: return
      case .start where scanner.isNamed("row"):
        let (number, isHidden) = try rowStart(after: lastRow)
        lastRow = number
        let hasCells = try readCells(of: number)
        if isHidden, hasCells { table.hiddenRows.add(number) }
        if table.bytes.count > limit { throw .damaged }
      case .start where scanner.isNamed("col"): try readHiddenColumns()
      case .start, .end, .text: break
      }
    }
  }

  private mutating func readHiddenColumns() throws(MarkupFailure) {
    let found = try scanner.values(["min", "max", "hidden"])
    guard isTrue(found[2]), let first = found[0].flatMap({ Int($0) }),
      let last = found[1].flatMap({ Int($0) }), first >= 1, first <= last, hidden.count < 1_000
    else { return }
    hidden.append(first...last)
  }

  private mutating func rowStart(after last: Int) throws(MarkupFailure) -> (Int, isHidden: Bool) {
    var (number, isHidden) = (last + 1, false)
    while let (name, value) = try scanner.attribute() {
      if scanner.matches(name, "r") {
        guard let stated = integer(value) else { throw .damaged }
        number = stated
      } else if scanner.matches(name, "hidden") {
        isHidden = isTrue(try scanner.string(value))
      }
    }
    guard number > last, number <= Self.lastRow else { throw .damaged }
    return (number, isHidden)
  }

  // MARK: Cells

  /// Reads the cells of the row that has started, and leaves it.
  ///
  /// - Returns: Whether any has a value.
  private mutating func readCells(of number: Int) throws(MarkupFailure) -> Bool {
    let outside = scanner.depth - 1
    var above = merges.isEmpty ? [:] : merges.texts(row: number)
    var hasCells = false
    var last = 0
    while scanner.depth > outside {
      guard case .start = try scanner.next(), scanner.isNamed("c") else { continue }
      let (place, kind, style) = try cellStart(after: last, row: number)
      last = place
      guard try readValue(kind, style) else { continue }
      if !above.isEmpty { fill(&above, before: place, row: number) }
      write(at: place, row: number)
      hasCells = true
      if !merges.isEmpty, kind == .shared || kind == .inline || kind == .text {
        merges.note(value, row: number, column: place)
      }
      if table.bytes.count > limit { throw .damaged }
    }
    // A row of nothing but what stands above it is none.
    if hasCells, !above.isEmpty { fill(&above, before: .max, row: number) }
    return hasCells
  }

  /// Writes the texts of cells above that are merged with cells of this row, up to a column that has a
  /// value of its own.
  private mutating func fill(_ above: inout [Int: [UInt8]], before place: Int, row number: Int) {
    for column in above.keys.sorted() where column <= place {
      let text = above.removeValue(forKey: column) ?? []
      guard column < place else { continue }
      let own = value
      value = text
      write(at: column, row: number)
      value = own
      merges.count(1)
    }
  }

  private mutating func cellStart(
    after last: Int, row: Int
  ) throws(MarkupFailure) -> (column: Int, Kind, style: Int) {
    var (column, kind, style) = (last + 1, Kind.number, 0)
    while let (name, value) = try scanner.attribute() {
      if scanner.matches(name, "r") {
        column = try self.column(value, row: row)
      } else if scanner.matches(name, "s") {
        style = integer(value) ?? -1
      } else if scanner.matches(name, "t") {
        kind = self.kind(value)
      }
    }
    guard column > last, column <= Self.lastColumn else { throw .damaged }
    return (column, kind, style)
  }

  private func kind(_ range: Range<Int>) -> Kind {
    if scanner.matches(range, "s") { return .shared }
    if scanner.matches(range, "str") { return .text }
    if scanner.matches(range, "inlineStr") { return .inline }
    if scanner.matches(range, "b") { return .flag }
    if scanner.matches(range, "e") { return .error }
    return scanner.matches(range, "d") ? .date : .number
  }

  /// The column of a cell's name, such as `AB12`, whose row has to be this.
  private func column(_ name: Range<Int>, row: Int) throws(MarkupFailure) -> Int {
    var column = 0
    var index = name.lowerBound
    while index < name.upperBound, index - name.lowerBound < 4,
      case let letter = scanner.bytes[index] & 0xDF, (0x41...0x5A).contains(letter)
    {
      column = column * 26 + Int(letter - 0x40)
      index += 1
    }
    guard integer(index..<name.upperBound) == row else { throw .damaged }
    return column
  }

  /// Reads what is in the cell that has started, as it stands in the table, into `value`, and leaves it.
  ///
  /// - Returns: Whether it has anything.
  private mutating func readValue(_ kind: Kind, _ style: Int) throws(MarkupFailure) -> Bool {
    value.removeAll(keepingCapacity: true)
    let outside = scanner.depth - 1
    var (isFormula, hasValue) = (false, false)
    while scanner.depth > outside {
      guard case .start = try scanner.next() else { continue }
      if scanner.isNamed("v") {
        try readPlainValue(kind, style)
        // A formula can have an empty text as its result.
        hasValue = kind == .text || !value.isEmpty
      } else if scanner.isNamed("is") {
        var text: [UInt8] = []
        try scanner.appendRichText(to: &text)
        hasValue = true
        appendCell(text, to: &value)
      } else {
        isFormula = isFormula || scanner.isNamed("f")
        try scanner.skipElement()
      }
    }
    if isFormula, !hasValue { value += SheetTable.uncomputedFormula.utf8 }
    return !value.isEmpty
  }

  /// Reads the element `v` that has started, and leaves it.
  private mutating func readPlainValue(_ kind: Kind, _ style: Int) throws(MarkupFailure) {
    let outside = scanner.depth - 1
    while scanner.depth > outside {
      guard case .text = try scanner.next() else { continue }
      switch kind {
      case .number: writer.append(scanner.bytes[scanner.text], style: style, to: &value)
      case .shared:
        guard let number = integer(scanner.text), texts.append(number, to: &value) else {
          throw .damaged
        }
      case .flag: value += (integer(scanner.text) == 0 ? "FALSE" : "TRUE").utf8
      case .inline, .text, .error, .date:
        var text: [UInt8] = []
        try scanner.appendText(to: &text)
        // A day at midnight is a day.
        if kind == .date, let time = text.firstIndex(of: UInt8(ascii: "T")),
          text[(time + 1)...].allSatisfy({ "0:.Z".utf8.contains($0) })
        {
          text.removeSubrange(time...)
        }
        appendCell(text, to: &value)
      }
    }
  }

  /// Writes the value at its place, behind the line ends and commas that lead to it.
  private mutating func write(at place: Int, row number: Int) {
    while row < number {
      table.bytes.append(0x0A)
      row += 1
      column = 0
    }
    for _ in max(column, 1)..<place { table.bytes.append(0x2C) }
    if column == 0 { column = 1 }
    table.bytes += value
    column = place
    table.width = max(table.width, place)
    if hidden.contains(where: { $0.contains(place) }) { hiddenSeen.insert(place) }
  }

  // MARK: Numbers

  private func integer(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 10 else { return nil }
    var value = 0
    for index in range {
      let digit = scanner.bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }

  private func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }
}
