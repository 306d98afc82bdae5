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
    try take(found)
  }

  private mutating func take(_ found: [Row]) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    for (number, pair) in found.enumerated() {
      let key = Scalar.normalised(pair.key.value)
      let steps = key.split(separator: ".").map(String.init)
      // A head over the keys; remarks and fields that nobody filled.
      if steps.count < 2, number == 0 || pair.value.value.isEmpty { continue }
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
