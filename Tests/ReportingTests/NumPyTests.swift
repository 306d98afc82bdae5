import Foundation
import Testing

@testable import Reporting

/// `trials.npy`, read back by the rules of its format.
@Suite struct NumPyTests {
  /// The file of the fixture.
  private static let bytes: [UInt8] = {
    var all: [UInt8] = []
    TrialTable(Fixture.result, fundCount: 2).writeNumPy { all += $0 }
    return all
  }()

  /// The header's length, and its text.
  private static let header: (end: Int, text: String) = {
    let length = Int(bytes[8]) + Int(bytes[9]) << 8
    return (10 + length, String(decoding: bytes[10..<10 + length], as: UTF8.self))
  }()

  @Test func `the header is that of version 1`() {
    #expect(Array(Self.bytes.prefix(8)) == [0x93, 78, 85, 77, 80, 89, 1, 0])
    #expect(Self.header.end % 64 == 0)
    #expect(Self.header.text.hasSuffix(" \n") || Self.header.text.hasSuffix("}\n"))
    #expect(
      Self.header.text.hasPrefix(
        "{'descr': [('fund', '<i2'), ('trial', '<i8'), ('exhaustionMonth', '<i4'), "
          + "('defaults', '<i4'), ('compensation', '<f8'), ('unpaid', '<f8'), "))
    #expect(Self.header.text.contains("('firstBreach:warning', '<i2')], 'fortran_order': False, "))
    #expect(Self.header.text.contains("'shape': (2000,), }"))
  }

  /// A number of a row; fields lie behind each other without gaps.
  private static func number<Number: FixedWidthInteger>(
    row: Int, offset: Int, as type: Number.Type
  ) -> Number {
    let rowSize = 2 + 8 + 2 * 4 + 12 * 8 + 2
    let place = header.end + row * rowSize + offset
    return (0..<MemoryLayout<Number>.size).reduce(0) { sum, byte in
      sum | Number(truncatingIfNeeded: bytes[place + byte]) << (8 * byte)
    }
  }

  @Test func `rows are those of the CSV file`() {
    #expect(Self.bytes.count == Self.header.end + 2_000 * 116)
    // The large fund's first trial, then the small fund's last.
    #expect(Self.number(row: 0, offset: 0, as: Int16.self) == 0)
    #expect(Self.number(row: 0, offset: 10, as: Int32.self) == -1)
    #expect(Self.number(row: 0, offset: 14, as: Int32.self) == 3)
    #expect(Self.number(row: 0, offset: 18, as: UInt64.self) == (1_500_000.0).bitPattern)
    #expect(Self.number(row: 1_999, offset: 0, as: Int16.self) == 1)
    #expect(Self.number(row: 1_999, offset: 2, as: Int64.self) == 999)
    #expect(Self.number(row: 1_999, offset: 10, as: Int32.self) == 4)
    #expect(Self.number(row: 1_999, offset: 26, as: UInt64.self) == (650_000.0).bitPattern)
    #expect(Self.number(row: 1_999, offset: 114, as: Int16.self) == 4)
  }
}
