public import FundCore
public import LossStatistics

/// A table: the first column holds labels, the others what is told of them.
public struct FigureTable: Sendable {
  /// A short name in ASCII letters, `-` between words: that of its CSV file.
  public var name: String
  /// The heads of the columns; a face breaks long ones.
  public var heads: [LocalizedText]
  /// The cells, shape `[rows][heads]`.
  public var rows: [[ReportCell]]
  /// How wide the columns of texts are on a terminal of a hundred columns, 0 for a column of figures.
  /// Texts stand left and are broken into lines. `nil` for a table of figures, whose labels alone may
  /// be long.
  public var textWidths: [Int]?

  /// Further columns that files alone have: numbers that a text tells in its words.
  public var fileColumns: [FileColumn] = []

  /// A column of a file.
  public struct FileColumn: Sendable {
    /// Its head.
    public let head: LocalizedText
    /// Its cells, none behind the last.
    public let cells: [ReportCell]

    /// Creates a column.
    public init(_ head: LocalizedText, _ cells: [ReportCell]) {
      (self.head, self.cells) = (head, cells)
    }
  }

  /// A table.
  public init(_ name: String, heads: [LocalizedText], rows: [[ReportCell]] = []) {
    self.name = name
    self.heads = heads
    self.rows = rows
  }
}

/// A cell of a table. There is no form for an estimate without its precision.
public enum ReportCell: Sendable, Hashable {
  /// Words of the program.
  case words(LocalizedText)
  /// A name out of a file.
  case name(String)
  /// An exact amount, in the report's unit of money.
  case amount(Money)
  /// An exact amount in yuan, to the fen, whatever the report's unit of money: that of a ledger.
  case exact(Money)
  /// An estimate with its precision.
  case figure(Figure)
  /// A whole number that is known.
  case count(Int)
  /// A number that is known, with so many decimals at most.
  case number(Double, decimals: Int)
  /// A mean of which the sum alone was recorded: three digits, no error.
  case rough(Double, Figure.Unit)
  /// A number about zero that is known, with its sign and so many decimals.
  case signed(Double, decimals: Int)
  /// A share that is known, 0 to 1, shown in per cent.
  case percent(Double)
  /// A level of a quantile or of a tail.
  case level(Level)
  /// A month.
  case month(CivilMonth)
  /// A day.
  case date(CivilDate)
  /// Several cells shown as one, with a stroke between them.
  case ratio(part: Figure, whole: Figure)
  /// A variant that the rules do not allow, with the reason.
  case notAllowed(LocalizedText)
  /// Nothing.
  case none

  /// A probability with its interval.
  public static func probability(_ proportion: Proportion) -> ReportCell {
    .figure(Figure(proportion))
  }

  /// A mean of amounts in yuan.
  public static func mean(_ estimate: Estimate) -> ReportCell {
    .figure(Figure(estimate, in: .yuan))
  }

  /// The figures that it shows.
  public var figures: [Figure] {
    switch self {
    case .figure(let figure): [figure]
    case .ratio(let part, let whole): [part, whole]
    default: []
    }
  }
}
