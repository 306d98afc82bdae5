import CompensationKernel
import FundCore
import LossStatistics

extension YearlyFigures {
  /// Estimates the years of the first trials of a run.
  ///
  /// - Parameter controls: By what the mean amounts of each fund are sharpened; nothing leaves them as the
  ///   trials give them.
  public init(_ trials: YearlyTrials, controls: [FundControls] = []) {
    self.trials = trials.trialCount
    request = trials.request
    funds = trials.tables.indices.map { place in
      let estimates = YearEstimates(
        table: trials.tables[place], request: trials.request, groups: trials.groups,
        certainty: trials.certainty[place], fillsUp: trials.fillsUp[place],
        means: place < controls.count && trials.groups == nil
          ? YearMeans(trials.tables[place], controls[place]) : nil)
      return Fund(
        accounts: trials.accounts[place],
        contributors: estimates.ends(trials, fund: place),
        periods: trials.tables[place].periods.indices.map { estimates.period($0) })
    }
  }
}

/// Estimates the years of one fund.
private struct YearEstimates {
  let table: YearTable
  let request: YearRequest
  let groups: TrialGroups?
  let certainty: FundCertainty
  let fillsUp: Bool
  /// Sharpens mean amounts; `nil` leaves them as they are.
  let means: YearMeans?

  func period(_ place: Int) -> YearlyFigures.Period {
    let budget = table.column(.budget, period: place)
    let isCertain = certainty.hasNoClaims
    return YearlyFigures.Period(
      period: table.periods[place],
      entries: YearFigure.allCases.map {
        entry($0, table.column($0, period: place), means?.place(of: $0, period: place))
      },
      chanceNeeded: KnownFigure(
        LossSample(budget, groups: groups).share(atMost: 0, isCertain: isCertain).complement),
      odds: request.limits.map { odds($0, place) },
      accounts: (0..<table.accountCount).map {
        entry(.closing, table.account($0, period: place), nil)
      })
  }

  /// What each contributor has at the end of the run.
  func ends(_ trials: YearlyTrials, fund: Int) -> [YearlyFigures.ContributorEnd] {
    zip(trials.contributors[fund], trials.holdings(fund: fund)).map {
      YearlyFigures.ContributorEnd(
        name: $0.name, putIn: $0.putIn, atEnd: entry(.closing, $1, nil))
    }
  }

  /// The distribution of a figure.
  ///
  /// - Parameter place: Where its means are sharpened; `nil` leaves the mean as it is.
  private func entry(
    _ figure: YearFigure, _ values: [Int64], _ place: Int?
  ) -> YearlyFigures.Entry {
    let defined = figure.isMoney ? values : values.filter { $0 != YearRatio.undefinedMark }
    let undefined = values.count - defined.count
    guard !defined.isEmpty else {
      return YearlyFigures.Entry(
        figure: figure, mean: nil, quantiles: [], worst: nil, undefined: undefined)
    }
    // Where trials are left out, the rows of a draw are no longer told by their places.
    let sample = LossSample(defined, groups: undefined == 0 ? groups : nil)
    let divisor = figure.isMoney ? 100 : Double(YearRatio.unit)
    let isCertain = sample.isConstant && isFixed(figure)
    let limits = figure == .netOutlay || figure == .lossRate ? Limits() : Limits(low: 0)
    let isInfinite = !figure.isMoney && sample.sorted[sample.count - 1] >= YearRatio.infiniteMark
    let levels = Set([10_000, 50_000, 500_000, 950_000, 990_000, request.confidence]).sorted()
    return YearlyFigures.Entry(
      figure: figure,
      mean: isInfinite
        ? nil
        : KnownFigure(
          sharpened(sample, sample.mean(within: limits), place).exact(if: isCertain)
            .divided(by: divisor)),
      quantiles: levels.map {
        KnownQuantile(
          sample.quantile(Level(millionths: $0)), divisor: divisor, isCertain: isCertain)
      },
      worst: isInfinite && figure.worstEnd == .high
        ? nil : worst(sample, figure, limits, divisor, isCertain),
      undefined: undefined)
  }

  private func sharpened(_ sample: LossSample, _ plain: Estimate, _ place: Int?) -> Estimate {
    guard let means, let place else { return plain }
    return means.mean(of: place, plain, deviation: sample.standardDeviation) ?? plain
  }

  /// Whether nothing random moves a figure of which all trials agree.
  private func isFixed(_ figure: YearFigure) -> Bool {
    switch figure {
    case .returned: certainty.hasFixedReturns
    case .fee: certainty.hasFixedFees
    case .interest: certainty.hasFixedInterest
    case .newMoney: !fillsUp || certainty.hasNoClaims
    default: certainty.hasNoClaims
    }
  }

  private func worst(
    _ sample: LossSample, _ figure: YearFigure, _ limits: Limits, _ divisor: Double,
    _ isCertain: Bool
  ) -> KnownFigure {
    let tail =
      figure.worstEnd == .high
      ? sample.expectedShortfall(.percent(99), within: limits)
      : sample.lowerShortfall(.percent(1), within: limits)
    return KnownFigure(tail.mean.exact(if: isCertain).divided(by: divisor))
  }

  private func odds(_ limit: YearRequest.Limit, _ place: Int) -> YearlyFigures.Odds {
    YearlyFigures.Odds(
      limit: limit, atEnd: odds(limit, limit.indicator.figure, place),
      ever: limit.indicator.peak.map { odds(limit, $0, place) })
  }

  /// How often a limit is passed. What is not defined passes none.
  private func odds(
    _ limit: YearRequest.Limit, _ figure: YearFigure, _ place: Int
  ) -> KnownFigure {
    let events = table.column(figure, period: place).map { value -> Int64 in
      limit.isPassed(byBillionths: value) ? 1 : 0
    }
    let share = LossSample(events, groups: groups).share(
      atMost: 0, isCertain: certainty.hasNoClaims)
    return KnownFigure(share.complement)
  }
}
