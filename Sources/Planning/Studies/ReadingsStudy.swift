public import ClaimRules
import CompensationKernel
import DocumentReading
public import FundCore
import LossStatistics
public import PolicyLibrary
public import ScenarioInput
public import Simulation

/// What each open sentence of a programme is worth: the answers under every one of its readings, on the
/// same draws.
public struct ReadingsStudy: Sendable {
  /// Another reading of a sentence, and what it changes.
  public struct Alternative: Sendable {
    /// The name by which a scenario chooses it.
    public let name: String
    /// What it says.
    public internal(set) var text: LocalizedText
    /// What it changes in the programme file: paths with their values.
    public let changes: [String]
    /// The position of its row; `nil` if the scenario is not allowed under it.
    public let row: Int?
    /// Why it is not.
    public let refusal: Diagnostics?
    /// How the answers differ from those under the reading in use, in the order of the figures.
    public internal(set) var differences: [FigureDifference]
    /// The difference that is largest by `ReadingsStudy.move`, of those that can be told from zero.
    public internal(set) var largest: FigureDifference?

    /// Whether nothing differs in any trial.
    public var isIdentical: Bool { row != nil && differences.allSatisfy(\.isIdentical) }
  }

  /// A sentence that the text leaves open.
  public struct Sentence: Sendable {
    /// The interpretation.
    public let interpretation: Interpretation
    /// The articles whose clauses it decides.
    public let articles: [String]
    /// The name of the reading in use; `default` for that of the programme file.
    public let used: String
    /// What the reading in use says.
    public let usedText: LocalizedText
    /// The other readings; none where there is nothing to choose.
    public internal(set) var alternatives: [Alternative]
    /// How far it moves the answers, by `ReadingsStudy.move`.
    public internal(set) var size: Double
  }

  /// The fund under the readings in use.
  public let fund: FundAgreement
  /// The programme.
  public let programme: PolicyDocument
  /// The figures.
  public let figures: [StudyFigure]
  /// Sentences with a choice, the one that moves the answers most first.
  public let sentences: [Sentence]
  /// Sentences without another reading that a simulation could take.
  public let settled: [Sentence]
  /// What was run: the reading in use first.
  public let study: StudyResult

  /// Runs a fund under every reading of its programme.
  ///
  /// - Parameters:
  ///   - document: The scenario.
  ///   - choices: What the command line sets.
  ///   - fund: The fund, by its name or a part of it; the first if `nil`.
  ///   - simulate: Runs one plan.
  public init(
    _ document: ScenarioDocument, choices: ScenarioChoices, fund: String?, version: EngineVersion,
    simulate: StudySimulator
  ) throws {
    let whole = try document.scenario(choices: choices)
    let position = try fund.map { try whole.position(ofFund: $0) } ?? 0
    let alone = document.keepingFund(position)
    let scenario = try alone.scenario(choices: choices)
    // What was counted by the day of a state stays; another reading holds from then on.
    var choices = choices
    choices.from?.takesOtherReadings = true
    let agreement = scenario.funds[0]
    programme = agreement.original
    var variants = [Variant(name: "in use", settings: [], outcome: .success(scenario))]
    var sentences: [Sentence] = []
    /// Where a change of terms stands that more than one sentence offers: it is run and ranked once.
    var known: [[String]: (sentence: Int, alternative: Int)] = [:]
    for interpretation in programme.interpretations {
      var sentence = Sentence(interpretation, of: agreement)
      for (name, text, changes) in sentence.otherReadings {
        if !changes.isEmpty, let same = known[changes.sorted()] {
          let also = "\(interpretation.id) \(name)"
          let text = sentences[same.sentence].alternatives[same.alternative].text
          sentences[same.sentence].alternatives[same.alternative].text =
            LocalizedText(en: "\(text) (also \(also))", zh: "\(text)（亦即\(also)）")
          continue
        }
        known[changes.sorted()] = (sentences.count, sentence.alternatives.count)
        let setting = Variant.Setting(path: interpretation.id, value: name)
        let outcome = Self.outcome(alone, choices, agreement, setting)
        variants.append(
          Variant(name: "\(interpretation.id) \(name)", settings: [setting], outcome: outcome))
        var refusal: Diagnostics?
        if case .failure(let reason) = outcome { refusal = reason }
        sentence.alternatives.append(
          Alternative(
            name: name, text: text, changes: changes,
            row: refusal == nil ? variants.count - 1 : nil,
            refusal: refusal, differences: [], largest: nil))
      }
      sentences.append(sentence)
    }
    let study = try VariantStudy(variants).result(version: version, simulate: simulate)
    figures = Self.figures(of: study.rows)
    Self.compare(&sentences, study, figures)
    self.study = study
    self.fund = study.rows[0].fund
    settled = sentences.filter(\.alternatives.isEmpty)
    self.sentences = sentences.filter { !$0.alternatives.isEmpty }.enumerated()
      .sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }.map(\.element)
  }

  /// The scenario under one reading, or why there is none.
  private static func outcome(
    _ document: ScenarioDocument, _ choices: ScenarioChoices, _ fund: FundAgreement,
    _ reading: Variant.Setting
  ) -> Result<Scenario, Diagnostics> {
    var chosen = fund.readings.filter { $0.id.value != reading.path }
      .map { "\($0.id.value): \($0.name.value)" }
    chosen.append("\(reading.path): \(reading.value)")
    do throws(Diagnostics) {
      let edit = try ScenarioEdit(
        path: "funds.1.readings", text: "{\(chosen.joined(separator: ", "))}",
        option: "\(reading.path): \(reading.value)")
      return .success(try document.setting(edit).scenario(choices: choices))
    } catch {
      return .failure(error)
    }
  }

  /// The usual figures, and the odds of every threshold for every bank.
  private static func figures(of rows: [StudyRow]) -> [StudyFigure] {
    let row = rows[0]
    let banks = row.result.watchedBanks.map { row.banks[$0] }
    let odds = row.result.thresholdNames.flatMap { threshold in
      [StudyFigure.breach(threshold: threshold, bank: nil)]
        + (banks.count > 1 ? banks.map { .breach(threshold: threshold, bank: $0) } : [])
    }
    let plain: [StudyFigure] = [
      .exhaustion, .compensation, .shortfall(.percent(99)), .capital(.percent(95)), .unpaid,
    ]
    let losses = row.result.parties.map { StudyFigure.loss($0) }
    return plain + StudyFigure.ofClauses(in: rows) + losses + odds
  }

  private static func compare(
    _ sentences: inout [Sentence], _ study: StudyResult, _ figures: [StudyFigure]
  ) {
    let base = study.rows[0]
    var all: [FigureDifference] = []
    var owners: [(sentence: Int, alternative: Int)] = []
    for (place, sentence) in sentences.enumerated() {
      for (index, alternative) in sentence.alternatives.enumerated() {
        guard let variant = alternative.row,
          let row = study.rows.first(where: { $0.variant == variant })
        else { continue }
        let found = figures.compactMap { row.difference($0, from: base) }
        all += found
        owners += found.map { _ in (place, index) }
      }
    }
    adjustForTable(&all)
    for (difference, owner) in zip(all, owners) {
      sentences[owner.sentence].alternatives[owner.alternative].differences.append(difference)
      guard difference.verdict == .distinct else { continue }
      let size = move(difference, of: base)
      guard size >= smallestMove else { continue }
      let before = sentences[owner.sentence].alternatives[owner.alternative].largest
      if size > (before.map { move($0, of: base) } ?? 0) {
        sentences[owner.sentence].alternatives[owner.alternative].largest = difference
      }
      sentences[owner.sentence].size = max(sentences[owner.sentence].size, size)
    }
  }

  /// A move below one part in ten thousand is none: fractions of a fen make such differences.
  public static let smallestMove = 1e-4

  /// How far a difference moves an answer, so that probabilities and amounts can be ranked together:
  /// percentage points as they are; amounts as a part of the mean compensation, the capital of itself.
  public static func move(
    _ difference: FigureDifference, of base: StudyRow
  ) -> Double {
    let amount = abs(difference.difference.value)
    switch difference.figure {
    case .exhaustion, .breach, .rate: return amount
    case .year, .contribution:
      return difference.figure.isShare || difference.figure.isMultiple
        ? amount : amount / max(1, base.estimates.compensation.mean.value)
    case .capital, .shortfall, .quantile:
      return amount / max(1, base.value(difference.figure)?.value ?? 1)
    case .compensation, .unpaid, .loss, .stoppedCredit, .filledUp, .netPresentValue, .netCost:
      return amount / max(1, base.estimates.compensation.mean.value)
    }
  }
}

extension ReadingsStudy.Sentence {
  init(_ interpretation: Interpretation, of fund: FundAgreement) {
    self.interpretation = interpretation
    var articles: [String] = []
    for parameter in fund.original.parameters {
      guard parameter.citation.interpretations.contains(interpretation.id),
        let article = parameter.citation.article
      else { continue }
      for part in article.split(separator: ",").map({ String($0).trimmingBlanks })
      where !articles.contains(part) { articles.append(part) }
    }
    self.articles = articles
    let chosen = fund.readings.last { $0.id.value == interpretation.id }?.name.value
    let other = interpretation.others.first { $0.name == chosen }
    used = other?.name ?? "default"
    usedText = other?.text ?? interpretation.reading
    alternatives = []
    size = 0
  }

  /// The readings that are not in use: name, text, and what they change.
  var otherReadings: [(name: String, text: LocalizedText, changes: [String])] {
    var readings = [(name: "default", text: interpretation.reading, changes: [String]())]
    guard !interpretation.others.isEmpty else { return [] }
    readings += interpretation.others.map { other in
      (other.name, other.text, other.changes.map { "\($0.key.value): \($0.value.text ?? "…")" })
    }
    return readings.filter { $0.name != used }
  }
}
