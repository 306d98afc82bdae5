import CompensationKernel
import DocumentReading
import FundCore

/// Makes the columns of a tape from its mapping.
struct TapeCells {
  let columns: TapeColumns
  let mapping: TapeMapping

  /// The words of the tape that stand for ours.
  func words(_ property: TapeProperty) -> [String: String] {
    mapping.values[property.rawValue] ?? [:]
  }

  /// A column of names, if there is one.
  func names(_ property: TapeProperty, limit: Int = Int(Int32.max)) -> NameColumn? {
    columns[property].map {
      NameColumn($0, property: property.words, limit: limit, words: words(property))
    }
  }

  /// A column of values, if there is one.
  func values<Value>(
    _ property: TapeProperty, _ judge: @escaping (String) -> Result<Value, ScalarProblem>
  ) -> JudgedColumn<Value>? {
    columns[property].map { JudgedColumn($0, property: property.words, judge: judge) }
  }

  /// A column of words, if there is one.
  func choices<Choice>(_ property: TapeProperty, as type: Choice.Type) -> JudgedColumn<Choice>?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let words = words(property)
    return values(property) { text in
      let word = Scalar.normalised(text)
      return words[word].map { Scalar.choice($0, as: type) }
        ?? Scalar.choice(word, as: type).mapError { unknown(word, $0, theirs: words) }
    }
  }
}

/// The problem of a word that neither the mapping nor we know; their words can be meant, too.
private func unknown(
  _ word: String, _ problem: ScalarProblem, theirs words: [String: String]
) -> ScalarProblem {
  guard problem.code == "unknown-choice" else { return problem }
  let hint = didYouMean(word, among: words.keys.sorted())
  let isOurs = problem.advice.english.hasPrefix("did you mean")
  return ScalarProblem(
    problem.code, problem.message,
    help: (isOurs ? .empty : hint) + problem.advice
      + LocalizedText(
        en: "; or translate the word under `values` of the scenario or the terms file",
        zh: "；或在情景或条款文件的 `values` 下翻译该词"))
}

/// The columns for what a loan is like.
struct TapeTraits {
  private let constants: TapeMapping.Constants
  private var model: JudgedColumn<OperatingModel>?
  private var size: JudgedColumn<SizeClass>?
  private var collateral: JudgedColumn<CollateralKind>?
  private var repayment: JudgedColumn<Repayment>?
  private var ipPart: JudgedColumn<Ratio>?
  private let ipAmount: TapeColumn?
  private var rate: JudgedColumn<Ratio>?
  private var status: JudgedColumn<TapeStatus>?
  /// Whether there is a charge-off date.
  private var chargeOff: JudgedColumn<Bool>?
  /// Whether a loan that runs may have a date: in a register, it is that of the first day overdue.
  private let runningMayHaveDate: Bool
  /// What says that a paid loan was overdue before: a cure, or what came in of what was lost.
  private let cured: TapeColumn?
  private let repaid: (recovered: TapeColumn, lost: TapeColumn)?

  init(_ cells: TapeCells) {
    constants = cells.mapping.constants
    model = cells.choices(.model, as: OperatingModel.self)
    size = cells.choices(.size, as: SizeClass.self)
    if let limits = cells.mapping.employeeLimits {
      size = cells.values(.employees) { text in
        Scalar.integer(text, in: 0...10_000_000).map { limits.size(employees: $0) }
      }
    }
    collateral = cells.choices(.collateral, as: CollateralKind.self)
    repayment = cells.choices(.repayment, as: Repayment.self)
    ipPart = cells.values(.ipPart) { Scalar.ratio($0) }
    ipAmount = cells.columns[.ipAmount]
    rate = cells.values(.rate) { Scalar.ratio($0) }
    status = cells.choices(.status, as: TapeStatus.self)
    let format = cells.mapping.dateFormat
    let dateOfDefault = cells.mapping.kind == .register ? TapeProperty.overdueDate : .chargeOffDate
    runningMayHaveDate = cells.mapping.kind == .register
    cured = cells.columns[.curedDate]
    repaid = cells.columns[.recovered].flatMap { recovered in
      cells.columns[.lossPrincipal].map { (recovered, $0) }
    }
    chargeOff = cells.values(dateOfDefault) { text in
      switch format.month(text) {
      case .success: .success(true)
      case .failure(let problem) where problem.code == "missing-value": .success(false)
      // The reader of defaults reports it.
      case .failure where dateOfDefault == .overdueDate: .success(true)
      case .failure(let problem): .failure(problem)
      }
    }
  }

  /// Sets what a loan is like.
  mutating func fill(
    _ loan: inout LoanRecord, from row: borrowing TableRow, _ problems: inout TapeProblems
  ) {
    loan.model = model?.value(row, &problems) ?? constants.model ?? loan.model
    loan.size = size?.value(row, &problems) ?? constants.size ?? loan.size
    loan.collateral = collateral?.value(row, &problems) ?? constants.collateral ?? loan.collateral
    loan.repayment = repayment?.value(row, &problems) ?? constants.repayment ?? loan.repayment
    loan.rate = rate?.value(row, &problems) ?? constants.rate ?? loan.rate
    if let ipAmount {
      loan.ipPart = part(row, ipAmount, of: loan.principal, &problems) ?? loan.ipPart
    } else {
      loan.ipPart = ipPart?.value(row, &problems) ?? constants.ipPart ?? loan.ipPart
    }
    checkStatus(row, &problems)
  }

  /// The part of the principal that is pledged, to the nearest millionth.
  private func part(
    _ row: borrowing TableRow, _ column: TapeColumn, of principal: Money,
    _ problems: inout TapeProblems
  ) -> Ratio? {
    let found: TapeRowProblem
    switch row.money(column.number) {
    case .success(let amount):
      // Without a principal, that is the problem.
      guard principal > .zero else { return nil }
      if amount <= principal {
        let twice = Int128(amount.fen) * 2_000_000 + Int128(principal.fen)
        return Ratio(millionths: Int64(twice / (Int128(principal.fen) * 2)))
      }
      let problem = ScalarProblem(
        "ip-amount-too-large",
        .init(
          en: "\(quoted(row.text(column.number))) is more than the principal of \(principal)",
          zh: "\(quoted(row.text(column.number)))超过本金 \(principal)"),
        help: .init(
          en: "give the part of the principal that is pledged on intellectual property",
          zh: "填写本金中以知识产权质押的部分"))
      found = TapeRowProblem(
        problem, reason: .init(en: "IP-pledged amount above the principal", zh: "质押部分超过本金"))
    case .failure(let problem):
      found = TapeRowProblem(problem, of: TapeProperty.ipAmount.words)
    }
    problems.note(found, in: row, column: column.number, header: column.header)
    return nil
  }

  /// Whether a loan that was overdue is cured or repaid in full.
  private func isOver(_ row: borrowing TableRow) -> Bool {
    if let cured, !row.isEmpty(cured.number) { return true }
    guard let repaid, case .success(let amount) = row.money(repaid.recovered.number),
      case .success(let lost) = row.money(repaid.lost.number)
    else { return false }
    return amount >= lost
  }

  /// Notes a loan that was charged off without a date, and one with a date that was not.
  private mutating func checkStatus(_ row: borrowing TableRow, _ problems: inout TapeProblems) {
    let status = self.status?.value(row, &problems)
    let hasDate = chargeOff?.value(row, &problems)
    guard let status, let hasDate, let chargeOff, hasDate != (status == .chargedOff),
      !(runningMayHaveDate && status == .running)
    else { return }
    // A loan that was overdue and cured, or repaid late, is no contradiction (I-38).
    if status == .paid, hasDate, isOver(row) { return }
    let date: LocalizedText =
      hasDate
      ? .init(
        en: "\(quoted(row.text(chargeOff.column)))", zh: "为\(quoted(row.text(chargeOff.column)))")
      : .init(en: "no date", zh: "没有日期")
    let problem = ScalarProblem(
      "contradictory-status",
      .init(
        en: "the loan is \(status.words), and the column has \(date)",
        zh: "贷款状态为\(status.words)，而该列\(date)"),
      help: .init(en: "correct the status or the date", zh: "更正状态或日期"))
    let reason: LocalizedText =
      hasDate
      ? .init(
        en: "\(status.words), with a \(chargeOff.property)",
        zh: "\(status.words)而有\(chargeOff.property)")
      : .init(
        en: "\(status.words), without a \(chargeOff.property)",
        zh: "\(status.words)而无\(chargeOff.property)")
    problems.note(
      TapeRowProblem(problem, reason: reason), in: row, column: chargeOff.column,
      header: chargeOff.header)
  }
}
