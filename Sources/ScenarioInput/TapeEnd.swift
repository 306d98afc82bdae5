import DocumentReading
import FundCore

/// What becomes of a tape when all its rows have been read.
extension TapeRowReader {
  /// The loans that can be used of a tape that cannot.
  var unchecked: LoanTape {
    var found = tape
    found.banks = bank?.names ?? tape.banks
    return found
  }

  /// The tape, when all rows have been read; `nil`, with a problem reported, if it is no portfolio.
  consuming func finished(file: String, _ collector: ProblemCollector) -> LoanTape? {
    let place = SourceLocation(file: file)
    guard !tape.loans.isEmpty else {
      let rest = problems.setAside.reduce(0) { $0 + $1.count }
      let reasons = problems.reasonsInWords
      let why: LocalizedText = rest == 0 ? .empty : .init(en: ": \(reasons)", zh: "：\(reasons)")
      collector.report(
        "no-loans",
        .init(
          en: """
            no loan is left: \(grouped(tape.outsideWindow)) outside the window, \(grouped(rest)) \
            set aside\(why)
            """,
          zh: "没有剩下任何贷款：窗口之外 \(grouped(tape.outsideWindow)) 笔，剔除 \(grouped(rest)) 行\(why)"),
        help: .init(
          en: "check the columns, the date format and the window",
          zh: "核对列、日期格式和时间窗口"), at: place)
      return nil
    }
    guard total <= .largestInput else {
      collector.report(
        "portfolio-too-large",
        .init(en: "the loans come to more than a trillion yuan", zh: "贷款合计超过一万亿元"),
        help: .init(
          en: "check the unit of the principal; all loans together are at most 1万亿",
          zh: "核对本金的单位；全部贷款合计最多 1万亿"), at: place)
      return nil
    }
    tape.setAside = problems.setAside
    tape.keptRows = problems.kept
    tape.banks = bank?.names ?? tape.banks
    tape.sectors = sector?.names ?? tape.sectors
    tape.grades = risk.grades
    tape.enterprises = enterprise?.names ?? tape.loans.map(\.id)
    tape.source = LocalizedText(same: file)
    tape.units = heard.units
    tape.notices = notices
    tape.digestInput = tape.digestSummary()
    return tape
  }

  /// What was noticed in the whole file.
  private var notices: [LocalizedText] {
    heard.notices + rounding.notices + footers.notices
      + TapeMedians(tape.loans, hasRate: hasRate).notices
      + (repeats?.notices ?? []) + ids.notices
      + NearNames(enterprise?.names ?? [], of: .init(en: "enterprises", zh: "企业")).notices
      + NearNames(bank?.names ?? [], of: .init(en: "banks", zh: "银行")).notices
  }
}
