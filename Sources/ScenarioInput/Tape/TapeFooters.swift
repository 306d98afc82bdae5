import DocumentReading
import FundCore
import ResultFacts

/// Rows that are no loans, as ledgers have them: totals, heads of groups, notes and signatures, the
/// header once more. They are left out, and totals are held against the sum of the rows.
///
/// Only rows that cannot be read as loans are asked whether they are one of these.
struct TapeFooters {
  /// What a row can be that is no loan.
  private enum Kind: CaseIterable {
    case total, note, groupHead, header

    var words: LocalizedText {
      switch self {
      case .total: .init(en: "totals", zh: "合计行")
      case .note: .init(en: "notes and signatures", zh: "注释与签章行")
      case .groupHead:
        .init(
          en: "heads of groups, which fill no column of the rows below", zh: "分组标题行，不用以填充其下各行")
      case .header: .init(en: "the header once more", zh: "重复的表头")
      }
    }
  }

  /// A cell that is not empty.
  private struct Cell {
    let column: Int
    let text: String
  }

  private let header: [String]
  private let amount: TapeColumn?
  /// The sum of all rows so far, and of those behind the last total; beyond the largest amount, none.
  private var sum = Money.zero
  private var sumOfGroup = Money.zero
  private var lines: [Kind: (count: Int, first: [Int])] = [:]
  private var checks: [LocalizedText] = []
  private var uncheckedCount = 0
  private let naming: RowNaming

  init(_ table: DelimitedTable, amount: TapeColumn?) {
    header = table.header.map { Scalar.name($0.value) }
    self.amount = amount
    naming = table.rowNaming
  }

  /// Adds the amount of a row, whether it is used or not.
  mutating func add(_ amount: Money?) {
    guard let amount, sum <= .largestInput else { return }
    sum += amount
    sumOfGroup += amount
  }

  /// Whether a row that could not be read as a loan is none; if so, it is counted.
  mutating func isNoLoan(_ row: borrowing TableRow) -> Bool {
    var cells: [Cell] = []
    var count = 0
    for column in 0..<row.cellCount where !row.isEmpty(column) {
      count += 1
      if cells.count < 12 {
        cells.append(Cell(column: column, text: Scalar.name(row.text(column))))
      }
    }
    guard let kind = kind(cells, count: count) else { return false }
    var entry = lines[kind] ?? (0, [])
    entry.count += 1
    if entry.first.count < 3 { entry.first.append(row.line) }
    lines[kind] = entry
    if kind == .total { check(row) }
    return true
  }

  private func kind(_ cells: [Cell], count: Int) -> Kind? {
    guard let first = cells.first?.text else { return nil }
    if isTotal(first) || cells.prefix(4).contains(where: { totalWords.contains(bare($0.text)) }) {
      return .total
    }
    if isNote(first) { return .note }
    let isHeader = cells.allSatisfy { $0.column < header.count && header[$0.column] == $0.text }
    if isHeader, count > 1 || header.count == 1 { return .header }
    return count == 1 && header.count > 2 && isGroupHead(first) ? .groupHead : nil
  }

  // MARK: Words

  private func bare(_ text: String) -> String {
    text.lowercased().filter { !" :*-—_.·".contains($0) }
  }

  /// 合计, 甲银行小计, 合计（3笔）, `Total:`.
  private func isTotal(_ text: String) -> Bool {
    guard text.utf8.count <= 120 else { return false }
    let word = bare(text)
    if totalWords.contains(word) { return true }
    let withoutRemark = bare(String(text.prefix { $0 != "(" }))
    if totalWords.contains(withoutRemark) { return true }
    let chinese = ["合计", "总计", "小计", "累计", "共计"]
    return word.count <= 16
      && chinese.contains {
        word.hasSuffix($0)
          || (word.hasPrefix($0)
            && word.dropFirst(2).first.map { !$0.isLetter || $0.isNumber || $0 == "共" } ?? true)
      }
  }

  /// 注：…, 制表人：…, 审核, `Note: …`.
  private func isNote(_ text: String) -> Bool {
    let word = text.drop { "*※#(（·・".contains($0) }.lowercased()
    guard let mark = noteWords.first(where: { word.hasPrefix($0) }) else { return false }
    guard let next = word.dropFirst(mark.count).first else { return true }
    return !next.isLetter || next.isNumber
      || (mark.count > 1 && mark.first.map { !$0.isASCII } ?? false)
  }

  /// Words and no digits, or words behind a number as of a chapter: 甲银行, 一、工业企业.
  private func isGroupHead(_ text: String) -> Bool {
    let isNumbered = text.first.map { "一二三四五六七八九十第(".contains($0) } ?? false
    return text.contains(where: \.isLetter)
      && (isNumbered || !text.contains(where: \.isNumber)) && !Scalar.isMissing(text)
  }

  // MARK: Totals

  private mutating func check(_ row: borrowing TableRow) {
    defer { sumOfGroup = .zero }
    guard checks.count < 20 else {
      uncheckedCount += 1
      return
    }
    guard let amount, amount.number < row.cellCount,
      case .success(let stated) = row.money(amount.number)
    else { return }
    let place = naming.words(row.line)
    if stated == sum || stated == sumOfGroup {
      checks.append(
        .init(
          en: "the total in \(place), \(stated), is the sum of the rows",
          zh: "\(place)的合计\(stated)与各行之和一致"))
    } else {
      let rows = sumOfGroup == sum || sumOfGroup == .zero ? sum : sumOfGroup
      checks.append(
        .init(
          en: "the total in \(place), \(stated), is not the sum of the rows, \(rows)",
          zh: "\(place)的合计\(stated)与各行之和\(rows)不符"))
    }
  }

  /// What was left out, and what the totals say.
  var notices: [LocalizedText] {
    var texts: [LocalizedText] = []
    for kind in Kind.allCases {
      guard let entry = lines[kind] else { continue }
      let counted = CountedReason(
        reason: kind.words, count: entry.count, firstRows: entry.first, naming: naming)
      texts.append(
        .init(
          en: "left out as no loans: \(grouped(entry.count)) × \(counted.text)",
          zh: "不是贷款而略去：\(grouped(entry.count)) × \(counted.text)"))
    }
    texts += checks
    if uncheckedCount > 0 {
      texts.append(
        .init(
          en: "\(grouped(uncheckedCount)) further totals were not held against the rows",
          zh: "其余\(grouped(uncheckedCount))个合计未与各行核对"))
    }
    return texts
  }
}

private let totalWords: Set<String> = [
  "合计", "总计", "小计", "累计", "共计", "总合计", "合计数", "本页合计", "本月合计", "本年合计", "本年累计", "total", "totals",
  "sum",
  "subtotal", "grandtotal", "subtotals", "sumtotal",
]

private let noteWords = [
  "备注", "附注", "说明", "注", "制表", "填表", "填报", "审核", "复核", "审批", "经办", "单位负责人", "负责人", "联系人", "联系电话",
  "数据来源", "资料来源", "来源", "报送", "编制", "盖章", "签字", "签章", "打印", "导出", "页码", "第1页", "notes", "note",
  "remarks",
  "remark", "source", "prepared by", "checked by", "reviewed by", "approved by", "printed",
  "signature",
]
