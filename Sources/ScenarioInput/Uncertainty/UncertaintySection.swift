import Calibration
import DocumentReading
import FundCore
import Simulation

/// Reads `uncertainty:`: draws from a file, from a history on the spot, or by hand.
struct UncertaintySection {
  /// How many draws are used unless the scenario says otherwise.
  static let usualCount = 1_024
  /// The most draws of a run.
  static let mostDraws = 16_384

  let problems: ProblemCollector
  /// The folder of the scenario, from which files are named.
  let folder: String

  /// What was read, and what it is to be called.
  private struct Found {
    let source: UncertaintyAssumptions.Source
    let table: DrawTable
    let node: DocumentNode
  }

  /// Reads the section.
  ///
  /// - Parameters:
  ///   - opened: The section.
  ///   - node: The same as it stands.
  ///   - world: What it is held against; `nil` where that could not be read.
  /// - Returns: `nil`, with problems reported, if anything is wrong.
  func read(
    _ opened: Section, _ node: DocumentNode, in world: UncertaintyChecks?
  ) -> UncertaintyAssumptions? {
    var section = opened
    section.allow("draws", "history")
    for parameter in UncertainParameter.named { section.allow(parameter.name) }
    let before = problems.problems.count
    let count = section.integerIfPresent("count", in: 2...Self.mostDraws)
    let named = section.valueIfPresent("reference", example: "2.8%") {
      UncertainParameter.pd.value($0)
    }
    let wanted = count?.value ?? Self.usualCount
    let found = table(&section, node, wanted)
    if section.has("history") { section.allow("counted", "remaining") }
    section.finish()
    guard problems.problems.count == before, let found else { return nil }
    if let count, found.table.count < count.value {
      problems.report(
        "too-few-draws",
        .init(
          en: "\(count.value) draws are wanted, and there are \(found.table.count)",
          zh: "要求\(count.value)个抽样，而只有\(found.table.count)个"),
        help: .init(
          en: "leave 'count' out, or make more with `fundsim calibrate --draws \(count.value)`",
          zh: "删去“count”，或用 `fundsim calibrate --draws \(count.value)` 多抽一些"),
        at: count.location)
      return nil
    }
    let table = found.table.chosen(wanted)
    let reference = named?.value ?? table[.pd]?.best
    world?.check(table, reference: reference, named: named, problems)
    checkReference(table, reference, named, found.node)
    guard problems.problems.count == before else { return nil }
    return UncertaintyAssumptions(
      source: found.source, reference: table[.pd] == nil ? nil : reference,
      isReferenceNamed: named != nil,
      columns: table.columns.map {
        UncertaintyAssumptions.Column(
          parameter: $0.parameter, values: $0.values, best: $0.best)
      }, digestInput: table.digestInput)
  }

  private func checkReference(
    _ table: DrawTable, _ reference: Double?, _ named: Written<Double>?, _ node: DocumentNode
  ) {
    if let named, table[.pd] == nil {
      problems.report(
        "key-without-use",
        .init(
          en: "'reference' has no use where no parameter 'pd' moves all probabilities",
          zh: "没有使全部违约概率一起变动的“pd”，“reference”没有用处"),
        help: .init(en: "remove it", zh: "删去它"), at: named.location)
    }
    if table[.pd] != nil, reference == nil {
      problems.report(
        "no-reference",
        .init(
          en: "there is no draw 0, the best estimate that the scenario's probabilities stand for",
          zh: "没有0号抽样，即情景违约概率所对应的最佳估计"),
        help: .init(
          en: "add a row with draw 0, or name it: `reference: 2.8%`",
          zh: "加一行0号抽样，或写明 `reference: 2.8%`"), at: node.location)
    }
  }

  /// The draws, from the one source that is named.
  private func table(_ section: inout Section, _ node: DocumentNode, _ count: Int) -> Found? {
    let parameters = section.keys.filter { UncertainParameter($0.value) != nil }
    let sources = ["draws", "history"].filter { section.has($0) }
    guard sources.count + (parameters.isEmpty ? 0 : 1) == 1 else {
      section.report(
        sources.isEmpty && parameters.isEmpty ? "missing-key" : "two-sources",
        sources.isEmpty && parameters.isEmpty
          ? .init(en: "'uncertainty' says nothing of any parameter", zh: "“uncertainty”没有说明任何参数")
          : .init(en: "'uncertainty' has several sources", zh: "“uncertainty”有多个来源"),
        help: .init(
          en: """
            give one of: `draws: posterior.csv`, `history: table.csv`, or parameters by hand such as \
            `pd: {value: 3%, low: 1.9%, high: 5.8%}`
            """,
          zh: """
            只写其一：`draws: posterior.csv`、`history: table.csv`，或手工给出参数，如 \
            `pd: {value: 3%, low: 1.9%, high: 5.8%}`
            """))
      return nil
    }
    if let draws = section.textIfPresent("draws") {
      return fromFile(draws.value).map {
        Found(source: .draws(file: draws.value), table: $0, node: node)
      }
    }
    if let history = section.textIfPresent("history") {
      return fromHistory(history.value, &section, count).map { table, counted in
        Found(
          source: .history(file: history.value, counted: counted), table: table, node: node)
      }
    }
    return byHand(&section, parameters, count).map { Found(source: .byHand, table: $0, node: node) }
  }

  private func path(_ file: String) -> String {
    file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file
  }

  private func fromFile(_ file: String) -> DrawTable? {
    do throws(Diagnostics) {
      var reader = try DrawTableReader(path: path(file), problems: problems)
      return try reader.read()
    } catch {
      problems.report(error)
      return nil
    }
  }

  private func byHand(
    _ section: inout Section, _ keys: [Written<String>], _ count: Int
  ) -> DrawTable? {
    var columns: [DrawTable.Column] = []
    for key in keys {
      guard let parameter = UncertainParameter(key.value), let opened = section.section(key.value),
        let law = ParameterByHand(parameter, opened, key.location)
      else { continue }
      var column = DrawTable.Column(parameter: parameter, place: key.location)
      column.best = law.median
      column.values = law.draws(count)
      columns.append(column)
    }
    return columns.count == keys.count ? DrawTable(columns: columns).possible : nil
  }
}

extension DrawTable {
  /// Draws by hand whose recoveries a Beta law can have: means and deviations that are drawn apart can
  /// come together so that none can.
  fileprivate var possible: DrawTable {
    var table = self
    guard let index = columns.firstIndex(where: { $0.parameter == .recoveryDeviation }),
      let means = self[.recoveryMean]?.values
    else { return self }
    for (number, mean) in means.enumerated() {
      let limit = 0.98 * (mean * (1 - mean)).squareRoot()
      table.columns[index].values[number] = min(columns[index].values[number], limit)
    }
    return table
  }
}
