/// What a chart is called, for those who see it and those who hear it.
public struct ChartCaption: Sendable, Hashable {
  /// A name for links within the page: letters, digits and hyphens, once a page.
  public var id: String
  /// The title.
  public var title: String
  /// What it shows, in a sentence or two.
  public var description: String

  /// Creates a caption.
  public init(id: String, title: String, description: String) {
    self.id = id
    self.title = title
    self.description = description
  }
}

/// The room that a chart has, in pixels.
public struct ChartSize: Sendable, Hashable {
  /// The width.
  public var width: Double
  /// The height; charts of rows take what they need.
  public var height: Double

  /// Creates a size.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// On a screen or on paper.
  public static let wide = ChartSize(width: 720, height: 340)
  /// On a telephone.
  public static let narrow = ChartSize(width: 350, height: 290)
}

/// Gathers the elements of a picture.
struct SVGCanvas {
  /// The size of labels.
  static let fontSize = 12.0

  let width: Double
  private(set) var text = ""

  init(width: Double) { self.width = width }

  /// The finished picture.
  func picture(_ caption: ChartCaption, height: Double) -> String {
    let id = escapedForMarkup(caption.id)
    return "<svg class=\"chart\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
      + " role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">"
      + "<title id=\"\(id)-t\">\(escapedForMarkup(caption.title))</title>"
      + "<desc id=\"\(id)-d\">\(escapedForMarkup(caption.description))</desc>"
      + text + "</svg>"
  }

  /// A coordinate to a tenth of a pixel.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let rest = tenths.magnitude % 10
    return sign + "\(tenths.magnitude / 10)" + (rest == 0 ? "" : ".\(rest)")
  }

  mutating func open(_ classes: String) { text += "<g class=\"\(classes)\">" }
  mutating func close() { text += "</g>" }

  mutating func line(_ classes: String, from: (x: Double, y: Double), to: (x: Double, y: Double)) {
    text +=
      "<line class=\"\(classes)\" x1=\"\(Self.number(from.x))\" y1=\"\(Self.number(from.y))\""
      + " x2=\"\(Self.number(to.x))\" y2=\"\(Self.number(to.y))\"/>"
  }

  /// A rectangle, with what a pointer upon it shows.
  mutating func rectangle(_ classes: String, _ box: Box, title: String = "") {
    text +=
      "<rect class=\"\(classes)\" x=\"\(Self.number(box.x))\" y=\"\(Self.number(box.y))\""
      + " width=\"\(Self.number(box.width))\" height=\"\(Self.number(box.height))\""
    text += title.isEmpty ? "/>" : "><title>\(escapedForMarkup(title))</title></rect>"
  }

  mutating func path(_ classes: String, _ points: [(x: Double, y: Double)], isClosed: Bool = false)
  {
    guard let first = points.first else { return }
    text += "<path class=\"\(classes)\" d=\"M\(Self.number(first.x)) \(Self.number(first.y))"
    for point in points.dropFirst() {
      text += "L\(Self.number(point.x)) \(Self.number(point.y))"
    }
    text += isClosed ? "Z\"/>" : "\"/>"
  }

  mutating func dot(_ classes: String, at point: (x: Double, y: Double), radius: Double) {
    text +=
      "<circle class=\"\(classes)\" cx=\"\(Self.number(point.x))\" cy=\"\(Self.number(point.y))\""
      + " r=\"\(Self.number(radius))\"/>"
  }

  /// A label: its classes name where it begins (`end`, `mid`, or the start).
  mutating func label(_ classes: String, _ words: String, at point: (x: Double, y: Double)) {
    text +=
      "<text class=\"\(classes)\" x=\"\(Self.number(point.x))\" y=\"\(Self.number(point.y))\">"
      + escapedForMarkup(words) + "</text>"
  }
}

/// A rectangle in pixels.
struct Box: Hashable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double
}
