public import FundCore

/// What a file is, by its name and by the keys at its top: a file in the place of another is told in
/// one sentence, and not key by key.
public enum FileKind: Sendable {
  case scenario
  case programme
  case claim
  case terms
  case table

  /// The kind of a YAML document; `nil` if its keys are those of none.
  public init?(of tree: DocumentNode) {
    let keys = Set((tree.entries ?? []).map(\.key.value))
    func has(_ wanted: String...) -> Bool { wanted.allSatisfy { keys.contains($0) } }
    if has("id"), has("models") || has("inForce") || has("format") {
      self = .programme
    } else if has("register"), has("funds") || has("opening") {
      self = .terms
    } else if has("loan"), has("fund") {
      self = .claim
    } else if has("portfolio"), has("funds") || has("defaults") || has("recovery") {
      self = .scenario
    } else {
      return nil
    }
  }

  /// The kind of a file by the ending of its name; `nil` if it tells nothing.
  public init?(ofPath path: String) {
    let name = SheetPath(path).file.lowercased()
    guard [".csv", ".tsv", ".xlsx", ".xlsm", ".xls"].contains(where: { name.hasSuffix($0) }) else {
      return nil
    }
    self = .table
  }

  /// What it is, in words.
  var words: LocalizedText {
    switch self {
    case .scenario: .init(en: "a scenario", zh: "情景文件")
    case .programme: .init(en: "a programme file", zh: "办法文件")
    case .claim: .init(en: "a claim file", zh: "补偿申请文件")
    case .terms: .init(en: "a terms file of a register", zh: "登记簿的条款文件")
    case .table: .init(en: "a table", zh: "表格")
    }
  }

  /// What such a file is for.
  private func use(_ file: String) -> LocalizedText {
    switch self {
    case .scenario:
      .init(en: "`fundsim check \(file)` checks it", zh: "用 `fundsim check \(file)` 检查")
    case .programme:
      .init(
        en: """
          `fundsim policy show \(file)` checks and shows it; a scenario names it as `programme:` of \
          a fund
          """,
        zh: "用 `fundsim policy show \(file)` 检查并显示；情景在基金的 `programme:` 中引用它")
    case .claim:
      .init(en: "`fundsim explain \(file)` explains it", zh: "用 `fundsim explain \(file)` 说明")
    case .terms:
      .init(
        en: "`fundsim replay REGISTER.csv --terms \(file)` replays the register under it",
        zh: "用 `fundsim replay 登记簿.csv --terms \(file)` 回放登记簿")
    case .table:
      .init(
        en: """
          a loan tape is given with `--portfolio \(file)` beside its scenario, a register as \
          `fundsim replay \(file) --terms TERMS.yaml`
          """,
        zh: """
          贷款台账随情景用 `--portfolio \(file)` 给出；登记簿用 `fundsim replay \(file) --terms 条款.yaml`
          """)
    }
  }

  /// The report of a file of this kind in the place of another.
  public func inPlace(of wanted: FileKind, file: String) -> Diagnostics {
    Diagnostics(
      "wrong-file",
      .init(
        en: "this is \(words), and \(wanted.words) is expected",
        zh: "这是\(words)，此处应为\(wanted.words)"),
      help: use(file), at: SourceLocation(file: file))
  }

  /// Refuses a document that is of another kind than is wanted.
  public static func require(_ wanted: FileKind, _ tree: DocumentNode) throws(Diagnostics) {
    guard let kind = FileKind(of: tree), kind != wanted else { return }
    throw kind.inPlace(of: wanted, file: tree.location.file)
  }

  /// Refuses a table where a document is wanted, by its name.
  public static func requireDocument(_ wanted: FileKind, path: String) throws(Diagnostics) {
    guard let kind = FileKind(ofPath: path) else { return }
    throw kind.inPlace(of: wanted, file: path)
  }

  /// Refuses a document where a table is wanted, by its name.
  public static func requireTable(path: String) throws(Diagnostics) {
    let name = path.lowercased()
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return }
    // A file that cannot be read is told as such by whoever opens it.
    guard let tree = try? readDocument(path: path), let kind = FileKind(of: tree) else { return }
    throw kind.inPlace(of: .table, file: path)
  }
}
