/// Lines over a common axis, each with its band: survival, quantiles, sizes.
public struct LineChart: Sendable {
  /// A line, perhaps within a band.
  public struct Line: Sendable {
    /// Its name in the legend.
    public var name: String
    /// Its colour and dashes.
    public var tone: ChartTone
    /// Its points.
    public var points: [(x: Double, y: Double)]

    /// Creates a line.
    public init(_ name: String, tone: ChartTone, points: [(x: Double, y: Double)]) {
      self.name = name
      self.tone = tone
      self.points = points
    }
  }

  /// An area between two lines.
  public struct Band: Sendable {
    /// Its name in the legend; none if empty.
    public var name: String
    /// Its colour.
    public var tone: ChartTone
    /// How strong it is, from 1 to 3.
    public var strength: Int
    /// Its edges.
    public var points: [(x: Double, low: Double, high: Double)]

    /// Creates a band.
    public init(
      _ name: String = "", tone: ChartTone, strength: Int = 1,
      points: [(x: Double, low: Double, high: Double)]
    ) {
      self.name = name
      self.tone = tone
      self.strength = strength
      self.points = points
    }
  }

  /// A mark at a place of the horizontal axis.
  public struct Guide: Sendable {
    /// Where.
    public var x: Double
    /// What stands above the plot, beside its line.
    public var label: String
    /// Whether its line is dotted, not dashed.
    public var isDotted: Bool

    /// Creates a mark.
    public init(x: Double, label: String, isDotted: Bool = false) {
      self.x = x
      self.label = label
      self.isDotted = isDotted
    }

    /// The class of its line.
    var classes: String { isDotted ? "mark dotted" : "mark" }
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
      lines.filter { !$0.name.isEmpty }.map { (Legend.Sign.line("line \($0.tone.name)"), $0.name) }
      + bands.filter { !$0.name.isEmpty }.map {
        (Legend.Sign.area("band \($0.tone.name) k\($0.strength)"), $0.name)
      }
    let frame = PlotFrame(size: size, axes: axes, legend: legend, guides: guides)
    var canvas = SVGCanvas(width: size.width)
    frame.draw(on: &canvas)
    for band in bands {
      let upper = band.points.map { (frame.x($0.x), frame.y($0.high)) }
      let lower = band.points.reversed().map { (frame.x($0.x), frame.y($0.low)) }
      canvas.path("band \(band.tone.name) k\(band.strength)", upper + lower, isClosed: true)
    }
    for line in lines {
      canvas.path("line \(line.tone.name)", line.points.map { (frame.x($0.x), frame.y($0.y)) })
    }
    frame.drawGuides(on: &canvas)
    drawReadings(in: frame, on: &canvas)
    return canvas.picture(caption, height: frame.height)
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
          canvas.dot("dot \(line.tone.name)", at: (place, frame.y(point.y)), radius: 4)
        }
      }
    }
  }
}
