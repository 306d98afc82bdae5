import DocumentReading
import FundCore
import ResultFacts

/// The columns of a file that a mapping names.
struct TapeColumns {
  /// The table with its header found, whose amounts are converted as they are read.
  private(set) var table: DelimitedTable
  /// The units in which its columns count.
  private(set) var heard = HeardUnits()
  private var numbers: [TapeProperty: TapeColumn] = [:]
  /// The column of each fact of the mapping, in its order.
  private(set) var facts: [TapeColumn] = []

  /// - Returns: `nil` if any column is not there, which has been reported.
  init?(_ opened: DelimitedTable, _ mapping: TapeMapping, _ problems: ProblemCollector) {
    let names = mapping.columns.values.map(\.value) + mapping.factColumns.map(\.column.value)
    do throws(Diagnostics) {
      table = try opened.headed(by: names, row: mapping.headerRow)
    } catch {
      problems.report(error)
      return nil
    }
    heard.notices = table.notices
    if Self.isAnotherFile(table, names) {
      let first = (Array(mapping.columns.values) + mapping.factColumns.map(\.column))
        .min { $0.location < $1.location }
      problems.report(Self.noneFound(table, names, at: first?.location))
      return nil
    }
    var isComplete = true
    func find(_ name: Written<String>) -> TapeColumn? {
      do throws(Diagnostics) {
        let number = try table.column(named: name)
        return TapeColumn(number: number, header: table.header[number].value)
      } catch {
        problems.report(error)
        isComplete = false
        return nil
      }
    }
    for property in TapeProperty.allCases {
      numbers[property] = mapping.columns[property].flatMap(find)
    }
    facts = mapping.factColumns.compactMap { find($0.column) }
    guard isComplete else { return nil }
    let before = problems.problems.count
    hearUnits(mapping, problems)
    if problems.problems.count > before { return nil }
  }

  /// Whether the table has none of several columns: it is another one, or its header is another row.
  private static func isAnotherFile(_ table: DelimitedTable, _ names: [String]) -> Bool {
    names.count > 2
      && !names.contains(where: table.canMean)
  }

  private static func noneFound(
    _ table: DelimitedTable, _ names: [String], at place: SourceLocation?
  ) -> Diagnostic {
    let wanted = names.sorted().prefix(10).joined(separator: ", ")
    let found = table.header.map(\.value).filter { !$0.isEmpty }.prefix(40)
      .joined(separator: ", ")
    return Diagnostic(
      code: "unknown-columns",
      message: .init(
        en: "\(table.file) has none of the columns \(wanted)", zh: "\(table.file) 中没有这些列：\(wanted)"),
      advice: .init(
        en: "its columns: \(found); check the file, and where its header stands (`headerRow`)",
        zh: "现有各列：\(found)；核对文件，以及表头所在的行（`headerRow`）") + table.otherSheets,
      location: place ?? SourceLocation(file: table.file, sheet: table.sheet))
  }

  subscript(property: TapeProperty) -> TapeColumn? { numbers[property] }

  private mutating func hearUnits(_ mapping: TapeMapping, _ problems: ProblemCollector) {
    var powers = [Int](repeating: 0, count: table.header.count)
    let ear = UnitEar(heading: table.heading, problems: problems)
    for property in TapeProperty.allCases {
      guard let quantity = property.quantity, let column = numbers[property] else { continue }
      let key = mapping.units[property]
      guard let found = ear.unit(of: property, quantity, column, key: key, &heard) else { continue }
      numbers[property]?.unit = found
      if case .yuan(let power) = found { powers[column.number] = power }
    }
    if powers.contains(where: { $0 > 0 }) { table.yuanPowers = powers }
  }
}

/// The units that the columns of a table were heard to count in, and what there is to say of them.
struct HeardUnits {
  var units: [HeardUnit] = []
  var notices: [LocalizedText] = []
}

extension TapeProperty {
  /// What its column is a quantity of; `nil` for names, dates and words.
  var quantity: UnitQuantity? {
    switch self {
    case .term: .term
    case .rate: .rate
    case .pd: .probability
    case .ipPart: .part
    default: Self.amounts.contains(rawValue) ? .money : nil
    }
  }

  /// The columns of amounts.
  private static let amounts: Set<String> = [
    "principal", "ipAmount", "outstanding", "lossPrincipal", "lossInterest", "overduePrincipal",
    "recovered", "recoveryCosts",
  ]
}
