import CompensationKernel
import DocumentReading
import FundCore
import ResultFacts

/// How a loan tape is read, as inputs: another column, unit or word makes other loans.
struct MappingFacts {
  let tape: LoanTape
  let mapping: TapeMapping

  /// All of them.
  var all: [InputFact] {
    var facts = [fact("tape", .words(tape.source))]
    if let sheet = mapping.sheet { facts.append(fact("sheet", .word(sheet.value))) }
    facts += columns + constants + words + units
    if let limits = mapping.employeeLimits {
      let values: [(SizeClass, Int)] = [
        (.micro, limits.micro), (.small, limits.small), (.medium, limits.medium),
      ]
      facts.append(
        fact("sizeByEmployees", .items(values.map { InputItem($0.0.words, .count($0.1)) })))
    }
    if let window = mapping.window {
      facts.append(fact("window", .range(.month(window.from), .month(window.until))))
    }
    if let row = mapping.headerRow { facts.append(fact("headerRow", .count(row.value))) }
    if mapping.dateFormat != .auto {
      facts.append(fact("dateFormat", .word(mapping.dateFormat.rawValue)))
    }
    facts.append(fact("statusAt", .words(mapping.statusDay.words)))
    facts.append(fact("badRows", .words(mapping.badRows.words)))
    return facts
  }

  private func fact(_ key: String, _ value: InputValue) -> InputFact {
    InputFact("portfolio." + key, of: .portfolio, value)
  }

  private var columns: [InputFact] {
    let found = TapeProperty.allCases.compactMap { property in
      mapping.columns[property].map { InputItem(property.rawValue, .word($0.value)) }
    }
    var facts = [fact("columns", .items(found))]
    if !mapping.factColumns.isEmpty {
      facts.append(
        fact(
          "facts.columns",
          .items(mapping.factColumns.map { InputItem($0.fact, .word($0.column.value)) })))
    }
    if mapping.otherFactsAreMet {
      facts.append(fact("facts.others", .words(.init(en: "count as met", zh: "视为满足"))))
    }
    return facts
  }

  private var constants: [InputFact] {
    let given = mapping.constants
    let values: [(TapeProperty, InputValue?)] = [
      (.bank, given.bank.map { .word($0) }), (.model, given.model.map { .words($0.words) }),
      (.size, given.size.map { .words($0.words) }),
      (.collateral, given.collateral.map { .words($0.words) }),
      (.repayment, given.repayment.map { .words($0.words) }),
      (.sector, given.sector.map { .word($0) }), (.grade, given.grade.map { .word($0) }),
      (.pd, given.pd.map { .proportion($0) }), (.ipPart, given.ipPart.map { .ratio($0) }),
      (.rate, given.rate.map { .ratio($0) }),
    ]
    let items = values.compactMap { property, value in
      value.map { InputItem(property.rawValue, $0) }
    }
    return items.isEmpty ? [] : [fact("constants", .items(items))]
  }

  /// The words of the tape for ours.
  private var words: [InputFact] {
    let items = mapping.values.sorted { $0.key < $1.key }.flatMap { property, words in
      words.sorted { $0.key < $1.key }.map {
        InputItem("\(property): \($0.key)", .word($0.value))
      }
    }
    return items.isEmpty ? [] : [fact("values", .items(items))]
  }

  /// The units that the scenario says, by column.
  private var units: [InputFact] {
    let said = Set(mapping.units.keys.map(\.rawValue))
    let items = tape.units.filter { said.contains($0.property) }.map {
      InputItem($0.property, .words($0.unit))
    }
    return items.isEmpty ? [] : [fact("units", .items(items))]
  }
}

extension StatusDay {
  /// Of which day a loan's status is, in words.
  var words: LocalizedText {
    self == .opening
      ? .init(en: "the opening", zh: "期初") : .init(en: "the end of the tape", zh: "台账截止日")
  }
}

extension BadRows {
  /// What becomes of rows that cannot be used, in words.
  var words: LocalizedText {
    self == .refuse
      ? .init(en: "refuse the tape", zh: "拒绝读入") : .init(en: "set the rows aside", zh: "剔除该行")
  }
}
