import FundCore
import Simulation

/// What a field of the table holds in NumPy's words, and how a number is put there.
private enum NumPyField {
  /// A whole number of this many bytes.
  case whole(Int)
  /// An amount in yuan.
  case yuan
  /// A text of at most so many characters.
  case text(Int)

  /// The field of a column.
  init(of column: TrialTable.Column) {
    switch (column.unit, column) {
    case (.fen, _): self = .yuan
    case (_, .firstBreach): self = .whole(2)
    case (_, .figure): self = .whole(4)
    }
  }

  var type: String {
    switch self {
    case .whole(let size): "<i\(size)"
    case .yuan: "<f8"
    case .text(let count): "<U\(count)"
    }
  }

  var size: Int {
    switch self {
    case .whole(let size): size
    case .yuan: 8
    case .text(let count): 4 * count
    }
  }
}

extension TrialTable {
  /// Writes `trials.npy`, which `numpy.load` reads: a record a trial and fund, fund after fund, with
  /// the columns of `trials.csv`. `fund` is the fund's place in the run, from 0; amounts are in yuan,
  /// not a number where a fund has no such party; a month that never came is −1. `reading` is a text,
  /// if it is asked for.
  ///
  /// Source of the format: NumPy Enhancement Proposal 1, versions 1.0 and 3.0.
  ///
  /// - Parameter sink: Takes the bytes in chunks, in order.
  public func writeNumPy(to sink: ([UInt8]) throws -> Void) rethrows {
    let fields = numPyFields
    let rows = parts.reduce(0) { $0 + $1.fund.trialCount }
    try sink(Self.numPyHeader(fields, rows: rows))
    for part in parts { try write(part, fields: fields.map(\.field), to: sink) }
  }

  private var numPyFields: [(name: String, field: NumPyField)] {
    let longest = parts.map(\.reading.unicodeScalars.count).max() ?? 1
    return [(name: "fund", field: .whole(2)), (name: "trial", field: .whole(8))]
      + columns.map { (name: $0.name, field: NumPyField(of: $0)) }
      + (namesReadings ? [(name: "reading", field: .text(longest))] : [])
  }

  /// The magic, the version, and a Python literal that ends at a multiple of 64 bytes.
  private static func numPyHeader(_ fields: [(name: String, field: NumPyField)], rows: Int)
    -> [UInt8]
  {
    let types = fields.map { "(\(pythonText($0.name)), '\($0.field.type)')" }
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

  private func write(
    _ part: Part, fields: [NumPyField], to sink: ([UInt8]) throws -> Void
  ) rethrows {
    let values = columns.map { $0.values(of: part.fund) }
    let rowSize = fields.reduce(0) { $0 + $1.size }
    let chunk = 4_096
    for start in stride(from: 0, to: part.fund.trialCount, by: chunk) {
      let rows = start..<min(start + chunk, part.fund.trialCount)
      var bytes = [UInt8](repeating: 0, count: rows.count * rowSize)
      bytes.withUnsafeMutableBytes { buffer in
        var offset = 0
        for (index, field) in fields.enumerated() {
          var target = offset
          for row in rows {
            let value: Int64? =
              switch index {
              case 0: Int64(part.place)
              case 1: Int64(row)
              case ..<(2 + values.count): values[index - 2]?[row]
              default: nil
              }
            if case .text = field {
              Self.store(part.reading, in: buffer, at: target)
            } else {
              Self.store(value, as: field, in: buffer, at: target)
            }
            target += rowSize
          }
          offset += field.size
        }
      }
      try sink(bytes)
    }
  }

  /// Puts a number into its place, lowest byte first.
  private static func store(
    _ value: Int64?, as field: NumPyField, in buffer: UnsafeMutableRawBufferPointer, at place: Int
  ) {
    switch field {
    case .yuan:
      let yuan = value.map { Double($0) / 100 } ?? .nan
      buffer.storeBytes(
        of: yuan.bitPattern.littleEndian, toByteOffset: place, as: UInt64.self)
    case .whole(2):
      let number = Int16(clamping: value ?? -1)
      buffer.storeBytes(of: number.littleEndian, toByteOffset: place, as: Int16.self)
    case .whole(4):
      let number = Int32(clamping: value ?? -1)
      buffer.storeBytes(of: number.littleEndian, toByteOffset: place, as: Int32.self)
    case .whole, .text:
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
