import DocumentReading
import FundCore

/// Reads `recovery:`.
extension DefaultSection {
  func recovery(_ opened: Section, needsWriteOff: Bool, hasFactors: Bool) -> RecoveryAssumptions? {
    var section = opened
    let mean = section.probability("mean", in: .closed)
    // 固定: the same part of every loss.
    let deviation = section.value("standardDeviation", example: "20%") { text in
      ["fixed", "固定"].contains(Scalar.normalised(text)) ? .success(0) : Scalar.probability(text)
    }
    let loading = section.probabilityIfPresent("loading", in: .belowOne)
    let costs = section.ratioIfPresent("costs")
    let writeOff = writeOff(&section, isNeeded: needsWriteOff)
    let lag = lag(&section)
    if let loading, loading.value > 0, !hasFactors {
      problems.report(
        "key-without-use",
        .init(
          en: "recoveries cannot be loaded on a factor that the defaults do not have",
          zh: "违约没有因子，追偿不能载荷其上"),
        help: .init(
          en: "remove 'loading', or choose `dependence: gaussian` or studentT",
          zh: "删去“loading”，或选择 `dependence: gaussian` 或 studentT"),
        at: loading.location)
    }
    section.finish()
    guard let mean, let deviation, let lag, let writeOff else { return nil }
    if deviation.value > 0,
      deviation.value * deviation.value >= mean.value * (1 - mean.value) * 0.999
    {
      problems.report(
        "impossible-deviation",
        .init(
          en:
            "no Beta distribution has mean \(mean.value) and standard deviation \(deviation.value)",
          zh: "均值\(mean.value)、标准差\(deviation.value)的贝塔分布不存在"),
        help:
          .init(
            en: """
              give less than \((mean.value * (1 - mean.value)).squareRoot()), or 0 for a fixed \
              part
              """,
            zh: "应小于\((mean.value * (1 - mean.value)).squareRoot())；追偿率固定时写0"),
        at: deviation.location)
      return nil
    }
    return RecoveryAssumptions(
      mean: mean.value, standardDeviation: deviation.value, loading: loading?.value ?? 0, lag: lag,
      costs: costs?.value ?? .zero, writeOffMonths: writeOff.months)
  }

  private func lag(_ section: inout Section) -> ClosedRange<Int>? {
    guard section.nodeIfPresent("lag")?.entries != nil else {
      return section.monthCount("lag", in: 1...600).map { $0.value...$0.value }
    }
    guard var lag = section.section("lag") else { return nil }
    let from = lag.monthCount("from", in: 1...600)
    let upTo = lag.monthCount("to", in: 1...600)
    lag.finish()
    guard let from, let upTo else { return nil }
    guard from.value <= upTo.value else {
      problems.report(
        "months-in-wrong-order",
        .init(
          en: "the lag goes from \(from.value) down to \(upTo.value) months",
          zh: "时滞从\(from.value)个月倒到\(upTo.value)个月"),
        help: .init(en: "give the shorter lag in 'from'", zh: "“from”写较短的时滞"), at: upTo.location)
      return nil
    }
    return from.value...upTo.value
  }

  /// Months to the write-off: needed where a programme's ratio counts overdue principal (I-10).
  private func writeOff(_ section: inout Section, isNeeded: Bool) -> (months: Int?, Void)? {
    guard let node = section.nodeIfPresent("writeOffMonths") else {
      guard isNeeded else { return (nil, ()) }
      section.report(
        "missing-key",
        .init(
          en: "a fund's threshold counts overdue principal, and nothing says how long",
          zh: "有基金的阈值要计逾期本金，而没有说明计多久"),
        help: .init(
          en: "add `writeOffMonths: 24`, or `writeOffMonths: never` (interpretation I-10)",
          zh: "加上 `writeOffMonths: 24` 或 `writeOffMonths: never`（解释 I-10）"))
      return nil
    }
    if let text = node.text, ["never", "从不", "不核销"].contains(Scalar.normalised(text)) {
      return (nil, ())
    }
    return section.monthCount("writeOffMonths", in: 1...600).map { ($0.value, ()) }
  }
}
