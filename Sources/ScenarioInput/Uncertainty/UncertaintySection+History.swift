import Calibration
import DocumentReading
import FundCore
import Synchronization

extension UncertaintySection {
  /// Calibrates a history as `fundsim calibrate` does without options.
  func fromHistory(_ file: String, _ section: inout Section, _ count: Int) -> (
    table: DrawTable, counted: LocalizedText?
  )? {
    guard let counting = counting(&section) else { return nil }
    var request = HistoryRequest(
      file: file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file)
    request.counting = counting.value
    request.settings.draws = count
    do throws(Diagnostics) {
      let history = try readHistory(request)
      let place = SourceLocation(file: history.file)
      guard let table = CalibratedDraws.table(of: history, request.settings, place) else {
        problems.report(
          "too-little-history",
          .init(en: "the loans at risk are too few to tell anything", zh: "在险贷款太少，无从估计"),
          help: .init(en: "take grades together, or add years", zh: "请合并评级，或补充年份"),
          at: place)
        return nil
      }
      return (table, counting.value?.words)
    } catch {
      problems.report(error)
      return nil
    }
  }

  /// What the loans at risk of a table count: `counted: atStart` with `remaining`, or loan-years.
  private func counting(_ section: inout Section) -> (value: YearlyHistory.Counting?, Void)? {
    let counted = section.textIfPresent("counted")
    let remaining = section.numberIfPresent("remaining", in: 0.01...12)
    switch counted.map({ Scalar.normalised($0.value) }) {
    case nil, "loanYears", "笔年":
      if let remaining {
        problems.report(
          "key-without-use",
          .init(en: "'remaining' goes with `counted: atStart`", zh: "“remaining”须与 `counted: atStart` 同用"),
          help: .init(en: "add `counted: atStart`, or remove it", zh: "加上 `counted: atStart`，或删去它"),
          at: remaining.location)
        return nil
      }
      return (counted == nil ? nil : .loanYears, ())
    case "atStart", "年初":
      guard let remaining else {
        if !section.has("remaining") {
          section.report(
            "missing-key",
            .init(
              en: "`counted: atStart` needs the mean months that those loans had left",
              zh: "`counted: atStart` 还需要各笔贷款平均剩余月数"),
            help: .init(
              en: "add `remaining: 6.5`, right for 12-month loans that start evenly",
              zh: "加上 `remaining: 6.5`（12个月贷款均匀发放时的值）"))
        }
        return nil
      }
      return (.atStart(meanRemainingMonths: remaining.value), ())
    default:
      problems.report(
        "unknown-word",
        .init(en: "'counted' is neither loanYears nor atStart", zh: "“counted”既不是 loanYears 也不是 atStart"),
        help: .init(
          en: "write loanYears, or atStart for the loans of a year's start",
          zh: "写 loanYears（笔年）或 atStart（年初笔数）"),
        at: counted?.location ?? section.location)
      return nil
    }
  }
}

extension YearlyHistory.Counting {
  /// What is counted, in words.
  fileprivate var words: LocalizedText {
    switch self {
    case .loanYears: .init(en: "loan-years", zh: "笔年")
    case .atStart(let months):
      .init(
        en: "loans of a year's start, \(months) months left", zh: "年初笔数，平均剩余\(months)个月")
    }
  }
}

/// Histories that were calibrated, kept: a study reads its scenario once a variant.
private enum CalibratedDraws {
  private struct Key: Hashable {
    let digest: String
    let settings: CalibrationSettings
  }

  private static let known = Mutex<[Key: DrawTable]>([:])

  /// - Returns: `nil` where nothing can be told.
  static func table(
    of history: HistoryTable, _ settings: CalibrationSettings, _ place: SourceLocation
  ) -> DrawTable? {
    let key = Key(digest: history.digest, settings: settings)
    if let table = known.withLock({ $0[key] }) { return table }
    guard let result = try? CalibrationResult(history.history, settings),
      result.posterior.allSatisfy({ $0.mean.isFinite })
    else { return nil }
    let table = DrawTable(result, history, place)
    known.withLock { $0[key] = table }
    return table
  }
}

extension DrawTable {
  /// The draws of a calibration: what `posterior.csv` holds.
  fileprivate init(
    _ result: CalibrationResult, _ history: HistoryTable, _ place: SourceLocation
  ) {
    columns = result.posterior.map { summary in
      let name = summary.parameter.name(in: result.history)
      guard let parameter = UncertainParameter(name) else {
        preconditionFailure("a calibration names parameters that a scenario knows, not \(name)")
      }
      var column = Column(parameter: parameter, place: place)
      column.best = summary.parameter.value(result.best.parameters)
      column.values = result.draws.map(summary.parameter.value)
      return column
    }
    let recoveries = history.record.recoveryDraws(
      result.draws.count, seed: result.settings.seed)
    if recoveries.count == result.draws.count, history.record.recoveryMoments != nil {
      var means = Column(parameter: .recoveryMean, place: place)
      means.values = recoveries.map { min(1, $0.mean) }
      var deviations = Column(parameter: .recoveryDeviation, place: place)
      deviations.values = recoveries.map { $0.standardDeviation ?? 0 }
      columns += [means, deviations]
    }
    digestInput = Array("\(history.digest),\(result.settings)".utf8)
  }
}
