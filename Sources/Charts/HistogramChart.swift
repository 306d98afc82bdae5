/// How often amounts fall where: bars side by side, with marks such as quantiles.
public struct HistogramChart: Sendable {
  /// A bar.
  public struct Bar: Sendable {
    /// Its left edge.
    public var low: Double
    /// Its right edge.
    public var high: Double
    /// Its height.
    public var value: Double
    /// Whether it belongs to the tail, which is hatched.
    public var isTail: Bool
    /// What a pointer shows.
    public var reading: ChartReading

    /// Creates a bar.
    public init(
      _ range: (low: Double, high: Double), value: Double, isTail: Bool, reading: ChartReading
    ) {
      (low, high) = range
      self.value = value
      self.isTail = isTail
      self.reading = reading
    }
  }

  /// Its name and description.
  public var caption: ChartCaption
  /// The axes.
  public var axes: (x: ChartAxis, y: ChartAxis)
  /// The bars.
  public var bars: [Bar]
  /// Which series it is of: the tail is hatched in its colour.
  public var series = 0
  /// Marks.
  public var guides: [LineChart.Guide] = []
  /// What the plain and the hatched bars are.
  public var names: (body: String, tail: String)

  /// Creates a chart.
  public init(
    _ caption: ChartCaption, axes: (x: ChartAxis, y: ChartAxis), bars: [Bar],
    names: (body: String, tail: String)
  ) {
    self.caption = caption
    self.axes = axes
    self.bars = bars
    self.names = names
  }

  /// The picture.
  public func svg(_ size: ChartSize) -> String {
    let tone = ChartTone.series(series).name
    let legend = [
      (Legend.Sign.area("fill \(tone)"), names.body), (.area("tail \(tone)"), names.tail),
    ]
    let frame = PlotFrame(size: size, axes: axes, legend: legend, guides: guides)
    var canvas = SVGCanvas(width: size.width)
    frame.draw(on: &canvas)
    let floor = frame.plot.y + frame.plot.height
    for bar in bars where bar.value > 0 {
      let left = frame.x(bar.low)
      let right = frame.x(bar.high)
      let top = frame.y(bar.value)
      canvas.rectangle(
        (bar.isTail ? "tail " : "fill ") + tone,
        Box(x: left + 0.5, y: top, width: max(0.5, right - left - 1), height: floor - top))
    }
    frame.drawGuides(on: &canvas)
    for bar in bars {
      let left = frame.x(bar.low)
      let right = frame.x(bar.high)
      let area = Box(
        x: left, y: frame.plot.y, width: right - left, height: frame.plot.height)
      canvas.hover(bar.reading, over: area, anchor: (right, frame.plot.y)) {
        $0.rectangle("glow", area)
      }
    }
    return canvas.picture(caption, height: frame.height)
  }
}
