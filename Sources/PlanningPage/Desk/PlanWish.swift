import DocumentReading
public import FundCore
public import ReportForm

/// What the page asks for: where the controls stand, and what is to be done with that.
public struct PlanWish: Sendable, Hashable {
  /// What becomes of the pinned variant.
  public enum Pin: String, Sendable {
    /// Nothing.
    case keep = ""
    /// This variant takes its place.
    case set
    /// It is taken off.
    case clear
  }

  /// The number by which the page knows the answer.
  public var number: Int64
  /// The controls that were moved, and where they stand.
  public var moved: [String: String]
  /// What becomes of the pinned variant.
  public var pin: Pin
  /// The page that asks, by a name that it gave itself: what one pins is not shown on another.
  public var page = ""
  /// Which controls the page has.
  public var signature: String
  /// The language of the page.
  public var language: Language
  /// How wide its window is.
  public var width: ChartWidth
  /// The name of a file to save.
  public var name: String

  /// Creates a wish.
  public init(
    number: Int64 = 0, moved: [String: String] = [:], pin: Pin = .keep, signature: String = "",
    language: Language = .english, width: ChartWidth = .wide, name: String = ""
  ) {
    (self.number, self.moved, self.pin, self.signature) = (number, moved, pin, signature)
    (self.language, self.width, self.name) = (language, width, name)
  }

  /// The most controls that can be moved.
  static let mostMoved = 1_000

  /// Reads a wish; `nil` if the bytes are none.
  public init?(parsing bytes: [UInt8]) {
    guard case .object(let members)? = JSONNode(parsing: bytes) else { return nil }
    func text(_ key: String) -> String {
      if case .text(let text)? = members.first(where: { $0.key == key })?.value { text } else { "" }
    }
    guard let pin = Pin(rawValue: text("pin")), let language = Language(rawValue: text("language")),
      let width = ChartWidth(rawValue: text("width")),
      case .object(let places)? = members.first(where: { $0.key == "moved" })?.value,
      places.count <= Self.mostMoved
    else { return nil }
    var moved: [String: String] = [:]
    for place in places {
      guard case .text(let value) = place.value, value.utf8.count <= 200 else { return nil }
      moved[place.key] = value
    }
    var number: Int64 = 0
    if case .integer(let written)? = members.first(where: { $0.key == "number" })?.value {
      number = written
    }
    self.init(
      number: number, moved: moved, pin: pin, signature: text("signature"), language: language,
      width: width, name: text("name"))
    page = String(text("page").prefix(40))
  }
}
