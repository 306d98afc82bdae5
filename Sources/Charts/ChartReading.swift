/// What a pointer upon a place of a chart shows: a heading, and lines of label and value.
public struct ChartReading: Sendable, Hashable {
  /// One line.
  public struct Row: Sendable, Hashable {
    /// What is told; may be empty.
    public var label: String
    /// The value with its precision.
    public var value: String

    /// Creates a line.
    public init(_ label: String, _ value: String) {
      self.label = label
      self.value = value
    }
  }

  /// The heading.
  public var heading: String
  /// The lines.
  public var rows: [Row]

  /// Creates a reading.
  public init(_ heading: String, _ rows: [Row]) {
    self.heading = heading
    self.rows = rows
  }

  /// All of it as one text, without marks, which languages have of their own: a line for the heading and
  /// one for each row.
  var plainText: String {
    let lines = rows.map { $0.label.isEmpty ? $0.value : "\($0.label) \($0.value)" }
    return ([heading] + lines).joined(separator: "\n")
  }
}

extension SVGCanvas {
  /// A place that shows a reading while the pointer is upon it; no script is needed.
  ///
  /// Drawn after everything else, so that nothing lies over the reading.
  ///
  /// - Parameters:
  ///   - reading: What is shown.
  ///   - area: Where the pointer has to be.
  ///   - anchor: What the reading stands beside.
  ///   - marks: Draws what else appears.
  mutating func hover(
    _ reading: ChartReading, over area: Box, anchor: (x: Double, y: Double),
    marks: (inout SVGCanvas) -> Void = { _ in }
  ) {
    open("h")
    rectangle("hit", area, title: reading.plainText)
    open("tip")
    marks(&self)
    card(reading, beside: anchor)
    close()
    close()
  }

  private mutating func card(_ reading: ChartReading, beside anchor: (x: Double, y: Double)) {
    let size = Self.fontSize
    let labelWidth = reading.rows.map { TextWidth.of($0.label, size: size) }.max() ?? 0
    let valueWidth = reading.rows.map { TextWidth.of($0.value, size: size) }.max() ?? 0
    let gap = labelWidth > 0 ? 12.0 : 0
    let inner = max(
      labelWidth + gap + valueWidth, TextWidth.of(reading.heading, size: size) * 1.06)
    let cardWidth = min(inner + 20, width - 4)
    let cardHeight = 27 + Double(reading.rows.count) * 17
    var x = anchor.x + 12
    if x + cardWidth > width - 2 { x = anchor.x - 12 - cardWidth }
    x = min(max(x, 2), width - cardWidth - 2)
    let y = max(anchor.y, 2)
    rectangle("card", Box(x: x, y: y, width: cardWidth, height: cardHeight))
    label("strong", reading.heading, at: (x + 10, y + 17))
    for (index, row) in reading.rows.enumerated() {
      let line = y + 35 + Double(index) * 17
      if !row.label.isEmpty { label("", row.label, at: (x + 10, line)) }
      label("end", row.value, at: (x + cardWidth - 10, line))
    }
  }
}
