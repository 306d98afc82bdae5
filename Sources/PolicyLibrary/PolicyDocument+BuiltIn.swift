public import DocumentReading
public import FundCore
import Synchronization

extension PolicyDocument {
  /// A programme file that comes with the program.
  public struct BuiltInFile: Sendable {
    /// The id by which scenarios ask for it.
    public let id: String
    /// Its contents.
    public let bytes: [UInt8]
  }

  /// The programme files that come with the program, by id: every file of `Programmes/`, which the
  /// build writes into the program. A planner's own file is named by its path instead.
  public static let builtInFiles: [BuiltInFile] = TextResources.files
    .filter { $0.name.hasSuffix(".yaml") }
    .map { BuiltInFile(id: String($0.name.dropLast(5)), bytes: Array($0.text.utf8)) }

  /// The ids of the built-in programmes.
  public static var builtInIDs: [String] { builtInFiles.map(\.id) }

  /// The built-in programmes, all of them.
  static let builtIn = Result<[PolicyDocument], Diagnostics> { () throws(Diagnostics) in
    var documents: [PolicyDocument] = []
    for file in builtInFiles { documents.append(try read(file)) }
    return documents
  }

  /// Those that were asked for: each is read once a process.
  private static let known = Mutex<[String: PolicyDocument]>([:])

  private static func read(_ file: BuiltInFile) throws(Diagnostics) -> PolicyDocument {
    if let document = known.withLock({ $0[file.id] }) { return document }
    let document = try readProgramme(
      tree: parseDocument(bytes: file.bytes, file: "\(file.id).yaml (built in)"))
    known.withLock { $0[file.id] = document }
    return document
  }

  /// The text of a built-in programme file.
  public static func builtInText(_ id: String) -> String? {
    builtInFiles.first { $0.id == id }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// A built-in programme, or one from a file.
  ///
  /// - Parameters:
  ///   - name: An id, or the path of a programme file (ending in `.yaml` or `.yml`).
  ///   - folder: Where a relative path starts.
  /// - Throws: A diagnostic that lists the choices, or every problem of the file.
  public static func named(_ name: Written<String>, in folder: String) throws(Diagnostics)
    -> PolicyDocument
  {
    if let file = builtInFiles.first(where: { $0.id == name.value }) {
      return try read(file)
    }
    if name.value.hasSuffix(".yaml") || name.value.hasSuffix(".yml") {
      let path =
        name.value.hasPrefix("/") || folder.isEmpty ? name.value : folder + "/" + name.value
      return try readProgramme(path: path).withOwnCheck()
    }
    try FileKind.requireDocument(.programme, path: name.value)
    throw Diagnostics(
      "unknown-programme",
      .init(en: "no programme is called \(quoted(name.value))", zh: "没有名为\(quoted(name.value))的办法"),
      help: didYouMean(name.value, among: builtInIDs) + oneOf(builtInIDs)
        + .init(
          en: ", or the path of a programme file (my-draft.yaml)", zh: "，或办法文件的路径（my-draft.yaml）"),
      at: name.location)
  }
}
