extension ColumnTable {
  /// Writes the table for `numpy.load`: a record a row. Amounts are in yuan, not a number where a block
  /// has no such column; a number that is none is −1.
  ///
  /// Source of the format: NumPy Enhancement Proposal 1, versions 1.0 and 3.0.
  ///
  /// - Parameters:
  ///   - rows: How many rows all blocks have.
  ///   - blocks: How many blocks there are.
  ///   - block: Makes the block of this place.
  ///   - sink: Takes the bytes in chunks, in order.
  public func writeNumPy(
    rows: Int, blocks: Int, block: (Int) -> Block, to sink: ([UInt8]) throws -> Void
  ) rethrows {
    try sink(numPyHeader(rows: rows))
    for place in 0..<blocks { try write(block(place), to: sink) }
  }

  /// The magic, the version, and a Python literal that ends at a multiple of 64 bytes.
  private func numPyHeader(rows: Int) -> [UInt8] {
    let types = columns.map { "(\(Self.pythonText($0.name)), '\($0.kind.numPyType)')" }
    let text =
      "{'descr': [\(types.joined(separator: ", "))], 'fortran_order': False, 'shape': (\(rows),), }"
    // Only version 3.0 may hold more than Latin letters; old readers know 1.0.
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 } && text.utf8.count < 65_000
    let lengthSize = isPlain ? 2 : 4
    let used = 8 + lengthSize + text.utf8.count + 1
    let length = text.utf8.count + 1 + (64 - used % 64) % 64
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [isPlain ? 1 : 3, 0]
    for place in 0..<lengthSize { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * place))) }
    bytes += Array(text.utf8)
    bytes += Array(repeating: UInt8(ascii: " "), count: length - text.utf8.count - 1)
    return bytes + [UInt8(ascii: "\n")]
  }

  /// A text as Python writes it.
  private static func pythonText(_ text: String) -> String {
    var literal = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\\": literal += "\\" + String(scalar)
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        literal += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "'"
  }

  private func write(_ block: Block, to sink: ([UInt8]) throws -> Void) rethrows {
    let rowSize = columns.reduce(0) { $0 + $1.kind.numPySize }
    let chunk = 4_096
    for start in stride(from: 0, to: block.rows, by: chunk) {
      let rows = start..<min(start + chunk, block.rows)
      var bytes = [UInt8](repeating: 0, count: rows.count * rowSize)
      bytes.withUnsafeMutableBytes { buffer in
        var offset = 0
        for (column, cells) in zip(columns, block.cells) {
          var target = offset
          for row in rows {
            switch cells {
            case .name(_, let number):
              Self.store(Int64(number), as: column.kind, in: buffer, at: target)
            case .row: Self.store(Int64(row), as: column.kind, in: buffer, at: target)
            case .numbers(let numbers):
              let number = numbers.isEmpty ? nil : numbers[row]
              Self.store(number, as: column.kind, in: buffer, at: target)
            case .reals(let numbers):
              let number = numbers.isEmpty ? Double.nan : numbers[row]
              buffer.storeBytes(
                of: number.bitPattern.littleEndian, toByteOffset: target, as: UInt64.self)
            case .months(let months):
              let month = months.isEmpty ? nil : Int64(months[row])
              Self.store(month, as: column.kind, in: buffer, at: target)
            case .text(let text): Self.store(text, in: buffer, at: target)
            }
            target += rowSize
          }
          offset += column.kind.numPySize
        }
      }
      try sink(bytes)
    }
  }

  /// Puts a number into its place, lowest byte first.
  private static func store(
    _ value: Int64?, as kind: Kind, in buffer: UnsafeMutableRawBufferPointer, at place: Int
  ) {
    switch kind {
    case .yuan:
      let yuan = value.map { Double($0) / 100 } ?? .nan
      buffer.storeBytes(
        of: yuan.bitPattern.littleEndian, toByteOffset: place, as: UInt64.self)
    case .name, .whole(2):
      let number = Int16(clamping: value ?? -1)
      buffer.storeBytes(of: number.littleEndian, toByteOffset: place, as: Int16.self)
    case .whole:
      let number = Int32(clamping: value ?? -1)
      buffer.storeBytes(of: number.littleEndian, toByteOffset: place, as: Int32.self)
    case .row, .text, .number:
      buffer.storeBytes(of: (value ?? -1).littleEndian, toByteOffset: place, as: Int64.self)
    }
  }

  /// Puts a text into its place, four bytes a character; zeros fill it up.
  private static func store(
    _ text: String, in buffer: UnsafeMutableRawBufferPointer, at place: Int
  ) {
    for (index, scalar) in text.unicodeScalars.enumerated() {
      buffer.storeBytes(
        of: scalar.value.littleEndian, toByteOffset: place + 4 * index, as: UInt32.self)
    }
  }
}

extension ColumnTable.Kind {
  /// The type in NumPy's words.
  fileprivate var numPyType: String {
    switch self {
    case .name: "<i2"
    case .row: "<i8"
    case .yuan, .number: "<f8"
    case .whole(let bytes): "<i\(bytes)"
    case .text(let length): "<U\(length)"
    }
  }

  /// The size of a cell in bytes.
  fileprivate var numPySize: Int {
    switch self {
    case .name: 2
    case .row, .yuan, .number: 8
    case .whole(let bytes): bytes
    case .text(let length): 4 * length
    }
  }
}
