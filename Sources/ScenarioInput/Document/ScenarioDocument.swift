public import ClaimRules
import CompensationKernel
public import DocumentReading
public import FundCore
import PolicyLibrary

/// A value that stands in place of what a scenario file says.
public struct ScenarioEdit: Sendable, Hashable {
  /// Where: `defaults.assetCorrelation`, `funds.1.initial`; `*` means every item of a list.
  public let path: String
  /// The value, as it was written.
  public let text: String
  let value: DocumentNode

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - path: Where it goes.
  ///   - text: What goes there, as a scenario file would write it.
  ///   - option: The option that asks for it, for messages.
  /// - Throws: A diagnostic if a file could not say that.
  public init(path: String, text: String, option: String) throws(Diagnostics) {
    self.path = path
    self.text = text
    let place = SourceLocation(file: option)
    guard !path.isEmpty, !text.isEmpty else {
      throw Diagnostics(
        "empty-setting",
        path.isEmpty
          ? .init(en: "there is no path in '\(path)=\(text)'", zh: "“\(path)=\(text)”没有路径")
          : .init(en: "there is no value in '\(path)=\(text)'", zh: "“\(path)=\(text)”没有值"),
        help: .init(
          en: "write a path and a value: defaults.assetCorrelation=0.2",
          zh: "请写路径和值：defaults.assetCorrelation=0.2"), at: place)
    }
    do {
      value = try parseDocument(text: text, file: option).placed(at: place)
    } catch {
      throw Diagnostics(
        error.problems.map {
          Diagnostic(
            code: $0.code, message: $0.message, advice: $0.advice, location: place)
        })
    }
  }
}

/// A scenario file that was parsed and can be changed before it is read, so that every key of a
/// scenario can be varied, and what comes of it is checked like a file.
public struct ScenarioDocument: Sendable {
  /// The file, as the analyst named it.
  public let file: String
  let bytes: [UInt8]
  /// What the file says, with what was changed.
  public private(set) var tree: DocumentNode
  private var changes: [String] = []
  /// What was set in it, as `path=value`, in the order in which it was.
  public private(set) var settings: [String] = []

  /// Parses a file.
  ///
  /// - Parameter path: The scenario file, or a folder that holds `scenario.yaml`.
  public init(path: String) throws(Diagnostics) {
    try FileKind.requireDocument(.scenario, path: path)
    file = scenarioFile(path)
    bytes = try readFileBytes(path: file, limit: largestScenarioFile)
    tree = try parseDocument(bytes: bytes, file: file)
    try FileKind.require(.scenario, tree)
  }

  /// The places at which it has values: `defaults.assetCorrelation`, `funds.1.initial`.
  public var paths: [String] { tree.paths() }

  /// The places within its funds by the funds' numbers: `funds.1.initial`.
  public var numberedFundPaths: [String] {
    (tree.node(at: "funds")?.items ?? []).enumerated().flatMap { index, fund in
      fund.paths().map { "funds.\(index + 1).\($0)" }
    }
  }

  /// The names of its funds, as far as they have any.
  public var fundNames: [String] {
    (tree.node(at: "funds")?.items ?? []).compactMap { $0.node(at: "name")?.text }
  }

  /// Whether its loans come from a file.
  public var readsTape: Bool { tree.node(at: "portfolio.tape") != nil }

  private var folder: String {
    file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
  }

  /// Reads and checks the scenario.
  ///
  /// - Throws: Every problem, each at its place.
  public func scenario(
    choices: ScenarioChoices = ScenarioChoices()
  ) throws(Diagnostics) -> Scenario {
    let problems = ProblemCollector()
    let changed = bytes + changes.flatMap { Array("\n\($0)".utf8) }
    let reading = ScenarioReading(
      file: file, folder: folder, choices: choices, problems: problems, bytes: changed)
    let scenario = reading.scenario(tree)
    try problems.throwIfAny()
    guard var scenario else {
      throw Diagnostics(
        "invalid-scenario", .init(en: "the scenario cannot be read", zh: "无法读取情景文件"),
        help: .init(en: "see the README for an example", zh: "README 中有示例"),
        at: tree.location)
    }
    scenario.settings = settings
    return scenario
  }

  /// The document with a value set, in a section that it may have to be given first. An initial amount that the programme's text does not allow comes
  /// with its override, so that any size can be studied; the report then says what departs.
  ///
  /// - Throws: A diagnostic if the document has no such place.
  public func setting(_ edit: ScenarioEdit) throws(Diagnostics) -> ScenarioDocument {
    var changed = self
    for path in tree.expanded(edit.path) {
      let sections = changed.treeWithSections(to: path, at: edit.value.location)
      guard let next = sections.replacing(path: path, with: edit.value) else {
        throw Diagnostics(
          "unknown-path",
          .init(en: "the scenario has no \(quoted(path))", zh: "情景文件中没有 \(quoted(path))"),
          help: closestMatch(to: path, among: tree.paths() + pathsInSections(like: path)).map {
            .init(en: "did you mean '\($0)'?", zh: "是否指“\($0)”？")
          }
            ?? .init(
              en: """
                paths follow the keys of the file, such as defaults.assetCorrelation, \
                funds.1.initial or funds.*.initial
                """,
              zh: "路径依照文件中的键，如 defaults.assetCorrelation、funds.1.initial、funds.*.initial"),
          at: edit.value.location)
      }
      changed.tree = next
      changed.allowInitial(edit, at: path)
    }
    changed.changes.append("\(edit.path)=\(edit.text)")
    changed.settings.append("\(edit.path)=\(edit.text)")
    return changed
  }

  /// The document without what stands at a path; the document itself where nothing does.
  public func removing(_ path: String) -> ScenarioDocument {
    let parts = path.split(separator: ".").map(String.init)
    guard let key = parts.last, tree.node(at: path) != nil else { return self }
    let parent = parts.dropLast().joined(separator: ".")
    guard let node = tree.node(at: parent), let entries = node.entries else { return self }
    let rest = DocumentNode(
      content: .mapping(entries.filter { $0.key.value != key }), location: node.location)
    var changed = self
    changed.tree = tree.replacing(path: parent, with: rest) ?? tree
    changed.changes.append("without \(path)")
    return changed
  }

  /// Overrides the programme's amount where an initial amount that was set is not that of the text.
  private mutating func allowInitial(_ edit: ScenarioEdit, at path: String) {
    let parts = path.split(separator: ".")
    guard parts.count == 3, parts[0] == "funds", parts[2] == "initial", let text = edit.value.text,
      case .success(let amount) = Scalar.money(text)
    else { return }
    let fund = "funds.\(parts[1])"
    guard let name = tree.node(at: fund + ".programme")?.text,
      let programme = try? PolicyDocument.named(Written(name, at: edit.value.location), in: folder)
    else { return }
    switch programme.terms.fund.initial.value {
    case .exactly(let needed) where amount != needed: break
    case .atLeast(let needed) where amount < needed: break
    default: return
    }
    let place = edit.value.location
    func entry(_ key: String, _ value: LocalizedText) -> DocumentEntry {
      DocumentEntry(key: Written(key, at: place), value: DocumentNode(value, at: place))
    }
    let own = DocumentNode(
      content: .mapping([
        entry("parameter", LocalizedText(same: "fund.initial.amount")),
        entry("value", LocalizedText(same: text)),
        entry("reason", LocalizedText(en: "a size to study", zh: "测算的规模")),
      ]), location: place)
    let path = fund + ".overrides"
    let others = (tree.node(at: path)?.items ?? []).filter {
      $0.node(at: "parameter")?.text != "fund.initial.amount"
    }
    let list = DocumentNode(content: .sequence(others + [own]), location: place)
    tree = tree.replacing(path: path, with: list) ?? tree
  }

  /// The document with one of its funds alone.
  ///
  /// - Parameter position: Its place, from 0.
  public func keepingFund(_ position: Int) -> ScenarioDocument {
    guard let funds = tree.node(at: "funds"), let items = funds.items, items.count > 1,
      items.indices.contains(position)
    else { return self }
    let node = DocumentNode(content: .sequence([items[position]]), location: funds.location)
    var changed = self
    changed.tree = tree.replacing(path: "funds", with: node) ?? tree
    changed.changes.append("fund \(position + 1) alone")
    return changed
  }

  /// The document with one of its funds under another programme: what belongs to the old text (its
  /// readings, overrides, agreed shares, dates and delays) goes, what the new one fixes is left to it.
  ///
  /// - Parameters:
  ///   - name: The programme's id or file.
  ///   - fund: The fund as the scenario has it, for what the new programme leaves to the scenario.
  ///   - position: The fund's place, from 0.
  ///   - option: The option that asks for it, for messages.
  public func usingProgramme(
    _ name: String, of fund: FundAgreement, at position: Int = 0, option: String
  ) throws(Diagnostics) -> ScenarioDocument {
    let path = "funds.\(position + 1)"
    let place = SourceLocation(file: option)
    let programme = try PolicyDocument.named(Written(name, at: place), in: folder)
    guard programme.id != fund.programme.id || name.hasSuffix("yaml"),
      let entries = tree.node(at: path)?.entries
    else { return self }
    let kept = ["name", "model", "initial", "start", "interestRate", "injections", "fillUp"]
    var values = entries.filter { kept.contains($0.key.value) }
    func set(_ key: String, _ text: String?) {
      values.removeAll { $0.key.value == key }
      guard let text else { return }
      let value = DocumentNode(content: .scalar(text, isPlain: false), location: place)
      values.append(DocumentEntry(key: Written(key, at: place), value: value))
    }
    let terms = programme.terms
    set("programme", name)
    if case .exactly = terms.fund.initial.value {
      set("initial", nil)
    } else {
      set("initial", "\(fund.initial)")
    }
    switch terms.inForce.start {
    case .date: set("start", nil)
    case .scenario: set("start", fund.dates.firstMonth.description)
    case .open: break
    }
    if terms.claim.delayMonths.value == nil { set("claimDelay", "\(fund.claimDelay) months") }
    if terms.fund.interestStays?.value ?? false { set("interestRate", "\(fund.interestRate)") }
    var changed = self
    let node = DocumentNode(content: .mapping(values), location: place)
    changed.tree = tree.replacing(path: path, with: node) ?? tree
    changed.changes.append(
      position == 0 ? "programme \(name)" : "fund \(position + 1): programme \(name)")
    return changed
  }
}

extension DocumentNode {
  /// This node with everything in it at one place.
  func placed(at place: SourceLocation) -> DocumentNode {
    let content: Content =
      switch content {
      case .scalar, .null: content
      case .sequence(let items): .sequence(items.map { $0.placed(at: place) })
      case .mapping(let entries):
        .mapping(
          entries.map {
            DocumentEntry(key: Written($0.key.value, at: place), value: $0.value.placed(at: place))
          })
      }
    return DocumentNode(content: content, location: place)
  }

  /// A path with each `*` standing for the numbers of a list's items.
  func expanded(_ path: String) -> [String] {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let star = parts.firstIndex(of: "*") else { return [path] }
    let before = parts[..<star].joined(separator: ".")
    guard let count = node(at: before)?.items?.count, count > 0 else { return [path] }
    return (1...count).flatMap { number in
      expanded((parts[..<star] + ["\(number)"] + parts[(star + 1)...]).joined(separator: "."))
    }
  }
}
