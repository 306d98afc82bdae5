import Foundation

/// A Chinese text of the program or of its documentation, and where it stands.
struct ChineseText: Sendable {
  let place: String
  /// The text, with marks for what a program inserts and for code.
  let text: String

  /// What stands for an insertion.
  static let insertion: Character = "\u{FFFC}"
  /// What stands for the code of an article.
  static let code: Character = "\u{FFFB}"

  /// The Chinese half of every text of the sources, but for some folders.
  static func halves(except folders: [String]) -> [ChineseText] {
    Repository.files(in: "Sources", ending: ".swift")
      .filter { path in !folders.contains { path.hasPrefix($0 + "/") } }
      .flatMap { path -> [ChineseText] in
        var line = 1
        // Behind each piece but the last stands the mark; a literal follows, or it was none.
        let marked = Repository.text(path).replacingOccurrences(of: "chinese:", with: "zh:")
        let pieces = marked.components(separatedBy: "zh:")
        return zip(pieces, pieces.dropFirst()).compactMap { piece, next in
          line += piece.utf8.count { $0 == 10 }
          let literal = next.drop { $0 == " " || $0 == "\n" }
          guard literal.hasPrefix("\"") else { return nil }
          return ChineseText(place: "\(path):\(line)", text: contents(of: literal))
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
          let plain = line.replacing(/`[^`]*`/, with: String(code))
            .replacing(/\]\([^)]*\)/, with: "]").replacing(/<[^>]*>/, with: String(code))
            .replacing("*", with: "")
          return ChineseText(place: "\(path):\(index + 1)", text: String(plain))
        }
    }
  }

  /// What a literal that starts here says, with its insertions taken out.
  private static func contents(of literal: Substring) -> String {
    let mark = literal.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    var rest = literal.dropFirst(mark.count)
    var kept = ""
    while let sign = rest.first, !rest.hasPrefix(mark) {
      guard sign == "\\" else {
        kept.append(rest.removeFirst())
        continue
      }
      let escaped = rest.dropFirst().first ?? " "
      rest = rest.dropFirst(2)
      switch escaped {
      case "(":
        var depth = 1
        while depth > 0, let next = rest.popFirst() {
          depth += next == "(" ? 1 : next == ")" ? -1 : 0
        }
        kept.append(insertion)
      // An escaped line end joins two lines; `\n` ends one.
      case "\n": rest = rest.drop { $0 == " " }
      case "n": kept.append("\n")
      default: kept.append(escaped)
      }
    }
    return kept
  }
}
