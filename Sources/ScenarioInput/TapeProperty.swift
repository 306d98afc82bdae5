import CompensationKernel
import DocumentReading

/// What a column of a loan tape can say, by the name that a scenario uses for it.
enum TapeProperty: String, CaseIterable, Sendable {
  case start
  case term
  case principal
  case bank
  case id
  case enterprise
  case model
  case size
  case collateral
  case repayment
  case sector
  case grade
  case pd
  case ipPart
  case ipAmount
  case rate
  case employees
  case status
  case chargeOffDate
  // What only a register tells.
  case overdueDate
  case lossPrincipal
  case lossInterest
  case recognisedDate
  case appliedDate
  case filedDate
  case writtenOffDate
  case recovered
  case recoveredDate
  case recoveryCosts
  case returnedDate

  /// The property in words, for a count of rows.
  var words: String {
    switch self {
    case .model: "operating model"
    case .pd: "probability of default"
    case .ipPart: "IP-pledged part"
    case .ipAmount: "IP-pledged amount"
    case .employees: "number of employees"
    case .chargeOffDate: "charge-off date"
    case .overdueDate: "first overdue date"
    case .lossPrincipal: "loss of principal"
    case .lossInterest: "loss of interest"
    case .recognisedDate: "date of recognition"
    case .appliedDate: "date of application"
    case .filedDate: "date of filing"
    case .writtenOffDate: "date of the write-off"
    case .recovered: "recovery"
    case .recoveredDate: "date of the recovery"
    case .recoveryCosts: "costs of the recovery"
    case .returnedDate: "date of the return"
    default: rawValue
    }
  }

  /// The properties whose cells can be translated word by word.
  static let translatable: [TapeProperty] = [
    .model, .size, .collateral, .repayment, .status, .bank, .sector, .grade,
  ]

  /// Whether a word is a value of this property; every word is, where names are free.
  func check(_ word: String) -> ScalarProblem? {
    switch self {
    case .model: problem(in: word, as: OperatingModel.self)
    case .size: problem(in: word, as: SizeClass.self)
    case .collateral: problem(in: word, as: CollateralKind.self)
    case .repayment: problem(in: word, as: Repayment.self)
    case .status: problem(in: word, as: TapeStatus.self)
    default: nil
    }
  }
}

/// What the rows of a tape tell of.
enum TapeKind: Sendable {
  /// Loans of which only the terms are known.
  case portfolio
  /// Loans with what really happened to them.
  case register
  /// Recoveries on the loans of a register.
  case recoveries

  /// The properties that a column can state.
  var properties: [TapeProperty] {
    switch self {
    case .portfolio: TapeProperty.allCases.filter { !Self.ofRegisters.contains($0) }
    case .register: TapeProperty.allCases.filter { $0 != .chargeOffDate }
    case .recoveries: [.id, .bank, .recoveredDate, .recovered, .recoveryCosts, .returnedDate]
    }
  }

  /// The properties that need a column, each with an example of one.
  var needed: [TapeProperty: String] {
    switch self {
    case .portfolio: [.start: "disbursement_date", .term: "term_months", .principal: "amount"]
    case .register:
      [
        .start: "disbursement_date", .term: "term_months", .principal: "amount",
        .overdueDate: "overdue_date", .lossPrincipal: "principal_lost",
      ]
    case .recoveries:
      [.id: "loan_id", .recoveredDate: "recovery_date", .recovered: "recovered_amount"]
    }
  }

  private static let ofRegisters: Set<TapeProperty> = [
    .overdueDate, .lossPrincipal, .lossInterest, .recognisedDate, .appliedDate, .filedDate,
    .writtenOffDate, .recovered, .recoveredDate, .recoveryCosts, .returnedDate,
  ]
}

private func problem<Choice>(in word: String, as type: Choice.Type) -> ScalarProblem?
where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
  if case .failure(let problem) = Scalar.choice(word, as: type) { problem } else { nil }
}

/// How the dates of a tape are written.
enum TapeDateFormat: String, CaseIterable, Sendable {
  /// The year first, in any notation, or a month alone.
  case auto
  case yearMonthDay = "yyyy-MM-dd"
  case dayMonthYear = "dd/MM/yyyy"
  case monthDayYear = "MM/dd/yyyy"
  case digits = "yyyyMMdd"

  /// The order of the parts of a date.
  var order: DateOrder {
    switch self {
    case .auto, .yearMonthDay, .digits: .yearMonthDay
    case .dayMonthYear: .dayMonthYear
    case .monthDayYear: .monthDayYear
    }
  }
}

/// What becomes of a tape with rows that cannot be used.
enum BadRows: String, CaseIterable, Sendable {
  /// The tape is refused, and the problems are listed.
  case refuse
  /// The rows are left out and counted by reason.
  case setAside
}

/// What became of a loan. It serves only to find rows that contradict themselves.
enum TapeStatus: String, CaseIterable, Sendable {
  case running
  case paid
  case chargedOff

  /// The status in words.
  var words: String { self == .chargedOff ? "charged off" : rawValue }
}
