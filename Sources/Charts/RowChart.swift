/// Bars that lie, a row each: a waterfall whose bars follow each other, or a tornado.
public struct RowChart: Sendable {
  /// A piece of a bar.
  public struct Piece: Sendable {
    /// Where it begins.
    public var from: Double
    /// Where it ends.
    public var to: Double
    /// Its colour.
    public var tone: ChartTone

    /// Creates a piece.
    public init(from: Double, to: Double, tone: ChartTone) {
      self.from = from
      self.to = to
      self.tone = tone
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
  /// What the colours of pieces mean, several where they share a meaning; none where the rows' names
  /// tell.
  public var legend: [(name: String, tones: [ChartTone])] = []

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
    steps: [(name: String, tone: ChartTone, amount: Double, value: String, reading: ChartReading)],
    total: (name: String, value: String, reading: ChartReading)
  ) -> RowChart {
    var end = 0.0
    var ends = [0.0]
    var rows = steps.map { step in
      let start = end
      end += step.amount
      ends.append(end)
      return Row(
        step.name, pieces: [Piece(from: start, to: end, tone: step.tone)], value: step.value,
        leadsOn: true, reading: step.reading)
    }
    rows.append(
      Row(
        total.name, pieces: [Piece(from: 0, to: end, tone: .total)], value: total.value,
        reading: total.reading))
    let axis = ChartAxis(axisTitle, from: ends.min() ?? 0, to: ends.max() ?? 0)
    return RowChart(caption, axis: axis, rows: rows)
  }

  /// The picture; its height follows from its rows.
  public func svg(_ size: ChartSize) -> String {
    let font = SVGCanvas.fontSize
    let names = Legend(
      legend.map { item in
        let classes = item.tones.map { "fill \($0.name)" }
        return (classes.count == 1 ? .area(classes[0]) : .areas(classes), item.name)
      }, width: size.width)
    let layout = RowLayout(rows, width: size.width, top: 8 + names.height)
    let ends = axis.resolved(parts: layout.isStacked ? 4 : 8)
    let scale = Scale(domain: (ends.low, ends.high), range: (layout.left, layout.right))
    var canvas = SVGCanvas(width: size.width)
    names.draw(on: &canvas)
    let ticks = PlotFrame.thinned(ends.ticks, scale: scale, width: size.width)
    for tick in ticks {
      layout.upright("grid", at: scale(tick.value), on: &canvas)
      let middle = PlotFrame.middle(of: tick, scale: scale, width: size.width)
      canvas.label("mid", tick.label, at: (middle, layout.bottom + 16))
    }
    let title =
      axis.title.isEmpty
      ? [] : TextWidth.wrapped(axis.title, to: size.width - 4, size: font, lines: 2)
    for (number, line) in title.enumerated() {
      let end = max(layout.right, TextWidth.of(line, size: font))
      canvas.label("soft end", line, at: (end, layout.bottom + 34 + 16 * Double(number)))
    }
    for index in rows.indices { draw(index, in: layout, scale: scale, on: &canvas) }
    if let reference { layout.upright("mark", at: scale(reference), on: &canvas) }
    let height = layout.bottom + 22 + (title.isEmpty ? 0 : 2) + 16 * Double(title.count)
    for (row, place) in zip(rows, layout.places) {
      let area = Box(x: 0, y: place.top, width: size.width, height: place.height)
      let card = 30 + Double(row.reading.rows.count) * 17
      let below = place.top + place.height
      let y = below + card < height ? below : place.top - card
      canvas.hover(row.reading, over: area, anchor: (size.width * 0.4, y)) {
        $0.rectangle("glow", area)
      }
    }
    return canvas.picture(caption, height: height)
  }

  private func draw(
    _ index: Int, in layout: RowLayout, scale: Scale, on canvas: inout SVGCanvas
  ) {
    let row = rows[index]
    let place = layout.places[index]
    let slice = splitsBars ? place.bar.height / Double(max(1, row.pieces.count)) : place.bar.height
    for (number, piece) in row.pieces.enumerated() {
      let edges = [scale(piece.from), scale(piece.to)].sorted()
      canvas.rectangle(
        "fill \(piece.tone.name)",
        Box(
          x: edges[0], y: place.bar.top + (splitsBars ? Double(number) * slice : 0),
          width: max(1, edges[1] - edges[0]), height: slice))
    }
    if row.leadsOn, let end = row.pieces.last?.to, index + 1 < rows.count {
      // To the next bar, or to its name.
      canvas.line(
        "lead", from: (scale(end), place.bar.top + place.bar.height),
        to: (
          scale(end), layout.isStacked ? place.top + place.height : layout.places[index + 1].bar.top
        ))
    }
    for (number, line) in place.name.enumerated() {
      let y = layout.isStacked ? place.top + 14 + Double(number) * 15 : place.bar.top + 14
      canvas.label(
        layout.isStacked ? "" : "end", line, at: (layout.isStacked ? 2 : layout.left - 8, y))
    }
    canvas.label("end", row.value, at: (layout.width - 4, place.valueLine))
  }
}
