/// Bars that lie, a row each: a waterfall whose bars follow each other, or a tornado.
public struct RowChart: Sendable {
  /// A piece of a bar.
  public struct Piece: Sendable {
    /// Where it begins.
    public var from: Double
    /// Where it ends.
    public var to: Double
    /// Its colour and pattern, from 0; `nil` for that of a total.
    public var style: Int?

    /// Creates a piece.
    public init(from: Double, to: Double, style: Int?) {
      self.from = from
      self.to = to
      self.style = style
    }
  }

  /// A row.
  public struct Row: Sendable {
    /// What it is about.
    public var name: String
    /// Its bar.
    public var pieces: [Piece]
    /// The number with its precision, beside the bar.
    public var value: String
    /// Whether a thin line leads from its end to the next row.
    public var leadsOn: Bool
    /// What a pointer shows.
    public var reading: ChartReading

    /// Creates a row.
    public init(
      _ name: String, pieces: [Piece], value: String, leadsOn: Bool = false, reading: ChartReading
    ) {
      self.name = name
      self.pieces = pieces
      self.value = value
      self.leadsOn = leadsOn
      self.reading = reading
    }
  }

  /// Its name and description.
  public var caption: ChartCaption
  /// The axis of the amounts.
  public var axis: ChartAxis
  /// The rows, from the top.
  public var rows: [Row]
  /// Where a line crosses all rows; none if `nil`.
  public var reference: Double?
  /// Whether the pieces of a bar lie under each other, so that none hides another.
  public var splitsBars = false
  /// What the colours of pieces mean; none where the rows' names tell.
  public var legend: [(name: String, style: Int)] = []

  /// Creates a chart.
  public init(_ caption: ChartCaption, axis: ChartAxis, rows: [Row], reference: Double? = nil) {
    self.caption = caption
    self.axis = axis
    self.rows = rows
    self.reference = reference
  }

  /// A waterfall: each step begins where the last one ended; the total closes it.
  public static func waterfall(
    _ caption: ChartCaption, axisTitle: String,
    steps: [(name: String, style: Int, amount: Double, value: String, reading: ChartReading)],
    total: (name: String, value: String, reading: ChartReading)
  ) -> RowChart {
    var end = 0.0
    var ends = [0.0]
    var rows = steps.map { step in
      let start = end
      end += step.amount
      ends.append(end)
      return Row(
        step.name, pieces: [Piece(from: start, to: end, style: step.style)], value: step.value,
        leadsOn: true, reading: step.reading)
    }
    rows.append(
      Row(
        total.name, pieces: [Piece(from: 0, to: end, style: nil)], value: total.value,
        reading: total.reading))
    let axis = ChartAxis(axisTitle, from: ends.min() ?? 0, to: ends.max() ?? 0)
    return RowChart(caption, axis: axis, rows: rows)
  }

  private static let rowHeight = 30.0
  private static let stackedHeight = 44.0

  /// The picture; its height follows from its rows.
  public func svg(_ size: ChartSize) -> String {
    let font = SVGCanvas.fontSize
    // On a telephone, names stand above their bars.
    let isStacked = size.width < 450
    let rowHeight = isStacked ? Self.stackedHeight : Self.rowHeight
    let labels = rows.map { TextWidth.of($0.name, size: font) }.max() ?? 0
    let values = rows.map { TextWidth.of($0.value, size: font) }.max() ?? 0
    let left = isStacked ? 2 : min(labels + 14, size.width * 0.34)
    let right = size.width - (isStacked ? 14 : values + 16)
    let ends = axis.resolved(parts: isStacked ? 4 : 8)
    let scale = Scale(domain: (ends.low, ends.high), range: (left, right))
    let names = Legend(
      legend.map { (.area("fill s\($0.style)"), $0.name) }, width: size.width)
    let first = 8 + names.height
    let bottom = first + Double(rows.count) * rowHeight
    var canvas = SVGCanvas(width: size.width)
    names.draw(on: &canvas)
    for tick in PlotFrame.thinned(ends.ticks, scale: scale) {
      canvas.line("grid", from: (scale(tick.value), first - 4), to: (scale(tick.value), bottom))
      let half = TextWidth.of(tick.label, size: font) / 2
      let place = min(max(scale(tick.value), half), size.width - half)
      canvas.label("mid", tick.label, at: (place, bottom + 16))
    }
    if !axis.title.isEmpty {
      let title = TextWidth.cut(axis.title, to: size.width - 4, size: font)
      let end = max(right, TextWidth.of(title, size: font))
      canvas.label("soft end", title, at: (end, bottom + 34))
    }
    for index in rows.indices {
      let top = first + Double(index) * rowHeight
      draw(index, at: (top, isStacked), scale: scale, width: (left, size.width), on: &canvas)
    }
    if let reference {
      canvas.line("mark", from: (scale(reference), first - 4), to: (scale(reference), bottom))
    }
    let height = bottom + (axis.title.isEmpty ? 24 : 42)
    for (index, row) in rows.enumerated() {
      let top = first + Double(index) * rowHeight
      let area = Box(x: 0, y: top, width: size.width, height: rowHeight)
      let card = 30 + Double(row.reading.rows.count) * 17
      let y = top + rowHeight + card < height ? top + rowHeight : top - card
      canvas.hover(row.reading, over: area, anchor: (size.width * 0.4, y)) {
        $0.rectangle("glow", area)
      }
    }
    return canvas.picture(caption, height: height)
  }

  private func draw(
    _ index: Int, at place: (top: Double, isStacked: Bool), scale: Scale,
    width: (left: Double, whole: Double), on canvas: inout SVGCanvas
  ) {
    let row = rows[index]
    let font = SVGCanvas.fontSize
    let barTop = place.top + (place.isStacked ? 19 : 4)
    let barHeight = place.isStacked ? 17.0 : 20
    let slice = splitsBars ? barHeight / Double(max(1, row.pieces.count)) : barHeight
    for (place, piece) in row.pieces.enumerated() {
      let edges = [scale(piece.from), scale(piece.to)].sorted()
      canvas.rectangle(
        piece.style.map { "fill s\($0)" } ?? "fill total",
        Box(
          x: edges[0], y: barTop + (splitsBars ? Double(place) * slice : 0),
          width: max(1, edges[1] - edges[0]), height: slice))
    }
    if row.leadsOn, let end = row.pieces.last?.to, index + 1 < rows.count {
      let height = place.isStacked ? Self.stackedHeight : Self.rowHeight
      canvas.line(
        "lead", from: (scale(end), barTop + barHeight), to: (scale(end), barTop + height))
    }
    if place.isStacked {
      let room = width.whole - TextWidth.of(row.value, size: font) - 14
      canvas.label("", TextWidth.cut(row.name, to: room, size: font), at: (2, place.top + 14))
      canvas.label("end", row.value, at: (width.whole - 2, place.top + 14))
    } else {
      let name = TextWidth.cut(row.name, to: width.left - 12, size: font)
      canvas.label("end", name, at: (width.left - 8, barTop + 14))
      canvas.label("end", row.value, at: (width.whole - 4, barTop + 14))
    }
  }
}
