import DocumentReading
import FundCore

/// Draws of parameters as they were read, before they are held against a scenario.
struct DrawTable {
  /// One parameter: where it stands, its best estimate if there is one, and its values.
  struct Column {
    let parameter: UncertainParameter
    let place: SourceLocation
    var best: Double?
    var values: [Double] = []
  }

  var columns: [Column]
  /// The bytes that fix the values.
  var digestInput: [UInt8] = []

  /// How many draws there are.
  var count: Int { columns.first?.values.count ?? 0 }

  subscript(parameter: UncertainParameter) -> Column? {
    columns.first { $0.parameter == parameter }
  }

  /// So many draws of all, evenly among them.
  func chosen(_ wanted: Int) -> DrawTable {
    guard wanted < count else { return self }
    var chosen = self
    for index in columns.indices {
      chosen.columns[index].values = (0..<wanted).map {
        columns[index].values[(2 * $0 + 1) * count / (2 * wanted)]
      }
    }
    return chosen
  }
}

/// Reads a file of draws: a row a draw, a column a parameter, draw 0 the best estimate.
struct DrawTableReader {
  /// The most problems that are told of one file.
  private static let mostProblems = 20
  /// The most draws of a file.
  private static let mostDraws = 1_000_000

  let table: DelimitedTable
  let problems: ProblemCollector
  private var drawColumn: Int?
  private var numbers: [Int] = []
  private var columns: [DrawTable.Column] = []
  /// The number of each row with its line, and its values.
  private var rows: [(draw: Int, line: Int, values: [Double])] = []
  private let found: Int

  /// Opens a file.
  ///
  /// - Throws: All that stands in the way of its rows.
  init(path: String, problems: ProblemCollector) throws(Diagnostics) {
    table = try DelimitedTable(path: path)
    self.problems = problems
    found = problems.problems.count
    readHeader()
  }

  private mutating func readHeader() {
    for (number, head) in table.header.enumerated() {
      if ["draw", "抽样"].contains(Scalar.name(head.value)) {
        drawColumn = number
      } else if let parameter = UncertainParameter(head.value) {
        numbers.append(number)
        columns.append(DrawTable.Column(parameter: parameter, place: head.location))
      } else {
        let names = ["draw", "pd.GRADE"] + UncertainParameter.named.map(\.name)
        problems.report(
          "unknown-column",
          .init(
            en: "the column \(quoted(head.value)) is no parameter",
            zh: "\(quoted(head.value))列不是参数"),
          help: didYouMean(head.value, among: names)
            + .init(
              en: "columns of draws: \(names.joined(separator: ", "))",
              zh: "抽样表的列：\(names.joined(separator: "、"))"),
          at: head.location)
      }
    }
    if drawColumn == nil {
      problems.report(
        "missing-column", .init(en: "no column 'draw'", zh: "缺少列“draw”"),
        help: .init(
          en: "number the draws from 1 in a column 'draw'; draw 0 is the best estimate",
          zh: "请用“draw”列给抽样编号，从1起；0号为最佳估计") + table.otherSheets,
        at: table.place(line: table.heading.line))
    }
    if columns.isEmpty {
      problems.report(
        "missing-column", .init(en: "no column holds a parameter", zh: "没有参数列"),
        help: .init(
          en:
            "give at least one of pd, assetCorrelation, recovery.mean; `fundsim calibrate` writes them",
          zh: "至少给出 `pd`、`assetCorrelation`、`recovery.mean` 之一；`fundsim calibrate` 会写出"),
        at: table.place(line: table.heading.line))
    }
  }

  /// Reads the rows.
  ///
  /// - Returns: `nil`, with problems reported, if there is anything wrong.
  mutating func read() throws(Diagnostics) -> DrawTable? {
    guard drawColumn != nil, !columns.isEmpty else { return nil }
    do {
      try table.forEachRow { row in
        take(row)
        guard problems.problems.count < found + Self.mostProblems else { throw Stop() }
      } setAside: { problem, _ in
        problems.report(problem)
        guard problems.problems.count < found + Self.mostProblems else { throw Stop() }
      }
    } catch let error as Diagnostics {
      throw error
    } catch {
      return nil
    }
    guard problems.problems.count == found else { return nil }
    return whole()
  }

  /// Enough problems were found.
  private struct Stop: Error {}

  private mutating func take(_ row: borrowing TableRow) {
    guard let drawColumn else { return }
    var draw: Int?
    switch row.integer(drawColumn, in: 0...Self.mostDraws) {
    case .success(let number): draw = number
    case .failure(let problem):
      problems.report(row.diagnostic(problem, column: drawColumn, name: "draw"))
    }
    var values: [Double] = []
    for (number, column) in zip(numbers, columns) {
      let text = row.text(number)
      let read =
        row.isMissing(number) ? .failure(Scalar.missing(text)) : column.parameter.value(text)
      switch read {
      case .success(let value): values.append(value)
      case .failure(let problem):
        problems.report(row.diagnostic(problem, column: number, name: column.parameter.name))
      }
    }
    guard let draw, values.count == columns.count else { return }
    rows.append((draw, row.line, values))
  }

  /// The rows in the order of their numbers, the best estimate apart.
  private mutating func whole() -> DrawTable? {
    rows.sort { ($0.draw, $0.line) < ($1.draw, $1.line) }
    for (row, next) in zip(rows, rows.dropFirst()) where row.draw == next.draw {
      problems.report(
        "doubled-draw", .init(en: "draw \(row.draw) is there twice", zh: "\(row.draw)号抽样出现两次"),
        help: .init(
          en: "\(table.rowNaming.words(row.line)) has it too; number the draws 1, 2, 3, …",
          zh: "\(table.rowNaming.words(row.line))也是；请依次编号1、2、3……"),
        at: table.place(line: next.line))
      return nil
    }
    let hasBest = rows.first?.draw == 0
    guard rows.count > (hasBest ? 1 : 0) else {
      problems.report(
        "no-draws",
        hasBest
          ? .init(en: "the file holds the best estimate alone", zh: "文件中只有最佳估计")
          : .init(en: "the file holds no draw", zh: "文件中没有抽样"),
        help: .init(
          en: "below draw 0, the best estimate, come draws 1, 2, 3, … of what is not known",
          zh: "0号是最佳估计，其下应有1、2、3……号抽样，表示未知的程度"),
        at: table.place(line: rows.last?.line ?? table.heading.line))
      return nil
    }
    var text = columns.map(\.parameter.name).joined(separator: ",")
    for row in rows { text += "\n\(row.draw),\(row.values)" }
    var result = DrawTable(columns: columns, digestInput: Array(text.utf8))
    for index in columns.indices {
      result.columns[index].best = hasBest ? rows[0].values[index] : nil
      result.columns[index].values = rows[(hasBest ? 1 : 0)...].map { $0.values[index] }
    }
    return result
  }
}
