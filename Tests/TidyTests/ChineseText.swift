/// A Chinese text of the program or of its documentation, and where it stands.
struct ChineseText: Sendable {
  let place: String
  /// The text; `￼` stands for what a program inserts, and for code of an article.
  let text: String

  /// What stands for an insertion.
  static let insertion: Character = "\u{FFFC}"

  /// The Chinese half of every text of the sources, but for some folders.
  static func halves(except folders: [String]) -> [ChineseText] {
    Repository.files(in: "Sources", ending: ".swift")
      .filter { path in !folders.contains { path.hasPrefix($0 + "/") } }
      .flatMap { path in
        let text = Repository.text(path)
        return text.matches(of: /\b(?:zh|chinese):\s*(?=")/).map { match in
          let line = text[..<match.range.lowerBound].count { $0 == "\n" } + 1
          return ChineseText(
            place: "\(path):\(line)", text: contents(of: text, from: match.range.upperBound))
        }
      }
  }

  /// The `zh` of every text of the programme files.
  static var programmes: [ChineseText] {
    Repository.files(in: "Sources/PolicyLibrary/Programmes", ending: ".yaml").flatMap { path in
      Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .compactMap { index, line in
          line.firstMatch(of: /\bzh: (?<text>.+?)(?:, (?:en|concerns|article): .*|\}+)?$/).map {
            ChineseText(place: "\(path):\(index + 1)", text: String($0.output.text))
          }
        }
    }
  }

  /// Every Chinese article, line by line, without its code and the ends of its links.
  static var articles: [ChineseText] {
    Documentation.chineseTexts.flatMap { path in
      var isCode = false
      return Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated().compactMap { index, line -> ChineseText? in
          if line.hasPrefix("```") { isCode.toggle() }
          guard !isCode, !line.hasPrefix("```") else { return nil }
          let plain = line.replacing(/`[^`]*`/, with: String(insertion))
            .replacing(/\]\([^)]*\)/, with: "]").replacing(/<[^>]*>/, with: String(insertion))
            .replacing("*", with: "")
          return ChineseText(place: "\(path):\(index + 1)", text: String(plain))
        }
    }
  }

  /// What a literal that starts here says, with its insertions taken out.
  private static func contents(of text: String, from start: String.Index) -> String {
    let mark = text[start...].hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    var rest = text[start...].dropFirst(mark.count)
    var kept = ""
    while let sign = rest.first, !rest.hasPrefix(mark) {
      if rest.hasPrefix("\\(") {
        var depth = 0
        repeat {
          let next = rest.removeFirst()
          depth += next == "(" ? 1 : next == ")" ? -1 : 0
        } while (depth > 0 || kept.isEmpty && rest.first == nil) && !rest.isEmpty
        kept.append(insertion)
      } else if sign == "\\" {
        // An escaped line end joins two lines; `\n` ends one.
        let escaped = rest.dropFirst().first
        rest = rest.dropFirst(2)
        if escaped == "\n" {
          rest = rest.drop { $0 == " " }
        } else {
          kept.append(escaped == "n" ? "\n" : escaped ?? " ")
        }
      } else {
        kept.append(rest.removeFirst())
      }
    }
    return kept
  }
}
