public import FundCore

/// Why a loan is not simulated.
public enum LeftOutReason: Int, CaseIterable, Sendable {
  case maturedBefore
  case startsAfter
  case settled
  case writtenOff
  case transferred
  case inDefault
  case madeByState

  /// The reason in words.
  public var words: LocalizedText {
    switch self {
    case .maturedBefore: .init(en: "matured before the run", zh: "模拟开始前已到期")
    case .startsAfter: .init(en: "starting after the run", zh: "模拟期结束后才发放")
    case .settled: .init(en: "settled before the run", zh: "模拟开始前已结清")
    case .writtenOff: .init(en: "written off before the run", zh: "模拟开始前已核销")
    case .transferred: .init(en: "transferred before the run", zh: "模拟开始前已转让")
    case .inDefault:
      .init(
        en: "overdue or in default at the opening, cannot default again",
        zh: "期初已逾期或违约，不再违约一次")
    case .madeByState:
      .init(en: "of the scenario, by the state's day", zh: "情景中截至起算状态日的放款")
    }
  }

  /// What stands where other reasons have their article.
  public static var source: LocalizedText { .init(en: "not simulated", zh: "不参与模拟") }
}

/// Loans that are not simulated, for one reason.
public struct LeftOutLoans: Sendable, Hashable {
  /// The reason.
  public let reason: LeftOutReason
  /// Their number.
  public var count: Int
  /// Their principal, as far as it can be read.
  public var amount: Money
  /// The line of the first; 0 for generated loans.
  public let firstLine: Int
}

extension [LeftOutLoans] {
  /// Counts a loan.
  mutating func count(_ reason: LeftOutReason, _ amount: Money, line: Int) {
    guard let place = firstIndex(where: { $0.reason == reason }) else {
      // By reason, whatever the order of the rows.
      let later = firstIndex { $0.reason.rawValue > reason.rawValue } ?? endIndex
      insert(LeftOutLoans(reason: reason, count: 1, amount: amount, firstLine: line), at: later)
      return
    }
    self[place].count += 1
    // Beyond the largest portfolio the total only has to stay there.
    if self[place].amount <= .largestInput { self[place].amount += amount }
  }

  /// The reasons with their counts, for a message.
  var words: LocalizedText {
    let parts = map { item in
      LocalizedText(
        en: "\(grouped(item.count)) \(item.reason.words)",
        zh: "\(grouped(item.count))笔\(item.reason.words)")
    }
    return LocalizedText { language in
      parts.map { $0[language] }.joined(separator: language == .english ? "; " : "；")
    }
  }
}

/// What loans that are not simulated still mean for others of their enterprises.
struct PastLoans {
  /// The loans, with the names of their enterprises and banks; `nil` where one bank made all.
  var loans: [(loan: LoanRecord, enterprise: String, bank: String?)] = []
  /// The enterprises that are in default at the opening.
  var defaulted: Set<String> = []

  /// Tells a tape what concerns enterprises that have loans in it.
  func settle(in tape: inout LoanTape) {
    guard !loans.isEmpty || !defaulted.isEmpty else { return }
    for (index, name) in tape.enterprises.enumerated() where defaulted.contains(name) {
      tape.defaulted.insert(Int32(index))
    }
    let wanted = Set(loans.map(\.enterprise))
    var positions: [String: Int32] = [:]
    for (index, name) in tape.enterprises.enumerated() where wanted.contains(name) {
      positions[name] = Int32(index)
    }
    let banks = Dictionary(
      tape.banks.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { $1 })
    tape.earlier = loans.compactMap { item in
      positions[item.enterprise].map { position in
        var loan = item.loan
        loan.enterprise = position
        // A bank that makes no other loan has no position.
        loan.bank = item.bank.map { banks[$0] ?? -1 } ?? 0
        return loan
      }
    }.sorted { $0.start < $1.start }
  }
}
