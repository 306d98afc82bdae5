import FundCore
import Simulation
import ResultFacts

extension PartContents {
  /// The place of a fund's first section; of the fund after the last, the number of sections.
  func firstSection(of fund: Int) -> Int {
    let columnCount = columns.prefix(fund).reduce(0) { $0 + $1.count }
    let furtherFunds = max(0, min(fund, reportedFunds) - 1)
    return columnCount + furtherFunds + fund
  }

  /// Whether the contents fit the frame, so that nothing read by them can be out of
  /// place.
  func fits(_ frame: RunFrame) -> Bool {
    let shard = identity.shard
    return frame.isSound && frame.plannedTrials == identity.plannedTrials
      && identity.plannedTrials <= Self.largestTrialCount
      && Shard(index: shard.index, count: shard.count) != nil
      && (1...frame.funds.count).contains(reportedFunds) && columns.count == reportedFunds
      && columns.allSatisfy { $0.count <= 1000 }
      && (0...Self.largestTrialCount).contains(identity.rareTrials)
      && firstSection(of: frame.funds.count) + (identity.rareTrials > 0 ? 1 : 0) == sections.count
      && sections.allSatisfy { $0.byteCount >= 0 }
  }

  /// Whether the words are of the same funds.
  func fits(_ frame: RunFrame, _ words: RunWords) -> Bool {
    words.funds.count == reportedFunds
      && words.otherReadings.count == frame.funds.count - reportedFunds
      && words.otherReadings.allSatisfy { (0..<reportedFunds).contains($0.fund) }
      && words.headlineReadings.allSatisfy {
        (0..<reportedFunds).contains($0.fund) && $0.trials > 0
          && [$0.inUse, $0.other].allSatisfy { answer in
            (0...Self.largestTrialCount).contains(answer.exhausted)
              && (1...Double(Self.largestTrialCount)).contains(answer.effectiveTrials)
              && (answer.standardError ?? 0) >= 0 && [0, 2].contains(answer.interval.count)
          } && max($0.inUse.exhausted, $0.other.exhausted) <= $0.trials
      }
      && words.contributions.map { $0.count == reportedFunds && $0.allSatisfy(\.isSound) } ?? true
      && words.headlineLaws?.isSound(fundCount: reportedFunds) ?? true
      && words.bestEstimate?.isSound(fundCount: reportedFunds) ?? true
      && (words.rare?.trials ?? 0) == identity.rareTrials && words.rare?.isSound ?? true
      && words.years?.isSound(fundCount: reportedFunds, horizon: frame.horizon) ?? true
      && zip(words.funds, frame.funds).allSatisfy { $0.thresholds.count == $1.thresholds.count }
  }

  /// Whether the values can be those of a column.
  func allows(_ values: [Int64], in column: OutcomeColumn, horizon: Int) -> Bool {
    guard let lowest = values.min(), let highest = values.max() else { return true }
    let allowed: ClosedRange<Int64> =
      column.unit == .month
      ? -1...Int64(horizon - 1) : -Self.largestValue...Self.largestValue
    return allowed.contains(lowest) && allowed.contains(highest)
  }

  /// Whether values can be differences of a figure.
  func allows(_ values: [Int64], of figure: PairedFigure) -> Bool {
    guard let lowest = values.min(), let highest = values.max() else { return true }
    let largest = figure == .exhaustion ? 1 : 2 * Self.largestValue
    return lowest >= -largest && highest <= largest
  }

  /// More than a run may have.
  private static var largestTrialCount: Int { 1_000_000_000 }
  /// More fen than money.
  private static var largestValue: Int64 { 1 << 60 }
}

extension PartFile {
  static let cut = LocalizedText(
    en: "the file is cut off", zh: "文件不完整，后部缺失")
  static let longer = LocalizedText(
    en: "the file goes on behind its end", zh: "文件末尾之后还有多余内容")
  static let changed = LocalizedText(
    en: "the checksum is wrong: bytes have changed", zh: "校验和不符：内容已改变")
  static let senseless = LocalizedText(
    en: "the checksum is right, but the content makes no sense", zh: "校验和相符，但内容不合理")
}
