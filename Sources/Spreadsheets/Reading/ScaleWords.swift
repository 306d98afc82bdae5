/// The words around a number that is shown divided by a power of ten: `0!.0,"万"`, `0.0,,"M"`.
struct ScaleWords {
  private let before: String
  private let behind: String
  /// The power of ten that they name, and the word for it.
  private var named: (power: Int, word: String)?

  var hasMultiplier: Bool { named != nil }

  init(before: String, behind: String) {
    self.before = before
    self.behind = behind
    named = Self.multiplier(in: behind) ?? Self.multiplier(in: before)
  }

  /// The words of a number that is shown divided by 10^power, with a multiplier that says so; `nil` if they
  /// say another one, or a unit that the number has not been divided for.
  func placed(_ power: Int) -> (before: String, behind: String)? {
    guard let name = Self.name(power) else { return nil }
    if let named {
      guard named.power == power else { return nil }
      if named.word == name { return (before, behind) }
      return behind.contains(named.word)
        ? (before, behind.replacing(named.word, with: name, maxReplacements: 1))
        : (before.replacing(named.word, with: "", maxReplacements: 1), name + behind)
    }
    // A sign before the number, such as ¥, is that of its currency, not its unit.
    let isUnit = behind.contains { $0.isLetter || $0.isNumber } && !Self.isForeign(behind)
    return isUnit ? nil : (before, name + behind)
  }

  /// The Chinese word for a power of ten.
  static func name(_ power: Int) -> String? { names.first { $0.1 == power }?.0 }

  private static func multiplier(in words: String) -> (power: Int, word: String)? {
    for (name, power) in names + otherNames where words.contains(name) { return (power, name) }
    for word in words.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber)) }) {
      if let power = latinNames[word.lowercased()] { return (power, String(word)) }
    }
    return nil
  }

  /// Whether it is another currency; the reader of amounts refuses it by its name.
  private static func isForeign(_ words: String) -> Bool {
    if words.contains(where: { "$€£₩₽฿₹₫₺".contains($0) }) { return true }
    let code = words.filter(\.isLetter)
    if code.count == 3, code.allSatisfy({ $0.isASCII && $0.isUppercase }) {
      return code != "CNY" && code != "RMB" && code != "CNH"
    }
    return ["美", "港", "日元", "日圆", "欧", "英镑", "韩", "澳", "加元", "新加坡", "台币", "瑞士", "卢布", "泰铢"]
      .contains(where: words.contains)
  }

  /// The longer before the shorter that they hold.
  private static let names: [(String, Int)] = [
    ("万亿", 12), ("千亿", 11), ("百亿", 10), ("十亿", 9), ("千万", 7), ("百万", 6), ("十万", 5), ("亿", 8),
    ("万", 4),
    ("千", 3),
  ]

  private static let otherNames: [(String, Int)] = [
    ("佰万", 6), ("仟万", 7), ("億", 8), ("萬", 4), ("仟", 3),
  ]

  private static let latinNames: [String: Int] = [
    "k": 3, "thousand": 3, "thousands": 3, "000": 3, "000s": 3, "w": 4, "wan": 4, "m": 6, "mm": 6,
    "mn": 6, "mln": 6, "million": 6, "millions": 6, "yi": 8, "b": 9, "bn": 9, "billion": 9,
    "billions": 9,
  ]
}
