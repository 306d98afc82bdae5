/// A colour of a chart, with the dashes that say the same again.
///
/// Charts know no meanings; who draws keeps one tone for one meaning across all charts of a page,
/// and of all pages.
public enum ChartTone: Sendable, Hashable {
  /// One of several things side by side, from 0: a vivid colour and dashes of its own.
  case series(Int)
  /// One of the parts of a whole, from 0: a muted colour, which no series has.
  case part(Int)
  /// A step on the way from light to dark, from 0: a grey with dashes of its own.
  case shade(Int)
  /// The one thing that a chart is about.
  case plain
  /// A sum.
  case total
  /// What was observed, and marks: the colour of text.
  case ink

  /// How many series have a tone of their own; further ones begin anew.
  public static let seriesCount = 6
  /// How many parts have.
  public static let partCount = 6
  /// How many shades there are.
  public static let shadeCount = 4

  /// The class that the style sheet knows.
  var name: String {
    switch self {
    case .series(let index): "s\(index % Self.seriesCount)"
    case .part(let index): "p\(index % Self.partCount)"
    case .shade(let index): "t\(index % Self.shadeCount)"
    case .plain: "plain"
    case .total: "total"
    case .ink: "ink"
    }
  }
}
