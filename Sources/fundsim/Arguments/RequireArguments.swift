import ArgumentParser
import FundCore
import Reporting
import ResultFacts
import ScenarioInput

/// What a run has to reach, for scripts: it ends with status 1 where that is missed.
struct RequireArguments: ParsableArguments {
  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      Language.say(
        en: """
          End with status 1 unless a figure of the summary is as required: 'survival>=95%', \
          'bank:2026.budget.q95<=300万'; repeatable; `list` prints all names. The estimate decides; the interval is told.
          """,
        zh: """
          摘要中的数据未达到要求时以状态1结束：'survival>=95%'、'银行:2026.budget.q95<=300万'；可多次给出；写 `list` 列出全部名称。\
          以估计值为准，并给出区间。
          """),
      valueName: "figure>=value"), completion: .custom(Completion.required))
  var texts: [String] = []

  /// The word that asks for all names.
  static let list = "list"

  /// Whether the names of all figures are asked for, in place of a run.
  var asksForNames: Bool { texts.contains(Self.list) }

  /// Prints the names of all figures, each once, a line each.
  func printNames(_ request: RunRequest) throws {
    try printLines(Self.names(request).joined(separator: "\n") + "\n")
  }

  /// The names of all figures of a run, each once.
  static func names(_ request: RunRequest) throws -> [String] {
    let report = try request.smallestReport()
    var known: Set<String> = []
    return request.source.funds.indices.flatMap { fund in
      report.figures(ofFund: fund).map(\.name).filter { known.insert($0).inserted }
    }
  }

  private var requirements: [Requirement] { texts.compactMap { Requirement($0) } }

  func validate() throws {
    for text in texts where Requirement(text) == nil && text != Self.list {
      throw ValidationError(
        en: """
          --require '\(text)': write a figure, one of >= <= > <, and a value, such as 'survival>=95%' or \
          'compensation.q99<=2000万'; before the figure a fund and a colon for one fund alone.
          """,
        zh: """
          --require '\(text)'：请写数据名、>= <= > < 之一和数值，如 'survival>=95%'、\
          'compensation.q99<=2000万'；只要求一只基金时，前面写基金名和冒号。
          """)
    }
  }

  /// Finds out whether the figures and funds are known, by a run of one trial.
  ///
  /// - Throws: `ValidationError` with the names of all figures if one is not.
  func check(_ request: RunRequest) throws {
    guard !texts.isEmpty else { return }
    for requirement in requirements {
      if let fund = requirement.fund { _ = try request.source.position(ofFund: fund) }
    }
    let report = try request.smallestReport()
    for requirement in requirements {
      for fund in try funds(of: requirement, request) {
        let names = report.figures(ofFund: fund).map(\.name)
        guard !names.contains(requirement.figure) else { continue }
        let near = nearestNames(to: requirement.figure, among: names)
        let list = (near.isEmpty ? Array(names.prefix(6)) : near).joined(separator: ", ")
        throw ValidationError(
          en: """
            --require '\(requirement.text)': there is no figure '\(requirement.figure)'. Near it: \(list); \
            '--require list' prints all names.
            """,
          zh: """
            --require '\(requirement.text)'：没有数据“\(requirement.figure)”。相近的有：\(list)；\
            --require list 列出全部名称。
            """)
      }
    }
  }

  private func funds(of requirement: Requirement, _ request: RunRequest) throws -> [Int] {
    guard let fund = requirement.fund else { return Array(request.source.funds.indices) }
    return [try request.source.position(ofFund: fund)]
  }

  /// Says of each requirement whether it is met.
  ///
  /// - Throws: The status of a run that missed one.
  func judge(_ report: RiskReport, _ request: RunRequest, isSilent: Bool) throws {
    var isMissed = false
    for requirement in requirements {
      for fund in try funds(of: requirement, request) {
        let figures = report.figures(ofFund: fund)
        guard let found = figures.first(where: { $0.name == requirement.figure }) else {
          isMissed = true
          printError(
            en: "not known: \(requirement.text): these trials do not tell the figure",
            zh: "无法判断：\(requirement.text)：本次模拟没有得出该数据")
          continue
        }
        let verdict = requirement.verdict(found, fund: report.funds[fund].name)
        if !verdict.isMet { isMissed = true }
        if !verdict.isMet || !isSilent { printError(verdict.words) }
      }
    }
    if isMissed { throw ExitStatus.missed }
  }
}
