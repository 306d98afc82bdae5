public import CompensationKernel
public import DocumentReading
public import FundCore
public import ResultFacts

/// How the principal of a loan is repaid.
public enum Repayment: String, CaseIterable, Sendable {
  /// All at the end.
  case bullet
  /// Equal principal every month.
  case equalPrincipal
  /// The same payment every month, interest and principal together.
  case annuity
}

extension Repayment: SpokenChoice {
  /// How contracts and ledgers call them.
  public var otherWords: [String] {
    switch self {
    case .bullet:
      [
        "到期一次还本", "到期一次还本付息", "到期还本", "到期还本付息", "一次还本", "一次还本付息", "先息后本",
        "按月付息到期还本", "按季付息到期还本", "按期付息到期还本", "按月付息到期一次还本", "按季付息到期一次还本",
        "按期付息到期一次还本", "定期付息到期还本", "利随本清",
      ]
    case .equalPrincipal: ["等额本金", "按月等额本金"]
    case .annuity: ["等额本息", "按月等额本息", "等额还款"]
    }
  }
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
  /// What is outstanding at the opening of the run, where the tape says so of a loan that started
  /// before it; `nil` where the schedule tells it.
  public var outstanding: Money?
  /// The months from the start to the opening, where `outstanding` is known.
  public var monthsRun: Int16

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
    outstanding = nil
    monthsRun = 0
  }
}

extension LoanRecord {
  /// How its principal is due.
  public var schedule: LoanSchedule {
    let whole: LoanSchedule
    switch repayment {
    case .annuity:
      whole = LoanSchedule(
        principal: principal, termMonths: Int(termMonths), annuityRate: rate)
    case .bullet, .equalPrincipal:
      whole = LoanSchedule(
        principal: principal, termMonths: Int(termMonths),
        isAmortizing: repayment == .equalPrincipal)
    }
    return outstanding.map { whole.resumed(with: $0, monthsAfterStart: Int(monthsRun)) } ?? whole
  }
}

/// A kind of reason for which rows of a tape were not used, with what it concerned.
public struct SetAsideRows: Hashable, Sendable {
  /// The reason, in words.
  public let reason: LocalizedText
  /// The number of rows.
  public var count: Int
  /// The lines of the file that it concerned first: `lineLimit` of them at most.
  public private(set) var firstLines: [Int]
  /// What these are called.
  public let naming: RowNaming

  /// How many lines are named.
  static let lineLimit = 5

  /// The first line that it concerned.
  public var firstLine: Int { firstLines.first ?? 0 }

  /// Counts a first row.
  public init(reason: LocalizedText, firstLine: Int, naming: RowNaming = .line) {
    self.reason = reason
    self.naming = naming
    count = 1
    firstLines = [firstLine]
  }

  /// Counts a further row.
  mutating func add(line: Int) {
    count += 1
    if firstLines.count < Self.lineLimit { firstLines.append(line) }
  }

  /// The same for a report.
  public var counted: CountedReason {
    CountedReason(reason: reason, count: count, firstRows: firstLines, naming: naming)
  }

  /// The most frequent reason first, whatever the order of the rows.
  static func precedes(_ one: SetAsideRows, _ other: SetAsideRows) -> Bool {
    (other.count, one.reason.english) < (one.count, other.reason.english)
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
  /// Loans that cannot matter in the run, by reason.
  public var leftOut: [LeftOutLoans] = []
  /// Loans that are not simulated, and took room of the limits of enterprises or made them customers, in
  /// the order of their starts; the bank is −1 where it makes no loan that is simulated.
  public var earlier: [LoanRecord] = []
  /// The enterprises that are in default at the opening.
  public var defaulted: Set<Int32> = []
  /// These rows themselves, for a file of their own.
  public var keptRows = KeptRows()
  /// The units that columns were heard to count in.
  public var units: [HeardUnit] = []
  /// What was noticed while the file was read.
  public var notices: [LocalizedText] = []
  /// Rows outside the wanted window, which are no problem.
  public var outsideWindow = 0
  /// Where the loans come from, in words.
  public var source: LocalizedText = .empty
  /// The bytes that fix the portfolio, for the digest of a run.
  public var digestInput: [UInt8] = []

  /// An empty portfolio.
  public init() {}

  /// The kinds of rows that were not used, the most frequent first; not those outside the window.
  public var unused: [CountedReason] {
    setAside.sorted(by: SetAsideRows.precedes).map(\.counted)
  }

  /// The name of the sector where none are told apart.
  public static var onlySector: String { "all" }
}

extension Repayment {
  /// The way of repayment in words.
  public var words: LocalizedText {
    switch self {
    case .bullet: .init(en: "bullet", zh: "到期一次还本")
    case .equalPrincipal: .init(en: "equalPrincipal", zh: "等额本金")
    case .annuity: .init(en: "annuity", zh: "等额本息")
    }
  }
}
