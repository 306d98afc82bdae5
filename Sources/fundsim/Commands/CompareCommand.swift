import ArgumentParser
import FundCore
import Planning
import ReportForm
import Reporting
import ScenarioInput
import Simulation

/// `compare`: scenarios, sizes, programmes, models or any values side by side.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: Language.say(
      en: "Compare scenarios, or one scenario with values changed, trial by trial.",
      zh: "比较多个情景，或一个情景的不同取值，逐次模拟对照。"),
    discussion: Language.say(
      en: """
        What is varied is combined: two sizes and three models make six variants.
          fundsim compare scenarios/three-models
          fundsim compare scenarios/three-models --fund 800万,1000万,1600万 --only bank
          fundsim compare scenarios/three-models --set defaults.assetCorrelation=0.12,0.2
          fundsim compare scenarios/three-models --programme dalian-2018,baotou --model bank,insurer
        """,
      zh: """
        各项取值相互组合：两种规模、三种模式即六个方案。
          fundsim compare scenarios/three-models
          fundsim compare scenarios/three-models --fund 800万,1000万,1600万 --only bank
          fundsim compare scenarios/three-models --set defaults.assetCorrelation=0.12,0.2
          fundsim compare scenarios/three-models --programme dalian-2018,baotou --model bank,insurer
        """))

  @Argument(
    help: .text(
      en: "Scenario files, or folders that hold scenario.yaml.", zh: "情景文件，或含有 scenario.yaml 的文件夹。"),
    completion: .file(extensions: ["yaml", "yml"]))
  var paths: [String]
  @Option(help: .text(en: "Initial amounts, such as 800万,1600万.", zh: "初始资金，如800万,1600万。"))
  var fund: String?
  @Option(
    help: .text(
      en: "Programmes under which the fund stands (the first one, or that of --only).",
      zh: "基金（第一只，或 --only 所指）适用的各办法。"), completion: .list(Completion.programmes))
  var programme: String?
  @Option(
    help: .text(
      en: "Operating models: bank, guarantor, insurer.",
      zh: "运作模式：bank（银行）、guarantor（担保）、insurer（保险）。"), completion: .list(Completion.models))
  var model: String?
  @Option(
    help: .text(
      en: "The only fund to compare, by its name or a part of it.", zh: "只比较这只基金：名称或其中一部分。"),
    completion: .custom(Completion.funds))
  var only: String?
  @Option(
    help: .text(
      en: "The row that the others are compared with, by its name or a part of it.",
      zh: "作为基准的行：名称或其中一部分。"))
  var against: String?
  @Option(
    help: .text(en: "The number of trials, in place of the scenario's.", zh: "模拟次数，代替情景中的设定。"))
  var trials: Int?
  @Option(help: .text(en: "The seed, in place of the scenario's.", zh: "种子，代替情景中的设定。"))
  var seed: UInt64?
  @Option(
    help: .text(en: "The loan tape (CSV), in place of the scenario's.", zh: "贷款台账（CSV），代替情景中的设定。"))
  var portfolio: String?
  @Option(
    help: .text(
      en: """
        By what it is told who uses the funds up: bank, grade, sector, size, cohort, enterprise, or none (default: bank,grade; none for more than \(StudyDetail.mostDivided) rows).
        """,
      zh: """
        按什么划分用款：`bank`、`grade`、`sector`、`size`、`cohort`、`enterprise`，或 `none`（默认 `bank,grade`；超过\(StudyDetail.mostDivided)行时为 `none`）。
        """))
  var by: String?
  @OptionGroup var years: YearArguments
  @OptionGroup var start: StartArguments
  @OptionGroup var options: StudyArguments
  @OptionGroup var precision: PrecisionArguments
  @OptionGroup var speech: LanguageArguments

  func run() throws {
    let request = try request()
    let delivery = try Delivery(.compare, options.output)
    let variants = try request.variants()
    var variantStudy = VariantStudy(variants)
    variantStudy.detail = try detail(of: variants)
    let (study, reached) = try precision.study(
      variantStudy, .compensation, options, scenario: paths.first ?? "")
    let reference = try against.map { try position(of: $0, in: study) }
    var report = CompareReport(Comparison(study, reference: reference))
    report.precision = reached
    let table = ResultFile("compare.csv") { try report.writeCSV(to: $0) }
    try delivery.deliver(report.faces(files: [table] + variants.setAside))
  }

  func validate() throws { _ = try traits() }

  /// The traits that are asked for; `nil` if the command line does not say.
  private func traits() throws -> Set<LoanTrait>? {
    guard let by else { return nil }
    if by == "none" { return [] }
    var traits: Set<LoanTrait> = []
    for word in items(of: by) {
      guard let trait = LoanTrait(rawValue: word) else {
        let all = LoanTrait.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
          en: "--by takes \(all), or none; '\(word)' is none of them.",
          zh: "--by 取 \(all) 或 `none`；“\(word)”不在其中。")
      }
      traits.insert(trait)
    }
    return traits
  }

  /// What is kept beside totals. Of very many rows it is the totals alone, where nobody asks for more.
  private func detail(of variants: [Variant]) throws -> StudyDetail {
    let count = variants.compactMap(\.scenario).reduce(0) { $0 + $1.funds.count }
    var detail = StudyDetail()
    detail.traits = try traits() ?? (count <= StudyDetail.mostDivided ? [.bank, .grade] : [])
    if count <= StudyDetail.mostWithYears || years.yearTrials != nil { detail.years = .usual }
    return detail
  }

  /// What is compared.
  private func request() throws(Diagnostics) -> StudyRequest {
    var choices = ScenarioChoices(trials: trials, seed: seed, portfolio: portfolio)
    choices.from = try start.state()
    years.set(in: &choices)
    var request = StudyRequest(scenarios: paths, choices: choices, only: only)
    request.programmes = programme.map { items(of: $0) } ?? []
    request.models = model.map { items(of: $0) } ?? []
    if let fund {
      request.settings.append(
        try VariedSetting(fund, option: "--fund \(fund)", path: "funds.*.initial"))
    }
    request.settings += try options.setting.variedSettings()
    return request
  }

  /// The row of a name.
  private func position(of name: String, in study: StudyResult) throws(Diagnostics) -> Int {
    if let exact = study.rows.firstIndex(where: { $0.name == name }) { return exact }
    let found = study.rows.indices.filter { study.rows[$0].name.contains(name) }
    if found.count == 1 { return found[0] }
    throw Diagnostics(
      found.isEmpty ? "unknown-row" : "unclear-row",
      found.isEmpty
        ? .init(en: "no row is called '\(name)'", zh: "没有名为“\(name)”的行")
        : .init(
          en: "\(found.count) rows have '\(name)' in their names",
          zh: "有\(found.count)行的名称含“\(name)”"),
      help: .init(
        en: "use one of: \(study.rows.map(\.name).joined(separator: "; "))",
        zh: "可用：\(study.rows.map(\.name).joined(separator: "；"))"),
      at: SourceLocation(file: "--against \(name)"))
  }
}
