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
    columns[property].map {
      JudgedColumn($0, property: property.words) { text in
        Scalar.spreadsheetError(text).map { .failure($0) } ?? judge(text)
      }
    }
  }

  /// A column of words, if there is one.
  func choices<Choice>(_ property: TapeProperty, as type: Choice.Type) -> JudgedColumn<Choice>?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    choices(
      property, { Scalar.choice($0, as: type) },
      inAnyCase: { word in
        Choice.allCases.first {
          choiceWords($0.rawValue, ($0 as? any SpokenChoice)?.otherWords ?? []).contains(word)
        }
      },
      ours: Choice.allCases.flatMap {
        [$0.rawValue] + (($0 as? any SpokenChoice)?.otherWords ?? [])
      })
  }

  /// A column of words, if there is one.
  ///
  /// - Parameters:
  ///   - property: What the column states.
  ///   - choice: The choice of a word, or why it is none.
  ///   - inAnyCase: The choice of a word in small letters, whatever its capitals: Closed, PAID.
  ///   - ours: The words that we know.
  func choices<Choice>(
    _ property: TapeProperty, _ choice: @escaping (String) -> Result<Choice, ScalarProblem>,
    inAnyCase: @escaping (String) -> Choice?, ours: [String]
  ) -> JudgedColumn<Choice>? {
    let words = words(property)
    return values(property) { text in
      let word = Scalar.normalised(text)
      if let ours = words[word] { return choice(ours) }
      // A word of the mapping counts, whatever it looks like; 无 can be one.
      if Scalar.isMissing(word) { return .failure(Scalar.missing(word)) }
      let known = choice(word)
      if case .failure = known, let meant = inAnyCase(word.lowercased()) {
        return .success(meant)
      }
      return known.mapError {
        unknown(word, $0, theirs: words, ours: ours)
      }
    }
  }
}

/// The words for a choice in small letters.
private func choiceWords(_ name: String, _ others: [String]) -> [String] {
  ([name] + others).map { $0.lowercased() }
}

/// The problem of a word that neither the mapping nor we know; their words can be meant, too.
private func unknown(
  _ word: String, _ problem: ScalarProblem, theirs words: [String: String], ours: [String]
) -> ScalarProblem {
  guard problem.code == "unknown-choice" else { return problem }
  let hint = didYouMean(word, among: words.keys.sorted())
  // Where a word of ours is close, the problem says so already.
  let isOurs = closestMatch(to: word, among: ours) != nil
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

  init(_ cells: TapeCells) {
    constants = cells.mapping.constants
    let models = cells.mapping.models
    model = cells.choices(
      .model, { models.model($0) },
      inAnyCase: { word in
        models.all.first { choiceWords($0.id, $0.otherWords).contains(word) }
      }, ours: models.all.flatMap { [$0.id] + $0.otherWords })
    size = cells.choices(.size, as: SizeClass.self)
    if let limits = cells.mapping.employeeLimits {
      size = cells.values(.employees) { text in
        Scalar.integer(text, in: 0...10_000_000).map { limits.size(employees: $0) }
      }
    }
    collateral = cells.choices(.collateral, as: CollateralKind.self)
    repayment = cells.choices(.repayment, as: Repayment.self)
    let (unitOfPart, unitOfRate) = (cells.columns[.ipPart]?.unit, cells.columns[.rate]?.unit)
    ipPart = cells.values(.ipPart) { Scalar.part($0, in: unitOfPart) }
    ipAmount = cells.columns[.ipAmount]
    rate = cells.values(.rate) { Scalar.yearlyRate($0, in: unitOfRate) }
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
          zh: "\(quoted(row.text(column.number)))超过本金\(principal)"),
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
}
