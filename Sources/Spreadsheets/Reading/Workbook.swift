/// A workbook of Excel 2007 and later (.xlsx; ECMA-376), of which one sheet at a time is read.
public struct Workbook {
  /// A sheet as the workbook lists it.
  public struct Sheet: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Whether it is hidden.
    public let isHidden: Bool
    let part: String
  }

  /// The sheets with cells, in the order of their tabs.
  public let sheets: [Sheet]
  private let archive: ZipArchive
  private let countsFrom1904: Bool
  private let stylesPart: String?
  private let textsPart: String?

  /// Whether bytes are those of a workbook, of whatever kind, or of another file that starts like one.
  public static func looksLike(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    ZipArchive.starts(bytes) || CompoundFile.starts(bytes)
  }

  /// Opens a workbook.
  ///
  /// - Parameter bytes: The bytes of the file, which stay where they are while the workbook is used.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookFailure) {
    if CompoundFile.starts(bytes) {
      throw CompoundFile.isEncrypted(bytes) ? .encrypted : .oldBinary
    }
    archive = try ZipArchive(bytes)
    if archive.entry("xl/workbook.bin") != nil { throw .newBinary }
    let top = try Relations(archive, of: "")
    guard let part = top.part("officeDocument") ?? archive.entry("xl/workbook.xml")?.name,
      archive.entry(part) != nil, part.lowercased().hasSuffix(".xml")
    else { throw Self.otherArchive(archive) }
    let relations = try Relations(archive, of: part)
    stylesPart = relations.part("styles")
    textsPart = relations.part("sharedStrings")
    let list = try archive.read(part) { (scanner) throws(MarkupFailure) in
      try SheetList(&scanner)
    }
    guard list.isWorkbook else { throw .noWorkbook }
    countsFrom1904 = list.countsFrom1904
    sheets = list.sheets.compactMap { sheet in
      guard let target = relations.targets[sheet.relation], target.type == "worksheet" else {
        return nil
      }
      return Sheet(name: sheet.name, isHidden: sheet.isHidden, part: target.part)
    }
    guard !sheets.isEmpty else { throw .noSheet }
  }

  private static func otherArchive(_ archive: ZipArchive) -> WorkbookFailure {
    guard let kind = archive.entry("mimetype"), kind.size < 200,
      let name = try? archive.contents(kind),
      name.starts(with: "application/vnd.oasis.opendocument.spreadsheet".utf8)
    else { return .noWorkbook }
    return .openDocument
  }

  /// Reads a sheet.
  ///
  /// - Parameters:
  ///   - name: Its name, blanks and the case of letters aside; the first that is not hidden if `nil`.
  ///   - limit: The largest table in bytes.
  /// - Complexity: Linear in the expanded parts.
  public func table(
    sheet name: String? = nil, limit: Int = SheetTable.sizeLimit
  ) throws(WorkbookFailure) -> SheetTable {
    let sheet = try sheet(name)
    var writer = CellWriter()
    writer.countsFrom1904 = countsFrom1904
    if let part = stylesPart, archive.entry(part) != nil {
      writer.formats = try archive.read(part) { (scanner) throws(MarkupFailure) in
        try CellFormat.all(in: &scanner)
      }
    }
    var texts = SharedTexts()
    if let part = textsPart, archive.entry(part) != nil {
      let bytes = try archive.bytes(part)
      do throws(MarkupFailure) {
        texts = try bytes.withUnsafeBufferPointer { (part) throws(MarkupFailure) in
          try SharedTexts(part)
        }
      } catch {
        throw WorkbookFailure(error, part: part)
      }
    }
    let bytes = try archive.bytes(sheet.part)
    do throws(SheetReader.Failure) {
      return try bytes.withUnsafeBufferPointer { (part) throws(SheetReader.Failure) in
        var reader = try SheetReader(part, named: sheet.name, texts: texts, writer: writer)
        reader.limit = limit
        try reader.read()
        return reader.table
      }
    } catch {
      switch error {
      case .markup(let failure): throw WorkbookFailure(failure, part: sheet.part)
      case .tooLarge:
        throw .bomb(part: sheet.part, megabytes: limit >> 20)
      }
    }
  }

  private func sheet(_ name: String?) throws(WorkbookFailure) -> Sheet {
    guard let name else {
      guard let first = sheets.first(where: { !$0.isHidden }) ?? sheets.first else {
        throw .noSheet
      }
      return first
    }
    func plain(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }
    if let exact = sheets.first(where: { $0.name == name }) { return exact }
    if let alike = sheets.first(where: { plain($0.name) == plain(name) }) { return alike }
    throw .unknownSheet(name, known: sheets.map(\.name))
  }
}

extension WorkbookFailure {
  /// What is wrong with the markup of a part.
  init(_ failure: MarkupFailure, part: String) {
    self =
      switch failure {
      case .damaged: .damaged(part: part)
      case .declaration: .declaration(part: part)
      case .encoding: .encoding(part: part)
      }
  }
}

extension ZipArchive {
  /// The expanded bytes of a part by its name.
  func bytes(_ name: String) throws(WorkbookFailure) -> [UInt8] {
    guard let entry = entry(name) else { throw .damaged(part: name) }
    return try contents(entry)
  }

  /// Reads a part by its name.
  func read<Result>(
    _ name: String, _ body: (inout MarkupScanner) throws(MarkupFailure) -> Result
  ) throws(WorkbookFailure) -> Result {
    let bytes = try bytes(name)
    do throws(MarkupFailure) {
      return try bytes.withUnsafeBufferPointer { (part) throws(MarkupFailure) in
        var scanner = try MarkupScanner(part)
        return try body(&scanner)
      }
    } catch {
      throw WorkbookFailure(error, part: name)
    }
  }
}

/// A compound file (MS-CFB), in which Excel 97 to 2003 keeps workbooks, and every Excel those with a
/// password.
private enum CompoundFile {
  static func starts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
  }

  /// Whether a stream has the name of an encrypted package (MS-OFFCRYPTO, section 2.3.4.4).
  static func isEncrypted(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var name: [UInt8] = []
    for byte in "EncryptedPackage".utf8 { name += [byte, 0] }
    // Names of streams start at multiples of 128 bytes.
    var place = 512
    while place + name.count <= bytes.count {
      if bytes[place] == name[0], bytes[place..<place + name.count].elementsEqual(name) {
        return true
      }
      place += 128
    }
    return false
  }
}
