import CompensationKernel
public import DocumentReading
public import FundCore

/// Reads a programme file.
///
/// - Parameters:
///   - path: Where the file is.
///   - displayName: How messages name it; the path if `nil`.
/// - Throws: Every problem of the file, each with its place; among them each number that names
///   neither an article nor an interpretation.
public func readProgramme(path: String, displayName: String? = nil) throws(Diagnostics)
  -> PolicyDocument
{
  try FileKind.requireDocument(.programme, path: path)
  return try readProgramme(tree: readDocument(path: path, displayName: displayName))
}

/// Reads a programme from the tree of its file.
public func readProgramme(tree: DocumentNode) throws(Diagnostics) -> PolicyDocument {
  try FileKind.require(.programme, tree)
  return try readProgramme(tree: tree, log: nil)
}

/// Reads a programme from a tree.
///
/// - Parameter log: Its interpretations, where the tree is one whose clauses were changed and they were read before.
func readProgramme(tree: DocumentNode, log: [Interpretation]?) throws(Diagnostics) -> PolicyDocument
{
  let reading = ProgrammeReading(log: log)
  let document = reading.document(tree)
  try reading.problems.throwIfAny()
  guard let document else {
    throw Diagnostics(
      "invalid-programme", .init(en: "the programme cannot be read", zh: "无法读取该办法"),
      help: .init(en: "see the programme format", zh: "见办法文件的格式说明"),
      at: tree.location)
  }
  return document
}

/// The state of reading one programme file.
///
/// A class, because every clause adds to the same list of problems and the same table of numbers.
final class ProgrammeReading {
  let problems = ProblemCollector()
  var parameters: [ProgrammeParameter] = []
  var refusals: [OperatingModel: RefusedModel] = [:]
  /// The models and parties that the programme brings with it.
  var own: [OperatingModel] = []
  var ownParties: [Party] = []
  /// Every interpretation that a clause cites, with the clause's path.
  var cited: [(id: Written<String>, clause: String)] = []

  /// The interpretations, where they were read before: half of the work of reading.
  private let log: [Interpretation]?

  init(log: [Interpretation]? = nil) { self.log = log }

  /// Reads the whole document; `nil`, with problems reported, if a needed part is missing.
  func document(_ tree: DocumentNode) -> PolicyDocument? {
    guard var top = Section(tree, problems: problems) else { return nil }
    _ = top.integer("format", in: 1...1)
    let id = top.text("id", example: "jiangzhou-2026")
    let title = localized("title", in: &top)
    let issuer = localized("issuer", in: &top)
    let checkedOn = top.dateIfPresent("checkedOn")
    let textName = top.textIfPresent("text")
    readParties(&top)
    var terms = terms(&top, tree)
    let changes = writtenAmendments(&top, tree)
    let duties = (top.sectionsIfPresent("duties") ?? []).compactMap { duty($0) }
    let written = top.sectionsIfPresent("interpretations") ?? []
    let interpretations = log ?? written.compactMap { interpretation($0, tree: tree) }
    top.finish()
    checkInterpretations(interpretations)
    terms?.amendments = amendments(changes, of: tree)
    guard let id, let title, let issuer, let terms else { return nil }
    return PolicyDocument(
      id: id.value, title: title, issuer: issuer,
      check: checkedOn.map { .on($0.value) } ?? .never,
      textName: textName?.value, terms: terms, duties: duties, interpretations: interpretations,
      parameters: parameters, tree: tree)
  }

  private func terms(_ top: inout Section, _ tree: DocumentNode) -> CompensationTerms? {
    let inForce = inForce(&top)
    let coverPeriod = clause("coverPeriod", in: &top) { section, citation in
      choice("rule", of: &section, as: CoverPeriodRule.self, citation)
    }
    let rounding = clause("rounding", in: &top) { section, citation in
      choice("rule", of: &section, as: RoundingRule.self, citation)
    }
    let fund = fund(&top)
    let models = models(&top, tree)
    let refused = refusedModels(&top)
    let claim = claim(&top)
    let before = clauseIfPresent("moneyBeforeClaim", in: &top) {
      choice("rule", of: &$0, as: MoneyBeforeClaim.self, $1)
    }
    let interest = clauseIfPresent("lostInterest", in: &top) {
      choice("counted", of: &$0, as: InterestCount.self, $1)
    }
    let recovery = recovery(&top)
    let thresholds = (top.sectionsIfPresent("thresholds") ?? []).map { threshold($0) }
    let aggregates = aggregates(&top)
    let coverage = coverage(&top)
    guard let inForce, let coverPeriod, let rounding, let fund, let models, let claim,
      let recovery, let coverage
    else { return nil }
    var terms = CompensationTerms(
      inForce: inForce, coverPeriod: coverPeriod, rounding: rounding, fund: fund, models: models,
      refusedModels: refused, claim: claim, recovery: recovery,
      thresholds: thresholds.compactMap(\.self), coverage: coverage)
    terms.parties = Parties(
      paying: OperatingModel.ordered(OperatingModel.shared + own).compactMap { models[$0] }
        .flatMap(\.payers).map(\.party))
    terms.moneyBeforeClaim = before
    terms.lostInterest = interest
    terms.aggregates = aggregates
    checkAggregates(terms, at: top)
    return terms
  }

  // MARK: What all clauses share

  /// Reads one mapping with its source.
  func clause<Value>(
    _ key: String, in parent: inout Section, _ body: (inout Section, Citation) -> Value?
  ) -> Value? {
    guard var section = parent.section(key) else { return nil }
    return clause(&section, body)
  }

  /// Reads one mapping with its source, if it is there.
  func clauseIfPresent<Value>(
    _ key: String, in parent: inout Section, _ body: (inout Section, Citation) -> Value?
  ) -> Value? {
    guard var section = parent.sectionIfPresent(key) else { return nil }
    return clause(&section, body)
  }

  /// Reads a mapping that is already open, with its source.
  func clause<Value>(
    _ section: inout Section, _ body: (inout Section, Citation) -> Value?
  ) -> Value? {
    let citation = citation(of: &section)
    let value = body(&section, citation)
    section.finish()
    return value
  }

  /// The source that a mapping names. A number without one is refused.
  func citation(of section: inout Section) -> Citation {
    let article = section.textIfPresent("article")
    let assumption = section.wordsIfPresent("assumption")
    let single = section.nodeIfPresent("interpretation")
    var ids: [Written<String>] = []
    if single?.items != nil {
      ids = section.textsIfPresent("interpretation") ?? []
    } else if single != nil {
      ids = section.textIfPresent("interpretation").map { [$0] } ?? []
    }
    cited += ids.map { ($0, section.path) }
    if article == nil, ids.isEmpty, assumption == nil {
      section.report(
        "uncited-number",
        .init(en: "'\(section.path)' names no source", zh: "“\(section.path)”没有注明依据"),
        help: .init(
          en: "add `article: 12`, or `interpretation: I-1` where the text leaves it open",
          zh: "加上 `article: 12`；原文未定的，写 `interpretation: I-1`"))
    }
    return Citation(
      article: article?.value, interpretations: ids.map(\.value), assumption: assumption)
  }

  /// Adds a number or a choice to the table.
  func note(_ section: Section, _ key: String, _ value: String, unit: String, _ citation: Citation)
  {
    parameters.append(
      ProgrammeParameter(
        path: section.path(of: key), value: value, unit: unit, citation: citation))
  }

  /// A choice, cited and noted.
  func choice<Choice>(
    _ key: String, of section: inout Section, as type: Choice.Type, _ citation: Citation
  ) -> Cited<Choice>?
  where Choice: RawRepresentable & CaseIterable & Sendable, Choice.RawValue == String {
    guard let found = section.choice(key, as: type) else { return nil }
    note(section, key, found.value.rawValue, unit: "", citation)
    return Cited(found.value, citation)
  }

  /// An amount, noted.
  func amount(_ key: String, of section: inout Section, _ citation: Citation) -> Money? {
    guard let found = section.money(key) else { return nil }
    note(section, key, found.value.description, unit: "yuan", citation)
    return found.value
  }

  /// A yes or no, noted.
  func flag(_ key: String, of section: inout Section, _ citation: Citation) -> Bool? {
    guard let found = section.flag(key) else { return nil }
    note(section, key, found.value ? "yes" : "no", unit: "", citation)
    return found.value
  }

  /// A whole number, noted.
  func count(
    _ key: String, of section: inout Section, in range: ClosedRange<Int>, unit: String,
    _ citation: Citation
  ) -> Int? {
    guard let found = section.integer(key, in: range) else { return nil }
    note(section, key, String(found.value), unit: unit, citation)
    return found.value
  }

  /// A text in both languages.
  func localized(_ key: String, in parent: inout Section) -> LocalizedText? {
    guard var section = parent.section(key) else { return nil }
    return localized(&section)
  }

  private func localized(_ section: inout Section) -> LocalizedText? {
    let chinese = section.text("zh")
    let english = section.text("en")
    section.finish()
    guard let chinese, let english else { return nil }
    return LocalizedText(english: english.value, chinese: chinese.value)
  }
}
