/// Lines over a common axis, each with its band: survival, quantiles, sizes.
public struct LineChart: Sendable {
  /// A line, perhaps within a band.
  public struct Line: Sendable {
    /// Its name in the legend.
    public var name: String
    /// Its colour and dashes, from 0.
    public var style: Int
    /// Its points.
    public var points: [(x: Double, y: Double)]

    /// Creates a line.
    public init(_ name: String, style: Int, points: [(x: Double, y: Double)]) {
      self.name = name
      self.style = style
      self.points = points
    }
  }

  /// An area between two lines.
  public struct Band: Sendable {
    /// Its name in the legend; none if empty.
    public var name: String
    /// Its colour, from 0.
    public var style: Int
    /// How strong it is, from 1 to 3.
    public var strength: Int
    /// Its edges.
    public var points: [(x: Double, low: Double, high: Double)]

    /// Creates a band.
    public init(
      _ name: String = "", style: Int, strength: Int = 1,
      points: [(x: Double, low: Double, high: Double)]
    ) {
      self.name = name
      self.style = style
      self.strength = strength
      self.points = points
    }
  }

  /// A mark at a place of the horizontal axis.
  public struct Guide: Sendable {
    /// Where.
    public var x: Double
    /// What stands beside it.
    public var label: String
    /// Its colour, from 0; that of text if `nil`.
    public var style: Int?

    /// Creates a mark.
    public init(x: Double, label: String, style: Int? = nil) {
      self.x = x
      self.label = label
      self.style = style
    }
  }

  /// Its name and description.
  public var caption: ChartCaption
  /// The axes.
  public var axes: (x: ChartAxis, y: ChartAxis)
  /// Areas, drawn first.
  public var bands: [Band] = []
  /// Lines.
  public var lines: [Line] = []
  /// Marks.
  public var guides: [Guide] = []
  /// What a pointer shows, by place.
  public var readings: [(x: Double, reading: ChartReading)] = []

  /// Creates a chart without data.
  public init(_ caption: ChartCaption, x: ChartAxis, y: ChartAxis) {
    self.caption = caption
    axes = (x, y)
  }

  /// The picture.
  public func svg(_ size: ChartSize) -> String {
    let legend =
      lines.filter { !$0.name.isEmpty }.map { (Legend.Sign.line($0.style), $0.name) }
      + bands.filter { !$0.name.isEmpty }.map {
        (Legend.Sign.area("band s\($0.style) k\($0.strength)"), $0.name)
      }
    let frame = PlotFrame(size: size, axes: axes, legend: legend)
    var canvas = SVGCanvas(width: size.width)
    frame.draw(on: &canvas)
    for band in bands {
      let upper = band.points.map { (frame.x($0.x), frame.y($0.high)) }
      let lower = band.points.reversed().map { (frame.x($0.x), frame.y($0.low)) }
      canvas.path("band s\(band.style) k\(band.strength)", upper + lower, isClosed: true)
    }
    for line in lines {
      canvas.path("line s\(line.style)", line.points.map { (frame.x($0.x), frame.y($0.y)) })
    }
    // Curves that rise leave room below them.
    GuideLabels(guides, frame: frame).draw(on: &canvas, isAtBottom: true)
    drawReadings(in: frame, on: &canvas)
    return canvas.picture(caption, height: size.height)
  }

  /// A strip of the plot for each reading, half way to its neighbours.
  private func drawReadings(in frame: PlotFrame, on canvas: inout SVGCanvas) {
    let places = readings.map { frame.x($0.x) }
    let plot = frame.plot
    for (index, item) in readings.enumerated() {
      let place = places[index]
      let left = index == 0 ? plot.x : (places[index - 1] + place) / 2
      let right =
        index + 1 == places.count ? plot.x + plot.width : (place + places[index + 1]) / 2
      let area = Box(x: left, y: plot.y, width: max(0, right - left), height: plot.height)
      canvas.hover(item.reading, over: area, anchor: (place, plot.y)) { canvas in
        canvas.line("guide", from: (place, plot.y), to: (place, plot.y + plot.height))
        for line in lines {
          guard let point = line.points.first(where: { $0.x == item.x }) else { continue }
          canvas.dot("dot s\(line.style)", at: (place, frame.y(point.y)), radius: 4)
        }
      }
    }
  }
}

/// Marks on the horizontal axis whose labels keep apart: each takes the first line that is free.
struct GuideLabels {
  private static let lineHeight = 16.0
  private let frame: PlotFrame
  private let placed: [(guide: LineChart.Guide, x: Double, labelX: Double, lane: Int)]

  init(_ guides: [LineChart.Guide], frame: PlotFrame) {
    self.frame = frame
    var lanes: [Double] = []
    placed = guides.sorted { $0.x < $1.x }.map { guide in
      // Bold letters are wider.
      let width = TextWidth.of(guide.label, size: SVGCanvas.fontSize) * 1.1
      let place = frame.x(guide.x)
      // A label stands right of its mark, and left of it where the plot ends.
      let end = frame.plot.x + frame.plot.width
      let start = place + 5 + width > end ? max(frame.plot.x, place - 5 - width) : place + 5
      let lane = lanes.firstIndex { $0 + 8 < start } ?? lanes.count
      if lane == lanes.count { lanes.append(0) }
      lanes[lane] = start + width
      return (guide, place, start, lane)
    }
  }

  /// Draws the marks with their labels.
  func draw(on canvas: inout SVGCanvas, isAtBottom: Bool = false) {
    let plot = frame.plot
    for item in placed {
      let style = item.guide.style.map { " s\($0)" } ?? ""
      canvas.line("mark" + style, from: (item.x, plot.y), to: (item.x, plot.y + plot.height))
    }
    for item in placed {
      let distance = 13 + Double(item.lane) * Self.lineHeight
      let line = isAtBottom ? plot.y + plot.height + 4 - distance : plot.y + distance
      canvas.label("halo", item.guide.label, at: (item.labelX, line))
    }
  }
}
