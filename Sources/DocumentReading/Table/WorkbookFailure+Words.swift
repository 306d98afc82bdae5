import FundCore
import Spreadsheets

extension WorkbookFailure {
  /// Why the workbook cannot be read, and the way out.
  func diagnostics(file: String, wanted: Written<String>?) -> Diagnostics {
    let place = SourceLocation(file: file)
    switch self {
    case .encrypted: return encrypted(at: place)
    case .oldBinary, .newBinary, .openDocument, .noWorkbook: return otherFormat(at: place)
    case .unknownSheet(let name, let known):
      return unknownSheet(name, known, file: file, at: wanted?.location ?? place)
    case .noSheet:
      return Diagnostics(
        "no-sheet", .init(en: "the workbook has no sheet with cells", zh: "工作簿中没有含单元格的工作表"),
        help: .init(en: "check that this is the right file", zh: "核对是否选对了文件"), at: place)
    case .tooLarge, .bomb, .tooManyParts: return beyondLimits(at: place)
    case .damaged, .declaration, .encoding, .unknownCompression: return damaged(at: place)
    }
  }

  private func encrypted(at place: SourceLocation) -> Diagnostics {
    Diagnostics(
      "encrypted-workbook",
      .init(en: "the workbook is protected by a password", zh: "工作簿设有打开密码"),
      help: .init(
        en: """
          open it in Excel or WPS with its password, take the password off (File, Info, Protect Workbook, \
          Encrypt with Password: leave it empty), and save it
          """,
        zh: "在 Excel 或 WPS 中用密码打开，取消密码（文件—信息—保护工作簿—用密码进行加密：清空），再保存"),
      at: place)
  }

  private func otherFormat(at place: SourceLocation) -> Diagnostics {
    let (code, message): (String, LocalizedText) =
      switch self {
      case .oldBinary:
        (
          "old-workbook",
          .init(
            en: "the workbook has the format of Excel 97 to 2003 (.xls), which is not read",
            zh: "工作簿是Excel 97至2003格式（.xls），不能读取")
        )
      case .newBinary:
        (
          "binary-workbook",
          .init(
            en: "the workbook is saved in binary form (.xlsb), which is not read",
            zh: "工作簿是二进制格式（.xlsb），不能读取")
        )
      case .openDocument:
        (
          "opendocument-workbook",
          .init(
            en: "the workbook has the format OpenDocument (.ods), which is not read",
            zh: "工作簿是 OpenDocument 格式（.ods），不能读取")
        )
      default:
        (
          "no-workbook",
          .init(
            en: "the file is an archive or another document, and no workbook",
            zh: "文件是压缩包或其他文档，不是工作簿")
        )
      }
    return Diagnostics(
      code, message,
      help: .init(
        en: "open it in Excel, WPS or LibreOffice and save it as an Excel workbook (.xlsx)",
        zh: "用 Excel、WPS 或 LibreOffice 打开，另存为 Excel 工作簿（.xlsx）"),
      at: place)
  }

  private func unknownSheet(
    _ name: String, _ known: [String], file: String, at place: SourceLocation
  ) -> Diagnostics {
    Diagnostics(
      "unknown-sheet",
      .init(
        en: "\(file) has no sheet \(quoted(name))", zh: "\(file) 中没有工作表\(quoted(name))"),
      help: didYouMean(name, among: known)
        + .init(
          en: "its sheets: \(known.prefix(40).joined(separator: ", "))",
          zh: "现有工作表：\(known.prefix(40).joined(separator: "、"))"),
      at: place)
  }

  private func beyondLimits(at place: SourceLocation) -> Diagnostics {
    let message: LocalizedText =
      switch self {
      case .tooLarge(let part, let megabytes):
        .init(
          en:
            "the part \(quoted(part)) of the workbook has \(megabytes) MB, and at most 1,024 are read",
          zh: "工作簿的部件\(quoted(part))有\(megabytes) MB，最多读取1,024 MB")
      case .bomb(let part, let megabytes):
        .init(
          en: """
            the part \(quoted(part)) of the workbook grows to \(megabytes) MB out of very few bytes: such files \
            are made to fill the memory
            """,
          zh: "工作簿的部件\(quoted(part))由极少的字节膨胀至\(megabytes) MB：这类文件意在耗尽内存")
      case .tooManyParts(let count):
        .init(en: "the workbook has \(count) parts", zh: "工作簿有\(count)个部件")
      default: .empty
      }
    return Diagnostics(
      "workbook-too-large", message,
      help: .init(
        en:
          "check that this is the right file; if it is, save the sheet as \"CSV UTF-8\" and give that file",
        zh: "核对是否选对了文件；如果没错，把该工作表另存为“CSV UTF-8”，再给出该文件"),
      at: place)
  }

  private func damaged(at place: SourceLocation) -> Diagnostics {
    let message: LocalizedText =
      switch self {
      case .declaration(let part):
        .init(
          en:
            "the part \(quoted(part)) of the workbook defines entities, which no spreadsheet does",
          zh: "工作簿的部件\(quoted(part))定义了实体，电子表格不会这样写")
      case .encoding(let part):
        .init(
          en: "the part \(quoted(part)) of the workbook is not UTF-8",
          zh: "工作簿的部件\(quoted(part))不是 UTF-8")
      case .unknownCompression(let part, let method):
        .init(
          en:
            "the part \(quoted(part)) of the workbook is compressed by method \(method), which is not read",
          zh: "工作簿的部件\(quoted(part))采用第\(method)种压缩方法，不能读取")
      case .damaged(let part) where !part.isEmpty:
        .init(
          en: "the part \(quoted(part)) of the workbook is damaged or missing",
          zh: "工作簿的部件\(quoted(part))损坏或缺失")
      default: .init(en: "the workbook is damaged or cut off", zh: "工作簿损坏或不完整")
      }
    return Diagnostics(
      "damaged-workbook", message,
      help: .init(
        en:
          "open it in Excel, WPS or LibreOffice, which may repair it, and save it again; or fetch it once more",
        zh: "用 Excel、WPS 或 LibreOffice 打开（可能修复）后重新保存；或重新获取文件"),
      at: place)
  }
}
