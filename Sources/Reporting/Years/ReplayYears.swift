import ClaimRules
import FundCore
import Planning
import ReportForm
import ResultFacts
import ScenarioInput
import Simulation

/// The years of a replayed register, in the words of a run: money and indicators.
struct ReplayYears {
  private let course: MonthCourse
  private let periods: [YearPeriod]
  private let firstMonth: CivilMonth
  private let limits: [YearRequest.Limit]
  private let holdings: ReplayHoldings

  private static let told: [YearFigure] = [
    .leverage, .claimRate, .recoveryRate, .lossRate, .nonPerforming, .useOfMoney,
  ]
  private static let peaks: [YearFigure?] = [
    .leveragePeak, .claimRatePeak, nil, .lossRatePeak, .nonPerformingPeak, nil,
  ]

  init(_ replay: Replay, limits: [YearRequest.Limit] = []) {
    self.limits = limits
    holdings = ReplayHoldings(replay)
    course = replay.course
    firstMonth = replay.months.first?.month ?? replay.register.until.month
    periods =
      replay.months.isEmpty ? [] : YearPeriod.all(from: firstMonth, horizon: replay.months.count)
  }

  private func periods(_ kind: YearPeriod.Kind) -> [YearPeriod] {
    periods.filter { $0.kind == kind }
  }

  /// A ratio to six digits; infinite by nothing.
  private func cell(_ figure: YearFigure, _ period: YearPeriod) -> ReportCell {
    switch course.ratio(figure, in: period) {
    case .undefined: return .words(.init(en: "–", zh: "–"))
    case .infinite: return .words(.init(same: "∞"))
    case .of(let part, let whole):
      let value = Double(part) / Double(whole)
      if figure.isMultiple { return .words(.init(same: NumberFormat.fixed(value, decimals: 6))) }
      let digits = NumberFormat.fixed(value * 100, decimals: 4)
      return .words(.init(en: "\(digits) %", zh: "\(digits)%"))
    }
  }

  /// What the report says.
  var blocks: [SectionBlock] {
    guard let whole = periods(.run).first else { return [] }
    return [
      .subheading(
        .init(
          en: "New money, net outlay and balance by year (yuan)", zh: "逐年新增资金、净支出与余额（元）")),
      .table(money(whole)), .subheading(.init(en: "Indicators by year", zh: "逐年指标")),
      .table(indicators(whole)),
    ] + passed(whole)
  }

  /// Whether the limits that were named were passed, in the words of a run.
  private func passed(_ whole: YearPeriod) -> [SectionBlock] {
    guard !limits.isEmpty else { return [] }
    var table = FigureTable(
      "limits", heads: [.init(en: "year", zh: "年份")] + limits.map(\.words))
    for period in periods(.calendar) {
      table.rows.append(
        [.words(period.words)]
          + limits.map { limit in
            course.passes(limit, at: period)
              ? .words(.init(en: "passed", zh: "突破")) : .words(.init(en: "no", zh: "否"))
          })
    }
    table.rows.append(
      [.words(.init(en: "any month end", zh: "任一月末"))]
        + limits.map { limit in
          course.monthsPassing(limit, in: whole).map { .words(often($0)) } ?? .none
        })
    return [
      .subheading(
        .init(en: "Limits passed at the year's end", zh: "年末是否突破限额")), .table(table),
    ]
  }

  /// At how many month ends, and at which first.
  private func often(_ months: [Int]) -> LocalizedText {
    guard let first = months.first else { return .init(en: "never", zh: "从未") }
    let month = firstMonth.advanced(by: first)
    return .init(
      en: "\(months.count) of \(course.closing.count), first \(month)",
      zh: "\(course.closing.count)个月末中\(months.count)个，首次\(month)")
  }

  private func money(_ whole: YearPeriod) -> FigureTable {
    let columns: [YearFigure] = [.newMoney, .interest, .netOutlay, .unpaid, .closing]
    var table = FigureTable(
      "money-by-year", heads: [.init(en: "year", zh: "年份")] + columns.map(\.words))
    for period in periods(.calendar) + [whole] {
      table.rows.append(
        [.words(period.words)]
          + columns.map { .exact(Money(fen: course.amount($0, in: period) ?? 0)) })
    }
    return table
  }

  private func indicators(_ whole: YearPeriod) -> FigureTable {
    var table = FigureTable(
      "indicators-by-year", heads: [.init(en: "end of", zh: "年末")] + Self.told.map(\.words))
    for period in periods(.calendar) {
      table.rows.append([.words(period.words)] + Self.told.map { cell($0, period) })
    }
    table.rows.append(
      [.words(.init(en: "highest month end", zh: "月末最高"))]
        + Self.peaks.map { $0.map { cell($0, whole) } ?? .none })
    table.rows.append(
      [.words(whole.words)]
        + Self.told.map { cell($0 == .leverage ? .lendingMultiple : $0, whole) })
    return table
  }

  /// The same for programs: the whole time, calendar years, then years from the opening where those are others.
  var json: JSONValue { .array(periods.map { period($0) }) }

  private func period(_ period: YearPeriod) -> JSONValue {
    let ratios = YearFigure.ratios.map { ($0, course.ratio($0, in: period)) }
    return .object([
      ("year", period.kind == .run ? .null : .integer(period.number)),
      ("kind", .string(period.kind.rawValue)),
      ("from", .string(firstMonth.advanced(by: period.firstMonth).description)),
      ("to", .string(firstMonth.advanced(by: period.lastMonth).description)),
      (
        "money",
        .object(
          YearFigure.amounts.compactMap { figure in
            course.amount(figure, in: period).map {
              (figure.rawValue, JSONValue.number(Money(fen: $0).yuan))
            }
          })
      ),
      (
        "indicators",
        .object(
          ratios.map { figure, ratio in
            (figure.rawValue, ratio.value.map { JSONValue.number($0) } ?? JSONValue.null)
          })
      ),
      (
        "accounts",
        .array(holdings.accounts(inMonth: period.lastMonth).map { .number($0.yuan) })
      ),
      ("infinite", .array(ratios.filter { $0.1 == .infinite }.map { .string($0.0.rawValue) })),
      ("limits", .array(limits.map { passing($0, in: period) })),
    ])
  }

  private func passing(_ limit: YearRequest.Limit, in period: YearPeriod) -> JSONValue {
    let months = course.monthsPassing(limit, in: period)
    return [
      "indicator": .string(limit.indicator.rawValue),
      "limit": .number(Double(limit.millionths) / 1_000_000),
      "passed": .string(limit.indicator.figure.worstEnd == .high ? "above" : "below"),
      "atEnd": .bool(course.passes(limit, at: period)),
      "atAnyMonthEnd": months.map { .bool(!$0.isEmpty) } ?? .null,
      "monthEnds": months.map { .integer($0.count) } ?? .null,
      "firstMonth": months?.first.map {
        .string(firstMonth.advanced(by: $0).description)
      } ?? .null,
    ]
  }

  /// Writes the rows of a fund: time, figure, value. An infinite ratio is `inf`, one that is not defined empty.
  func write(
    _ fund: String, to csv: inout CSVText, _ sink: (String) throws -> Void
  ) rethrows {
    for period in periods {
      for figure in YearFigure.allCases where figure != .budget {
        csv.add(CSVText.quoted(fund))
        csv.add(period.label)
        csv.add(figure.rawValue)
        if let amount = course.amount(figure, in: period) {
          csv.add(fen: amount)
        } else if course.ratio(figure, in: period) == .infinite {
          csv.add("inf")
        } else {
          csv.add(course.ratio(figure, in: period).value ?? .nan)
        }
        try csv.endRow(to: sink)
      }
      for (place, amount) in holdings.accounts(inMonth: period.lastMonth).enumerated() {
        try write(.init(period.label, "closing:\(place + 1)", amount), of: fund, to: &csv, sink)
      }
    }
    for row in holdings.rows { try write(row, of: fund, to: &csv, sink) }
  }

  private func write(
    _ row: ReplayHoldings.HoldingRow, of fund: String, to csv: inout CSVText,
    _ sink: (String) throws -> Void
  ) rethrows {
    csv.add(CSVText.quoted(fund))
    csv.add(row.time)
    csv.add(CSVText.quoted(row.figure))
    csv.add(fen: row.amount.fen)
    try csv.endRow(to: sink)
  }
}

extension ReplayReport {
  /// Writes `money.csv` of a replay: a row a fund, time and figure, amounts in yuan.
  ///
  /// - Parameter sink: Takes the text in chunks, in order.
  public func writeMoney(to sink: (String) throws -> Void) rethrows {
    var csv = CSVText(isForPeople: true)
    for head in ["fund", "year", "figure", "value"] { csv.add(head) }
    try csv.endRow(to: sink)
    for (replay, fund) in zip(replays, funds) {
      try ReplayYears(replay).write(fund.name, to: &csv, sink)
    }
    try csv.finish(to: sink)
  }
}
