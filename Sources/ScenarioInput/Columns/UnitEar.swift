import DocumentReading
import FundCore
import ResultFacts

/// Hears in which unit a column counts: from the key `units`, its head, a row of units, the head of its
/// group, a title.
struct UnitEar {
  let heading: TableHeading
  let problems: ProblemCollector

  /// What says a unit, and which.
  private struct Voice {
    let unit: ColumnUnit
    let source: LocalizedText
  }

  /// The unit of a column; `nil` if nothing says it, or a problem was reported.
  func unit(
    of property: TapeProperty, _ quantity: UnitQuantity, _ column: TapeColumn,
    key: Written<ColumnUnit>?, _ heard: inout HeardUnits
  ) -> ColumnUnit? {
    let head = heading.names[column.number]
    let ownWords = quantity.unit(inHead: head.value)
    var voices: [Voice] = []
    if case .unit(let unit) = ownWords {
      voices.append(Voice(unit: unit, source: .init(en: "the header", zh: "列名")))
    }
    voices += voicesAround(column, quantity)
    var whole: ColumnUnit?
    for voice in voices { whole = whole?.joined(with: voice.unit) ?? whole ?? voice.unit }
    let isAtOdds =
      ownWords == .contradiction || voices.contains { whole?.joined(with: $0.unit) == nil }
    if let key {
      if isAtOdds || whole.map({ key.value.joined(with: $0) == nil }) ?? false {
        heard.notices.append(overruled(column, key.value, voices))
      }
      note(
        Voice(unit: key.value, source: .init(en: "the key `units`", zh: "键 `units`")), property,
        column, &heard)
      return key.value
    }
    if isAtOdds {
      report(property, head, "unit-contradiction", said(voices, head.value))
      return nil
    }
    guard let whole, let first = voices.first else { return nil }
    if whole == .foreign {
      report(
        property, head, "foreign-unit",
        .init(
          en: "\(quoted(head.value)) counts in a unit that cannot be converted",
          zh: "\(quoted(head.value))的单位无法换算"))
      return nil
    }
    note(Voice(unit: whole, source: first.source), property, column, &heard)
    return whole
  }

  private func voicesAround(_ column: TapeColumn, _ quantity: UnitQuantity) -> [Voice] {
    var voices: [Voice] = []
    if column.number < heading.units.count {
      let cell = heading.units[column.number]
      if let unit = quantity.unit(cell.value) {
        voices.append(
          Voice(
            unit: unit,
            source: .init(
              en: "the row of units in \(cell.location.rowWords)",
              zh: "\(cell.location.rowWords)的单位")))
      }
    }
    if case .unit(let unit) = quantity.unit(inHead: heading.groups[column.number]) {
      voices.append(Voice(unit: unit, source: .init(en: "the head of its group", zh: "上级表头")))
    }
    for title in heading.titles {
      if let unit = quantity.unit(inTitle: title.value) {
        voices.append(
          Voice(
            unit: unit,
            source: .init(
              en: "the title in \(title.location.rowWords)",
              zh: "\(title.location.rowWords)的标题")))
      }
    }
    return voices
  }

  private func note(
    _ voice: Voice, _ property: TapeProperty, _ column: TapeColumn, _ heard: inout HeardUnits
  ) {
    var unit = HeardUnit(
      property: property.rawValue, column: column.printable, unit: voice.unit.words,
      source: voice.source)
    unit.isUsual = voice.unit == .yuan(power: 0) || voice.unit == .months(1)
    heard.units.append(unit)
  }

  private func overruled(
    _ column: TapeColumn, _ unit: ColumnUnit, _ voices: [Voice]
  ) -> LocalizedText {
    LocalizedText(
      en:
        "the key `units` has \(unit.words) for \(quoted(column.header)), but \(said(voices, column.header))",
      zh: "`units` 规定\(quoted(column.header))的单位为\(unit.words)，而\(said(voices, column.header))")
  }

  private func said(_ voices: [Voice], _ head: String) -> LocalizedText {
    guard voices.count > 0 else {
      return .init(en: "\(quoted(head)) names two units", zh: "\(quoted(head))写了两个单位")
    }
    let texts = voices.map {
      LocalizedText(en: "\($0.source) says \($0.unit.words)", zh: "\($0.source)为\($0.unit.words)")
    }
    return texts.joined()
  }

  private func report(
    _ property: TapeProperty, _ head: Written<String>, _ code: String, _ message: LocalizedText
  ) {
    problems.report(
      code, message.named(head.value),
      help: .init(
        en:
          "state the unit: `units: {\(property.rawValue): …}`; such as \(property.quantity?.examples ?? "…")",
        zh: "写明单位：`units: {\(property.rawValue): …}`，如 \(property.quantity?.examples ?? "…")"),
      at: head.location)
  }
}

extension ColumnUnit {
  /// This unit with what another says beside it; `nil` if they contradict each other.
  func joined(with other: ColumnUnit) -> ColumnUnit? {
    guard case .share(let mine) = self, case .share(let theirs) = other else {
      return self == other ? self : nil
    }
    if let power = mine.power, let rival = theirs.power, power != rival { return nil }
    if let times = mine.perYear, let rival = theirs.perYear, times != rival { return nil }
    return .share(
      ShareUnit(power: mine.power ?? theirs.power, perYear: mine.perYear ?? theirs.perYear))
  }

  /// The unit in words.
  var words: LocalizedText {
    switch self {
    case .yuan(let power): .init(same: Self.yuanNames[power] ?? "10^\(power) 元")
    case .days: .init(en: "days", zh: "天")
    case .months(1): .init(en: "months", zh: "月")
    case .months(3): .init(en: "quarters", zh: "季")
    case .months(12): .init(en: "years", zh: "年")
    case .months: .init(en: "half years", zh: "半年")
    case .share(let unit): unit.words
    case .foreign: .init(en: "another unit", zh: "其他单位")
    }
  }

  private static let yuanNames = [
    0: "元", 3: "千元", 4: "万元", 5: "十万元", 6: "百万元", 7: "千万元", 8: "亿元", 9: "十亿元", 10: "百亿元",
  ]
}

extension ShareUnit {
  fileprivate var words: LocalizedText {
    let sign = [1: "折", 2: "%", 3: "‰", 4: "‱"][power ?? 0] ?? ""
    switch perYear {
    case 12: return .init(en: "\(sign) a month", zh: "月\(sign)")
    case 360: return .init(en: "\(sign) a day", zh: "日\(sign)")
    case 1: return .init(en: "\(sign) a year", zh: "年\(sign)")
    default: return .init(same: sign)
    }
  }
}

extension TapeColumn {
  /// Its head as it stands, without signs that a terminal would obey.
  fileprivate var printable: String {
    String(
      header.map { sign in
        sign.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : sign
      })
  }
}

extension TapeMapping {
  /// Reads the units that the mapping states for its columns, and where the header stands.
  mutating func readUnits(_ section: inout Section) {
    headerRow = section.integerIfPresent("headerRow", in: 1...10_000)
    guard var given = section.sectionIfPresent("units") else { return }
    for property in kind.properties {
      guard let quantity = property.quantity else { continue }
      guard given.has(property.rawValue) else { continue }
      units[property] = given.valueIfPresent(property.rawValue, example: "万元") { text in
        guard let unit = quantity.unit(text), unit != .foreign else {
          return .failure(
            ScalarProblem(
              "unknown-unit",
              .init(
                en: "\(quoted(text)) is no unit of '\(property.rawValue)'",
                zh: "\(quoted(text))不是“\(property.rawValue)”的单位"),
              help: .init(en: "use one such as \(quantity.examples)", zh: "可用：\(quantity.examples)")
            ))
        }
        return .success(unit)
      }
      if columns[property] == nil {
        given.report(
          "unused-unit",
          .init(
            en: "'\(property.rawValue)' has a unit and no column",
            zh: "“\(property.rawValue)”有单位，却没有列"),
          help: .init(
            en: "add '\(property.rawValue)' under `columns`, or remove its unit",
            zh: "在 `columns` 下加“\(property.rawValue)”，或删去它的单位"))
      }
    }
    given.finish()
  }
}
