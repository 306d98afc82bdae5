import FundCore
import LossStatistics
import Simulation

/// What stands beside the headline of a run: what its intervals leave out, and the readings of the text
/// that move it.
struct HeadlineNotes {
  let report: RiskReport

  /// What intervals leave out, in one sentence.
  static let intervals = LocalizedText(
    en: """
      Every ± and every interval of this report is simulation error alone: none holds whether the \
      probabilities of default, the correlation, the recoveries or the readings of the text are right.
      """,
    zh: "本报告的±和区间只含模拟误差，不含违约概率、相关系数、追偿率以及条文读法本身是否正确的不确定性。")

  /// What the list of readings is.
  static let heading = LocalizedText(
    en: """
      Readings of the text that move the headline: by more than five points of exhaustion, or by a tenth \
      of the mean compensation
      """,
    zh: "足以改变主要结论的条文读法（耗尽概率相差五个百分点以上，或平均补偿相差一成以上）")

  /// Exhaustion and mean compensation under a reading.
  func answers(_ answer: HeadlineReading.Answer, _ reading: HeadlineReading) -> LocalizedText {
    LocalizedText { language in
      let figures = ReportComposer(report: report, words: ReportWords(language)).figures
      let exhaustion = figures.probability(
        Proportion(successes: answer.exhausted, of: reading.trials))
      let compensation = figures.mean(answer.estimate(of: reading.trials))
      return LocalizedText(
        en: "exhausted \(exhaustion), pays \(compensation) \(figures.unitName)",
        zh: "耗尽概率\(exhaustion)，平均补偿\(compensation)\(figures.unitName)")[language]
    }
  }

  /// The blocks below the headline.
  func blocks(in language: Language) -> [ReportBlock] {
    let sentence = ReportBlock.paragraph(Self.intervals[language])
    guard let first = report.headlineReadings.first else { return [sentence] }
    let trials = NumberFormat.whole(first.trials)
    let same = LocalizedText(
      en: "All answers here come from the first \(trials) trials, on the same draws.",
      zh: "以下结果均取前\(trials)次模拟，随机数相同。")
    return [
      sentence, .subheading(Self.heading[language]), .table(table(in: language)),
      .list([same[language]] + texts(in: language)),
    ]
  }

  /// A row for each fund as it is read, and one for each reading that moves its headline.
  private func table(in language: Language) -> ReportTable {
    let figures = ReportComposer(report: report, words: ReportWords(language)).figures
    let heads = LocalizedText(
      en: "fund, and reading|ever exhausted|mean compensation (\(figures.unitName))",
      zh: "基金与读法|耗尽概率|平均补偿（\(figures.unitName)）")[language]
    var table = ReportTable(heads: heads.split(separator: "|").map(String.init))
    func add(_ label: String, _ answer: HeadlineReading.Answer, of trials: Int) {
      let exhaustion = Proportion(successes: answer.exhausted, of: trials)
      table.rows.append([
        label, figures.probability(exhaustion), figures.mean(answer.estimate(of: trials)),
      ])
    }
    for (position, fund) in report.funds.enumerated() {
      let readings = report.headlineReadings.filter { $0.fund == position }
      guard let first = readings.first else { continue }
      let used = LocalizedText(en: "\(fund.name), as read", zh: "\(fund.name)，采用的读法")
      add(used[language], first.inUse, of: first.trials)
      for reading in readings {
        add(
          "  \(reading.interpretation) \(reading.other.reading)", reading.other, of: reading.trials)
      }
    }
    return table
  }

  /// What the readings say, each once.
  private func texts(in language: Language) -> [String] {
    var known: [String] = []
    for reading in report.headlineReadings {
      for answer in [reading.other, reading.inUse] {
        let line = LocalizedText(
          en: "\(reading.interpretation) \(answer.reading): \(answer.text)",
          zh: "\(reading.interpretation) \(answer.reading)：\(answer.text)")[language]
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
      "exhaustionProbability": .probability(
        Proportion(successes: answer.exhausted, of: reading.trials)),
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
