public import FundCore

/// One input on which an answer rests, as it was read and checked: typed, so that a report can say it in
/// words, and a program can count with it.
public struct InputFact: Sendable, Hashable, Codable {
  /// The part of a scenario that an input concerns.
  public enum Block: Sendable, Hashable, Codable {
    /// The run: its months, trials and seed.
    case run
    /// The loans.
    case portfolio
    /// How loans default, and what is recovered.
    case model
    /// One fund, by its position in the scenario.
    case fund(Int)

    /// The block's name in files: `portfolio`.
    public var name: String {
      switch self {
      case .run: "run"
      case .portfolio: "portfolio"
      case .model: "model"
      case .fund: "fund"
      }
    }

    /// The position of the fund; `nil` for what concerns all of them.
    public var fund: Int? {
      guard case .fund(let position) = self else { return nil }
      return position
    }
  }

  /// The path of its key in a scenario file, without the numbers of lists: `funds[].initial`. Facts that
  /// come from the loans themselves stand under `portfolio.loans`.
  public let key: String
  /// What it concerns.
  public let block: Block
  /// What it is.
  public let value: InputValue

  /// Creates a fact.
  ///
  /// - Parameters:
  ///   - key: The path of its key in a scenario file.
  ///   - block: What it concerns.
  ///   - value: What it is.
  public init(_ key: String, of block: Block, _ value: InputValue) {
    self.key = key
    self.block = block
    self.value = value
  }
}

/// The value of an input, with its kind.
public indirect enum InputValue: Sendable, Hashable, Codable {
  /// An exact amount.
  case money(Money)
  /// An exact proportion.
  case ratio(Ratio)
  /// A probability or another proportion that only statistics use: the shortest digits that give it back.
  case proportion(digits: String)
  /// A number without a unit: the shortest digits that give it back.
  case number(digits: String)
  /// How many.
  case count(Int)
  /// A time in months.
  case months(Int)
  /// A month of the calendar.
  case month(CivilMonth)
  /// Words: a choice, a name, a column.
  case words(LocalizedText)
  /// From one value to another, both included.
  case range(InputValue, InputValue)
  /// Several values, each with what it belongs to.
  case items([InputItem])

  /// The same word in every language.
  public static func word(_ text: String) -> InputValue { .words(LocalizedText(same: text)) }
}

/// One of several values of an input.
public struct InputItem: Sendable, Hashable, Codable {
  /// What it belongs to: a bank, a grade, a month.
  public let name: LocalizedText
  /// The value.
  public let value: InputValue
  /// How many loans it concerns; `nil` where they are not counted.
  public let loans: Int?

  /// Creates an item.
  public init(_ name: LocalizedText, _ value: InputValue, loans: Int? = nil) {
    self.name = name
    self.value = value
    self.loans = loans
  }

  /// Creates an item whose name reads the same in every language.
  public init(_ name: String, _ value: InputValue, loans: Int? = nil) {
    self.init(LocalizedText(same: name), value, loans: loans)
  }
}
