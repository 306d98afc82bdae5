import ClaimRules
import FundCore
import PolicyLibrary
import ReportForm
import ResultFacts

/// What stands before any result, in every report alike: what departs from the text, which readings
/// were chosen, what was taken for granted, and what deserves a second look.
struct Departures {
  /// Parameters that were set against the text.
  let overrides: [ParameterOverride]
  /// Readings that were chosen.
  let readings: [ChosenReading]
  /// What was taken for granted.
  let assumptions: [LocalizedText]
  /// What deserves a second look.
  let warnings: [LocalizedText]
  /// What the command line set in all of them.
  private let settings: [LocalizedText]
  /// The states from which runs went on.
  private let starts: [LocalizedText]
  /// How the loans were read.
  private let loanNotes: [LocalizedText]

  /// Those of one run.
  init(_ provenance: Provenance) { self.init([provenance]) }

  /// Those of several variants; what they have in common is said once.
  init(_ provenances: [Provenance]) {
    overrides = provenances.flatMap(\.overrides)
    readings = provenances.flatMap(\.readings)
    assumptions = provenances.flatMap(\.assumptions)
    warnings = provenances.flatMap(\.warnings)
    settings = Origin.settings(of: provenances).map { LocalizedText(same: $0) }
    starts = Set(provenances.compactMap(\.state)).map(Self.words).sorted {
      $0.english < $1.english
    }
    loanNotes = provenances.flatMap { LoanNotes(portfolio: $0.portfolio).everything }
  }

  /// Those of one claim.
  init(_ explanation: Explanation) {
    let programme = explanation.programme
    overrides = explanation.departures.map {
      ParameterOverride(
        scope: programme, parameter: $0.parameter, original: $0.original, value: $0.value,
        reason: $0.reason)
    }
    readings = explanation.readings.filter { !$0.isDefault }.map {
      ChosenReading(scope: programme, interpretation: $0.id, name: $0.name, text: $0.reading)
    }
    assumptions = explanation.remarks
    warnings = []
    settings = []
    starts = []
    loanNotes = []
  }

  /// From where a run went on: months, survival and years of the report count from there.
  private static func words(_ state: Provenance.State) -> LocalizedText {
    let register = Origin.shortPath(state.register)
    return .init(
      en: """
        from the state of \(state.day) (register \(register)): what follows it is counted, years of programme \
        and factor since \(state.opening)
        """,
      zh: """
        自\(state.day)的状态接续（登记簿\(register)）：只计其后各月，办法年度和因子年度自\(state.opening)起算
        """)
  }

  /// The notes, each kind under its own heading.
  var notes: [SectionBlock] {
    block(.init(en: "Set in place of the scenario file's values", zh: "命令行改设的情景取值"), settings)
      + block(.init(en: "Goes on", zh: "接续"), starts)
      + block(
        .init(en: "Set against the programme's text", zh: "与办法原文不同的设定"), overrides.map(Self.words))
      + block(
        .init(en: "Readings chosen in place of the programme's own", zh: "所选的其他读法"),
        readings.map(Self.words))
      + block(.init(en: "Taken for granted", zh: "视为成立的条件"), assumptions)
      + block(.init(en: "Warnings", zh: "警告"), warnings)
  }

  /// The notes with how the loans were read, for reports that say nothing else of them.
  var notesWithLoans: [SectionBlock] {
    notes + block(.init(en: "How the loans were read", zh: "贷款数据的读入"), loanNotes)
  }

  private func block(_ heading: LocalizedText, _ items: [LocalizedText]) -> [SectionBlock] {
    var seen: Set<LocalizedText> = []
    let once = items.filter { seen.insert($0).inserted }
    return once.isEmpty ? [] : [.subheading(heading), .list(once)]
  }

  /// A parameter that was set against the text, in words.
  static func words(of item: ParameterOverride) -> LocalizedText {
    let original: LocalizedText =
      item.original.isEmpty
      ? .empty : .init(en: " in place of \(item.original)", zh: "，原文为\(item.original)")
    return .init(
      en: "\(item.scope): \(item.name) = \(item.value)\(original). Reason: \(item.reason)",
      zh: "\(item.scope)：\(item.name) = \(item.value)\(original)。理由：\(item.reason)")
  }

  /// A chosen reading in words.
  static func words(of item: ChosenReading) -> LocalizedText {
    .init(
      en: "\(item.scope): \(item.interpretation), \(item.name): \(item.text)",
      zh: "\(item.scope)：\(item.interpretation)，\(item.name)：\(item.text)")
  }
}

/// What reports say of how the loans were read.
struct LoanNotes {
  let portfolio: PortfolioDescription

  /// The units that were heard, other than yuan and months, and what was noticed, line by line.
  var pairs: [LabelledText] {
    lines(.init(en: "units heard", zh: "识别的单位"), units)
      + lines(.init(en: "noticed", zh: "提示"), portfolio.notices)
  }

  /// The rows that were set aside, by reason, line by line.
  var setAside: [LabelledText] {
    lines(.init(en: "rows set aside", zh: "剔除行"), setAsideTexts)
  }

  /// All of it, for reports that say nothing else of the loans.
  var everything: [LocalizedText] {
    setAsideTexts.map { LocalizedText(en: "rows set aside: \($0)", zh: "剔除行：\($0)") } + units
      + portfolio.notices
  }

  private var units: [LocalizedText] { portfolio.units.filter { !$0.isUsual }.map(\.text) }

  private var setAsideTexts: [LocalizedText] {
    portfolio.setAside.map { item in
      let count = NumberFormat.whole(item.count)
      return LocalizedText(en: "\(count): \(item.text)", zh: "\(count)行：\(item.text)")
    }
  }

  private func lines(_ label: LocalizedText, _ texts: [LocalizedText]) -> [LabelledText] {
    texts.enumerated().map { LabelledText($0.offset == 0 ? label : .empty, $0.element) }
  }
}
