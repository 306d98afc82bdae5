public import FundCore

/// A report for people on a terminal.
public struct TerminalFace: Sendable {
  /// The columns of the terminal.
  public let width: Int
  /// The language.
  public let language: Language
  private let indent = "  "

  /// A face so many columns wide; fewer than forty are taken for forty.
  public init(width: Int = 100, language: Language) {
    self.width = max(40, width)
    self.language = language
  }

  /// The text of a report.
  public func text(of report: Report) -> String {
    var lines = underlined(report.fullTitle[language], with: "=")
    let blocks = BlockLines(face: self, money: report.money)
    for block in report.notes + report.headline { lines += blocks.lines(of: block) }
    for section in report.sections where !section.blocks.isEmpty {
      lines += [""] + underlined(section.heading[language], with: "-")
      for block in section.blocks { lines += blocks.lines(of: block) }
    }
    return lines.map { visibleText($0) + "\n" }.joined()
  }

  /// The lines of one piece, with an empty line before a heading.
  func hanging(_ text: String, first: String, rest: String) -> [String] {
    DisplayWidth.lines(of: text, width: width - DisplayWidth.of(first)).enumerated().map {
      ($0.offset == 0 ? first : rest) + $0.element
    }
  }

  private func underlined(_ title: String, with mark: String) -> [String] {
    let lines = DisplayWidth.lines(of: title, width: width)
    return lines + [String(repeating: mark, count: lines.map(DisplayWidth.of).max() ?? 0)]
  }
}

extension Report {
  /// Kind and title in one line.
  public var fullTitle: LocalizedText {
    guard !title.isEmpty else { return kind }
    let isQuestion = kind.english.hasSuffix("?")
    return isQuestion
      ? LocalizedText(en: "\(kind) \(title)", zh: "\(kind)\(title)")
      : LocalizedText(en: "\(kind): \(title)", zh: "\(kind)：\(title)")
  }
}

/// The lines of the blocks of a report.
struct BlockLines {
  let face: TerminalFace
  let money: MoneyScale
  private let indent = "  "
  private let gap = "  "

  private var language: Language { face.language }

  func lines(of block: SectionBlock) -> [String] {
    switch block {
    case .subheading(let text):
      [""] + DisplayWidth.lines(of: text[language], width: face.width)
    case .paragraph(let text): face.hanging(text[language], first: indent, rest: indent)
    case .list(let items):
      items.flatMap { face.hanging($0[language], first: indent + "- ", rest: indent + "  ") }
    case .pairs(let pairs): lines(of: pairs)
    case .table(let table):
      TextTableLines(table, face: face, money: money)?.lines
        ?? TableLines(table, face: face, money: money).lines
    }
  }

  private func lines(of pairs: [LabelledText]) -> [String] {
    let longest = pairs.map { DisplayWidth.of($0.label[language]) }.max() ?? 0
    let labelWidth = min(40, face.width / 2 - indent.count - gap.count, longest)
    let left = indent.count + labelWidth + gap.count
    return pairs.flatMap { pair in
      let labels = DisplayWidth.lines(of: pair.label[language], width: labelWidth)
      let texts = DisplayWidth.lines(of: pair.text[language], width: face.width - left)
      return (0..<max(labels.count, texts.count)).map { place in
        let label = place < labels.count ? labels[place] : ""
        let text = place < texts.count ? texts[place] : ""
        let line = indent + DisplayWidth.padded(label, to: labelWidth) + gap + text
        return String(line.reversed().drop { $0 == " " }.reversed())
      }
    }
  }
}
