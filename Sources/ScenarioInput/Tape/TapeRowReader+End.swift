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
      reportNoLoans(at: place, collector)
      return nil
    }
    guard checkAnnuities(at: place, collector) else { return nil }
    guard total <= .largestInput else {
      collector.report(
        "portfolio-too-large",
        .init(en: "the loans come to more than a trillion yuan", zh: "贷款合计超过一万亿元"),
        help: .init(
          en: "check the unit of the principal; all loans together are at most 1万亿",
          zh: "核对本金的单位；全部贷款合计最多1万亿"), at: place)
      return nil
    }
    tape.setAside = problems.setAside
    tape.keptRows = problems.kept
    tape.banks = bank?.names ?? tape.banks
    tape.sectors = sector?.names ?? tape.sectors
    tape.grades = risk.grades
    tape.enterprises = enterprise?.names ?? tape.loans.map(\.id)
    past.settle(in: &tape)
    tape.source = LocalizedText(same: file)
    tape.units = heard.units
    tape.notices = notices
    tape.digestInput = tape.digestSummary()
    return tape
  }

  private func reportNoLoans(at place: SourceLocation, _ collector: ProblemCollector) {
    let rest = problems.setAside.reduce(0) { $0 + $1.count }
    let reasons = problems.reasonsInWords
    let why: LocalizedText = rest == 0 ? .empty : .init(en: ": \(reasons)", zh: "：\(reasons)")
    let words = tape.leftOut.words
    let leftOut: LocalizedText =
      tape.leftOut.isEmpty ? .empty : .init(en: "; \(words)", zh: "；\(words)")
    collector.report(
      "no-loans",
      .init(
        en: """
          no loan is left: \(grouped(tape.outsideWindow)) outside the window, \(grouped(rest)) \
          set aside\(why)\(leftOut)
          """,
        zh: """
          没有剩下任何贷款：窗口之外\(grouped(tape.outsideWindow))笔，剔除\(grouped(rest))行\(why)\(leftOut)
          """),
      help: noLoansHelp, at: place)
  }

  /// What to do where no loan is left.
  private var noLoansHelp: LocalizedText {
    guard let run, !tape.leftOut.isEmpty else {
      return .init(
        en: "check the columns, the date format and the window", zh: "核对列、日期格式和时间窗口")
    }
    return .init(
      en: """
        the run goes from \(run.first) to \(run.last): check the scenario's `start` and `horizon`, \
        the dates and the status of the loans
        """,
      zh: "模拟期为\(run.first)至\(run.last)：核对情景的 `start` 和 `horizon`，以及贷款的日期和状态")
  }

  /// Without a rate, an annuity has no schedule. A rate of 0 % that the tape states is a rate.
  private func checkAnnuities(at place: SourceLocation, _ collector: ProblemCollector) -> Bool {
    let count = hasRate ? 0 : tape.loans.count { $0.repayment == .annuity }
    guard count > 0 else { return true }
    collector.report(
      "annuity-without-rate",
      .init(
        en: "\(grouped(count)) loans are repaid by an annuity, and none has an interest rate",
        zh: "\(grouped(count))笔贷款等额本息还款，而没有利率"),
      help: .init(
        en: "add a column `rate`, or `rate: 4.35%` under `constants`",
        zh: "加上 `rate` 列，或在 `constants` 下写 `rate: 4.35%`"), at: place)
    return false
  }

  /// What the names of enterprises as a whole say.
  private var longNumbers: [LocalizedText] {
    guard let enterprise else { return [] }
    var digits = LongNumbers()
    for name in enterprise.names { digits.add(name) }
    return digits.notices(enterprise.header)
  }

  /// What was noticed in the whole file.
  private var notices: [LocalizedText] {
    heard.notices + term.rounding.notices + footers.notices
      + TapeMedians(tape.loans, hasRate: hasRate).notices
      + (repeats?.notices ?? []) + ids.notices + longNumbers
      + NearNames(enterprise?.names ?? [], of: .init(en: "enterprises", zh: "企业")).notices
      + NearNames(bank?.names ?? [], of: .init(en: "banks", zh: "银行")).notices
  }
}
