/// Numbers in a grid, darker where they are larger.
public struct HeatMap: Sendable {
  /// A field of the grid.
  public struct Cell: Sendable {
    /// How dark it is, from 0 to 1.
    public var strength: Double
    /// The number in it.
    public var text: String
    /// What a pointer shows.
    public var reading: ChartReading

    /// Creates a field.
    public init(strength: Double, text: String, reading: ChartReading) {
      self.strength = strength
      self.text = text
      self.reading = reading
    }
  }

  /// Its name and description.
  public var caption: ChartCaption
  /// What the columns and the rows are; empty where their heads tell.
  public var axes: (x: String, y: String)
  /// The heads of the columns.
  public var columns: [String]
  /// The rows: a name, and a field a column.
  public var rows: [(name: String, cells: [Cell])]

  /// Creates a chart.
  public init(
    _ caption: ChartCaption, axes: (x: String, y: String) = ("", ""), columns: [String],
    rows: [(name: String, cells: [Cell])]
  ) {
    self.caption = caption
    self.axes = axes
    self.columns = columns
    self.rows = rows
  }

  private static let rowHeight = 28.0
  private static let steps = 8

  /// The picture; its height follows from its rows.
  public func svg(_ size: ChartSize) -> String {
    var canvas = SVGCanvas(width: size.width)
    let font = SVGCanvas.fontSize
    let longest = rows.map { TextWidth.of($0.name, size: font) }.max() ?? 0
    let left = min(longest + 12, size.width * 0.34)
    let cellWidth = (size.width - left) / Double(max(1, columns.count))
    let scale = Scale(domain: (0, Double(columns.count)), range: (left, size.width))
    let heads = columns.enumerated().map { ChartTick(Double($0.offset) + 0.5, $0.element) }
    let named = [axes.y.isEmpty ? "" : axes.y + " ↓", axes.x.isEmpty ? "" : axes.x + " →"]
      .filter { !$0.isEmpty }.joined(separator: "   ")
    let first = named.isEmpty ? 22.0 : 40
    if !named.isEmpty {
      canvas.label("soft", TextWidth.cut(named, to: size.width - 4, size: font), at: (0, 14))
    }
    for head in PlotFrame.thinned(heads, scale: scale) {
      canvas.label("mid soft", head.label, at: (scale(head.value), first - 8))
    }
    for (index, row) in rows.enumerated() {
      let top = first + Double(index) * Self.rowHeight
      let name = TextWidth.cut(row.name, to: left - 10, size: font)
      canvas.label("end", name, at: (left - 8, top + 18))
      for (column, cell) in row.cells.enumerated() {
        let box = Box(
          x: left + Double(column) * cellWidth, y: top, width: cellWidth - 1.5,
          height: Self.rowHeight - 1.5)
        // Nothing at all is the surface itself; anything more is at least the first step.
        let step =
          cell.strength > 0
          ? 1 + Int((min(1, cell.strength) * Double(Self.steps - 1)).rounded(.down)) : 0
        canvas.rectangle("cell q\(step)", box)
        if TextWidth.of(cell.text, size: 11) < cellWidth - 2 {
          canvas.label("mid in q\(step)", cell.text, at: (box.x + box.width / 2, top + 17.5))
        }
      }
    }
    let height = first + 2 + Double(rows.count) * Self.rowHeight
    for (index, row) in rows.enumerated() {
      let top = first + Double(index) * Self.rowHeight
      for (column, cell) in row.cells.enumerated() {
        let box = Box(
          x: left + Double(column) * cellWidth, y: top, width: cellWidth, height: Self.rowHeight)
        let card = 30 + Double(cell.reading.rows.count) * 17
        let below = top + Self.rowHeight + 2
        let y = below + card < height ? below : top - card
        canvas.hover(cell.reading, over: box, anchor: (box.x + cellWidth / 2, y)) {
          $0.rectangle("frame", box)
        }
      }
    }
    return canvas.picture(caption, height: height)
  }
}
