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
      var rows = NumberWriter()
      numbers.withUnsafeBufferPointer { column in rows.write(rows: column) { folded($0) } }
      #expect(writer.bytes.starts(with: rows.bytes))
      var reader = NumberReader(writer.bytes)
      #expect(reader.list(numbers.count, of: UInt64.self)?.map { unfolded($0) } == numbers)
      #expect(reader.sorted(numbers.count) == numbers.sorted())
      #expect(reader.isAtEnd)
    }
  }

  @Test func `a column of a table has the bytes of a list, also across the slices`() {
    var words = SeededWords(state: 5)
    for count in [0, 1, 4095, 4096, 4097, 8192, 20_000] {
      let numbers = (0..<count).map { index in
        (4_000..<8_200).contains(index) || words.next() % 4 == 0 ? 0 : Int64(words.next() >> 20)
      }
      var list = NumberWriter()
      list.write(list: numbers.lazy.map { folded($0) })
      var rows = NumberWriter()
      numbers.withUnsafeBufferPointer { column in rows.write(rows: column) { folded($0) } }
      #expect(rows.bytes == list.bytes)
    }
  }

  @Test func `bytes that are no numbers are refused, and nothing beyond them is read`() {
    var words = SeededWords(state: 4)
    for _ in 0..<20_000 {
      let bytes = (0..<Int(words.next() % 24)).map { _ in UInt8(truncatingIfNeeded: words.next()) }
      let count = Int(words.next() % 40)
      var lists = NumberReader(bytes)
      if let list = lists.list(count, of: UInt128.self) { #expect(list.count == count) }
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
