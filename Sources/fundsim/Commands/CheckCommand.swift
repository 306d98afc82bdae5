import ArgumentParser
import FundCore
import Reporting
import ResultFacts
import ScenarioInput
import Simulation

/// `check`: is this scenario valid?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: Language.say(
      en: "Check a scenario and everything it names, without simulating.", zh: "检查情景及其引用的一切文件，不作模拟。"
    ))

  @OptionGroup var input: ScenarioArguments
  @OptionGroup var setting: SettingArguments
  @Flag(
    help: .text(
      en: "Print one JSON object, also if there are problems.", zh: "输出一个 JSON 对象，有问题时亦然。"))
  var json = false

  func run() throws {
    let scenario: Scenario
    let compiled: CompiledScenario
    do throws(Diagnostics) {
      scenario = try input.scenario(setting)
      compiled = scenario.compiled(version: ProgramVersion.current)
      try MemoryLimit.check(compiled.plan, .init(of: compiled.plan), of: scenario.file)
    } catch {
      guard json else {
        throw RefusedInput(
          diagnostics: error, consequence: .init(en: "Nothing was simulated.", zh: "没有进行模拟。"))
      }
      try printOutput(CheckReport(file: input.path, problems: error.problems).json())
      throw ExitStatus.input
    }
    if json {
      return try printOutput(
        CheckReport(
          file: scenario.file, problems: [],
          scenario: .init(provenance: compiled.source.provenance, funds: compiled.source.funds)
        ).json())
    }
    var lines = [LocalizedText(en: "\(scenario.file): no problems.", zh: "\(scenario.file)：没有问题。")]
    let loans = scenario.portfolio
    let (count, enterprises) = (loans.loans.count, loans.enterprises.count)
    let banks = loans.banks.count
    let lent = compiled.source.provenance.portfolio.lent
    lines.append(
      .init(
        en: "\(count) loans of \(enterprises) enterprises at \(banks) banks, \(lent) in all",
        zh: "\(banks)家银行对\(enterprises)家企业的\(count)笔贷款，共\(lent)"))
    for item in compiled.source.provenance.portfolio.setAside {
      lines.append(
        .init(
          en: "  not used: \(item.count) rows, \(item.text)",
          zh: "  未使用\(item.count)行：\(item.text)"))
    }
    let notes = loans.units.filter { !$0.isUsual }.map(\.text) + loans.notices
    lines += notes.map { .init(en: "  \($0)", zh: "  \($0)") }
    for fund in compiled.source.funds { lines += words(of: fund) }
    lines += compiled.source.provenance.programmes.filter(\.check.isOpen).map { programme in
      .init(
        en: "programme \(programme.id) (\(programme.title)): \(programme.check.words)",
        zh: "办法 \(programme.id)（\(programme.title)）：\(programme.check.words)")
    }
    lines += compiled.source.provenance.warnings.map {
      .init(en: "warning: \($0)", zh: "警告：\($0)")
    }
    try printLines(lines.map { $0[.current] + "\n" }.joined())
  }

  private func words(of fund: FundDescription) -> [LocalizedText] {
    let cover = fund.coverage
    let model: LocalizedText =
      fund.operatingModelWords
      ?? .init(en: "fromLoan", zh: "各笔贷款自定模式")
    let head = LocalizedText(
      en: """
        fund '\(fund.name)': \(fund.programme), \(model), \(fund.initial); \
        covers \(cover.coveredCount) loans, \(cover.coveredAmount)
        """,
      zh: """
        基金“\(fund.name)”：\(fund.programme)，\(model)，\(fund.initial)；\
        纳入补偿范围\(cover.coveredCount)笔，\(cover.coveredAmount)
        """)
    return [head]
      + (cover.outliving.map {
        [
          .init(
            en: """
                of these, \($0.count) loans, \($0.amount), still run after \($0.lastMonth), when cover ends \
                (\($0.article))
              """,
            zh: "  其中\($0.count)笔、\($0.amount)在\($0.lastMonth)之后仍未到期，此后逾期的不再补偿（\($0.article)）")
        ]
      } ?? [])
      + cover.leftOut.map { item in
        .init(
          en: "  \(item.condition) (\(item.article)): \(item.count) loans, \(item.amount)",
          zh: "  \(item.condition)（\(item.article)）：\(item.count)笔，\(item.amount)")
      }
  }
}
