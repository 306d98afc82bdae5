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
