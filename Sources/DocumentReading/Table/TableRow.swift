public import FundCore

/// One row of a table, for as long as it is being read.
///
/// Columns are counted from 0, as `DelimitedTable.column(_:)` gives them. A row cannot be kept;
/// its cells are read straight from the bytes of the file.
public struct TableRow: ~Copyable {
  /// The line of the file on which the row starts, from 1.
  public let line: Int
  /// The number of the row below the header, from 1.
  public let number: Int
  let scanner: RowScanner

  init(number: Int, scanner: RowScanner) {
    line = scanner.rowLine
    self.number = number
    self.scanner = scanner
  }

  /// What the number of its line is called.
  public var naming: RowNaming { RowNaming(ofSheet: scanner.sheet?.name) }

  /// The number of cells.
  public var cellCount: Int { scanner.cells.count }

  /// Where a cell starts.
  public func location(_ column: Int) -> SourceLocation { scanner.place(ofCell: column) }

  /// Whether a cell has nothing but blanks.
  public func isEmpty(_ column: Int) -> Bool { cellBytes(column).isEmpty }

  /// Whether a cell has no value: nothing but blanks, or a mark such as `-` or 无.
  public func isMissing(_ column: Int) -> Bool {
    let bytes = cellBytes(column)
    return bytes.isEmpty || (bytes.count <= 16 && Scalar.isMissing(text(column)))
  }

  /// The text of a cell, without blanks around it.
  public func text(_ column: Int) -> String {
    guard scanner.cells[column].hasDoubledQuotes else {
      return String(decoding: cellBytes(column), as: UTF8.self)
    }
    // By bytes: a quote with a combining mark behind it is one character, but still a quote.
    var single: [UInt8] = []
    var isSecond = false
    for byte in cellBytes(column) {
      isSecond = byte == UInt8(ascii: "\"") && !isSecond
      if byte != UInt8(ascii: "\"") || isSecond { single.append(byte) }
    }
    return String(decoding: single, as: UTF8.self)
  }

  /// A hash of what the cells say: rows with the same texts have the same.
  public func contentHash(skipping skipped: [Bool]) -> UInt64 {
    let basis: UInt64 = 0x9E37_79B9_7F4A_7C15
    guard !skipped.contains(true), !isWrittenLoosely, let first = scanner.cells.first,
      let last = scanner.cells.last
    else { return mixed(basis, plainText(skipping: skipped)) }
    // All cells at once, with what stands between them.
    let bytes = UnsafeRawBufferPointer(scanner.bytes)[first.start..<last.end]
    return mixed(basis, UnsafeRawBufferPointer(rebasing: bytes))
  }

  /// Whether any cell has quotes or blanks around it, so that its bytes are not all that it says.
  private var isWrittenLoosely: Bool {
    scanner.cells.contains { cell in
      cell.isQuoted
        || (cell.start < cell.end
          && (isBlank(scanner.bytes[cell.start]) || isBlank(scanner.bytes[cell.end - 1])))
    }
  }

  /// The cells as they would stand without quotes and blanks: the bytes that `contentHash` takes.
  private func plainText(skipping skipped: [Bool]) -> [UInt8] {
    var text: [UInt8] = []
    var isFirst = true
    for column in 0..<cellCount where column >= skipped.count || !skipped[column] {
      if !isFirst { text.append(scanner.separator) }
      isFirst = false
      text += cellBytes(column)
    }
    return text
  }

  /// Whether a cell is exactly this text.
  public func cell(_ column: Int, equals text: StaticString) -> Bool {
    cellBytes(column).elementsEqual(
      UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// A whole number.
  public func integer(
    _ column: Int, in range: ClosedRange<Int> = Int.min...Int.max
  ) -> Result<Int, ScalarProblem> {
    if let value = plainInteger(cellBytes(column)), range.contains(value) { return .success(value) }
    return Scalar.integer(text(column), in: range)
  }

  /// An amount of money in yuan.
  public func money(
    _ column: Int, sign: AmountSign = .notNegative
  ) -> Result<Money, ScalarProblem> {
    let power = scanner.yuanPowers.isEmpty ? 0 : scanner.yuanPowers[column]
    if power == 0, let fen = plainFen(cellBytes(column)), fen <= Money.largestInput.fen {
      return .success(Money(fen: fen))
    }
    return Scalar.money(text(column), inUnitsOf: power, sign: sign)
  }

  /// A number with decimals.
  public func number(
    _ column: Int, in range: ClosedRange<Double> = Scalar.anyNumber
  ) -> Result<Double, ScalarProblem> {
    Scalar.number(text(column), in: range)
  }

  /// A share, exact to the millionth.
  public func ratio(
    _ column: Int, in range: ClosedRange<Ratio> = .zero ... .one
  ) -> Result<Ratio, ScalarProblem> {
    Scalar.ratio(text(column), in: range)
  }

  /// A probability.
  public func probability(
    _ column: Int, in range: ProbabilityRange = .closed
  ) -> Result<Double, ScalarProblem> {
    Scalar.probability(text(column), in: range)
  }

  /// A number of months.
  public func monthCount(
    _ column: Int, in range: ClosedRange<Int> = 0...1_200
  ) -> Result<Int, ScalarProblem> {
    if let value = plainInteger(cellBytes(column)), range.contains(value) { return .success(value) }
    return Scalar.monthCount(text(column), in: range)
  }

  /// A month of the calendar.
  public func month(_ column: Int) -> Result<CivilMonth, ScalarProblem> {
    Scalar.month(text(column))
  }

  /// A date.
  public func date(
    _ column: Int, order: DateOrder = .yearMonthDay
  ) -> Result<CivilDate, ScalarProblem> {
    if order == .yearMonthDay, let date = plainDate(cellBytes(column)) { return .success(date) }
    return Scalar.date(text(column), order: order)
  }

  /// The problem of a cell, at its place.
  ///
  /// - Parameters:
  ///   - problem: Why the cell is not the value that was asked for.
  ///   - column: The cell.
  ///   - name: The name of the column.
  public func diagnostic(_ problem: ScalarProblem, column: Int, name: String) -> Diagnostic {
    Diagnostic(
      code: problem.code, message: problem.message.named(name), advice: problem.advice,
      location: location(column))
  }

  /// The bytes of a cell without quotes and blanks around it. Doubled quotes are still double.
  func cellBytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
    let cell = scanner.cells[column]
    var (start, end) = (cell.start, cell.end)
    let bytes = scanner.bytes
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
}

/// A hash with so many bytes more.
private func mixed(_ before: UInt64, _ bytes: [UInt8]) -> UInt64 {
  bytes.withUnsafeBytes { mixed(before, $0) }
}

/// A hash with so many bytes more.
private func mixed(_ before: UInt64, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
  var hash = before ^ UInt64(bytes.count)
  var index = 0
  while index + 8 <= bytes.count {
    hash = mixed(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    index += 8
  }
  var rest: UInt64 = 0xFF
  while index < bytes.count {
    rest = rest << 8 ^ UInt64(bytes[index])
    index += 1
  }
  return mixed(hash ^ rest)
}

/// The finishing step of SplitMix64.
private func mixed(_ word: UInt64) -> UInt64 {
  var word = word &* 0xBF58_476D_1CE4_E5B9
  word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
  return word ^ (word >> 31)
}
