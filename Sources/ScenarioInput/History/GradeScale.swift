import DocumentReading
import FundCore

/// The order of grades, best first, where their names say it: A before B, AAA before AA before A, A+
/// before A before A-, 1 before 2.
enum GradeScale {
  /// The positions of the grades, best first; as they stand if their names say no order.
  static func order(_ grades: [String]) -> [Int] {
    let keys = grades.map(key)
    guard keys.allSatisfy({ $0 != nil }) else { return Array(grades.indices) }
    let known = keys.compactMap(\.self)
    // Letters and numbers are two scales.
    guard Set(known.map { $0[0] }).count <= 1 else { return Array(grades.indices) }
    return grades.indices.sorted { (known[$0], $0) < (known[$1], $1) }
  }

  /// The grade among others with whose loans those of a new one overlap: it is the same in another spelling
  /// (`a`, `A级` beside `A`), or one of the two is made of several, of which the other is one (`A/B` beside `A`).
  static func overlap(_ name: String, with others: [String]) -> String? {
    let own = parts(name)
    return others.first { !own.isDisjoint(with: parts($0)) }
  }

  /// What is wrong with a grade that overlaps another.
  static func problem(_ name: String, overlaps other: String) -> ScalarProblem {
    ScalarProblem(
      "grades-overlap",
      .init(
        en: "the grades \(quoted(name)) and \(quoted(other)) overlap",
        zh: "评级\(quoted(name))与\(quoted(other))重叠"),
      help: .init(
        en:
          "spell a grade the same in all rows, and take a row of several grades apart or leave the single ones out",
        zh: "同一评级在各行写法一致；含多个评级的行请拆开，或去掉其中单列的评级"))
  }

  /// The grades that a name holds, in one spelling.
  private static func parts(_ name: String) -> Set<String> {
    var plain = name.lowercased().filter { $0 != " " }
    for word in ["grade", "评级"] where plain.hasPrefix(word) { plain.removeFirst(word.count) }
    for word in ["和", "及", "至", "、", "&", "～", "~"] {
      plain = plain.replacing(word, with: "/")
    }
    var parts: [String] = []
    var part = ""
    for (index, character) in plain.enumerated() {
      let isSign = character == "+" || character == "-"
      // The sign of `A+` stands at the end, or before another stroke.
      let next = plain.dropFirst(index + 1).first
      let isStroke =
        character == "/" || character == "," || isSign && next.map { $0 != "/" } ?? false
      if isStroke, !part.isEmpty {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    parts.append(part)
    return Set(parts.map { $0.hasSuffix("级") ? String($0.dropLast()) : $0 }.filter { !$0.isEmpty })
  }

  private static func key(_ grade: String) -> [Int]? {
    let name = grade.hasSuffix("级") ? String(grade.dropLast()) : grade
    if let number = Int(name), number >= 0 { return [0, number, 0, 0] }
    var letters = name[...]
    var sign = 0
    if letters.hasSuffix("+") || letters.hasSuffix("-") {
      sign = letters.hasSuffix("+") ? -1 : 1
      letters.removeLast()
    }
    guard let first = letters.utf8.first, (0x41...0x5A).contains(first), letters.utf8.count <= 3,
      letters.utf8.allSatisfy({ $0 == first })
    else { return nil }
    return [1, Int(first), -letters.utf8.count, sign]
  }
}

/// Lists of numbers by their first difference.
private func < (left: ([Int], Int), right: ([Int], Int)) -> Bool {
  if left.0 == right.0 { return left.1 < right.1 }
  return left.0.lexicographicallyPrecedes(right.0)
}
