import CompensationKernel
import FundCore
import LossStatistics
import Planning

/// The figures of a planner's study as text, in one language and one unit of money.
struct StudyWords {
  let language: Language
  /// How many yuan a unit is.
  let unit: Double
  /// Its name.
  let unitName: String

  /// Chooses the largest unit of which an amount has at least one.
  init(_ language: Language, for yuan: Double) {
    self.language = language
    let units: [(yuan: Double, name: String)] =
      switch language {
      case .english: [(1, "yuan"), (1e3, "thousand yuan"), (1e6, "million yuan")]
      case .chinese: [(1, "元"), (1e4, "万元"), (1e9, "亿元")]
      }
    let chosen = units.last { abs(yuan) >= $0.yuan } ?? units[0]
    unit = chosen.name == "亿元" ? 1e8 : chosen.yuan
    unitName = chosen.name
  }

  /// A text in the language of the report.
  func callAsFunction(_ english: String, _ chinese: String) -> String {
    LocalizedText(english: english, chinese: chinese)[language]
  }

  /// What stands between items of a list.
  var semicolon: String { self("; ", "；") }

  /// What stands between a name and what is said of it.
  var colon: String { self(": ", "：") }

  /// A figure with its interval or its standard error, marked if too few trials lie behind it.
  func figure(_ figure: FigureValue, isProbability: Bool, withError: Bool = true) -> String {
    let scale = isProbability ? 0.01 : unit
    let mark = figure.isReliable ? "" : "*"
    if let error = figure.standardError, !isProbability {
      let estimate = Estimate(value: figure.value, standardError: error, sampleCount: 0)
      if withError { return ReportFigures.plusMinus(estimate, unit: scale) + mark }
      let decimals = NumberFormat.decimals(standardError: error / scale)
      return rounded(figure.value / scale, decimals) + mark
    }
    let interval = Interval(
      low: figure.interval95.low / scale, high: figure.interval95.high / scale)
    return ranged(figure.value / scale, interval, isPercent: isProbability, withInterval: withError)
      + mark
  }

  /// A probability with its interval.
  func probability(_ proportion: Proportion, withInterval: Bool = true) -> String {
    let ends = proportion.interval95
    return ranged(
      proportion.value * 100, Interval(low: ends.low * 100, high: ends.high * 100), isPercent: true,
      withInterval: withInterval)
  }

  /// An amount that is known from order statistics, in fen, with its interval.
  func amount(_ quantile: QuantileEstimate) -> String {
    let interval = Interval(
      low: Double(quantile.low) / 100 / unit, high: Double(quantile.high) / 100 / unit)
    return ranged(
      Double(quantile.value) / 100 / unit, interval, isPercent: false, withInterval: true)
      + (quantile.isReliable ? "" : "*")
  }

  /// A value with its interval, and only as many digits as the interval allows.
  func ranged(
    _ value: Double, _ interval: Interval, isPercent: Bool, withInterval: Bool
  ) -> String {
    let sign = isPercent ? " %" : ""
    guard let decimals = NumberFormat.decimals(interval: interval) else {
      return NumberFormat.trimmed(value, decimals: 4) + sign
    }
    let text = NumberFormat.fixed(value, decimals: decimals) + sign
    guard withInterval else { return text }
    let low = NumberFormat.fixed(interval.low, decimals: decimals)
    return text + " (\(low)–\(NumberFormat.fixed(interval.high, decimals: decimals)))"
  }

  private func rounded(_ value: Double, _ decimals: Int?) -> String {
    decimals.map { NumberFormat.fixed(value, decimals: $0) }
      ?? NumberFormat.trimmed(value, decimals: 4)
  }

  /// A difference with its standard error: points of a per cent for probabilities. `=` stands for what
  /// is the same in every trial, `~` marks what cannot be told from zero.
  func difference(_ item: FigureDifference) -> String {
    guard !item.isIdentical else { return "=" }
    let mark = item.isReliable ? (item.verdict == .indistinct ? "~" : "") : "*"
    let reach = abs(item.difference.value) + 2 * item.difference.standardError
    if !item.figure.isProbability, reach < 1 { return self("< 1 yuan", "< 1元") + mark }
    // No digit of an amount below a yuan.
    let smallest = item.figure.isProbability ? 0 : 1.0
    let shown = Estimate(
      value: item.difference.value,
      standardError: item.difference.standardError > 0
        ? max(smallest, item.difference.standardError) : 0,
      sampleCount: item.difference.sampleCount)
    let text = ReportFigures.plusMinus(shown, unit: item.figure.isProbability ? 0.01 : unit)
    let signed = item.difference.value > 0 && !text.hasPrefix("-") ? "+" + text : text
    return signed + mark
  }

  /// An exact amount, in the unit of the report.
  func plain(_ amount: Money) -> String {
    NumberFormat.trimmed(amount.yuan / unit, decimals: 4)
  }

  /// The head of a column in lines of at most so many columns of the terminal.
  func head(_ text: String, width: Int = 14) -> String {
    DisplayWidth.lines(of: text, width: width).joined(separator: "\n")
  }

  /// A level in per cent.
  func level(_ level: Level) -> String {
    NumberFormat.trimmed(Double(level.millionths) / 10_000, decimals: 4) + " %"
  }

  /// A number of months with the calendar month in which it ends.
  func through(_ months: Int, from first: CivilMonth) -> String {
    let last = first.advanced(by: months - 1)
    return self("\(months) months (\(last))", "\(months)个月（至\(last)）")
  }

  /// What `~`, `=`, `±`, brackets and `*` mean.
  func signs(level differences: Int? = nil) -> [ReportBlock] {
    var pairs = [
      (
        label: "x ± e",
        text: self("a mean or a difference, and its standard error", "均值或差值及其标准误")
      ),
      (label: "x (a–b)", text: self("a figure and its 95 % interval", "数值及其95 %区间")),
    ]
    if let differences {
      pairs.append(
        (
          label: "~",
          text: self(
            "cannot be told from zero at 95 %, all \(NumberFormat.whole(differences)) differences of "
              + "this report kept in mind (Holm)",
            "在95 %水平上与零无法区分（已按Holm方法计入本报告全部\(NumberFormat.whole(differences))个差值）")
        ))
      pairs.append(
        (label: "=", text: self("the same in every trial, to the fen", "每次模拟均相同，分毫不差")))
    }
    pairs.append(
      (
        label: "*",
        text: self(
          "too few trials lie beyond this level to trust the interval", "超出该水平的模拟次数过少，区间不可靠")
      ))
    return [.heading(self("Signs", "符号")), .pairs(pairs)]
  }
}

extension StudyFigure {
  /// What the figure is called.
  var name: LocalizedText {
    func percent(_ level: Level) -> String {
      NumberFormat.trimmed(Double(level.millionths) / 10_000, decimals: 4) + " %"
    }
    return switch self {
    case .exhaustion: LocalizedText(en: "probability of exhaustion", zh: "耗尽概率")
    case .compensation: LocalizedText(en: "mean compensation", zh: "平均风险补偿")
    case .unpaid: LocalizedText(en: "mean unpaid for lack of balance", zh: "平均未付")
    case .quantile(let level):
      LocalizedText(
        en: "compensation in \(percent(level)) at most", zh: "\(percent(level))情形下风险补偿不超过")
    case .shortfall(let level):
      LocalizedText(
        en: "mean compensation beyond \(percent(level))", zh: "超过\(percent(level))部分的平均风险补偿")
    case .capital(let level):
      LocalizedText(
        en: "capital for \(percent(level)) survival", zh: "\(percent(level))足额所需资本")
    case .loss(let party):
      LocalizedText(
        en: "mean loss of the \(party.name)", zh: "\(party.localizedName.chinese)平均损失")
    case .breach(let threshold, let bank):
      LocalizedText(
        en: "odds of '\(threshold)', \(bank ?? "any bank")",
        zh: "\(StudyFigure.chineseName(of: threshold))触线概率，\(bank ?? "任一银行")")
    }
  }

  /// What people call a threshold.
  static func chineseName(of threshold: String) -> String {
    threshold == "warning" ? "预警" : threshold == "suspension" ? "中止" : threshold
  }
}
