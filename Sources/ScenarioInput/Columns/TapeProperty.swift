import FundCore

import CompensationKernel
import DocumentReading

/// What a column of a loan tape can say, by the name that a scenario uses for it.
enum TapeProperty: String, CaseIterable, Sendable {
  case start
  case term
  case maturity
  case principal
  case outstanding
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
  case overduePrincipal
  case curedDate
  case interestPaidTo
  case lossPrincipal
  case lossInterest
  case recognisedDate
  case provincePaidDate
  case appliedDate
  case filedDate
  case writtenOffDate
  case recovered
  case recoveredDate
  case recoveryCosts
  case returnedDate

  /// The property in words, for a count of rows.
  var words: LocalizedText {
    switch self {
    case .model: .init(en: "operating model", zh: "运作模式")
    case .pd: .init(en: "probability of default", zh: "违约概率")
    case .ipPart: .init(en: "IP-pledged part", zh: "质押部分比例")
    case .ipAmount: .init(en: "IP-pledged amount", zh: "质押部分金额")
    case .employees: .init(en: "number of employees", zh: "职工人数")
    case .chargeOffDate: .init(en: "charge-off date", zh: "核销日期")
    case .overdueDate: .init(en: "first overdue date", zh: "首个逾期日")
    case .overduePrincipal: .init(en: "overdue principal", zh: "逾期本金")
    case .curedDate: .init(en: "date of the cure", zh: "恢复正常日")
    case .interestPaidTo: .init(en: "day to which interest was paid", zh: "付息至")
    case .lossPrincipal: .init(en: "loss of principal", zh: "本金损失")
    case .lossInterest: .init(en: "loss of interest", zh: "利息损失")
    case .recognisedDate: .init(en: "date of recognition", zh: "认定日期")
    case .provincePaidDate: .init(en: "date of the province's payment", zh: "省级补偿到账日期")
    case .appliedDate: .init(en: "date of application", zh: "申请日期")
    case .filedDate: .init(en: "date of filing", zh: "备案日期")
    case .writtenOffDate: .init(en: "date of the write-off", zh: "核销日")
    case .recovered: .init(en: "recovery", zh: "追偿所得")
    case .recoveredDate: .init(en: "date of the recovery", zh: "追偿日期")
    case .recoveryCosts: .init(en: "costs of the recovery", zh: "追偿成本")
    case .returnedDate: .init(en: "date of the return", zh: "返还日期")
    case .maturity: .init(en: "maturity", zh: "到期日")
    case .outstanding: .init(en: "outstanding", zh: "余额")
    case .id: .init(en: "id", zh: "编号")
    case .bank: .init(en: "bank", zh: "银行")
    default: .init(same: rawValue)
    }
  }

  /// The properties whose cells can be translated word by word.
  static let translatable: [TapeProperty] = [
    .model, .size, .collateral, .repayment, .status, .bank, .sector, .grade,
  ]

  /// Whether a word is a value of this property; every word is, where names are free.
  func check(_ word: String, models: KnownModels = .shared) -> ScalarProblem? {
    switch self {
    case .model:
      if case .failure(let problem) = models.model(word) { problem } else { nil }
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
    case .register:
      TapeProperty.allCases.filter { $0 != .chargeOffDate && $0 != .outstanding }
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
    .overdueDate, .overduePrincipal, .curedDate, .interestPaidTo, .lossPrincipal, .lossInterest,
    .recognisedDate, .provincePaidDate, .appliedDate, .filedDate,
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

extension BadRows: SpokenChoice {
  var otherWords: [String] { self == .refuse ? ["拒绝"] : ["剔除"] }
}
