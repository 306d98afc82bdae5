/// Marks on the horizontal axis, each with its name beside its head above the plot, like a flag on a
/// pole: no name lies on another, and no pole crosses a name.
struct GuideFlags {
  /// A mark with its place.
  struct Flag {
    let guide: LineChart.Guide
    /// Where its pole stands.
    let x: Double
    /// From where to where its name reaches.
    let span: (low: Double, high: Double)
    /// The line that its name stands on, from 0 right above the plot.
    var lane = 0
  }

  static let laneHeight = 16.0
  /// Between a pole and its name.
  private static let gap = 4.0
  /// How near a pole or a name may come to another name.
  private static let margin = 3.0

  /// The marks, from the left.
  let flags: [Flag]

  /// How many lines the names take.
  var laneCount: Int { (flags.map(\.lane).max() ?? -1) + 1 }

  /// Places the marks on a picture of a width; `nil` if that cannot be done, and the legend has to
  /// name them.
  init?(_ guides: [LineChart.Guide], scale: Scale, width: Double) {
    let sorted = guides.map { (guide: $0, x: scale($0.x)) }.sorted { $0.x < $1.x }
    var flags: [Flag] = []
    for (guide, x) in sorted {
      let spans = Self.spans(of: guide.label, at: x).filter { $0.low >= 0 && $0.high <= width }
      guard let first = spans.first else { return nil }
      flags.append(Flag(guide: guide, x: x, span: first))
      if first.low > x { continue }
      // A name that goes left turns those around that would point at it.
      for index in flags.indices.dropLast()
      where Self.holds(flags[index], x) && Self.holds(flags[flags.count - 1], flags[index].x) {
        guard let left = Self.spans(of: flags[index].guide.label, at: flags[index].x).last,
          left.low >= 0
        else { return nil }
        flags[index] = Flag(guide: flags[index].guide, x: flags[index].x, span: left)
      }
    }
    guard let placed = Self.inLanes(flags) else { return nil }
    self.flags = placed
  }

  /// Where a name may stand: right of its pole, else left.
  private static func spans(of label: String, at x: Double) -> [(low: Double, high: Double)] {
    // Bold letters are wider.
    let width = TextWidth.of(label, size: SVGCanvas.fontSize) * 1.1
    return [(x + gap, x + gap + width), (x - gap - width, x - gap)]
  }

  /// Whether a pole at a place would cross a flag's name.
  private static func holds(_ flag: Flag, _ x: Double) -> Bool {
    x > flag.span.low - margin && x < flag.span.high + margin
  }

  private static func overlap(_ one: Flag, _ other: Flag) -> Bool {
    one.span.low < other.span.high + margin && other.span.low < one.span.high + margin
  }

  /// Each flag above all whose poles would cross its name; `nil` if that goes round in a circle.
  private static func inLanes(_ flags: [Flag]) -> [Flag]? {
    var flags = flags
    var waiting = Set(flags.indices)
    var done: [Int] = []
    while !waiting.isEmpty {
      let free = waiting.sorted(by: >).first { index in
        !waiting.contains { $0 != index && holds(flags[index], flags[$0].x) }
      }
      guard let index = free else { return nil }
      let crossing = done.filter { holds(flags[index], flags[$0].x) }
      var lane = (crossing.map { flags[$0].lane }.max() ?? -1) + 1
      let beside = done.filter { overlap(flags[index], flags[$0]) }.map { flags[$0].lane }
      while beside.contains(lane) { lane += 1 }
      flags[index].lane = lane
      waiting.remove(index)
      done.append(index)
    }
    return flags
  }

  /// Draws the marks over a plot.
  func draw(over plot: Box, on canvas: inout SVGCanvas) {
    for flag in flags {
      let line = plot.y - 10 - Double(flag.lane) * Self.laneHeight
      canvas.line(
        flag.guide.classes, from: (flag.x, line - 10), to: (flag.x, plot.y + plot.height))
      let isRight = flag.span.low > flag.x
      canvas.label(
        isRight ? "flag" : "flag end", flag.guide.label,
        at: (isRight ? flag.span.low : flag.span.high, line))
    }
  }
}
