import ClaimRules
import CompensationKernel
import DocumentReading
public import FundCore
import PolicyLibrary
import Simulation

/// Reads and checks a scenario.
///
/// - Parameters:
///   - path: The scenario file, or a folder that holds `scenario.yaml`.
///   - choices: What the command line sets.
/// - Throws: Every problem of the scenario, its portfolio and its programmes, each at its place.
public func readScenario(path: String, choices: ScenarioChoices = ScenarioChoices())
  throws(Diagnostics) -> Scenario
{
  try ScenarioDocument(path: path).scenario(choices: choices)
}

/// A scenario file holds at most 8 MB.
let largestScenarioFile = 8 << 20

/// The most trials of a run.
public let largestTrialCount = 1_000_000_000

/// The longest horizon in months.
public let longestHorizon = 1_200

/// When a run begins, and how long it is.
struct RunClock {
  let start: CivilMonth
  /// The number of months.
  let horizon: Int
}

struct ScenarioReading {
  let file: String
  let folder: String
  let choices: ScenarioChoices
  let problems: ProblemCollector
  let bytes: [UInt8]

  func scenario(_ tree: DocumentNode) -> Scenario? {
    guard var top = Section(tree, problems: problems) else { return nil }
    let title = top.text("title", example: "三种模式比较")
    let start = top.month("start")
    let horizon = top.monthCount("horizon", in: 1...longestHorizon)
    let trials = top.integer("trials", in: 1...largestTrialCount)
    let seed = top.integer("seed", in: 0...Int.max)
    let levels = levels(&top)
    let costs = WrittenCosts(&top, problems: problems)
    let years = years(&top)
    top.allow("portfolio", "defaults", "recovery", "uncertainty", "funds")
    // Where one of these is missing, any value lets the reading go on and find everything else.
    let clock = RunClock(
      start: start?.value ?? CivilMonth(ordinal: 2024 * 12), horizon: horizon?.value ?? 60)
    let shelf = ProgrammeShelf(folder: folder)
    let models = KnownModels(of: tree, shelf)
    let isClockRight = start != nil && horizon != nil
    let resuming = choices.from.map { ResumedReading(source: $0, problems: problems) }
    let lending = portfolio(&top, tree, isClockRight ? clock : nil, clock.start, models)
    let portfolio = resuming?.portfolio(lending, in: tree) ?? lending
    if let resuming, let start, let horizon { resuming.check(start: start, horizon: horizon) }
    let opened = top.section("defaults")
    let recoverySection = top.section("recovery")
    let fundSections = top.sections("funds")
    top.finish()
    let funds = costs.given(to: funds(fundSections, shelf, clock, portfolio, at: tree.location))
    let defaults = DefaultSection(
      problems: problems, portfolio: portfolio?.tape, start: clock.start, horizon: clock.horizon)
    let assumptions = opened.flatMap { defaults.read($0) }
    let recovery = recoverySection.flatMap {
      defaults.recovery(
        $0, needsWriteOff: funds.contains(where: \.countsOverdue),
        hasFactors: assumptions?.hasNormalFactors ?? true)
    }
    let checks = UncertaintyChecks(assumptions, recovery, tree, portfolio?.tape)
    let uncertainty = uncertainty(&top, in: checks)
    guard let portfolio, let title, let trials, let seed, let assumptions, let recovery,
      !funds.isEmpty
    else { return nil }
    var scenario = Scenario(
      title: title.value, file: file, start: clock.start, horizon: clock.horizon,
      trials: choices.trials ?? trials.value, seed: choices.seed ?? UInt64(seed.value),
      portfolio: portfolio.tape, source: portfolio.source, assumesFacts: portfolio.assumesFacts,
      defaults: assumptions, recovery: recovery, uncertainty: uncertainty, funds: funds,
      fundTrees: tree.node(at: "funds")?.items ?? [], levels: levels,
      digestInput: bytes + portfolio.tape.digestInput + (uncertainty?.digestInput ?? [])
        + (choices.from?.digestInput ?? []),
      worldKey: worldKey(tree, portfolio.tape, uncertainty) + (choices.from?.digest ?? ""))
    scenario.years = choices.applied(to: years)
    return resuming.finished(scenario, lending: tree.lendingFactor, at: tree.location)
  }

  /// The funds, held against the portfolio.
  private func funds(
    _ sections: [Section]?, _ shelf: ProgrammeShelf, _ clock: RunClock,
    _ portfolio: ReadPortfolio?, at location: SourceLocation
  ) -> [FundAgreement] {
    let reader = FundSection(
      problems: problems, shelf: shelf, start: clock.start, horizon: clock.horizon,
      portfolio: portfolio?.tape ?? LoanTape())
    let funds = (sections ?? []).enumerated().compactMap {
      reader.read($0.element, number: $0.offset + 1)
    }
    FundChecks(funds: funds, problems: problems, location: location).check(
      portfolio?.mapping, countWithout: portfolio?.tape.loans.count { $0.rate == .zero } ?? 0)
    return funds
  }

  /// All that the draws and the defaults depend on, as a text: what two scenarios share if theirs are
  /// the same.
  private func worldKey(
    _ tree: DocumentNode, _ tape: LoanTape, _ uncertainty: UncertaintyAssumptions?
  ) -> String {
    let keys = [
      "start", "horizon", "seed", "trials", "portfolio", "defaults", "recovery", "uncertainty",
    ]
    let parts = keys.map {
      tree.node(at: $0)?.digestText ?? ""
    }
    let chosen = [choices.seed.map { "\($0)" }, choices.trials.map { "\($0)" }, choices.portfolio]
    return (parts + chosen.map { $0 ?? "" }).joined(separator: "\n") + folder
      + String(decoding: tape.digestInput + (uncertainty?.digestInput ?? []), as: UTF8.self)
  }

  /// The loans, and what is known of the facts that coverage asks for.
  struct ReadPortfolio: Sendable {
    let tape: LoanTape
    let source: PortfolioSource

    /// How a tape was mapped; `nil` for generated loans, whose facts all count as met.
    var mapping: TapeMapping? {
      guard case .tape(let mapping) = source else { return nil }
      return mapping
    }

    var assumesFacts: Bool { mapping?.otherFactsAreMet ?? true }
  }

  func readPortfolio(
    _ top: inout Section, _ clock: RunClock?, _ start: CivilMonth,
    _ models: KnownModels
  ) -> ReadPortfolio? {
    // Without a right clock, it is not known which loans can matter.
    let run = clock.map {
      TapeMapping.Run(first: $0.start, last: $0.start.advanced(by: $0.horizon - 1))
    }
    guard var section = top.section("portfolio") else { return nil }
    if section.has("generate") {
      if let given = choices.portfolio {
        section.report(
          "portfolio-not-wanted",
          .init(
            en: "the scenario generates its loans, and --portfolio gives '\(given)'",
            zh: "情景自行生成贷款，而 --portfolio 给了“\(given)”"),
          help: .init(
            en: "leave --portfolio out, or replace `generate:` by `tape:` and `columns:`",
            zh: "去掉 --portfolio，或把 `generate:` 换成 `tape:` 和 `columns:`"))
      }
      let described = section.section("generate").flatMap {
        GeneratorSection(problems: problems, scenarioStart: start, known: models).read($0)
      }
      let hasFacts = hasFacts(&section)
      section.finish()
      guard let described, hasFacts else { return nil }
      var generator = PortfolioGenerator(described)
      var tape = generator.tapeOfLoans()
      if let run { tape.leaveOut(outside: run) }
      tape.orderByIdentity(.named)
      return notEmpty(tape, section).map { ReadPortfolio(tape: $0, source: .generated(described)) }
    }
    if isGeneratorMisspelt(&section) { return nil }
    let found = TapeMapping.readAll(&section, models: models)
    section.allow("lending")
    section.finish()
    var mapping = found.mapping
    mapping.run = run
    guard found.isWhole || found.canBeTried else { return nil }
    guard let path = tapePath(mapping, section) else { return nil }
    guard found.isWhole else {
      // What is wrong in the file is told together with what is wrong in the scenario.
      tryTape(path: path, mapping: mapping, problems: problems)
      return nil
    }
    return readTape(path: path, displayName: path, mapping: mapping, problems: problems)
      .flatMap { notEmpty($0, section) }.map { tape in
        var ordered = tape
        ordered.orderByIdentity(IdentityColumns(mapping))
        return ReadPortfolio(tape: ordered, source: .tape(mapping))
      }
  }

  /// Whether a key is `generate` misspelt, which is then all that is reported: the keys of a tape are not
  /// missing.
  private func isGeneratorMisspelt(_ section: inout Section) -> Bool {
    let keys = section.keys.map(\.value)
    guard !keys.contains("tape"), !keys.contains("columns"),
      keys.contains(where: { closestMatch(to: $0, among: ["generate"]) != nil })
    else { return false }
    section.allow("generate", "facts", "tape", "columns")
    section.finish()
    return true
  }

  /// Whether generated loans say what coverage asks for; a word other than `met` is reported.
  private func hasFacts(_ section: inout Section) -> Bool {
    guard let facts = section.text("facts", example: "met") else { return false }
    if !isMet(facts.value) {
      problems.report(
        "unknown-word",
        .init(
          en: "generated loans' facts are '\(facts.value)'", zh: "生成贷款的 `facts` 写为“\(facts.value)”"),
        help: .init(
          en: "write `facts: met`: every coverage fact of the programmes counts as met",
          zh: "写 `facts: met`：各办法的补偿条件均视为满足"),
        at: facts.location)
    }
    return true
  }

  private func notEmpty(_ tape: LoanTape, _ section: Section) -> LoanTape? {
    // A run that goes on from a state may be one without new lending.
    guard tape.loans.isEmpty, choices.from == nil else { return tape }
    let words = tape.leftOut.words
    let reasons: LocalizedText =
      tape.leftOut.isEmpty ? .empty : .init(en: " (\(words))", zh: "（\(words)）")
    section.report(
      "no-loans",
      .init(
        en: """
          the portfolio has no loans\(reasons)
          """, zh: "贷款组合是空的\(reasons)"),
      help: .init(
        en: "check the number of loans a month, and the months in which they start against the run",
        zh: "核对每月贷款笔数，以及贷款发放的月份是否在模拟期内"))
    return nil
  }

  private func tapePath(_ mapping: TapeMapping, _ section: Section) -> String? {
    if let given = choices.portfolio { return given }
    guard let tape = mapping.tape else {
      section.report(
        "missing-file",
        .init(en: "the scenario takes its loans from the command line", zh: "情景的贷款由命令行给出"),
        help: .init(
          en: "add --portfolio FILE to the command, or `tape: loans.csv` to the portfolio",
          zh: "在命令中加 --portfolio 文件，或在 `portfolio` 中写 `tape: loans.csv`"))
      return nil
    }
    return tape.value.hasPrefix("/") || folder.isEmpty ? tape.value : folder + "/" + tape.value
  }
}

/// Whether a word says that all facts are met.
func isMet(_ word: String) -> Bool {
  ["met", "满足", "均满足"].contains(Scalar.normalised(word))
}

/// The file of a scenario that was named by its folder.
func scenarioFile(_ path: String) -> String {
  if path == StandardInput.name { return path }
  if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return path }
  return (path.hasSuffix("/") ? String(path.dropLast()) : path) + "/scenario.yaml"
}

extension DefaultAssumptions {
  /// Whether there is a normal factor on which recoveries can be loaded.
  var hasNormalFactors: Bool {
    switch factors.dependence {
    case .gaussian, .studentT: true
    case .gamma, .independent: false
    }
  }
}

extension FundAgreement {
  /// Whether a threshold counts overdue principal.
  var countsOverdue: Bool {
    terms.thresholds.contains { $0.value.numerator == .overdueOutstanding }
  }

  /// Whether a loss base holds interest.
  var countsInterest: Bool {
    sharing.keys.contains { model in
      (0...terms.amendments.count).contains { countsInterest(model, version: $0) }
    }
  }
}
