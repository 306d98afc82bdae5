/// What stands where in a chart of rows.
struct RowLayout {
  /// A row.
  struct Place {
    let top: Double
    let height: Double
    /// The lines of its name.
    let name: [String]
    let bar: (top: Double, height: Double)
    /// The line that its value stands on.
    let valueLine: Double
  }

  let width: Double
  /// Whether names stand above their bars: on a telephone, and where names are long.
  let isStacked: Bool
  /// Where bars begin.
  let left: Double
  /// Where they end.
  let right: Double
  /// The first row's upper edge.
  let top: Double
  let places: [Place]

  init(_ rows: [RowChart.Row], width: Double, top: Double) {
    let font = SVGCanvas.fontSize
    let names = rows.map { TextWidth.of($0.name, size: font) }.max() ?? 0
    let values = rows.map { TextWidth.of($0.value, size: font) }.max() ?? 0
    self.width = width
    self.top = top
    let isStacked = width < 450 || names + 14 > width * 0.34 || values > width * 0.34
    self.isStacked = isStacked
    left = isStacked ? 2 : names + 14
    right = width - (isStacked ? 14 : values + 24)
    var next = top
    places = rows.map { row in
      let place =
        isStacked
        ? Self.stacked(row, top: next, width: width)
        : Place(
          top: next, height: 30, name: [row.name], bar: (next + 4, 20), valueLine: next + 18)
      next += place.height
      return place
    }
  }

  private static func stacked(_ row: RowChart.Row, top: Double, width: Double) -> Place {
    let font = SVGCanvas.fontSize
    let value = TextWidth.of(row.value, size: font)
    // A long value has a line of its own, as has any value whose row has a long name.
    let isBelow =
      value > width * 0.6
      || TextWidth.wrapped(row.name, to: width - value - 20, size: font, lines: 9).count > 2
    let name = TextWidth.wrapped(
      row.name, to: isBelow ? width - 4 : width - value - 20, size: font, lines: 4)
    let lines = name.count + (isBelow ? 1 : 0)
    return Place(
      top: top, height: 29 + 15 * Double(lines), name: name,
      bar: (5 + top + 15 * Double(lines), 17),
      valueLine: top + 14 + (isBelow ? 15 * Double(name.count) : 0))
  }

  /// Below the last row.
  var bottom: Double { places.last.map { $0.top + $0.height } ?? top }

  /// An upright line behind all bars, which leaves the names out.
  func upright(_ classes: String, at x: Double, on canvas: inout SVGCanvas) {
    guard isStacked else {
      return canvas.line(classes, from: (x, top - 4), to: (x, bottom))
    }
    for place in places {
      canvas.line(
        classes, from: (x, place.bar.top - 1.5), to: (x, place.bar.top + place.bar.height + 4))
    }
  }
}
