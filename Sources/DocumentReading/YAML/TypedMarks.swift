import FundCore

/// Marks of a Chinese keyboard where YAML and commas want those of ASCII.
enum TypedMarks {
  /// What to do about such marks in a value that cannot be used; no words if there are none.
  static func advice(_ text: String) -> LocalizedText {
    if text.contains(where: { "，、；".contains($0) }) {
      return .init(
        en: "; a full-width comma separates nothing: use an ASCII comma and a blank",
        zh: "；全角逗号不起分隔作用，请用半角逗号加空格")
    }
    if text.contains(where: { "“”‘’„‟「」".contains($0) }) {
      return .init(
        en: "; curly quotes belong to the text: use the ASCII quotes ' or \", or none",
        zh: "；弯引号会成为文字的一部分，请用半角引号 ' 或 \"，或不用引号")
    }
    return .empty
  }

  /// Refuses a key and its value in `{ }` between which, or behind which, a full-width mark stands for
  /// one of YAML's.
  static func refuse(
    key: Written<String>, isPlain: Bool, value: DocumentNode
  ) throws(Diagnostics) {
    if isPlain {
      if let problem = problem(in: key.value, at: key.location) { throw problem }
    }
    guard case .scalar(let text, true) = value.content,
      let comma = text.firstIndex(of: "，")
    else { return }
    // 60%，乙银行：40% is two entries; a sentence has its colon first, or a longer start.
    let (before, behind) = (text[..<comma], text[text.index(after: comma)...])
    let name = behind.prefix { $0 != "：" && $0 != ":" }
    guard before.count <= 20, !before.contains("："), name.count < behind.count, name.count <= 20,
      !name.contains("，")
    else { return }
    throw fullWidthComma(
      at: place(
        value.location,
        offset: text.unicodeScalars.distance(
          from: text.startIndex, to: comma)))
  }

  /// A full-width comma or colon in a key that has no quotes.
  private static func problem(in key: String, at location: SourceLocation) -> Diagnostics? {
    guard let mark = key.unicodeScalars.firstIndex(where: { $0 == "，" || $0 == "：" }) else {
      return nil
    }
    let offset = key.unicodeScalars.distance(from: key.startIndex, to: mark)
    let place = place(location, offset: offset)
    return key.unicodeScalars[mark] == "，" || key.contains("，")
      ? fullWidthComma(at: place) : fullWidthColonProblem(at: place)
  }

  private static func place(_ start: SourceLocation, offset: Int) -> SourceLocation {
    SourceLocation(file: start.file, line: start.line, column: start.column + offset)
  }

  /// The report of a full-width comma between entries.
  static func fullWidthComma(at location: SourceLocation) -> Diagnostics {
    Diagnostics(
      "full-width-comma",
      .init(
        en: "a full-width mark ，or ：does not separate the entries in { } and [ ]",
        zh: "全角的，或：不能分隔 { } 和 [ ] 中的各项"),
      help: .init(
        en: """
          use ASCII colons and commas with a blank, as in {甲银行: 60%, 乙银行: 40%}; a text that \
          holds such a mark stands in quotes
          """,
        zh: "用半角冒号和逗号加空格，如 {甲银行: 60%, 乙银行: 40%}；文字中含有这些符号的，加引号"),
      at: location)
  }

  /// The report of full-width brackets around entries.
  static func fullWidthBracket(at location: SourceLocation) -> Diagnostics {
    Diagnostics(
      "full-width-bracket",
      .init(en: "full-width ｛ ｝ and ［ ］ hold no entries", zh: "全角的｛ ｝和［ ］不能括起各项"),
      help: .init(
        en: "use ASCII brackets, commas and colons: {from: 12, to: 24}",
        zh: "用半角括号、逗号和冒号：{from: 12, to: 24}"), at: location)
  }

  /// The report of curly quotes around a text.
  static func curlyQuotes(at location: SourceLocation) -> Diagnostics {
    Diagnostics(
      "curly-quotes",
      .init(en: "curly quotes do not quote a text", zh: "弯引号不能括起文字"),
      help: .init(
        en: "use ASCII quotes: \"…\" or '…'", zh: "用半角引号：\"…\" 或 '…'"), at: location)
  }

  /// The first such mark in lines that cannot be understood: a full-width comma behind a bracket, or
  /// a curly quote where a value starts.
  static func firstMark(
    in lines: some Sequence<(Int, Substring)>, through last: Int, file: String
  ) -> Diagnostics? {
    for (number, line) in lines {
      if number > last { break }
      var isInBrackets = false
      var before: Unicode.Scalar = "\n"
      for (index, scalar) in line.unicodeScalars.enumerated() {
        let place = SourceLocation(file: file, line: number, column: index + 1)
        switch scalar {
        case "#" where before == " ": break
        case "{", "[": isInBrackets = true
        case "，", "：": if isInBrackets { return fullWidthComma(at: place) }
        case "｛", "［":
          if ": -{[,\n".unicodeScalars.contains(before) { return fullWidthBracket(at: place) }
        case "“", "‘", "「":
          if ": -{[,\n".unicodeScalars.contains(before) { return curlyQuotes(at: place) }
        default: break
        }
        before = scalar
      }
    }
    return nil
  }
}
