/// Where a number or a choice comes from. There is no fourth kind.
public struct Citation: Hashable, Sendable, Codable {
  /// The articles of the programme's text, as written in its file (`8(二)7`); `nil` if none.
  public let article: String?
  /// The ids of the interpretations that fix what the text leaves open (`I-13`).
  public let interpretations: [String]
  /// Why a study departs from the text; `nil` where it does not.
  public let assumption: LocalizedText?

  /// Creates a citation.
  public init(article: String?, interpretations: [String] = [], assumption: LocalizedText? = nil) {
    self.article = article
    self.interpretations = interpretations
    self.assumption = assumption
  }

  /// A choice of the study, with its reason.
  public static func assumption(_ reason: String) -> Citation {
    Citation(article: nil, assumption: LocalizedText(same: reason))
  }
}

extension Citation: CustomStringConvertible {
  /// The citation as a reader looks it up: `Art. 13, I-16`.
  public var description: String {
    var parts: [String] = []
    if let article { parts.append("Art. \(article)") }
    parts += interpretations
    if let assumption { parts.append("assumption: \(assumption.english)") }
    return parts.joined(separator: ", ")
  }
}

extension Citation {
  /// The citation in the words of each language: `Art. 13, I-16`, `第十三条、I-16`.
  public var words: LocalizedText {
    var parts: [LocalizedText] = []
    if let article {
      parts.append(LocalizedText(en: "Art. \(article)", zh: "\(chineseArticles(article))"))
    }
    parts += interpretations.map { LocalizedText(same: $0) }
    if let assumption {
      parts.append(LocalizedText(en: "assumption: \(assumption)", zh: "假设：\(assumption)"))
    }
    return parts.joined()
  }
}

/// Articles as a Chinese reader cites them: `12, 15` is 第十二条、第十五条, `8(二)7` is 第八条（二）7, and a
/// notice without articles is cited by its own headings, 正文二（二）3.
public func chineseArticles(_ articles: String) -> String {
  let parts = articles.split(separator: ",").map { $0.drop { $0 == " " } }
  return parts.map { part in
    let number = part.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int(number), (1...99).contains(value) else {
      return number.isEmpty ? "正文\(part)" : "第\(number)条\(part.dropFirst(number.count))"
    }
    return "第\(chineseNumeral(value))条\(part.dropFirst(number.count))"
  }.joined(separator: "、").replacing("(", with: "（").replacing(")", with: "）")
}

/// A whole number from 1 to 99 in Chinese numerals: 十二, 二十三.
func chineseNumeral(_ value: Int) -> String {
  let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
  let (tens, ones) = value.quotientAndRemainder(dividingBy: 10)
  guard tens > 0 else { return digits[ones] }
  return (tens > 1 ? digits[tens] : "") + "十" + digits[ones]
}

/// A value with its source.
public struct Cited<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// Where it comes from.
  public let citation: Citation

  /// Creates a value with its source.
  public init(_ value: Value, _ citation: Citation) {
    self.value = value
    self.citation = citation
  }
}

extension Cited: Equatable where Value: Equatable {}
extension Cited: Hashable where Value: Hashable {}
