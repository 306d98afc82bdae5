import CompensationKernel
import FundCore
import LossStatistics
import Planning
import ReportForm

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
    guard isProbability, let interval = figure.interval95 else {
      return FigureText.text(figure, unit: unit, language: language, withError: withError)
    }
    return ranged(
      figure.value * 100, Interval(low: interval.low * 100, high: interval.high * 100),
      isPercent: true, withInterval: withError)
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
    FigureText.ranged(value, interval, sign: isPercent ? " %" : "", withInterval: withInterval)
  }

  /// A difference with its standard error, or what else is known of it: points of a per cent for
  /// probabilities. `=` stands for what is the same in every trial, `~` marks what cannot be told from
  /// zero.
  func difference(_ item: FigureDifference) -> String {
    guard !item.isIdentical else { return "=" }
    let isIndistinct = item.isReliable && item.verdict == .indistinct
    let isProbability = item.figure.isProbability
    let difference = item.difference
    let reach =
      difference.standardError.map { abs(difference.value) + 2 * $0 }
      ?? difference.interval95.map { max(abs($0.low), abs($0.high)) } ?? .infinity
    if !isProbability, reach < 1 {
      return self("< 1 yuan", "< 1元") + (isIndistinct ? "~" : "")
    }
    var shown = difference
    if !isProbability, let error = difference.standardError, error < 1 {
      // No digit of an amount below a yuan.
      shown = Estimate(value: difference.value, standardError: 1, sampleCount: 1)
    }
    let text = FigureText.text(shown, unit: isProbability ? 0.01 : unit, language: language)
    return (difference.value > 0 && !text.hasPrefix("-") ? "+" : "") + text
      + (isIndistinct ? "~" : "")
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
        text: self(
          "a mean or a difference, and its standard error, where 25 trials and more bear on it",
          "均值或差值及其标准误（须有至少25次模拟与之有关）")
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
        (
          label: "=",
          text: self(
            "the same in every one of these trials, to the fen; what is rarer cannot be excluded",
            "本次所有模拟均相同，分毫不差；不排除更罕见的差异")
        ))
    }
    pairs.append(
      (
        label: self("x exact", "x（确定）"),
        text: self("nothing random moves it, by the rules of the fund", "按基金规则，不受随机因素影响")
      ))
    pairs.append(
      (
        label: "*",
        text: self(
          "not known from these trials: too few bear on the figure, or lie beyond its level "
            + "(--json tells how many would)",
          "本次模拟无法得知：与之有关的模拟，或超出该水平的模拟太少（--json列出所需次数）")
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
