import DocumentReading
import FundCore

/// Levels of the analyst's own.
extension ScenarioReading {
  /// Reads `levels`: the levels at which quantiles and expected shortfall are wanted beside the usual
  /// ones, in ascending order, each once.
  func levels(_ top: inout Section) -> [Ratio] {
    let written = top.textsIfPresent("levels") ?? []
    let levels = written.compactMap { item -> Ratio? in
      guard case .success(let level) = Scalar.ratio(item.value, in: .zero ... .one),
        (Self.lowestLevel..<Ratio.one).contains(level)
      else {
        problems.report(
          "level-out-of-range",
          .init(
            en: "'\(item.value)' is not a level from 50% to below 100% that four decimals hold",
            zh: "“\(item.value)”不是50%以上、100%以下、至多四位小数的水平"),
          help: .init(
            en: "give levels from 50% to below 100%, such as `levels: [97.5%]`",
            zh: "请给出50%以上、100%以下的水平，如 `levels: [97.5%]`"), at: item.location)
        return nil
      }
      return level
    }
    if levels.count > Self.mostLevels {
      top.report(
        "too-many-levels",
        .init(en: "\(levels.count) levels are asked for", zh: "要求了\(levels.count)个水平"),
        help: .init(
          en: "give at most \(Self.mostLevels)", zh: "最多给\(Self.mostLevels)个"))
    }
    return Array(Set(levels)).sorted()
  }

  private static var lowestLevel: Ratio { .percent(50) }
  private static var mostLevels: Int { 10 }
}
