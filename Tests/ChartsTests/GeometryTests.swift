import Testing

@testable import Charts

/// What stands where in the pictures, against places worked out by hand.
@Suite struct GeometryTests {
  static let caption = ChartCaption(id: "c", title: "T", description: "D")

  /// The values of an attribute of all elements of a name and class.
  static func attribute(_ name: String, of element: String, _ classes: String, in svg: String)
    -> [Double]
  {
    svg.split(separator: "<").filter { $0.hasPrefix("\(element) class=\"\(classes)\"") }
      .compactMap { piece in
        piece.split(separator: " \(name)=\"", maxSplits: 1).dropFirst().first
          .flatMap { Double($0.prefix { $0 != "\"" }) }
      }
  }

  @Test func `bars stand on the axis, as high as their values`() {
    let bars = [(0.0, 10.0, false), (1, 30, false), (2, 20, true)].map { low, value, isTail in
      HistogramChart.Bar(
        (low, low + 1), value: value, isTail: isTail, reading: ChartReading("", []))
    }
    let svg = HistogramChart(
      Self.caption, axes: (ChartAxis("", from: 0, to: 3), ChartAxis("", from: 0, to: 30)),
      bars: bars, names: ("body", "tail")
    ).svg(ChartSize(width: 400, height: 200))
    let heights = ["fill s0", "tail s0"].flatMap {
      Self.attribute("height", of: "rect", $0, in: svg)
    }
    // The first of each class is the legend's.
    #expect(heights.count == 5)
    let drawn = [heights[1], heights[2], heights[4]]
    // Pixels are written to a tenth.
    #expect(abs(drawn[1] - 3 * drawn[0]) <= 0.3)
    #expect(abs(drawn[2] - 2 * drawn[0]) <= 0.3)
    let tops = Self.attribute("y", of: "rect", "fill s0", in: svg).dropFirst()
    let floor = zip(tops, drawn).map { $0 + $1 }
    #expect(abs(floor[0] - floor[1]) <= 0.2)
  }

  /// A page in Chinese showed `余额: 7; 均值: 5`.
  @Test func `a reading as one text has the marks of no language`() {
    let reading = ChartReading("2024-07", [.init("余额", "7"), .init("", "5")])
    #expect(reading.plainText == "2024-07\n余额 7\n5")
  }

  @Test func `a step of a waterfall begins where the last one ended, and the total at nothing`() {
    let reading = ChartReading("", [])
    let chart = RowChart.waterfall(
      Self.caption, axisTitle: "",
      steps: [
        ("a", .series(0), 3, "3", reading), ("b", .series(1), 5, "5", reading),
        ("c", .series(2), 2, "2", reading),
      ],
      total: ("all", "10", reading))
    #expect(chart.rows.map { $0.pieces[0].from } == [0, 3, 8, 0])
    #expect(chart.rows.map { $0.pieces[0].to } == [3, 8, 10, 10])
    let svg = chart.svg(.wide)
    let starts = (0...2).flatMap { Self.attribute("x", of: "rect", "fill s\($0)", in: svg) }
    let widths = (0...2).flatMap { Self.attribute("width", of: "rect", "fill s\($0)", in: svg) }
    #expect(abs(starts[0] + widths[0] - starts[1]) <= 0.2)
    #expect(abs(starts[1] + widths[1] - starts[2]) <= 0.2)
    let total = Self.attribute("width", of: "rect", "fill total", in: svg)
    #expect(abs(total[0] - widths.reduce(0, +)) <= 0.3)
  }

  @Test func `pieces of a split bar lie under each other, from the same place`() {
    let pieces = [
      RowChart.Piece(from: 5, to: 3, tone: .series(0)),
      RowChart.Piece(from: 5, to: 2, tone: .series(1)),
    ]
    var chart = RowChart(
      Self.caption, axis: ChartAxis("", from: 0, to: 10),
      rows: [RowChart.Row("a", pieces: pieces, value: "", reading: ChartReading("", []))])
    chart.splitsBars = true
    let svg = chart.svg(.wide)
    let boxes = (0...1).map { style in
      ["x", "y", "width", "height"].map {
        Self.attribute($0, of: "rect", "fill s\(style)", in: svg)[0]
      }
    }
    #expect(abs(boxes[0][1] + boxes[0][3] - boxes[1][1]) <= 0.1)
    #expect(abs(boxes[0][0] + boxes[0][2] - boxes[1][0] - boxes[1][2]) <= 0.2)
    #expect(abs(1.5 * boxes[0][2] - boxes[1][2]) <= 0.3)
  }

  @Test func `a line ends at the corners of its plot`() {
    var chart = LineChart(
      Self.caption, x: ChartAxis("", from: 0, to: 10), y: ChartAxis("", from: 0, to: 6))
    chart.lines = [LineChart.Line("", tone: .ink, points: [(0, 0), (10, 6)])]
    let size = ChartSize(width: 300, height: 200)
    let frame = PlotFrame(size: size, axes: chart.axes, legend: [])
    let left = SVGCanvas.number(frame.plot.x)
    let right = SVGCanvas.number(frame.plot.x + frame.plot.width)
    let top = SVGCanvas.number(frame.plot.y)
    let bottom = SVGCanvas.number(frame.plot.y + frame.plot.height)
    #expect(chart.svg(size).contains("d=\"M\(left) \(bottom)L\(right) \(top)\""))
    #expect(frame.plot.x + frame.plot.width <= 300)
  }

  @Test func `a field is empty at nothing, and darker where more`() {
    let cells = [0, 0.001, 0.5, 1].map {
      HeatMap.Cell(strength: $0, text: "", reading: ChartReading("", []))
    }
    let svg = HeatMap(
      Self.caption, axes: ("", ""), columns: ["", "", "", ""], rows: [("r", cells)]
    ).svg(.wide)
    let steps = svg.components(between: "<rect class=\"cell q", and: "\"")
    #expect(steps == ["0", "1", "4", "8"])
  }
}

@Suite struct MarkupTests {
  @Test func `no text ends its element or its attribute`() {
    let hostile = "<script>\"'&\u{0}\u{1B}\u{FFFE}\"\u{301}</script>"
    #expect(
      escapedForMarkup(hostile)
        == "&lt;script&gt;&quot;&#39;&amp;\u{FFFD}\u{FFFD}\u{FFFD}&quot;\u{301}&lt;/script&gt;")
    #expect(escapedForMarkup("甲银行 עברית") == "甲银行 עברית")
    // Marks of direction: paired isolation stays, what would reach beyond the text goes.
    #expect(escapedForMarkup("a\u{202E}b\u{200F}") == "a\u{FFFD}b\u{FFFD}")
    #expect(escapedForMarkup("\u{2068}x\u{2069}") == "\u{2068}x\u{2069}")
    #expect(escapedForMarkup("\u{2069}a\u{2067}b\u{2066}c\u{2069}") == "ab\u{2066}c\u{2069}")
  }

  @Test func `a picture has a name for those who do not see it`() {
    let caption = ChartCaption(id: "a-1", title: "<b>", description: "x & y")
    let svg = LineChart(
      caption, x: ChartAxis("", from: 0, to: 1), y: ChartAxis("", from: 0, to: 1)
    ).svg(.wide)
    #expect(svg.contains("role=\"img\" aria-labelledby=\"a-1-t a-1-d\""))
    #expect(svg.contains("<title id=\"a-1-t\">&lt;b&gt;</title>"))
    #expect(svg.contains("<desc id=\"a-1-d\">x &amp; y</desc>"))
  }

  @Test func `a reading stays within the picture`() {
    let long = String(repeating: "长", count: 40)
    for place in [0.0, 175, 350] {
      var canvas = SVGCanvas(width: 350)
      let reading = ChartReading(long, [ChartReading.Row(long, "1 (0–2)")])
      canvas.hover(reading, over: Box(x: 0, y: 0, width: 1, height: 1), anchor: (place, 10))
      let x = GeometryTests.attribute("x", of: "rect", "card", in: canvas.text)
      let width = GeometryTests.attribute("width", of: "rect", "card", in: canvas.text)
      #expect(x[0] >= 0)
      #expect(x[0] + width[0] <= 350)
    }
  }

  @Test(arguments: [(0.0, "0"), (1.04, "1"), (-2.25, "-2.3"), (12.5, "12.5"), (.nan, "0")])
  func `coordinates have a tenth at most`(value: Double, text: String) {
    #expect(SVGCanvas.number(value) == text)
  }
}

extension StringProtocol {
  /// The pieces that stand between two marks.
  func components(between open: String, and close: String) -> [String] {
    self.split(separator: open, omittingEmptySubsequences: false).dropFirst().map {
      String($0.split(separator: close, omittingEmptySubsequences: false).first ?? "")
    }
  }
}
