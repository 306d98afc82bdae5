import Testing

@testable import Charts

@Suite struct TickTests {
  /// The smallest of 1, 2, 5 · 10ᵏ that is at least the span divided by the parts.
  @Test(
    arguments: [
      (10.0, 10, 1.0), (10, 5, 2), (10, 3, 5), (0.3, 10, 0.05), (0.3, 3, 0.1), (7, 6, 2),
      (1, 1, 1), (99, 10, 10), (101, 10, 20), (1e9, 4, 5e8), (3e-7, 3, 1e-7),
    ])
  func `a step is the smallest round one`(span: Double, parts: Int, step: Double) {
    #expect(NiceStep(span: span, parts: parts).multiple(1) == step)
  }

  @Test func `an axis of numbers ends at round ones, and names them alike`() {
    let axis = ChartAxis("", from: 92.4, to: 100, suffix: " %").resolved(parts: 5)
    #expect(axis.low == 92)
    #expect(axis.high == 100)
    #expect(axis.ticks.map(\.label) == ["92 %", "94 %", "96 %", "98 %", "100 %"])
  }

  @Test func `decimals are as many as the step has`() {
    let axis = ChartAxis("", from: -0.03, to: 0.21).resolved(parts: 6)
    #expect(axis.ticks.map(\.label) == ["−0.05", "0.00", "0.05", "0.10", "0.15", "0.20", "0.25"])
    // Multiples are rounded once: 3 · 0.05 is 0.15, and not 0.15000000000000002.
    #expect(axis.ticks.map(\.value) == [-0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25])
  }

  @Test func `thousands are told apart`() {
    let axis = ChartAxis("", from: 0, to: 12_000).resolved(parts: 6)
    #expect(
      axis.ticks.map(\.label) == ["0", "2,000", "4,000", "6,000", "8,000", "10,000", "12,000"])
  }

  @Test(arguments: [(0.0, 0.0), (5, 5), (3, 1), (.nan, 1), (0, .infinity)])
  func `an axis without a length still has one`(low: Double, high: Double) {
    let axis = ChartAxis("", from: low, to: high).resolved(parts: 5)
    #expect(axis.high - axis.low == 1)
    #expect(axis.ticks.count == 1)
  }

  @Test func `ticks of one's own stay where they are, within the axis`() {
    let marks = [ChartTick(-1, "2023"), ChartTick(0, "2024"), ChartTick(12, "2025")]
    let axis = ChartAxis("", from: 0, to: 30, marks: marks).resolved(parts: 3)
    #expect(axis.low == 0)
    #expect(axis.high == 30)
    #expect(axis.ticks.map(\.label) == ["2024", "2025"])
  }

  @Test func `a scale is a straight line that ends`() {
    let scale = Scale(domain: (0, 10), range: (100, 0))
    #expect([0, 2.5, 10].map { scale($0) } == [100, 75, 0])
    #expect([-3, 11].map { scale($0) } == [100, 0])
  }

  @Test func `labels keep apart, whatever their number`() {
    for count in [1, 2, 7, 60, 400] {
      let ticks = (0..<count).map { ChartTick(Double($0), "2024-\($0)") }
      let scale = Scale(domain: (0, 400), range: (0, 300))
      let kept = PlotFrame.thinned(ticks, scale: scale, width: 316)
      #expect(!kept.isEmpty)
      for (left, right) in zip(kept, kept.dropFirst()) {
        let room = scale(right.value) - scale(left.value)
        let half = [left, right].map { TextWidth.of($0.label, size: 12) / 2 }
        #expect(room > half[0] + half[1])
      }
    }
  }
}
