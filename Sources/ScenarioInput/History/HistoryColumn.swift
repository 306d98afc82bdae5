import DocumentReading
import FundCore

/// What a column of a yearly table can hold.
enum HistoryColumn: String, CaseIterable {
  case year, grade, atRisk, defaults, exposure, loss, recovered

  /// The columns without which a table is none.
  static let needed: [HistoryColumn] = [.year, .atRisk, .defaults]

  /// Columns that hold amounts of money.
  static let amounts: [HistoryColumn] = [.exposure, .loss, .recovered]

  /// The names by which the column is known, the preferred ones first; the first in Chinese is the
  /// one that messages give.
  var names: [String] {
    switch self {
    case .year: ["year", "年份", "年度", "年", "统计年度", "统计年份", "报告年度", "会计年度"]
    case .grade: ["grade", "rating", "评级", "等级", "信用等级", "信用评级", "评级等级", "客户评级", "级别"]
    case .atRisk:
      ["atRisk", "loansAtRisk", "loanYears", "在险笔数", "在险贷款笔数", "在险贷款", "在险笔年", "贷款年数"]
        + ["在险数", "在险户数", "在险客户数", "在险企业数"] + Self.atStart
    case .defaults:
      ["defaults", "违约笔数", "违约贷款笔数", "违约贷款", "新增违约笔数", "当年违约笔数", "违约数", "违约"]
        + ["违约户数", "违约客户数", "违约企业数", "新增违约户数", "当年违约户数"]
    case .exposure: ["exposure", "在险金额", "风险敞口", "敞口", "在险余额"]
    case .loss: ["loss", "losses", "损失", "损失金额", "违约损失", "违约金额"]
    case .recovered: ["recovered", "recoveries", "追偿", "追偿金额", "追回金额", "收回金额", "回收金额", "已追偿"]
    }
  }

  /// Names that say that the loans of a year's start are counted.
  static let atStart = ["atStart", "年初笔数", "年初在贷笔数", "年初贷款笔数", "年初在险笔数", "期初笔数", "年初户数", "年初在险户数"]

  /// All forms in which the names are looked for in a file.
  static let allNames = allCases.flatMap { column in
    column.names.flatMap { name in
      let counted = ["(笔)", "(户)", "(家)", "(笔年)"].map { name + $0 }
      return [name, name.prefix(1).uppercased() + name.dropFirst(), name.lowercased()]
        + (column == .atRisk || column == .defaults ? counted : [])
    }
  }

  /// The column in words, as messages name it.
  var words: LocalizedText {
    LocalizedText(
      english: "'\(rawValue)'",
      chinese: "“\(names.first { $0.first?.isASCII == false } ?? rawValue)”")
  }

  /// A head as it is compared: without blanks and signs, small letters, and nothing in brackets.
  static func key(_ head: String) -> String {
    let plain = Scalar.name(head).lowercased().filter { !" _-/·:".contains($0) }
    return String(plain.prefix { !"([【〔".contains($0) })
  }
}

/// Where the columns of a yearly table stand.
struct HistoryColumns {
  let table: DelimitedTable
  private(set) var numbers: [HistoryColumn: Int] = [:]
  /// What deserves a second look.
  private(set) var notices: [LocalizedText] = []

  subscript(column: HistoryColumn) -> Int? { numbers[column] }

  /// Whether the head of the loans at risk says that those of the year's start are counted.
  var saysAtStart: Bool {
    guard let number = numbers[.atRisk] else { return false }
    let key = HistoryColumn.key(table.header[number].value)
    return HistoryColumn.atStart.contains { HistoryColumn.key($0) == key }
  }

  /// Finds the columns.
  ///
  /// - Throws: `missing-column` with all that are missing.
  init(_ opened: DelimitedTable) throws(Diagnostics) {
    var table = try opened.headed(by: HistoryColumn.allNames)
    let keys = table.header.map { HistoryColumn.key($0.value) }
    for column in HistoryColumn.allCases {
      let found = column.names.compactMap { name in keys.firstIndex(of: HistoryColumn.key(name)) }
      numbers[column] = found.first
      if let first = found.first, let other = found.first(where: { $0 != first }) {
        let (used, left) = (table.header[first].value, table.header[other].value)
        notices.append(
          .init(
            en:
              "two columns can be \(column.words): \(quoted(used)) is used, \(quoted(left)) is not",
            zh: "有两列可作\(column.words)：采用\(quoted(used))，不用\(quoted(left))"))
      }
    }
    // A head of amounts may end in its unit without brackets.
    for column in HistoryColumn.amounts where numbers[column] == nil {
      numbers[column] = column.names.lazy.compactMap { table.column($0) }.first
    }
    try Self.check(numbers, of: table)
    Self.hearUnits(&table, numbers)
    self.table = table
    notices += table.notices
    noteMixture()
  }

  private static func check(
    _ numbers: [HistoryColumn: Int], of table: DelimitedTable
  ) throws(Diagnostics) {
    let place = table.place(line: table.heading.line)
    let missing = HistoryColumn.needed.filter { numbers[$0] == nil }
    let found = table.header.map(\.value).filter { !$0.isEmpty }.prefix(20)
    let isRegister = missing.contains(.year) && missing.contains(.atRisk)
    if !missing.isEmpty {
      throw Diagnostics(
        missing.map { column in
          let names = column.names.prefix(4).joined(separator: ", ")
          let way =
            isRegister
            ? LocalizedText(
              en: "; a register, with a row a loan, needs start, term or maturity, and overdueDate",
              zh: "；登记簿（每笔贷款一行）需有放款日期、期限或到期日、首个逾期日各列") : .empty
          return Diagnostic(
            code: "missing-column",
            message: .init(en: "no column \(column.words)", zh: "缺少列\(column.words)"),
            advice: LocalizedText(
              en: "name a column one of: \(names); found: \(found.joined(separator: ", "))",
              zh: "列名可写：\(names)；现有各列：\(found.joined(separator: "、"))")
              + way + table.otherSheets,
            location: place)
        })
    }
  }

  /// Amounts count in the unit that their head or a title says.
  private static func hearUnits(_ table: inout DelimitedTable, _ numbers: [HistoryColumn: Int]) {
    let title = table.heading.titles.lazy.compactMap { UnitQuantity.money.unit(inTitle: $0.value) }
      .first
    var powers = table.header.map { _ in 0 }
    for column in HistoryColumn.amounts {
      guard let number = numbers[column] else { continue }
      let units = table.heading.units
      let below =
        units.indices.contains(number) ? UnitQuantity.money.unit(units[number].value) : nil
      if case .unit(.yuan(let power)) = UnitQuantity.money.unit(inHead: table.header[number].value)
      {
        powers[number] = power
      } else if case .yuan(let power)? = below ?? title {
        powers[number] = power
      }
    }
    table.yuanPowers = powers
  }

  /// Loans at risk beside enterprises that defaulted are not of one kind.
  private mutating func noteMixture() {
    guard let atRisk = numbers[.atRisk], let defaults = numbers[.defaults] else { return }
    let heads = [atRisk, defaults].map { table.header[$0].value }
    let kinds = heads.map { head in ["笔", "户"].first { head.contains($0) } }
    guard let first = kinds[0], let second = kinds[1], first != second else { return }
    notices.append(
      .init(
        en:
          "\(quoted(heads[0])) and \(quoted(heads[1])) count different things: loans, and enterprises",
        zh: "\(quoted(heads[0]))与\(quoted(heads[1]))口径不同：一按笔数，一按户数"))
  }
}
