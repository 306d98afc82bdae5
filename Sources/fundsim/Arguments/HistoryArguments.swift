import ArgumentParser
import Calibration
import DocumentReading
import FundCore
import ScenarioInput

/// How a yearly table is read and what is supposed before it is.
struct HistoryArguments: ParsableArguments {
  @Option(
    help: .text(
      en: "For a register: the terms file of `replay` that names its columns.",
      zh: "用于登记簿：写明各列的条款文件，与回放时相同。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var terms: String?
  @Option(
    help: .text(
      en: "With --terms: the file of recoveries (in place of that of the terms file).",
      zh: "与 --terms 同用：追偿文件（代替条款文件中的）。"),
    completion: .file(extensions: ["csv", "xlsx"]))
  var recoveries: String?
  @Option(
    help: .text(
      en: "What atRisk counts: loanYears (default), or atStart: the loans of a year's start.",
      zh: "在险列的口径：loanYears（笔年，默认）或 atStart（年初笔数）。"))
  var counted: String?
  @Option(
    help: .text(
      en: "With --counted atStart: the mean months that those loans had left, at most 12 each.",
      zh: "与 --counted atStart 同用：年初各笔贷款平均剩余月数，每笔最多计12。"))
  var remaining: String?
  @Option(
    help: .text(
      en:
        "The grades, best first (default: A before B, AAA before AA, 1 before 2; else as they stand).",
      zh: "各评级，由好到差（默认 A 先于 B、AAA 先于 AA、1先于2，其余依出现顺序）。"))
  var grades: String?
  @Flag(
    help: .text(
      en: "Each grade is at least as risky as the better one before it.",
      zh: "较低评级的风险不小于较高评级。"))
  var ordered = false
  @Option(
    help: .text(
      en: "The persistence of the factor from year to year (default 0), or 'estimate'.",
      zh: "因子的逐年持续性（默认0），或 estimate（估计）。"))
  var persistence: String?
  @Option(
    help: .text(
      en: "The asset correlation, if it is to be given and not estimated.",
      zh: "资产相关系数；给定时不作估计。"))
  var correlation: String?
  @Option(
    name: .customLong("correlation-prior"),
    help: .text(
      en: "Mean and standard deviation of the correlation before the history, such as 0.1,0.05.",
      zh: "相关系数的先验均值与标准差，如0.1,0.05。"))
  var correlationPrior: String?
  @Option(
    help: .text(
      en: "For a register: the last day of which it tells (default: the last that is named).",
      zh: "用于登记簿：所载的最后一日（默认为数据中最晚的日期）。"))
  var until: String?
  @Option(help: .text(en: "The seed.", zh: "种子。"))
  var seed: UInt64 = 1
  @Option(help: .text(en: "How many draws posterior.csv holds.", zh: "posterior.csv 中的抽样数。"))
  var draws = 1024

  func validate() throws {
    if !(2...100_000).contains(draws) {
      throw ValidationError(
        en: "--draws takes a whole number from 2 to 100000.", zh: "--draws 取2至100000的整数。")
    }
    if correlation != nil, correlationPrior != nil {
      throw ValidationError(
        en: "Give --correlation or --correlation-prior, not both.",
        zh: "--correlation 与 --correlation-prior 只能给一个。")
    }
    if recoveries != nil, terms == nil {
      throw ValidationError(
        en: "--recoveries goes with --terms, which names its columns.",
        zh: "--recoveries 须与 --terms 同用，由后者写明各列。")
    }
    _ = try counting
    _ = try lastDay
    _ = try correlationLaw
    _ = try persistenceLaw
    let names = gradeNames
    if grades != nil, names.isEmpty || Set(names).count < names.count {
      throw ValidationError(
        en: "--grades takes different names, best first, such as A,B,C.",
        zh: "--grades 取各不相同的评级，由好到差，如 A,B,C。")
    }
  }

  /// How the history is calibrated.
  var settings: CalibrationSettings {
    get throws {
      CalibrationSettings(
        correlation: try correlationLaw, persistence: try persistenceLaw,
        hasOrderedGrades: ordered, draws: draws, seed: seed)
    }
  }

  /// The request for a file.
  private func request(_ file: String) throws -> HistoryRequest {
    var request = HistoryRequest(file: file)
    request.terms = terms
    request.recoveries = recoveries
    request.counting = try counting
    request.settings = try settings
    request.grades = gradeNames
    request.until = try lastDay
    return request
  }

  private var lastDay: CivilDate? {
    get throws {
      guard let until else { return nil }
      if case .success(let month) = Scalar.month(until) { return month.lastDay }
      guard case .success(let date) = Scalar.date(until) else {
        throw ValidationError(
          en: "--until takes a day or a month such as 2024-12, not '\(until)'.",
          zh: "--until 取日期或月份，如2024-12，而不是“\(until)”。")
      }
      return date
    }
  }

  private var gradeNames: [String] { grades.map { items(of: $0).map(Scalar.name) } ?? [] }

  private var counting: YearlyHistory.Counting? {
    get throws {
      let word = counted.map { Scalar.normalised($0) }
      switch word {
      case nil, "loanYears", "笔年":
        guard remaining == nil else {
          throw ValidationError(
            en: "--remaining goes with --counted atStart.",
            zh: "--remaining 须与 --counted atStart 同用。")
        }
        return word == nil ? nil : .loanYears
      case "atStart", "年初":
        guard let text = remaining else {
          throw ValidationError(
            en: """
              --counted atStart needs --remaining, the mean months left: 6.5 for 12-month loans that \
              start evenly.
              """,
            zh: "--counted atStart 需要 --remaining（平均剩余月数）：12个月贷款均匀发放时为6.5。")
        }
        guard case .success(let months) = Scalar.number(text, in: 0...12), months > 0 else {
          throw ValidationError(
            en: "--remaining takes months above 0 and up to 12, not '\(text)'.",
            zh: "--remaining 取大于0、不超过12的月数，而不是“\(text)”。")
        }
        return .atStart(meanRemainingMonths: months)
      default:
        throw ValidationError(
          en: "--counted takes loanYears or atStart.", zh: "--counted 取 loanYears 或 atStart。")
      }
    }
  }

  private var correlationLaw: CorrelationPrior {
    get throws {
      if let correlation {
        return .fixed(try Self.share(correlation, option: "--correlation"))
      }
      guard let correlationPrior else { return .standard }
      let parts = items(of: correlationPrior)
      guard parts.count == 2,
        let prior = CorrelationPrior(
          mean: try Self.share(parts[0], option: "--correlation-prior"),
          standardDeviation: try Self.share(parts[1], option: "--correlation-prior"))
      else {
        throw ValidationError(
          en: """
            --correlation-prior takes a mean and a standard deviation that a Beta law can have, such as \
            0.1,0.05.
            """, zh: "--correlation-prior 取贝塔分布可有的均值与标准差，如0.1,0.05。")
      }
      return prior
    }
  }

  private var persistenceLaw: PersistencePrior {
    get throws {
      guard let persistence else { return .fixed(0) }
      if ["estimate", "估计"].contains(Scalar.normalised(persistence)) { return .uniform }
      return .fixed(try Self.share(persistence, option: "--persistence"))
    }
  }

  /// A number from 0 to 0.995.
  private static func share(_ text: String, option: String) throws -> Double {
    if case .success(let value) = Scalar.probability(text, in: .belowOne), value <= 0.995 {
      return value
    }
    throw ValidationError(
      en: "\(option) takes a number from 0 to 0.995, not '\(text)'.",
      zh: "\(option) 取0至0.995的数，而不是“\(text)”。")
  }
}

extension HistoryArguments {
  /// Reads a table.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - consequence: What was therefore not done.
  func table(_ file: String, consequence: LocalizedText) throws -> HistoryTable {
    let request = try request(file)
    do throws(Diagnostics) {
      return try readHistory(request)
    } catch {
      throw RefusedInput(diagnostics: error, consequence: consequence)
    }
  }

  /// The register with the funds of its terms; `nil` where no terms name a fund.
  ///
  /// - Parameters:
  ///   - file: The register.
  ///   - consequence: What was therefore not done.
  func fundStudy(_ file: String, consequence: LocalizedText) throws -> RegisterStudy? {
    guard let terms else { return nil }
    var request = ReplayRequest(register: file)
    request.terms = terms
    request.recoveries = recoveries
    request.until = until
    do throws(Diagnostics) {
      guard try namesFunds(terms: terms) else { return nil }
      return try readRegister(request)
    } catch {
      throw RefusedInput(diagnostics: error, consequence: consequence)
    }
  }
}
