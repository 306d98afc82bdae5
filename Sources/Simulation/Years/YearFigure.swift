/// What is told of a year.
public enum YearFigure: String, Sendable, Hashable, Codable, CaseIterable {
  /// What the fund paid.
  case compensation
  /// What came back to it.
  case returned
  /// Management fees.
  case fee
  /// Interest.
  case interest
  /// New money, and what filling up gives.
  case newMoney
  /// What went back to the contributors (I-47).
  case givenBack
  /// Compensation and fees, less what came back and interest: by how much the balance falls, but for new
  /// money and what is given back.
  case netOutlay
  /// What it owed and did not pay, less what was paid of it later (I-11).
  case unpaid
  /// The balance at the year's end.
  case closing
  /// The smallest amount that, put in at the year's start, leaves nothing of the year unpaid and the balance
  /// at the floor or above it at the end of each of its months. Of a fund that is filled up it is the whole:
  /// nothing is filled up in the year besides.
  case budget
  /// Covered principal outstanding at the year's end, by the balance then (财金〔2020〕31号).
  case leverage
  /// The highest at the end of a month of the year.
  case leveragePeak
  /// Covered lending so far by all money put in so far.
  case lendingMultiple
  /// Compensation so far by covered principal released so far.
  case claimRate
  /// The highest at the end of a month of the year.
  case claimRatePeak
  /// What came back so far by compensation so far.
  case recoveryRate
  /// Compensation less what came back, so far, by covered principal released so far.
  case lossRate
  /// The highest at the end of a month of the year.
  case lossRatePeak
  /// Principal overdue and not written off by principal outstanding, at the year's end.
  case nonPerforming
  /// The highest at the end of a month of the year.
  case nonPerformingPeak
  /// Compensation of the year by all money put in until its end.
  case useOfMoney

  /// Whether it is an amount of money; otherwise a ratio.
  public var isMoney: Bool {
    switch self {
    case .compensation, .returned, .fee, .interest, .newMoney, .givenBack, .netOutlay, .unpaid,
      .closing, .budget:
      true
    default: false
    }
  }

  /// The amounts, in their order.
  public static var amounts: [YearFigure] { allCases.filter(\.isMoney) }
  /// The ratios, in their order.
  public static var ratios: [YearFigure] { allCases.filter { !$0.isMoney } }

  /// Which end of it is the bad one. Of money that is not used little is bad: an idle fund is as useless as
  /// an empty one.
  public var worstEnd: WorstEnd {
    switch self {
    case .returned, .interest, .closing, .givenBack, .recoveryRate, .useOfMoney: .low
    default: .high
    }
  }
}

/// An indicator on which a limit can be set, with the figures that stand for it.
public enum LimitedIndicator: String, Sendable, Hashable, Codable, CaseIterable {
  case leverage
  case claimRate
  case recoveryRate
  case lossRate
  case nonPerforming
  case useOfMoney

  /// The figure at the year's end.
  public var figure: YearFigure {
    switch self {
    case .leverage: .leverage
    case .claimRate: .claimRate
    case .recoveryRate: .recoveryRate
    case .lossRate: .lossRate
    case .nonPerforming: .nonPerforming
    case .useOfMoney: .useOfMoney
    }
  }

  /// The figure that tells whether the limit was passed at the end of any month of the year; `nil` where
  /// only years' ends count.
  public var peak: YearFigure? {
    switch self {
    case .leverage: .leveragePeak
    case .claimRate: .claimRatePeak
    case .lossRate: .lossRatePeak
    case .nonPerforming: .nonPerformingPeak
    case .recoveryRate, .useOfMoney: nil
    }
  }
}
