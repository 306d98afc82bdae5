import Charts

/// What a page says of where it comes from, short enough to be passed on.
enum PageOrigin {
  /// A file as the page names it: as it was given; of an absolute path only the end, for the folders
  /// of one's machine concern no reader. The block of provenance and
  /// JSON keep the whole.
  static func place(_ path: String) -> String {
    let parts = path.split { "/\\".contains($0) }
    let isDrive = path.unicodeScalars.dropFirst().first == ":"
    guard path.hasPrefix("/") || path.hasPrefix("\\") || isDrive || parts.first == ".." else {
      return path
    }
    // `scenario.yaml` alone says nothing.
    return parts.suffix(2).filter { !$0.hasSuffix(":") && $0 != ".." }.joined(separator: "/")
  }

  /// Blocks whose title has a path as the page names it.
  static func shortened(_ blocks: [ReportBlock], path: String) -> [ReportBlock] {
    blocks.map { block in
      if case .title(let text) = block {
        .title(text.replacing(path, with: place(path)))
      } else {
        block
      }
    }
  }

  /// The ticks of an axis of whole years.
  static func years(_ years: ClosedRange<Int>) -> [ChartTick] {
    years.map { ChartTick(Double($0), "\($0)") }
  }
}
