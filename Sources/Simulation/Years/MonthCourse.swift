/// The course of one fund, month by month, from which the figures of its years follow: of a trial, or of a
/// register that was replayed. All amounts in fen.
public struct MonthCourse: Sendable {
  /// The balance before month 0.
  public var opening: Int64
  /// All that was put in before month 0; the opening amount where the course begins with the fund.
  public var putInBefore: Int64
  /// Compensation paid, cumulated to the end of each month; so the next ones, up to `givenBack`.
  public var paid: [Int64]
  /// What came back.
  public var returned: [Int64]
  /// Management fees.
  public var fees: [Int64]
  /// Interest.
  public var interest: [Int64]
  /// New money.
  public var injected: [Int64]
  /// Owed and not paid, less what of it was paid later.
  public var unpaid: [Int64]
  /// What went back to the contributors.
  public var givenBack: [Int64]
  /// The balance at the end of each month.
  public var closing: [Int64]
  /// Covered principal outstanding at the end of each month: not repaid, not matured, not claimed.
  public var outstanding: [Int64]
  /// Covered lending so far.
  public var made: [Int64]
  /// Principal overdue and not written off at the end of each month, covered or not.
  public var overdue: [Int64]
  /// All principal outstanding at the end of each month, with what is overdue and not written off.
  public var lent: [Int64]
  /// What had been paid, had come back and had been released before month 0.
  public var before = Before()

  /// What had happened before the first month.
  public struct Before: Sendable, Hashable {
    /// Compensation paid.
    public var paid: Int64 = 0
    /// What came back.
    public var returned: Int64 = 0
    /// Covered lending, less what of it is in `made` as outstanding then.
    public var made: Int64 = 0

    /// Nothing.
    public init() {}
  }

  /// A course of so many months in which nothing has happened.
  public init(opening: Int64, horizon: Int) {
    self.opening = opening
    putInBefore = opening
    paid = Array(repeating: 0, count: horizon)
    returned = paid
    fees = paid
    interest = paid
    injected = paid
    unpaid = paid
    givenBack = paid
    closing = paid
    outstanding = paid
    made = paid
    overdue = paid
    lent = paid
  }

  /// The flows, cumulated.
  public static let flows: [any WritableKeyPath<MonthCourse, [Int64]> & Sendable] = [
    \.paid, \.returned, \.fees, \.interest, \.injected, \.unpaid, \.givenBack,
  ]

  /// A sum over the months of a time, of a cumulated amount.
  private func sum(_ amounts: [Int64], _ period: YearPeriod) -> Int64 {
    amounts[period.lastMonth] - (period.firstMonth > 0 ? amounts[period.firstMonth - 1] : 0)
  }

  /// An amount of a time, in fen; `nil` for ratios, and for the budget, which no course tells.
  public func amount(_ figure: YearFigure, in period: YearPeriod) -> Int64? {
    switch figure {
    case .compensation: sum(paid, period)
    case .returned: sum(returned, period)
    case .fee: sum(fees, period)
    case .interest: sum(interest, period)
    case .newMoney: sum(injected, period)
    case .givenBack: sum(givenBack, period)
    case .netOutlay:
      sum(paid, period) + sum(fees, period) - sum(returned, period) - sum(interest, period)
    case .unpaid: sum(unpaid, period)
    case .closing: closing[period.lastMonth]
    default: nil
    }
  }

  /// A ratio of a time.
  public func ratio(_ figure: YearFigure, in period: YearPeriod) -> YearRatio {
    switch figure {
    case .leverage, .claimRate, .lossRate, .nonPerforming, .recoveryRate, .lendingMultiple:
      ratio(figure, month: period.lastMonth)
    case .leveragePeak: peak(.leverage, period)
    case .claimRatePeak: peak(.claimRate, period)
    case .lossRatePeak: peak(.lossRate, period)
    case .nonPerformingPeak: peak(.nonPerforming, period)
    case .useOfMoney: YearRatio(sum(paid, period), by: putIn(period.lastMonth))
    default: .undefined
    }
  }

  /// Whether a limit is passed at the end of a time.
  public func passes(_ limit: YearRequest.Limit, at period: YearPeriod) -> Bool {
    let figure = limit.indicator.figure
    return ratio(figure, in: period).passes(limit.millionths, towards: figure.worstEnd)
  }

  /// The months of a time at whose ends a limit is passed; `nil` where only years' ends count.
  public func monthsPassing(_ limit: YearRequest.Limit, in period: YearPeriod) -> [Int]? {
    guard limit.indicator.peak != nil else { return nil }
    let figure = limit.indicator.figure
    return period.months.filter {
      ratio(figure, month: $0).passes(limit.millionths, towards: figure.worstEnd)
    }
  }

  /// All money put in until the end of a month.
  private func putIn(_ month: Int) -> Int64 { putInBefore + injected[month] }

  /// A ratio at the end of a month.
  private func ratio(_ figure: YearFigure, month: Int) -> YearRatio {
    let claims = before.paid + paid[month]
    let back = before.returned + returned[month]
    let lending = before.made + made[month]
    let released = lending - outstanding[month]
    switch figure {
    case .leverage:
      // Nothing covered is carried by any balance, also by none.
      return outstanding[month] == 0 ? .of(0, 1) : YearRatio(outstanding[month], by: closing[month])
    case .lendingMultiple: return YearRatio(lending, by: putIn(month))
    case .claimRate: return YearRatio(claims, by: released)
    case .recoveryRate: return YearRatio(back, by: claims)
    case .lossRate: return YearRatio(claims - back, by: released)
    case .nonPerforming: return YearRatio(overdue[month], by: lent[month])
    default: return .undefined
    }
  }

  /// The highest of a ratio at the ends of the months of a time.
  private func peak(_ figure: YearFigure, _ period: YearPeriod) -> YearRatio {
    var highest = YearRatio.undefined
    for month in period.months {
      let next = ratio(figure, month: month)
      if next.isAbove(highest) { highest = next }
    }
    return highest
  }
}

extension YearRatio {
  /// Whether it is larger than another; anything is than one that is not defined.
  func isAbove(_ other: YearRatio) -> Bool {
    switch (self, other) {
    case (.undefined, _): false
    case (_, .undefined): true
    case (_, .infinite): false
    case (.infinite, _): true
    case (.of(let part, let whole), .of(let otherPart, let otherWhole)):
      Int128(part) * Int128(otherWhole) > Int128(otherPart) * Int128(whole)
    }
  }
}
