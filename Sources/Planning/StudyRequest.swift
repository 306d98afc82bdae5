public import FundCore
public import ScenarioInput

/// What a planner wants to see side by side: scenarios, and what is varied in each of them. Everything
/// that is varied is combined with everything else.
public struct StudyRequest: Sendable {
  /// The scenario files or folders.
  public var scenarios: [String]
  /// What the command line sets in every one of them.
  public var choices: ScenarioChoices
  /// The fund that the study is about, by its name or a part of it; all funds if `nil`.
  public var only: String?
  /// Whether the first fund alone is studied where `only` names none.
  public var isAboutOneFund = false
  /// Values of the scenario file.
  public var settings: [VariedSetting] = []
  /// Programmes under which the fund stands.
  public var programmes: [String] = []
  /// Operating models.
  public var models: [String] = []

  /// Creates a request without variations.
  public init(scenarios: [String], choices: ScenarioChoices, only: String? = nil) {
    self.scenarios = scenarios
    self.choices = choices
    self.only = only
  }

  /// The most variants of a study.
  public static let largestVariantCount = 400

  /// Problems by which an article forbids a variant. Such a variant is listed with the article;
  /// anything else that is wrong ends the study.
  static let refusals: Set<String> = [
    "model-not-allowed", "forbidden-share", "initial-not-allowed", "delay-not-allowed",
    "start-not-allowed",
  ]

  /// All variants, in the order in which they were asked for.
  ///
  /// - Throws: Every problem of an input. If the articles allow no variant at all, why they do not.
  public func variants() throws(Diagnostics) -> [Variant] {
    let count =
      scenarios.count * max(1, programmes.count) * max(1, models.count)
      * settings.reduce(1) { min($0 * $1.edits.count, 1_000_000) }
    guard count <= Self.largestVariantCount else {
      throw Diagnostics(
        "too-many-variants",
        .init(
          en:
            "\(count) variants were asked for, and a study has at most \(Self.largestVariantCount)",
          zh: "要求了\(count)个方案，一次研究最多\(Self.largestVariantCount)个"),
        help: .init(en: "give fewer values, or several studies", zh: "请减少取值，或分几次研究"),
        at: SourceLocation(file: "the command line"))
    }
    var variants: [Variant] = []
    for path in scenarios { variants += try self.variants(of: path) }
    if variants.allSatisfy({ $0.scenario == nil }),
      case .failure(let reason)? = variants.first?.outcome
    {
      throw reason
    }
    return variants
  }

  private func variants(of path: String) throws(Diagnostics) -> [Variant] {
    var document = try ScenarioDocument(path: path)
    let base = try document.scenario(choices: choices)
    let variesFund = isAboutOneFund || !programmes.isEmpty || !models.isEmpty
    if let only {
      document = document.keepingFund(try base.position(ofFund: only))
    } else if variesFund {
      document = document.keepingFund(0)
    }
    let drafts = try self.drafts(from: document)
    var variants: [Variant] = []
    for draft in drafts {
      var names = draft.names
      if scenarios.count > 1 { names.insert(LocalizedText(same: scenarioName(path)), at: 0) }
      let words =
        names.isEmpty
        ? LocalizedText(same: base.title) : names.joined(with: .init(en: " · ", zh: "，"))
      variants.append(
        Variant(
          name: words.english, words: words, settings: draft.settings,
          outcome: try outcome(of: draft.document)))
    }
    return variants
  }

  /// A variant before it is read.
  fileprivate struct Draft {
    var document: ScenarioDocument
    var names: [LocalizedText] = []
    var settings: [Variant.Setting] = []
  }

  private func drafts(
    from document: ScenarioDocument
  ) throws(Diagnostics) -> [Draft] {
    var drafts = [Draft(document: document)]
    if !programmes.isEmpty {
      let fund = try document.scenario(choices: choices).funds[0]
      drafts = try combined(drafts, programmes.count) { (draft, index) throws(Diagnostics) in
        let option = "--programme \(programmes[index])"
        draft.document = try draft.document.usingProgramme(
          programmes[index], of: fund, option: option)
        draft.add(LocalizedText(same: programmes[index]), "programme", programmes[index])
      }
    }
    drafts = try combined(drafts, models.count) { (draft, index) throws(Diagnostics) in
      let edit = try ScenarioEdit(
        path: "funds.1.model", text: models[index], option: "--model \(models[index])")
      draft.document = try draft.document.setting(edit)
      draft.add(Variant.words(ofValue: models[index], forKey: "model"), "model", models[index])
    }
    for setting in settings {
      let isVaried = setting.edits.count > 1
      drafts = try combined(drafts, setting.edits.count) { (draft, index) throws(Diagnostics) in
        let edit = setting.edits[index]
        draft.document = try draft.document.setting(edit)
        draft.add(isVaried ? setting.label(edit) : nil, setting.path, edit.text)
      }
    }
    return drafts
  }

  /// Every draft with every one of so many changes; the drafts themselves if there are none.
  private func combined(
    _ drafts: [Draft], _ count: Int, change: (inout Draft, Int) throws(Diagnostics) -> Void
  ) throws(Diagnostics) -> [Draft] {
    guard count > 0 else { return drafts }
    var result: [Draft] = []
    for draft in drafts {
      for index in 0..<count {
        var changed = draft
        try change(&changed, index)
        result.append(changed)
      }
    }
    return result
  }

  /// The scenario, or the articles that forbid it.
  private func outcome(
    of document: ScenarioDocument
  ) throws(Diagnostics) -> Result<Scenario, Diagnostics> {
    do {
      return .success(try document.scenario(choices: choices))
    } catch {
      let isRefusal = error.problems.allSatisfy { Self.refusals.contains($0.code) }
      guard isRefusal, !programmes.isEmpty || !models.isEmpty || !settings.isEmpty else {
        throw error
      }
      return .failure(error)
    }
  }

  /// What a scenario is called by beside others: its folder or file.
  private func scenarioName(_ path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    guard let last = parts.last else { return path }
    let isPlain = last == "scenario.yaml" && parts.count > 1
    let name = isPlain ? parts[parts.count - 2] : last
    return name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
  }
}

extension StudyRequest.Draft {
  fileprivate mutating func add(_ name: LocalizedText?, _ path: String, _ value: String) {
    if let name { names.append(name) }
    settings.append(Variant.Setting(path: path, value: value))
  }
}
