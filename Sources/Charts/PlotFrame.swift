/// The names of what a chart shows, in lines that fit, each with its sign.
struct Legend {
  /// What a name stands for.
  enum Sign {
    /// A line of this style.
    case line(Int)
    /// An area of this class.
    case area(String)
  }

  private static let lineHeight = 20.0
  private var rows: [[(sign: Sign, name: String, x: Double)]] = []

  init(_ names: [(Sign, String)], width: Double) {
    let font = SVGCanvas.fontSize
    var next = 0.0
    for (sign, name) in names {
      let name = TextWidth.cut(name, to: width - 50, size: font)
      let taken = 36 + TextWidth.of(name, size: font) + 14
      if rows.isEmpty || next + taken > width {
        rows.append([])
        next = 0
      }
      rows[rows.count - 1].append((sign, name, next))
      next += taken
    }
  }

  /// The room that it takes.
  var height: Double { Double(rows.count) * Self.lineHeight }

  /// Draws the names at the top.
  func draw(on canvas: inout SVGCanvas) {
    for (index, row) in rows.enumerated() {
      let middle = Double(index) * Self.lineHeight + 9
      for item in row {
        switch item.sign {
        case .line(let style):
          canvas.line("line s\(style)", from: (item.x, middle), to: (item.x + 28, middle))
        case .area(let classes):
          canvas.rectangle(classes, Box(x: item.x, y: middle - 6, width: 28, height: 12))
        }
        canvas.label("", item.name, at: (item.x + 35, middle + 4))
      }
    }
  }
}

/// The frame of a chart with two axes: legend on top, the plot with its grid, labels around it.
struct PlotFrame {
  let size: ChartSize
  let plot: Box
  let x: Scale
  let y: Scale
  private let xTicks: [ChartTick]
  private let yTicks: [ChartTick]
  private let titles: (x: String, y: String)
  private let legend: Legend

  private static let font = SVGCanvas.fontSize

  init(size: ChartSize, axes: (x: ChartAxis, y: ChartAxis), legend names: [(Legend.Sign, String)]) {
    self.size = size
    legend = Legend(names, width: size.width)
    let vertical = axes.y.resolved(parts: size.height < 300 ? 4 : 6)
    let horizontal = axes.x.resolved(parts: size.width < 400 ? 5 : 10)
    let labelWidth = vertical.ticks.map { TextWidth.of($0.label, size: Self.font) }.max() ?? 0
    let left = labelWidth + 10
    let top = legend.height + (axes.y.title.isEmpty ? 8 : 24)
    let bottom = axes.x.title.isEmpty ? 24.0 : 42
    plot = Box(
      x: left, y: top, width: size.width - left - 16, height: size.height - top - bottom)
    x = Scale(
      domain: (horizontal.low, horizontal.high), range: (plot.x, plot.x + plot.width))
    y = Scale(domain: (vertical.low, vertical.high), range: (plot.y + plot.height, plot.y))
    xTicks = Self.thinned(horizontal.ticks, scale: x)
    yTicks = vertical.ticks
    titles = (axes.x.title, axes.y.title)
  }

  /// Every k-th tick, so that labels keep apart.
  static func thinned(_ ticks: [ChartTick], scale: Scale) -> [ChartTick] {
    for stride in 1...max(1, ticks.count) {
      let kept = ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
      let isRoomy = zip(kept, kept.dropFirst()).allSatisfy { first, second in
        let widths = [first, second].map { TextWidth.of($0.label, size: font) / 2 }
        return scale(second.value) - scale(first.value) > widths[0] + widths[1] + 8
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
      let half = TextWidth.of(tick.label, size: Self.font) / 2
      canvas.label("mid", tick.label, at: (min(place, size.width - half - 1), bottom + 17))
    }
    canvas.line("axis", from: (plot.x, bottom), to: (plot.x + plot.width, bottom))
    if !titles.y.isEmpty { canvas.label("soft", titles.y, at: (0, plot.y - 10)) }
    if !titles.x.isEmpty {
      canvas.label("soft end", titles.x, at: (plot.x + plot.width, bottom + 36))
    }
  }
}
