/// The parts of a ZIP archive, found through its central directory (APPNOTE.TXT 6.3, sections 4.3.12
/// and 4.3.16), and expanded one at a time within limits.
struct ZipArchive {
  /// A part as the directory describes it.
  struct Entry {
    let name: String
    let flags: Int
    let method: Int
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    let headerPosition: Int
  }

  /// More parts than that has no workbook of people.
  static let partLimit = 20_000
  /// The largest part, expanded: 1 GB.
  static let sizeLimit = 1 << 30
  /// Parts up to this size may be as repetitive as they like: 64 MB.
  static let freeSize = 64 << 20
  /// A larger one may be so many times as large as its compressed bytes: rows that differ in anything do
  /// not come near it.
  static let ratioLimit = 300

  let bytes: UnsafeBufferPointer<UInt8>
  let entries: [Entry]

  /// Whether bytes start like a ZIP archive.
  static func starts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookFailure) {
    self.bytes = bytes
    let raw = RawNumbers(bytes)
    guard let end = Self.endRecord(raw) else { throw .damaged(part: Self.wholeFile) }
    var (count, position) = (raw.u16(end + 10) ?? 0, raw.u32(end + 16) ?? 0)
    if count == 0xFFFF || position == 0xFFFF_FFFF, let large = Self.largeEndRecord(raw, end) {
      (count, position) = large
    }
    guard count <= Self.partLimit else { throw .tooManyParts(count) }
    var entries: [Entry] = []
    for _ in 0..<count {
      guard let (entry, next) = Self.entry(raw, at: position) else {
        throw .damaged(part: Self.wholeFile)
      }
      entries.append(entry)
      position = next
    }
    self.entries = entries
  }

  /// What stands for the archive where no single part is to blame.
  static let wholeFile = ""

  /// The part with a name, which may differ in case (ECMA-376 part 2, section 6.2.2).
  func entry(_ name: String) -> Entry? {
    let wanted = name.lowercased()
    return entries.first { $0.name == name } ?? entries.first { $0.name.lowercased() == wanted }
  }

  /// The expanded bytes of a part.
  func contents(_ entry: Entry) throws(WorkbookFailure) -> [UInt8] {
    guard entry.flags & 1 == 0 else { throw .encrypted }
    guard entry.size <= Self.sizeLimit else {
      throw .tooLarge(part: entry.name, megabytes: entry.size >> 20)
    }
    if entry.size > Self.freeSize, entry.size / Self.ratioLimit > entry.compressedSize {
      throw .bomb(part: entry.name, megabytes: entry.size >> 20)
    }
    let raw = RawNumbers(bytes)
    let header = entry.headerPosition
    guard raw.u32(header) == 0x0403_4B50, let nameLength = raw.u16(header + 26),
      let extraLength = raw.u16(header + 28)
    else { throw .damaged(part: entry.name) }
    let start = header + 30 + nameLength + extraLength
    guard entry.compressedSize >= 0, start <= bytes.count,
      entry.compressedSize <= bytes.count - start
    else { throw .damaged(part: entry.name) }
    let stored = UnsafeBufferPointer(rebasing: bytes[start..<start + entry.compressedSize])
    let contents = try expanded(stored, entry)
    #if !FUZZING
      guard contents.withUnsafeBufferPointer(CRC32.of) == entry.checksum else {
        throw .damaged(part: entry.name)
      }
    #endif
    return contents
  }

  private func expanded(
    _ stored: UnsafeBufferPointer<UInt8>, _ entry: Entry
  ) throws(WorkbookFailure) -> [UInt8] {
    switch entry.method {
    case 0:
      guard entry.size == stored.count else { throw .damaged(part: entry.name) }
      return Array(stored)
    case 8:
      // DEFLATE makes at most 258 bytes of two bits: a larger size is not true.
      guard entry.size / 1_032 <= stored.count,
        let bytes = try? Inflater.expand(stored, size: entry.size)
      else { throw .damaged(part: entry.name) }
      return bytes
    default: throw .unknownCompression(part: entry.name, method: entry.method)
    }
  }

  // MARK: The directory

  /// Where the end record starts, behind which only a comment stands.
  private static func endRecord(_ raw: RawNumbers) -> Int? {
    let count = raw.bytes.count
    guard count >= 22 else { return nil }
    let first = max(0, count - 22 - 0xFFFF)
    return (first...count - 22).reversed().first {
      raw.bytes[$0] == 0x50 && raw.u32($0) == 0x0605_4B50
        && (raw.u16($0 + 20) ?? 0) <= count - 22 - $0
    }
  }

  /// The number of parts and the place of the directory in a large archive (sections 4.3.14, 4.3.15).
  private static func largeEndRecord(_ raw: RawNumbers, _ end: Int) -> (Int, Int)? {
    guard raw.u32(end - 20) == 0x0706_4B50, let record = raw.u64(end - 12),
      raw.u32(record) == 0x0606_4B50, let count = raw.u64(record + 32),
      let position = raw.u64(record + 48)
    else { return nil }
    return (count, position)
  }

  private static func entry(_ raw: RawNumbers, at position: Int) -> (Entry, next: Int)? {
    guard raw.u32(position) == 0x0201_4B50, let flags = raw.u16(position + 8),
      let method = raw.u16(position + 10), let checksum = raw.u32(position + 16),
      var compressed = raw.u32(position + 20), var size = raw.u32(position + 24),
      let nameLength = raw.u16(position + 28), let extraLength = raw.u16(position + 30),
      let commentLength = raw.u16(position + 32), var header = raw.u32(position + 42)
    else { return nil }
    let nameStart = position + 46
    let next = nameStart + nameLength + extraLength + commentLength
    guard next <= raw.bytes.count else { return nil }
    let name = String(decoding: raw.bytes[nameStart..<nameStart + nameLength], as: UTF8.self)
    var extra = nameStart + nameLength
    while let id = raw.u16(extra), let length = raw.u16(extra + 2),
      extra + 4 + length <= nameStart + nameLength + extraLength
    {
      if id == 1 { Self.readLarge(raw, extra + 4, &size, &compressed, &header) }
      extra += 4 + length
    }
    let entry = Entry(
      name: name.replacing("\\", with: "/"), flags: flags, method: method,
      checksum: UInt32(truncatingIfNeeded: checksum), compressedSize: compressed, size: size,
      headerPosition: header)
    return (entry, next)
  }

  /// Sizes of 64 bits, which stand in place of those that are all ones (section 4.5.3).
  private static func readLarge(
    _ raw: RawNumbers, _ start: Int, _ size: inout Int, _ compressed: inout Int,
    _ header: inout Int
  ) {
    var place = start
    func next() -> Int {
      defer { place += 8 }
      return raw.u64(place) ?? 0
    }
    if size == 0xFFFF_FFFF { size = next() }
    if compressed == 0xFFFF_FFFF { compressed = next() }
    if header == 0xFFFF_FFFF { header = next() }
  }
}

/// Numbers in bytes, the lowest byte first.
struct RawNumbers {
  let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Two bytes; `nil` outside of the bytes.
  func u16(_ place: Int) -> Int? { number(2, at: place) }

  /// Four bytes; `nil` outside of the bytes.
  func u32(_ place: Int) -> Int? { number(4, at: place) }

  /// Eight bytes; `nil` outside of the bytes, and beyond a number that can be a place in them.
  func u64(_ place: Int) -> Int? { number(8, at: place).flatMap { $0 < 1 << 48 ? $0 : nil } }

  private func number(_ count: Int, at place: Int) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    var value: UInt64 = 0
    for index in (0..<count).reversed() { value = value << 8 | UInt64(bytes[place + index]) }
    return Int(exactly: value)
  }
}
