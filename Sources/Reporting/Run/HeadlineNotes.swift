import FundCore
import LossStatistics
import ReportForm
import ResultFacts
import Simulation

/// What stands beside the headline of a run: what its intervals leave out, and the readings of the text
/// that move it.
struct HeadlineNotes {
  let report: RiskReport

  /// What intervals leave out, in one sentence.
  var intervals: LocalizedText {
    report.estimates.drawCount.map { Self.predictive($0) } ?? Self.plain
  }

  private static let plain = LocalizedText(
    en: """
      Every ± and every interval of this report is simulation error alone: none holds whether the \
      probabilities of default, the correlation, the recoveries or the readings of the text are right \
      ("What is not known"; `fundsim calibrate` and `uncertainty:` carry along what a history leaves open).
      """,
    zh: """
      本报告的±和区间只含模拟误差，不含违约概率、相关系数、追偿率以及条文读法本身是否正确的不确定性\
      （见“尚不确知之处”；`fundsim calibrate` 与 `uncertainty:` 可计入历史数据未能确定之处）。
      """)

  private static func predictive(_ draws: Int) -> LocalizedText {
    let count = NumberFormat.whole(draws)
    return LocalizedText(
      en: """
        Every figure is predictive: a mean over \(count) draws of the parameters, with what is not known of \
        them. Its ± and its interval tell how another run with other draws would come out; none holds whether \
        the readings of the text, the law of dependence or what the draws leave out is right \
        ("What is not known").
        """,
      zh: """
        全部数字均为预测值：\(count)组参数抽样的平均，已计入参数的不确定性。±和区间表示另作模拟、另取抽样时的\
        误差，不含条文读法、相依结构以及抽样未涉及之处是否正确（见“尚不确知之处”）。
        """)
  }

  /// What the list of readings is.
  static let heading = LocalizedText(
    en: """
      Readings of the text that move the headline: by more than five points of exhaustion, or by a tenth \
      of the mean compensation
      """,
    zh: "足以改变主要结论的条文读法（耗尽概率相差五个百分点以上，或平均补偿相差一成以上）")

  /// What stands in place of the list where the time was over before it was made.
  static let unknown = LocalizedText(
    en: """
      Whether another reading of the text moves the headline is not known: the time was over before all \
      were looked at. 'fundsim readings' looks at them without a limit.
      """,
    zh: """
      条文的其他读法是否足以改变主要结论，尚不得知：逐一比较之前时间已到。`fundsim readings` 可不限时间比较各读法。
      """)

  /// Exhaustion and mean compensation under a reading, in few words: the table has their intervals.
  func answers(
    _ answer: HeadlineReading.Answer, _ reading: HeadlineReading, in money: MoneyScale
  ) -> LocalizedText {
    let exhaustion = money.text(
      Figure(answer.exhaustion(of: reading.trials)).bare)
    let compensation = money.text(Figure(answer.estimate(of: reading.trials), in: .yuan).bare)
    return .init(
      en: "exhausted \(exhaustion), pays \(compensation)",
      zh: "耗尽\(exhaustion)，补偿\(compensation)")
  }

  /// What stands before the answers.
  var opening: [SectionBlock] {
    [
      .subheading(.init(en: "What the answers hang on", zh: "结论的前提")), .paragraph(intervals),
      .paragraph(ControlNotes.sentence(of: report.estimates)),
    ]
  }

  /// The readings, behind the answers that they move; nothing where none does.
  func blocks(in money: MoneyScale) -> [SectionBlock] {
    guard report.knowsHeadlineReadings else { return [.paragraph(Self.unknown)] }
    guard let first = report.headlineReadings.first else { return [] }
    let trials = NumberFormat.whole(first.trials)
    let same = LocalizedText(
      en: "All answers of this table come from the first \(trials) trials, on the same draws.",
      zh: "本表结果均取前\(trials)次模拟，随机数相同。")
    return [.subheading(Self.heading), .table(table(in: money)), .list([same] + texts)]
  }

  /// A row for each fund as it is read, and one for each reading that moves its headline.
  private func table(in money: MoneyScale) -> FigureTable {
    var table = FigureTable(
      "headline-readings",
      heads: [
        .init(en: "fund, and reading", zh: "基金与读法"), .init(en: "ever exhausted", zh: "耗尽概率"),
        .init(en: "mean compensation (\(money.name))", zh: "平均补偿（\(money.name)）"),
      ])
    func add(_ label: LocalizedText, _ answer: HeadlineReading.Answer, of trials: Int) {
      table.rows.append([
        .words(label), .probability(answer.exhaustion(of: trials)),
        .mean(answer.estimate(of: trials)),
      ])
    }
    for (position, fund) in report.funds.enumerated() {
      let readings = report.headlineReadings.filter { $0.fund == position }
      guard let first = readings.first else { continue }
      let name = visibleText(fund.name)
      add(.init(en: "\(name), as read", zh: "\(name)，采用的读法"), first.inUse, of: first.trials)
      for reading in readings {
        add(
          LocalizedText(same: "\(reading.interpretation) \(reading.other.reading)").asDetail,
          reading.other, of: reading.trials)
      }
    }
    return table
  }

  /// What the readings say, each once.
  private var texts: [LocalizedText] {
    var known: [LocalizedText] = []
    for reading in report.headlineReadings {
      for answer in [reading.other, reading.inUse] {
        let line = LocalizedText(
          en: "\(reading.interpretation) \(answer.reading): \(answer.text)",
          zh: "\(reading.interpretation) \(answer.reading)：\(answer.text)")
        if !known.contains(line) { known.append(line) }
      }
    }
    return known
  }

  /// The readings for programs.
  var json: JSONValue {
    .array(
      report.headlineReadings.map { reading in
        [
          "fund": .string(report.funds[reading.fund].name),
          "interpretation": .string(reading.interpretation),
          "question": .string(reading.question.english), "trials": .integer(reading.trials),
          "inUse": Self.json(reading.inUse, reading), "other": Self.json(reading.other, reading),
        ]
      })
  }

  private static func json(
    _ answer: HeadlineReading.Answer, _ reading: HeadlineReading
  ) -> JSONValue {
    [
      "reading": .string(answer.reading), "text": .string(answer.text.english),
      "exhaustionProbability": .probability(answer.exhaustion(of: reading.trials)),
      "compensation": .estimate(answer.estimate(of: reading.trials)),
    ]
  }
}

extension HeadlineReading.Answer {
  /// The mean compensation with what is known of its precision.
  func estimate(of trials: Int) -> Estimate {
    if let error = standardError {
      return error > 0
        ? Estimate(value: compensation, standardError: error, sampleCount: trials)
        : .exact(compensation, sampleCount: trials)
    }
    let interval = interval.count == 2 ? Interval(low: interval[0], high: interval[1]) : nil
    return .unknown(
      compensation, interval: interval, sampleCount: trials, trialsNeeded: trialsNeeded ?? trials)
  }
}
