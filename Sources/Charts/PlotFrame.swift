/// The frame of a chart with two axes: legend on top, then the names of marks, then the plot with its
/// grid, labels around it.
struct PlotFrame {
  let size: ChartSize
  let plot: Box
  let x: Scale
  let y: Scale
  private let xTicks: [ChartTick]
  private let yTicks: [ChartTick]
  private let titles: (x: String, y: String)
  private let legend: Legend
  private let flags: GuideFlags?
  private let guides: [LineChart.Guide]

  private static let font = SVGCanvas.fontSize

  init(
    size: ChartSize, axes: (x: ChartAxis, y: ChartAxis), legend names: [(Legend.Sign, String)],
    guides: [LineChart.Guide] = []
  ) {
    self.size = size
    self.guides = guides
    let vertical = axes.y.resolved(parts: size.height < 300 ? 5 : 6)
    let horizontal = axes.x.resolved(parts: size.width < 400 ? 5 : 10)
    let labelWidth = vertical.ticks.map { TextWidth.of($0.label, size: Self.font) }.max() ?? 0
    let left = labelWidth + 10
    let width = size.width - left - 16
    x = Scale(domain: (horizontal.low, horizontal.high), range: (left, left + width))
    flags = GuideFlags(guides, scale: x, width: size.width)
    let named =
      flags == nil ? guides.map { (Legend.Sign.line($0.classes), $0.label) } : []
    legend = Legend(names + named, width: size.width)
    let lanes = Double(flags?.laneCount ?? 0) * GuideFlags.laneHeight
    let top = legend.height + (axes.y.title.isEmpty ? 8 : 28) + lanes
    let bottom = axes.x.title.isEmpty ? 26.0 : 44
    // What stands above the plot makes the picture higher, not the plot lower.
    let height = size.height - (axes.y.title.isEmpty ? 28 : 48) - bottom
    plot = Box(x: left, y: top, width: width, height: height)
    y = Scale(domain: (vertical.low, vertical.high), range: (plot.y + plot.height, plot.y))
    xTicks = Self.thinned(horizontal.ticks, scale: x, width: size.width)
    yTicks = vertical.ticks
    titles = (axes.x.title, axes.y.title)
  }

  /// The height of the picture.
  var height: Double { plot.y + plot.height + (titles.x.isEmpty ? 26 : 44) }

  /// Where the middle of a tick's label stands: at its place, but within the picture.
  static func middle(of tick: ChartTick, scale: Scale, width: Double) -> Double {
    let half = TextWidth.of(tick.label, size: font) / 2
    return max(min(scale(tick.value), width - half - 1), min(half, width / 2))
  }

  /// Every k-th tick, so that labels keep apart.
  static func thinned(_ ticks: [ChartTick], scale: Scale, width: Double) -> [ChartTick] {
    for stride in 1...max(1, ticks.count) {
      let kept = ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
      let isRoomy = zip(kept, kept.dropFirst()).allSatisfy { first, second in
        let halves = [first, second].map { TextWidth.of($0.label, size: font) / 2 }
        let places = [first, second].map { middle(of: $0, scale: scale, width: width) }
        return places[1] - places[0] > halves[0] + halves[1] + 8
      }
      if isRoomy { return kept }
    }
    return Array(ticks.prefix(1))
  }

  /// Draws the legend, and what lies under the data.
  func draw(on canvas: inout SVGCanvas) {
    legend.draw(on: &canvas)
    let bottom = plot.y + plot.height
    for tick in yTicks {
      canvas.line("grid", from: (plot.x, y(tick.value)), to: (plot.x + plot.width, y(tick.value)))
      canvas.label("end", tick.label, at: (plot.x - 6, y(tick.value) + 4))
    }
    for tick in xTicks {
      let place = x(tick.value)
      canvas.line("tick", from: (place, bottom), to: (place, bottom + 4))
      canvas.label(
        "mid", tick.label, at: (Self.middle(of: tick, scale: x, width: size.width), bottom + 19))
    }
    canvas.line("axis", from: (plot.x, bottom), to: (plot.x + plot.width, bottom))
    let titles = [titles.y, titles.x].map {
      TextWidth.cut($0, to: size.width - 4, size: Self.font)
    }
    if !titles[0].isEmpty { canvas.label("soft", titles[0], at: (0, legend.height + 12)) }
    if !titles[1].isEmpty {
      let end = max(plot.x + plot.width, TextWidth.of(titles[1], size: Self.font))
      canvas.label("soft end", titles[1], at: (end, bottom + 38))
    }
  }

  /// Draws the marks and their names.
  func drawGuides(on canvas: inout SVGCanvas) {
    if let flags { return flags.draw(over: plot, on: &canvas) }
    for guide in guides {
      canvas.line(
        guide.classes, from: (x(guide.x), plot.y), to: (x(guide.x), plot.y + plot.height))
    }
  }
}
