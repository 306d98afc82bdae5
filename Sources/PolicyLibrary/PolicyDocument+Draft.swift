import DocumentReading
public import FundCore

extension PolicyDocument {
  /// Whether a text can be the id of a draft: small letters, digits and hyphens, a letter first, and
  /// not the id of a built-in programme.
  public static func canBeDraft(_ id: String) -> Bool {
    id.wholeMatch(of: /[a-z][a-z0-9-]{0,62}/) != nil && !id.hasSuffix("-")
      && !builtInIDs.contains(id)
  }

  /// The text of a draft made of this programme: the same numbers, under an id, a title and an issuer
  /// that say what it is, not checked, and without the words of the original.
  ///
  /// - Parameters:
  ///   - text: The text of this programme's file.
  ///   - id: The draft's id.
  /// - Throws: `cannot-draft` if the file is not written key by key.
  public func draft(of text: String, as id: String) throws(Diagnostics) -> String {
    var lines: [String] = []
    var skips = false
    var indent = 0
    // Also the lines of a file from Windows, and one with a mark of order before it.
    let plain = text.replacing("\u{FEFF}", with: "").replacing("\r\n", with: "\n")
    for line in plain.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let depth = line.prefix { $0 == " " }.count
      // What continues a value that is replaced stands deeper than its key.
      if skips, depth > indent { continue }
      skips = false
      let content = line.dropFirst(depth)
      let key = String(content.prefix { $0.isLetter })
      let isTop = depth == 0 && content.dropFirst(key.count).hasPrefix(":")
      if isTop, ["id", "title", "issuer", "checkedOn", "text"].contains(key) {
        (skips, indent) = (true, 0)
        if key == "id" { lines += identity(as: id) }
      } else if let start = wordsStart(of: content) {
        let place = depth + start.utf8.count
        (skips, indent) = (true, place)
        lines.append(
          String(repeating: " ", count: depth) + start + "words: "
            + quoted(Self.wordsToCome))
      } else {
        lines.append(line)
      }
    }
    let draft = draftHead(id) + lines.joined(separator: "\n")
    try check(draft, id)
    return draft
  }

  /// What stands before a key `words`: nothing, or the mark of a list.
  private func wordsStart(of content: Substring) -> String? {
    if content.hasPrefix("words:") { return "" }
    return content.hasPrefix("- words:") ? "- " : nil
  }

  /// What stands for the words of a text that is not there yet. The original's stay with the original,
  /// which `policy show` prints.
  private static var wordsToCome: String { "待填：草案的原文 to be quoted from the draft" }

  private func identity(as draft: String) -> [String] {
    [
      "id: \(draft)", "title:", "  zh: \(quoted("草案 \(draft)（由 \(id) 改写）"))",
      "  en: \(quoted("Draft \(draft), made from \(id)"))",
      "issuer: {zh: \(Self.draftIssuer.chinese), en: '\(Self.draftIssuer.english)'}",
    ]
  }

  private func draftHead(_ draft: String) -> String {
    """
    # 草案 A draft, made by: fundsim policy show \(id) --yaml --as \(draft)
    #
    # 待办 What is to be done:
    # 1. 标题和发布机关改成自己的。Give it a title and an issuer of its own.
    # 2. 改数字和选择；条款号（article）仍是 \(id) 的，逐条改成草案的。
    #    Change numbers and choices; every `article` is still that of \(id): put the draft's in its place.
    # 3. words 待填：写草案的原文；原文未提的写 —。原办法的文字见 fundsim policy show \(id)。
    #    `words` are to come: quote the draft's, or write — where it is silent. Those of \(id):
    #    fundsim policy show \(id).
    # 4. 与草案原文逐条核对后，才写 checkedOn: 核对日期；此前报告显示“未核对”。
    #    Only when all is held against the draft's text, add `checkedOn:` with the day; reports say
    #    "not checked" until then.
    #
    # fundsim policy show \(draft).yaml 列出每个数字 lists every number.

    """
  }

  /// Who issued a draft.
  private static let draftIssuer = LocalizedText(en: "a draft, not issued", zh: "草案，尚未发布")

  /// A text between single quotes, as YAML writes it.
  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

  /// - Throws: `cannot-draft` unless the draft reads, and is what it should be.
  private func check(_ draft: String, _ id: String) throws(Diagnostics) {
    let read = try? readProgramme(
      tree: parseDocument(bytes: Array(draft.utf8), file: "\(id).yaml"))
    let isMarked = read?.interpretations.allSatisfy { $0.words == Self.wordsToCome }
    guard let read, read.id == id, read.check == .never, read.textName == nil,
      read.issuer == Self.draftIssuer, read.title != title, isMarked ?? false,
      read.parameters == parameters
    else {
      throw Diagnostics(
        "cannot-draft",
        .init(
          en:
            "no draft can be made of '\(self.id)': its file is not written key by key, each on a line",
          zh: "无法由“\(self.id)”生成草案：该文件不是逐行逐键书写的"),
        help: .init(
          en: "write `id:`, `title:`, `issuer:` and `words:` at the start of lines of their own",
          zh: "请把 `id:`、`title:`、`issuer:` 和 `words:` 各写在单独一行的开头"),
        at: SourceLocation(file: self.id))
    }
  }
}

extension PolicyDocument {
  /// This programme of a file, its check only as far as it is the file's own.
  ///
  /// A file that was copied from a built-in programme and changed goes on saying that it was held
  /// against its text on that day. It was not: the same day together with the id, the issuer, the
  /// title, the text or quoted words of the built-in programme gives it away.
  func withOwnCheck() throws(Diagnostics) -> PolicyDocument {
    guard case .on(let day) = check, Self.builtInFiles.contains(where: mayHaveMarks) else {
      return self
    }
    for original in try Self.builtIn.get() {
      if tree.says(the: original.tree) { return self }
      guard original.check == .on(day), hasMarks(of: original) else { continue }
      return with(.borrowed(from: original.id))
    }
    return self
  }

  /// Whether a built-in file can hold a mark of this programme, by its bytes. To read the five files takes
  /// a third of the time that all else before the first trial does; most programmes of one's own have none.
  private func mayHaveMarks(of file: BuiltInFile) -> Bool {
    if id == file.id { return true }
    let text = BareText(file.bytes)
    return [title.chinese, title.english, textName ?? ""].contains { !$0.isEmpty && text.holds($0) }
      || (text.holds("zh: " + issuer.chinese) && text.holds("en: " + issuer.english))
      || interpretations.contains { $0.words.count > 1 && text.holds($0.words) }
  }

  private func hasMarks(of original: PolicyDocument) -> Bool {
    if id == original.id || issuer == original.issuer || title == original.title { return true }
    if textName != nil, textName == original.textName { return true }
    if title.chinese == original.title.chinese || title.english == original.title.english {
      return true
    }
    return interpretations.contains { item in
      item.words.count > 1
        && original.interpretations.contains { $0.id == item.id && $0.words == item.words }
    }
  }
}

/// The text of a YAML file without what its layout decides: blanks, quotes and backslashes.
struct BareText {
  private let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = bytes.filter { byte in
      switch byte {
      case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"): false
      default: true
      }
    }
  }

  /// Whether words stand in the text, however they are broken and quoted.
  func holds(_ words: String) -> Bool {
    let words = BareText(words.utf8).bytes
    guard let first = words.first, words.count <= bytes.count else { return words.isEmpty }
    return (0...bytes.count - words.count).contains {
      bytes[$0] == first && bytes[$0...].starts(with: words)
    }
  }
}

extension DocumentNode {
  /// Whether this tree says what another says, wherever it stands and however it is quoted.
  fileprivate func says(the other: DocumentNode) -> Bool {
    switch (content, other.content) {
    case (.null, .null): true
    case (.scalar(let text, _), .scalar(let theirs, _)): text == theirs
    case (.sequence(let items), .sequence(let theirs)):
      items.count == theirs.count && zip(items, theirs).allSatisfy { $0.says(the: $1) }
    case (.mapping(let entries), .mapping(let theirs)):
      entries.count == theirs.count
        && zip(entries, theirs).allSatisfy {
          $0.key.value == $1.key.value && $0.value.says(the: $1.value)
        }
    default: false
    }
  }
}
