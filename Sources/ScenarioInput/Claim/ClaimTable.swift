import DocumentReading
import FundCore

/// A claim as a table or a sheet: a key of a claim file and its value in each row, such as `loan.principal`
/// and `400万`; items of lists are numbered, `loan.recoveries.1.amount`. It is read as any claim file, with
/// its values at their cells.
struct ClaimTable {
  /// A key taken apart, and its value.
  private struct Line {
    let steps: [String]
    let place: SourceLocation
    let value: DocumentNode
  }

  /// The first two cells of a row.
  private struct Row {
    let key: Written<String>
    let value: Written<String>
  }

  private let file: SourceLocation
  private var lines: [Line] = []

  /// Deeper than that goes no key of a claim.
  private static let mostSteps = 8

  /// Reads a table.
  ///
  /// - Throws: All problems at once.
  init(path: String) throws(Diagnostics) {
    let table = try DelimitedTable(path: path, isHeadedLater: true)
    file = SourceLocation(file: table.file, sheet: table.sheet)
    var found: [Row] = []
    if table.header.count > 1 {
      found.append(Row(key: table.header[0], value: table.header[1]))
    }
    do {
      try table.forEachRow { row in
        guard row.cellCount > 1 else { return }
        found.append(
          Row(
            key: Written(row.text(0), at: row.location(0)),
            value: Written(row.text(1), at: row.location(1))))
      }
    } catch let error as Diagnostics {
      throw error
    } catch {
      preconditionFailure("reading rows throws nothing but diagnostics, not \(error)")
    }
    try take(found, otherSheets: table.otherSheets)
  }

  private func withoutKeys(_ otherSheets: LocalizedText) -> Diagnostics {
    Diagnostics(
      "no-claim", .init(en: "no row has a key of a claim", zh: "没有任何一行是补偿申请的键"),
      help: .init(
        en:
          "write a key and its value in the first two cells of a row, such as fund.programme, baotou",
        zh: "每行前两个单元格写键和值，如 `fund.programme` 和 `baotou`") + otherSheets, at: file)
  }

  private mutating func take(
    _ found: [Row], otherSheets: LocalizedText
  ) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    let all = found.map { pair in
      Scalar.normalised(pair.key.value).split(separator: ".").map(String.init)
    }
    let first = all.firstIndex { $0.count >= 2 } ?? found.count
    guard first < found.count else { throw withoutKeys(otherSheets) }
    for (number, pair) in found.enumerated() {
      let steps = all[number]
      // A title and a head over the keys; remarks and fields that nobody filled.
      if number < first, number == 0 || number == first - 1 { continue }
      if pair.value.value.isEmpty { continue }
      guard steps.count >= 2, steps.count <= Self.mostSteps else {
        problems.append(
          Diagnostic(
            code: "no-key",
            message: .init(
              en: "\(quoted(pair.key.value)) is no key of a claim",
              zh: "\(quoted(pair.key.value))不是补偿申请的键"),
            advice: .init(
              en: "write keys as fund.programme, loan.principal, loan.recoveries.1.amount",
              zh: "键写作 fund.programme、loan.principal、loan.recoveries.1.amount"),
            location: pair.key.location))
        continue
      }
      let value = DocumentNode(
        content: .scalar(pair.value.value, isPlain: false), location: pair.value.location)
      lines.append(Line(steps: steps, place: pair.key.location, value: value))
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
  }

  /// The claim file that the table stands for.
  func tree() throws(Diagnostics) -> DocumentNode {
    try node(of: lines, depth: 0, at: file)
  }

  /// What stands under a key: its value, or the keys below it.
  private func node(
    of lines: [Line], depth: Int, at place: SourceLocation
  ) throws(Diagnostics) -> DocumentNode {
    if let whole = lines.first(where: { $0.steps.count == depth }) {
      guard lines.count == 1 else { throw twice(lines, whole) }
      return whole.value
    }
    var order: [String] = []
    var groups: [String: [Line]] = [:]
    for line in lines {
      let step = line.steps[depth]
      if groups[step] == nil { order.append(step) }
      groups[step, default: []].append(line)
    }
    let numbers = order.compactMap { Int($0) }
    let isList = !order.isEmpty && numbers.count == order.count
    if isList { order.sort { (Int($0) ?? 0) < (Int($1) ?? 0) } }
    var entries: [DocumentEntry] = []
    for step in order {
      let below = groups[step] ?? []
      let start = below.first?.place ?? place
      entries.append(
        DocumentEntry(
          key: Written(step, at: start), value: try node(of: below, depth: depth + 1, at: start)))
    }
    return DocumentNode(
      content: isList ? .sequence(entries.map(\.value)) : .mapping(entries), location: place)
  }

  private func twice(_ lines: [Line], _ whole: Line) -> Diagnostics {
    let other = lines.last { $0.place != whole.place } ?? whole
    let key = other.steps.joined(separator: ".")
    return Diagnostics(
      "duplicate-key",
      .init(en: "\(quoted(key)) stands twice, or under a value", zh: "\(quoted(key))出现两次，或位于某个值之下"),
      help: .init(en: "keep one row of each key", zh: "每个键只保留一行"), at: other.place)
  }
}

extension Diagnostics {
  /// The same problems, with the way out as a table has it: a key and its value in each row.
  var advisingRows: Diagnostics {
    Diagnostics(
      problems.map { problem in
        guard let advice = problem.adviceForRows else { return problem }
        return Diagnostic(
          code: problem.code, message: problem.message, advice: advice,
          location: problem.location)
      })
  }
}

extension Diagnostic {
  fileprivate var adviceForRows: LocalizedText? {
    switch code {
    case "not-a-list", "empty-list":
      return .init(
        en:
          "number its items, each in a row of its own: loan.facts.notMet.1, loan.facts.notMet.2, …",
        zh: "每项一行并编号：loan.facts.notMet.1、loan.facts.notMet.2……")
    case "not-a-mapping":
      return .init(
        en: "write the keys below it, each in a row of its own, such as loan.facts.notMet.1",
        zh: "其下各键每个一行，如 loan.facts.notMet.1")
    case "missing-key":
      guard let missing = missingKey else { return nil }
      let key = missing.section.isEmpty ? missing.key : "\(missing.section).\(missing.key)"
      return missing.example.hasPrefix("{")
        ? .init(en: "add rows with the keys \(key).…", zh: "加上以 \(key).… 为键的各行")
        : .init(
          en: "add a row: \(key) in its first cell, \(missing.example) in the second",
          zh: "加一行：第一格写 \(key)，第二格写 \(missing.example)")
    default: return nil
    }
  }
}
