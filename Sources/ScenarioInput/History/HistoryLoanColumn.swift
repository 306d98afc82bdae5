import DocumentReading
import FundCore

/// What a column of a register with outcomes can hold, as far as a history needs it.
enum HistoryLoanColumn: String, CaseIterable {
  case start, term, maturity, overdueDate, lastObserved, grade, id
  case curedDate, lossPrincipal, recovered, recoveredDate, writtenOffDate

  /// The names by which the column is known.
  var names: [String] {
    switch self {
    case .start: ["start", "放款日", "放款日期", "发放日期", "发放日", "起始日", "借款日期", "起息日"]
    case .term: ["term", "期限", "贷款期限", "期限月", "合同期限"]
    case .maturity: ["maturity", "到期日", "到期日期", "合同到期日"]
    case .overdueDate: ["overdueDate", "首个逾期日", "首次逾期日", "逾期日期", "逾期日", "违约日期", "违约日"]
    case .lastObserved: ["lastObserved", "最后观察日", "观察截止日", "结清日", "结清日期"]
    case .curedDate: ["curedDate", "恢复正常日", "恢复正常日期", "还清逾期日", "结清逾期日"]
    case .grade: HistoryColumn.grade.names
    case .id: ["id", "编号", "贷款编号", "合同编号", "合同号", "借据号", "借据编号"]
    case .lossPrincipal: ["lossPrincipal", "本金损失", "损失本金", "损失", "损失金额"]
    case .recovered: HistoryColumn.recovered.names
    case .recoveredDate: ["recoveredDate", "追偿日期", "追偿日", "收回日期", "追回日期"]
    case .writtenOffDate: ["writtenOffDate", "核销日期", "核销日", "结案日期", "结案日"]
    }
  }

  static let amounts: [HistoryLoanColumn] = [.lossPrincipal, .recovered]

  /// All forms in which the names are looked for.
  static let allNames = allCases.flatMap { $0.names + $0.names.map { $0 + "(月)" } }
}

/// Where the columns of a register with outcomes stand.
struct HistoryLoanColumns {
  let table: DelimitedTable
  private(set) var numbers: [HistoryLoanColumn: Int] = [:]
  /// How many months a unit of the term is.
  private(set) var monthsOfTerm = 1.0

  subscript(column: HistoryLoanColumn) -> Int? { numbers[column] }

  /// Whether the register tells sectors apart.
  var hasSectors: Bool {
    let names = ["sector", "industry", "行业", "所属行业", "行业分类"].map(HistoryColumn.key)
    return table.header.contains { names.contains(HistoryColumn.key($0.value)) }
  }

  /// Finds the columns; `nil` if the file has no row a loan: it has no start, or neither a term nor a
  /// maturity.
  ///
  /// - Throws: `missing-column` for loans without outcomes.
  init?(_ opened: DelimitedTable) throws(Diagnostics) {
    guard var found = try? opened.headed(by: HistoryLoanColumn.allNames) else { return nil }
    let heads = found
    let keys = heads.header.map { HistoryColumn.key($0.value) }
    for column in HistoryLoanColumn.allCases {
      numbers[column] =
        column.names.compactMap { name in
          keys.firstIndex(of: HistoryColumn.key(name))
        }.first ?? column.names.compactMap { heads.column($0) }.first
    }
    guard numbers[.start] != nil, numbers[.term] != nil || numbers[.maturity] != nil
    else { return nil }
    try Self.checkOutcomes(numbers, of: heads)
    if let term = numbers[.term] {
      switch UnitQuantity.term.unit(inHead: heads.header[term].value) {
      case .unit(.months(let months)): monthsOfTerm = Double(months)
      case .unit(.days): monthsOfTerm = 12 / 365.25
      default: break
      }
    }
    let title = heads.heading.titles.compactMap { UnitQuantity.money.unit(inTitle: $0.value) }
      .first
    var powers = heads.header.map { _ in 0 }
    for column in HistoryLoanColumn.amounts {
      guard let number = numbers[column] else { continue }
      if case .unit(.yuan(let power)) = UnitQuantity.money.unit(inHead: heads.header[number].value)
      {
        powers[number] = power
      } else if case .yuan(let power)? = title {
        powers[number] = power
      }
    }
    found.yuanPowers = powers
    table = found
  }

  /// Loans of which nobody says how they ended are no history.
  private static func checkOutcomes(
    _ numbers: [HistoryLoanColumn: Int], of table: DelimitedTable
  ) throws(Diagnostics) {
    guard numbers[.overdueDate] == nil else { return }
    let names = HistoryLoanColumn.overdueDate.names.prefix(4).joined(separator: ", ")
    let found = table.header.map(\.value).filter { !$0.isEmpty }.prefix(20)
    throw Diagnostics(
      "missing-column",
      .init(
        en: "no column 'overdueDate': a list of loans says nothing of which of them defaulted",
        zh: "缺少列“首个逾期日”：只有贷款清单，看不出哪些贷款违约"),
      help: .init(
        en: """
          add a column with the first day overdue, empty for loans that were never overdue, under one of: \
          \(names); or name the columns of the register in a terms file: --terms; \
          found: \(found.joined(separator: ", "))
          """,
        zh: """
          增加一列首个逾期日（从未逾期的留空），列名可写：\(names)；或用条款文件写明各列：--terms；\
          现有各列：\(found.joined(separator: "、"))
          """) + table.otherSheets,
      at: table.place(line: table.heading.line))
  }
}

extension LocalizedText {
  /// That sectors are not used.
  static let sectorsUnused = LocalizedText(
    en: """
      the sectors are not used: one factor for all loans is estimated, and how strongly sectors go together \
      (`sectorCorrelation`) stays a judgement; for one sector's own numbers calibrate its loans alone
      """,
    zh: """
      未使用行业列：只估计全部贷款的共同因子，行业之间的相关程度（`sectorCorrelation`）仍须自行判断；\
      如需单个行业的结果，请只用该行业的贷款校准
      """)
}
