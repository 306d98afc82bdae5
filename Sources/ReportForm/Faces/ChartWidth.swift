import Charts

/// For which windows a chart is drawn: text that shrinks with a picture cannot be read on a telephone.
public enum ChartWidth: String, CaseIterable, Sendable {
  /// For windows of more than 640 pixels, and for paper.
  case wide
  /// For the others.
  case narrow

  var size: ChartSize { self == .wide ? .wide : .narrow }

  /// What the picture's id ends in.
  var suffix: String { self == .wide ? "" : "-n" }
}
