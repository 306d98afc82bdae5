import FundCore
import LossStatistics
import ReportForm

/// How often something happened, in words that need no decimals: 73 of 1,000 trials.
struct PlainFrequency {
  /// Of how many trials.
  let base: Int
  /// In how many, rounded.
  let count: Int
  /// The 95 % interval, rounded outwards.
  let low: Int
  /// Its upper end.
  let high: Int

  /// Chooses the smallest power of ten, from 100 on, of which the error is more than one.
  init(_ proportion: Proportion) {
    let interval = proportion.interval95
    let half = (interval.high - interval.low) / 2
    var base = 100
    while Double(base) * half < 1.5, base < 1_000_000 { base *= 10 }
    self.base = base
    let scale = Double(base)
    count = Int((proportion.value * scale).rounded())
    low = Int((interval.low * scale).rounded(.down))
    high = Int((interval.high * scale).rounded(.up))
  }

  /// `73 of 1,000 trials (69–76)`.
  var text: LocalizedText {
    let range = "\(NumberFormat.whole(low))–\(NumberFormat.whole(high))"
    let (count, base) = (NumberFormat.whole(count), NumberFormat.whole(base))
    return LocalizedText(
      en: "\(count) of \(base) trials (\(range))",
      zh: "每\(base)次模拟中的\(count)次（\(range)）")
  }
}
