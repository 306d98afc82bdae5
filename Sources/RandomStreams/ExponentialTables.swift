/// The layers under the exponential density that `nextExponential` draws from.
///
/// A value that the caller holds: a global table would be checked for initialisation at every draw.
/// Make it once a run and pass it on.
///
/// Source: G. Marsaglia, W. W. Tsang, "The ziggurat method for generating random variables", Journal
/// of Statistical Software 5(8), 2000; the end of the base layer and the area of a layer are theirs.
@frozen
public struct ExponentialTables: Sendable {
  /// A layer: below `threshold` a 53-bit number is accepted at once; times `width` it is the draw.
  @frozen
  @usableFromInline
  struct Layer: Sendable {
    @usableFromInline let threshold: Int64
    @usableFromInline let width: Double
  }

  @usableFromInline static var baseEnd: Double { 7.69711747013104972 }
  @usableFromInline let layers: [Layer]
  /// The right end of each layer; one more at the end, 0.
  @usableFromInline let ends: [Double]
  /// The density at the right end of each layer; one more at the end, for the peak.
  @usableFromInline let densities: [Double]

  /// Computes the 256 layers.
  public init() {
    let area = 0.0039496598225815571993
    let scale = 0x1p53
    // Right ends of the layers, from the base up. The base counts its tail as part of its width.
    var ends = [area * exponential(Self.baseEnd), Self.baseEnd]
    while ends.count < 256 {
      let end = ends[ends.count - 1]
      ends.append(-logarithm(area / end + exponential(-end)))
    }
    ends.append(0)
    layers = (0..<256).map { index in
      Layer(
        threshold: Int64(ends[index + 1] / ends[index] * scale), width: ends[index] / scale)
    }
    densities = ends.map { exponential(-$0) }
    self.ends = ends
  }
}

extension SplitMix64 {
  /// A standard exponential draw, above 0: the gap to the next event of a unit rate.
  ///
  /// Takes one word 97.8 % of the time, 1.033 on average. The draw is a multiple of
  /// 2⁻⁵³ of its layer's width.
  @inlinable
  public mutating func nextExponential(_ tables: ExponentialTables) -> Double {
    let word = next()
    let layer = tables.layers.span[unchecked: Int(truncatingIfNeeded: word & 255)]
    // The layer is chosen by bits that the position does not use. Odd positions only: the middle
    // of each pair, and never 0.
    let position = Int64(bitPattern: word &>> 11) | 1
    let draw = Double(position) * layer.width
    if _fastPath(position < layer.threshold) { return draw }
    // On a copy, so that the caller's generator can stay in registers.
    var copy = self
    let edge = copy.exponentialAtLayerEdge(draw, layer: Int(truncatingIfNeeded: word & 255), tables)
    self = copy
    return edge
  }

  /// Decides the draws that fall beyond the part of a layer that lies wholly under the density.
  @inlinable
  @inline(never)
  mutating func exponentialAtLayerEdge(
    _ candidate: Double, layer: Int, _ tables: ExponentialTables
  ) -> Double {
    // An exponential that exceeds the base's end does so by another exponential.
    if layer == 0 { return ExponentialTables.baseEnd + nextExponential(tables) }
    let low = tables.densities[layer]
    let high = tables.densities[layer + 1]
    let height = low + UniformDraw.unit(from: next()) * (high - low)
    // The density is convex: above its chord over the edge, and below its tangent at the edge's end,
    // there is nothing to compute.
    let (start, end) = (tables.ends[layer + 1], tables.ends[layer])
    let toEnd = end - candidate
    guard height < low + (high - low) * (toEnd / (end - start)) else {
      return nextExponential(tables)
    }
    if height < low * (1 + toEnd) || height < exponential(-candidate) { return candidate }
    return nextExponential(tables)
  }
}
