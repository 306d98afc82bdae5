import FundCore

/// What became of a loan.
enum TapeStatus: String, CaseIterable, Sendable {
  case current
  case overdue
  case nonPerforming
  case settled
  case writtenOff
  case transferred

  /// The status in words.
  var words: LocalizedText {
    switch self {
    case .current: .init(en: "current", zh: "正常")
    case .overdue: .init(en: "overdue", zh: "已逾期")
    case .nonPerforming: .init(en: "non-performing", zh: "不良")
    case .settled: .init(en: "settled", zh: "已结清")
    case .writtenOff: .init(en: "written off", zh: "已核销")
    case .transferred: .init(en: "transferred", zh: "已转让")
    }
  }

  /// Why a loan of this status at the opening is not simulated; `nil` if it is.
  var reason: LeftOutReason? {
    switch self {
    case .current: nil
    case .overdue, .nonPerforming: .inDefault
    case .settled: .settled
    case .writtenOff: .writtenOff
    case .transferred: .transferred
    }
  }
}

extension TapeStatus: SpokenChoice {
  /// The words of ledgers; of the five classes, 关注 (special mention) still performs.
  var otherWords: [String] {
    switch self {
    case .current:
      [
        "正常", "正常类", "关注", "关注类", "存续", "在贷", "未结清", "未到期", "正常还款", "还款中", "正常还款中", "running",
        "performing", "active", "open",
      ]
    case .overdue: ["逾期", "已逾期", "pastdue"]
    case .nonPerforming:
      [
        "不良", "不良类", "呆账", "呆滞", "坏账", "次级", "次级类", "可疑", "可疑类", "损失", "损失类", "违约", "已违约",
        "nonperforming",
        "default", "defaulted",
      ]
    case .settled:
      [
        "已结清", "结清", "正常结清", "提前结清", "提前还清", "已全部归还", "已提前结清", "已还清", "还清", "已收回", "paid",
        "paidoff", "paid-off", "closed",
      ]
    case .writtenOff:
      [
        "已核销", "核销", "writtenoff", "written-off", "chargedOff", "chargedoff", "charged-off",
      ]
    case .transferred: ["已转让", "转让", "已转出", "转出"]
    }
  }
}

/// Of which day the status of a tape is.
enum StatusDay: String, CaseIterable, Sendable {
  /// The opening: what is settled or in default is not simulated.
  case opening
  /// The end of what the tape tells, in a study that looks back: it only finds rows that contradict
  /// themselves.
  case end
}

extension StatusDay: SpokenChoice {
  var otherWords: [String] {
    switch self {
    case .opening: ["期初"]
    case .end: ["期末"]
    }
  }
}
