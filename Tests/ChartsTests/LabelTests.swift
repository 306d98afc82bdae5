import Testing

@testable import Charts

/// What is drawn before anything is pointed at: texts with the room that they take, and marks.
private struct Drawing {
  struct Text {
    let words: String
    let box: Box
  }

  let width: Double
  let height: Double
  let texts: [Text]
  let lines: [Box]
  /// Bars and the signs of legends; fields of heat maps hold their numbers.
  let areas: [Box]

  init(_ svg: String) {
    let view = svg.components(between: "viewBox=\"", and: "\"")[0].split(separator: " ")
    width = Double(view[2]) ?? 0
    height = Double(view[3]) ?? 0
    // Readings come last.
    let still = svg.components(between: "</desc>", and: "<g class=\"h\"")[0]
    let elements = still.split(separator: "<").map(String.init)
    func number(_ name: String, _ element: String) -> Double {
      element.components(between: " \(name)=\"", and: "\"").first.flatMap { Double($0) } ?? .nan
    }
    texts = elements.filter { $0.hasPrefix("text ") }.map { element in
      let words = String(element.split(separator: ">", maxSplits: 1).dropFirst().first ?? "")
      let classes = element.components(between: "class=\"", and: "\"")[0].split(separator: " ")
      let bold = classes.contains("flag") ? 1.1 : 1
      let size = classes.contains("in") ? 11.0 : 12
      let room = TextWidth.of(words, size: size) * bold
      let x = number("x", element)
      let start = classes.contains("end") ? x - room : classes.contains("mid") ? x - room / 2 : x
      // Ink reaches from 9 above the line to 3 below it.
      return Text(
        words: words, box: Box(x: start, y: number("y", element) - 9, width: room, height: 12))
    }.filter { !$0.words.isEmpty }
    lines = elements.filter { $0.hasPrefix("line ") }.map { element in
      let (x1, x2) = (number("x1", element), number("x2", element))
      let (y1, y2) = (number("y1", element), number("y2", element))
      return Box(x: min(x1, x2), y: min(y1, y2), width: abs(x2 - x1), height: abs(y2 - y1))
    }
    areas = elements.filter { $0.hasPrefix("rect ") && !$0.hasPrefix("rect class=\"cell") }.map {
      Box(
        x: number("x", $0), y: number("y", $0), width: number("width", $0),
        height: number("height", $0))
    }
  }

  /// Whether two boxes share more than a hair.
  private static func meet(_ a: Box, _ b: Box) -> Bool {
    min(a.x + a.width, b.x + b.width) - max(a.x, b.x) > -0.01
      && min(a.y + a.height, b.y + b.height) - max(a.y, b.y) > -0.01
  }

  /// Every text that lies on another, on a line, on an area, or outside.
  var problems: [String] {
    var found: [String] = []
    for (index, text) in texts.enumerated() {
      let box = text.box
      if box.x < -0.2 || box.x + box.width > width + 0.2 || box.y < -0.2
        || box.y + box.height > height + 0.2
      {
        found.append("outside: \(text.words)")
      }
      for other in texts[(index + 1)...] where Self.meet(box, other.box) {
        found.append("on each other: \(text.words) | \(other.words)")
      }
      if lines.contains(where: { Self.meet(box, $0) }) { found.append("on a line: \(text.words)") }
      if areas.contains(where: { Self.meet(box, $0) }) { found.append("on a bar: \(text.words)") }
    }
    return found
  }
}

/// For any data, no text of a chart lies on another text or on a mark.
@Suite struct LabelTests {
  static let sizes = [ChartSize.wide, .narrow]

  /// Words of a length, Chinese or not.
  private static func words(_ random: inout some RandomNumberGenerator, upTo most: Int) -> String {
    let alphabet = Array(
      Bool.random(using: &random) ? "银行担保公司知识产权质押，风险（补偿）12" : "bank of the ones, loss 12.5 ±WM%")
    return String(
      (0..<Int.random(in: 1...most, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      })
  }

  private static let nothing = ChartReading("", [])

  @Test(arguments: 0..<60) func `marks of a plot`(seed: Int) {
    var random = Numbers(seed: UInt64(seed))
    let high = Double.random(in: 0.01...100_000, using: &random)
    var chart = LineChart(
      GeometryTests.caption,
      x: ChartAxis(Self.words(&random, upTo: 30), from: 0, to: high),
      y: ChartAxis(Self.words(&random, upTo: 30), from: 0, to: 100, suffix: " %"))
    chart.guides = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      // Often close to each other, as quantiles are.
      let share = Double.random(in: 0...1, using: &random)
      return LineChart.Guide(
        x: high * (Bool.random(using: &random) ? share : 0.9 + share / 10),
        label: Self.words(&random, upTo: 24))
    }
    chart.lines = (0..<Int.random(in: 0...4, using: &random)).map {
      LineChart.Line(Self.words(&random, upTo: 40), tone: .series($0), points: [])
    }
    for size in Self.sizes { #expect(Drawing(chart.svg(size)).problems == []) }
  }

  @Test(arguments: 0..<40) func `bars that lie`(seed: Int) {
    var random = Numbers(seed: UInt64(seed))
    let most = [5, 20, 60][seed % 3]
    let rows = (0..<Int.random(in: 1...8, using: &random)).map { _ in
      let ends = (0..<3).map { _ in Double.random(in: -50...100, using: &random) }
      return RowChart.Row(
        Self.words(&random, upTo: most),
        pieces: [
          RowChart.Piece(from: ends[0], to: ends[1], tone: .plain),
          RowChart.Piece(from: ends[0], to: ends[2], tone: .total),
        ], value: Self.words(&random, upTo: 20), leadsOn: Bool.random(using: &random),
        reading: Self.nothing)
    }
    var chart = RowChart(
      GeometryTests.caption,
      axis: ChartAxis(Self.words(&random, upTo: 60), from: -50, to: 100, suffix: " %"), rows: rows,
      reference: Bool.random(using: &random) ? 10 : nil)
    chart.splitsBars = Bool.random(using: &random)
    chart.legend = (0..<Int.random(in: 0...5, using: &random)).map {
      (
        name: Self.words(&random, upTo: 12),
        tones: $0 == 0 ? [.series(0), .series(1)] : [.part($0)]
      )
    }
    for size in Self.sizes { #expect(Drawing(chart.svg(size)).problems == []) }
  }

  @Test(arguments: 0..<40) func `fields of a heat map`(seed: Int) {
    var random = Numbers(seed: UInt64(seed))
    let columns = (0..<Int.random(in: 1...14, using: &random)).map { _ in
      Self.words(&random, upTo: 9)
    }
    let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      (
        name: Self.words(&random, upTo: 25),
        cells: columns.map { _ in
          HeatMap.Cell(
            strength: 0.5, text: Self.words(&random, upTo: 5), reading: Self.nothing)
        }
      )
    }
    let chart = HeatMap(
      GeometryTests.caption,
      axes: (x: Self.words(&random, upTo: 40), y: Self.words(&random, upTo: 40)),
      columns: columns, rows: rows)
    for size in Self.sizes { #expect(Drawing(chart.svg(size)).problems == []) }
  }

  @Test func `the axes of a heat map are named`() {
    let cell = HeatMap.Cell(strength: 1, text: "1", reading: Self.nothing)
    let svg = HeatMap(
      GeometryTests.caption, axes: (x: "correlation", y: "initial amount"), columns: ["0.1"],
      rows: [("1000", [cell])]
    ).svg(.wide)
    #expect(svg.contains(">correlation →</text>"))
    #expect(svg.contains(">initial amount ↓</text>"))
  }

  /// Worked out by hand: the right pole is in reach of the left name, so its own name stands lower.
  @Test func `a name stands above those whose poles it would cross`() throws {
    let scale = Scale(domain: (0, 100), range: (0, 700))
    let guides = [10.0, 12, 90].map { LineChart.Guide(x: $0, label: "name") }
    let flags = try #require(GuideFlags(guides, scale: scale, width: 720))
    #expect(flags.flags.map(\.lane) == [1, 0, 0])
    #expect(flags.flags.map(\.x) == [70, 84, 630])
    #expect(flags.flags[0].span.low == 74)
  }

  @Test func `marks that find no room are named in the legend`() {
    var chart = LineChart(
      GeometryTests.caption, x: ChartAxis("", from: 0, to: 1), y: ChartAxis("", from: 0, to: 1))
    let long = String(repeating: "长", count: 26)
    chart.guides = [LineChart.Guide(x: 0.5, label: long)]
    #expect(chart.svg(.narrow).contains("class=\"\" x=\"35\" y=\"13\""))
    #expect(Drawing(chart.svg(.narrow)).problems == [])
  }

  @Test(arguments: [
    ("甲银行，乙银行", 40.0, ["甲银", "行，乙", "银行"]), ("one two", 36, ["one", "two"]), ("甲乙", 100, ["甲乙"]),
  ])
  func `a long name is broken where one may`(text: String, width: Double, lines: [String]) {
    #expect(TextWidth.wrapped(text, to: width, size: 12, lines: 3) == lines)
  }
}

/// SplitMix64: the same numbers in every run.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", 2014.
private struct Numbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
