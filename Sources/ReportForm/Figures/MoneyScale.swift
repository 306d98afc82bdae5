public import FundCore

/// A unit of money of a language.
public struct MoneyUnit: Sendable, Hashable {
  /// How many yuan it is.
  public let yuan: Double
  /// Its name.
  public let name: String

  /// The units of a language, from the smallest to the largest.
  public static func all(in language: Language) -> [MoneyUnit] {
    switch language {
    case .english:
      [
        MoneyUnit(yuan: 1, name: "yuan"), MoneyUnit(yuan: 1e3, name: "thousand yuan"),
        MoneyUnit(yuan: 1e6, name: "million yuan"), MoneyUnit(yuan: 1e9, name: "billion yuan"),
      ]
    case .chinese:
      [
        MoneyUnit(yuan: 1, name: "元"), MoneyUnit(yuan: 1e4, name: "万元"),
        MoneyUnit(yuan: 1e8, name: "亿元"),
      ]
    }
  }
}

/// How large the amounts of a report are: from this each language chooses one unit for all of them.
public struct MoneyScale: Sendable, Hashable {
  /// The largest amount, in yuan.
  public let yuan: Double

  /// The scale of amounts up to this one.
  public init(_ yuan: Double) { self.yuan = yuan }

  /// The largest unit of a language of which the amount has at least one.
  public func unit(in language: Language) -> MoneyUnit {
    let units = MoneyUnit.all(in: language)
    return units.last { abs(yuan) >= $0.yuan } ?? units[0]
  }

  /// The unit's name, for headings.
  public var name: LocalizedText { LocalizedText { unit(in: $0).name } }

  /// A figure within a sentence, an amount without its unit's name.
  public func text(_ figure: Figure) -> LocalizedText {
    LocalizedText { FigureWords(language: $0, money: self).text(figure) }
  }

  /// A figure within a sentence, an amount with its unit's name.
  public func named(_ figure: Figure) -> LocalizedText {
    guard figure.unit == .yuan else { return text(figure) }
    let text = text(figure)
    return LocalizedText(en: "\(text) \(name)", zh: "\(text)\(name)")
  }

  /// A cell within a sentence, as a table shows it.
  public func text(_ cell: ReportCell) -> LocalizedText {
    LocalizedText { CellText(language: $0, money: self).text(cell) }
  }

  /// An exact amount, without its unit's name.
  public func text(_ amount: Money) -> LocalizedText {
    LocalizedText { NumberFormat.trimmed(amount.yuan / unit(in: $0).yuan, decimals: 4) }
  }

  /// An exact amount in the unit that suits it alone, with the unit's name.
  public static func best(_ amount: Money, decimals: Int = 3) -> LocalizedText {
    let scale = MoneyScale(amount.yuan)
    let text = LocalizedText {
      NumberFormat.trimmed(amount.yuan / scale.unit(in: $0).yuan, decimals: decimals)
    }
    return LocalizedText(en: "\(text) \(scale.name)", zh: "\(text)\(scale.name)")
  }
}

extension MoneyScale {
  /// An amount of which three digits are wanted, with the unit's name: for sentences.
  public func about(_ yuan: Double) -> LocalizedText {
    let text = LocalizedText {
      NumberFormat.significant(yuan / unit(in: $0).yuan, digits: 3)
    }
    return LocalizedText(en: "\(text) \(name)", zh: "\(text)\(name)")
  }
}
