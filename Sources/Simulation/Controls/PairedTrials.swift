public import LossStatistics

/// The controls of two funds, trial by trial: those of runs on the same trials may be of other loans.
public struct PairedTrials: Sendable {
  private let controls: [FundControls.Control]
  private let values: [[Int64]]

  /// A fund with its controls.
  fileprivate struct Member {
    let result: FundResult
    let own: FundControls
  }

  fileprivate init(_ items: [Member]) {
    var (controls, values): ([FundControls.Control], [[Int64]]) = ([], [])
    // All numbers of defaults stand first: they alone are the second choice.
    for kind in [FundControls.Kind.defaults, .compensation] {
      for item in items {
        for control in item.own.controls where control.kind == kind {
          controls.append(control)
          values.append(item.result.control(control))
        }
      }
    }
    let isKnown = items.allSatisfy { !$0.own.controls.isEmpty }
    (self.controls, self.values) = isKnown ? (controls, values) : ([], [])
  }

  /// The mean of the differences of two figures, sharpened where that is possible.
  ///
  /// - Parameters:
  ///   - first: One value a trial, in trial order, from the first trial.
  ///   - second: The same trials in the same order.
  ///   - groups: Which trials share what is not known; `nil` where all are independent.
  public func mean(
    _ first: [Int64], minus second: [Int64], groups: TrialGroups?
  ) -> Estimate {
    let sample = PairedDifference.sample(first, minus: second, groups: groups)
    let plain = sample.mean
    guard !controls.isEmpty, groups == nil else { return plain }
    var sums = ControlSums(controls: controls.count, figures: 1)
    sums.add(firstTrial: 0, controls: values) { _ in zip(first, second).map { $0 - $1 } }
    let defaults = controls.prefix { $0.kind == .defaults }.indices
    return ControlVariates.best(
      sums, controls, subsets: [Array(controls.indices), Array(defaults)], testing: 0,
      of: sample)?
      .mean(
        of: [ControlVariates.Part(0)], plain: plain, deviation: sample.standardDeviation) ?? plain
  }
}

extension FundResult {
  /// The controls of two funds together.
  ///
  /// - Parameters:
  ///   - own: Those of this one.
  ///   - other: The other one, run on the same trials.
  ///   - others: Its controls.
  public func controls(
    _ own: FundControls, with other: FundResult, _ others: FundControls
  ) -> PairedTrials {
    PairedTrials([.init(result: self, own: own), .init(result: other, own: others)])
  }
}
