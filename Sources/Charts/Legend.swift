/// The names of what a chart shows, in lines that fit, each with its sign.
struct Legend {
  /// What a name stands for.
  enum Sign {
    /// A line of this class.
    case line(String)
    /// An area of this class.
    case area(String)
    /// Areas of these classes, which share the name.
    case areas([String])
  }

  private static let lineHeight = 20.0
  private static let signWidth = 28.0
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
        case .line(let classes):
          canvas.line(classes, from: (item.x, middle), to: (item.x + Self.signWidth, middle))
        case .area(let classes): draw([classes], at: (item.x, middle), on: &canvas)
        case .areas(let classes): draw(classes, at: (item.x, middle), on: &canvas)
        }
        canvas.label("", item.name, at: (item.x + 35, middle + 4))
      }
    }
  }

  private func draw(
    _ classes: [String], at place: (x: Double, middle: Double), on canvas: inout SVGCanvas
  ) {
    let width = Self.signWidth / Double(max(1, classes.count))
    for (index, name) in classes.enumerated() {
      canvas.rectangle(
        name,
        Box(x: place.x + Double(index) * width, y: place.middle - 6, width: width, height: 12))
    }
  }
}
