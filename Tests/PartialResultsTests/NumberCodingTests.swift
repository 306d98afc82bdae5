import Foundation
import TestSupport
import Testing

@testable import PartialResults

/// Numbers as bytes.
struct `Numbers as bytes` {
  @Test func `known numbers have the bytes that the article tells`() {
    var writer = NumberWriter()
    writer.write(UInt64(1))
    writer.write(UInt64(127))
    writer.write(UInt64(128))
    writer.write(UInt64(300))
    #expect(writer.bytes == [0x01, 0x7F, 0x80, 0x01, 0xAC, 0x02])
    var list = NumberWriter()
    list.write(list: [0, 0, 0, 5, 0] as [UInt64])
    #expect(list.bytes == [0, 2, 5, 0, 0])
    #expect([0, -1, 1, -2].map { folded(Int64($0)) } == [0, 1, 2, 3])
    #expect(unfolded(folded(Int64.min)) == .min && unfolded(folded(Int128.max)) == .max)
  }

  /// Source: RFC 3720, appendix B.4.
  @Test func `the checksum has its known answers`() {
    #expect(Checksum.of([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(Checksum.of([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(Checksum.of((0..<32).map { UInt8($0) }) == 0x46DD_794E)
    #expect(Checksum.of(Array("123456789".utf8)) == 0xE306_9283)
  }

  @Test func `what is written is read`() throws {
    var words = SeededWords(state: 3)
    for _ in 0..<500 {
      let bits = UInt64(words.next() % 64)
      let numbers = (0..<Int(words.next() % 50)).map { _ in
        words.next() % 3 == 0 ? 0 : Int64(truncatingIfNeeded: words.next()) >> bits
      }
      var writer = NumberWriter()
      writer.write(list: numbers.lazy.map { folded($0) })
      writer.write(sorted: numbers.sorted())
      var reader = NumberReader(writer.bytes)
      #expect(reader.list(numbers.count, of: UInt64.self)?.map { unfolded($0) } == numbers)
      #expect(reader.sorted(numbers.count) == numbers.sorted())
      #expect(reader.isAtEnd)
    }
  }

  /// The bytes of a segment, as a file has them.
  private static func segment(_ write: (inout SegmentWriter) -> Void) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = try folder.write("segment", bytes: [7, 7, 7])
    let descriptor = open(path, O_WRONLY)
    defer { close(descriptor) }
    var writer = SegmentWriter(descriptor: descriptor, at: 3)
    write(&writer)
    let end = writer.finish()
    let bytes = Array(try Data(contentsOf: URL(filePath: path)).dropFirst(3))
    #expect(end.problem == nil && end.count == bytes.count)
    #expect(end.checksum == WordChecksum.of(bytes))
    return bytes
  }

  @Test(arguments: [([0, 0, 5], [1, 0, 0, 5]), ([300, 1], [2, 0x2C, 1, 1, 0]), ([0, 0], [0])])
  func `a known column has the bytes that the article tells`(
    column: [UInt64], bytes: [UInt8]
  ) throws {
    #expect(
      try Self.segment { segment in
        column.withUnsafeBufferPointer { segment.write(column: $0) { $0 } }
      } == bytes)
  }

  @Test func `columns and bytes are read as they were written, across groups and pieces`() throws {
    var words = SeededWords(state: 5)
    for count in [0, 1, 127, 128, 129, 5_000, 200_000] {
      let numbers = (0..<count).map { index in
        words.next() % 4 == 0 ? 0 : UInt64.max >> UInt64(index / 100 % 64) & words.next()
      }
      let lump = [UInt8](repeating: 3, count: count * 3)
      let bytes = try Self.segment { segment in
        numbers.withUnsafeBufferPointer { segment.write(column: $0) { $0 } }
        segment.write(lump)
        numbers.withUnsafeBufferPointer { segment.write(column: $0) { ~$0 } }
      }
      var reader = NumberReader(bytes)
      #expect(reader.column(count) == numbers)
      for _ in lump { #expect(reader.number(UInt8.self) == 3) }
      #expect(reader.column(count) == numbers.map { ~$0 } && reader.isAtEnd)
      var cut = NumberReader(bytes.dropLast())
      _ = cut.column(count)
      for _ in lump { _ = cut.number(UInt8.self) }
      #expect(count == 0 || cut.column(count) == nil)
    }
    var wide = NumberReader([9] + [UInt8](repeating: 1, count: 20))
    #expect(wide.column(1) == nil)
  }

  /// Computed by a program of a few lines in Python from the description.
  @Test func `the checksum of a segment has its known answers, and sees every bit`() {
    #expect(WordChecksum.of([]) == 0x4206_5B5D_A483_0B49)
    #expect(WordChecksum.of(Array("123456789".utf8)) == 0x6CD9_6998_CD46_2EA3)
    #expect(WordChecksum.of((0..<100).map { UInt8($0) }) == 0x9AFC_F447_2B9A_D5CE)
    let bytes = (0..<100).map { UInt8($0) }
    for bit in 0..<800 {
      var changed = bytes
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(WordChecksum.of(changed) != WordChecksum.of(bytes))
    }
    #expect(WordChecksum.of(bytes + [0]) != WordChecksum.of(bytes))
  }

  @Test func `bytes that are no numbers are refused, and nothing beyond them is read`() {
    var words = SeededWords(state: 4)
    for _ in 0..<20_000 {
      let bytes = (0..<Int(words.next() % 24)).map { _ in UInt8(truncatingIfNeeded: words.next()) }
      let count = Int(words.next() % 40)
      var lists = NumberReader(bytes)
      if let list = lists.list(count, of: UInt128.self) { #expect(list.count == count) }
      var columns = NumberReader(bytes)
      if let column = columns.column(count) { #expect(column.count == count) }
      var sorted = NumberReader(bytes)
      if let values = sorted.sorted(count) { #expect(values == values.sorted()) }
    }
    // A run of zeros longer than the list; a number wider than its type; nothing at all.
    for bytes: [UInt8] in [[0, 200, 1], [255, 255, 255, 255, 255, 255, 255, 255, 255, 2], []] {
      var reader = NumberReader(bytes)
      #expect(reader.list(3, of: UInt64.self) == nil)
    }
  }
}
