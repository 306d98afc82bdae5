public import CompensationKernel
public import FundCore

/// How the principal of a loan is repaid.
public enum Repayment: String, CaseIterable, Sendable {
  /// All at the end.
  case bullet
  /// Equal principal every month.
  case equalPrincipal
}

/// One loan of a portfolio, as a tape states it or as it was generated.
public struct LoanRecord: Sendable {
  /// The loan's name.
  public var id: String
  /// The number by which its draws are addressed, once the tape is in the order of identity.
  public var identity: UInt64 = 0
  /// The position of the enterprise in the tape.
  public var enterprise: Int32
  /// The position of the bank in the tape.
  public var bank: Int32
  /// The position of the sector in the tape.
  public var sector: Int16
  /// The position of the grade in the tape; −1 where the loan has its own probability of default.
  public var grade: Int16
  /// The annual probability of default, where the loan has its own; NaN otherwise.
  public var annualPD: Double
  /// The operating model.
  public var model: OperatingModel
  /// The borrower's size.
  public var size: SizeClass
  /// The collateral.
  public var collateral: CollateralKind
  /// How it is repaid.
  public var repayment: Repayment
  /// The month in which it starts.
  public var start: CivilMonth
  /// The term in months, from 1.
  public var termMonths: Int16
  /// The principal, above zero.
  public var principal: Money
  /// The part of the principal that is pledged on intellectual property.
  public var ipPart: Ratio
  /// The annual interest rate.
  public var rate: Ratio
  /// The position of the set of facts that do not hold, in the tape's `missingFactSets`.
  public var missingFacts: Int32

  /// Creates a loan with the least that a loan needs; the rest is set afterwards.
  public init(id: String, start: CivilMonth, termMonths: Int, principal: Money) {
    self.id = id
    self.start = start
    self.termMonths = Int16(termMonths)
    self.principal = principal
    enterprise = 0
    bank = 0
    sector = 0
    grade = -1
    annualPD = .nan
    model = .bank
    size = .small
    collateral = .patent
    repayment = .bullet
    ipPart = .one
    rate = .zero
    missingFacts = 0
  }
}

extension LoanRecord {
  /// How its principal is due.
  public var schedule: LoanSchedule {
    LoanSchedule(
      principal: principal, termMonths: Int(termMonths),
      isAmortizing: repayment == .equalPrincipal)
  }
}

/// A kind of reason for which rows of a tape were not used, with what it concerned.
public struct SetAsideRows: Hashable, Sendable {
  /// The reason, in words.
  public let reason: LocalizedText
  /// The number of rows.
  public var count: Int
  /// The first line of the file that it concerned.
  public let firstLine: Int

  /// Creates a count.
  public init(reason: LocalizedText, count: Int, firstLine: Int) {
    self.reason = reason
    self.count = count
    self.firstLine = firstLine
  }
}

/// A portfolio of loans with the names that its loans refer to.
public struct LoanTape: Sendable {
  /// The loans; in the order of identity once a scenario or a register has been read.
  public var loans: [LoanRecord] = []
  /// The banks' names.
  public var banks: [String] = []
  /// The enterprises' names.
  public var enterprises: [String] = []
  /// The sectors' names.
  public var sectors: [String] = []
  /// The grades' names.
  public var grades: [String] = []
  /// Which facts do not hold, by set; the first set is empty.
  public var missingFactSets: [Set<String>] = [[]]
  /// Rows of the file that were not used, by reason.
  public var setAside: [SetAsideRows] = []
  /// Rows outside the wanted window, which are no problem.
  public var outsideWindow = 0
  /// Where the loans come from, in words.
  public var source: LocalizedText = .empty
  /// The bytes that fix the portfolio, for the digest of a run.
  public var digestInput: [UInt8] = []

  /// An empty portfolio.
  public init() {}
}

extension Repayment {
  /// The way of repayment in words.
  public var words: LocalizedText {
    switch self {
    case .bullet: .init(en: "bullet", zh: "到期一次还本")
    case .equalPrincipal: .init(en: "equalPrincipal", zh: "等额本金")
    }
  }
}
