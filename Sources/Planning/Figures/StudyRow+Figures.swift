import CompensationKernel
import FundCore
import LossStatistics
import Simulation

// The figures of a row.
extension StudyRow {
  /// A figure of this row; `nil` if the fund has none of the kind.
  public func value(_ figure: StudyFigure) -> FigureValue? {
    let certainty = estimates.certainty
    switch figure {
    case .exhaustion: return FigureValue(estimates.exhaustion)
    case .breach:
      return events(figure).map { events in
        FigureValue(
          LossSample(events, groups: result.groups)
            .share(atMost: 0, isCertain: certainty.hasNoDefaults).complement)
      }
    case .capital where !certainty.definesCapital: return nil
    case .quantile(let level), .capital(let level):
      return FigureValue(sample(figure).quantile(level))
    case .shortfall(let level):
      let sample = sample(figure)
      return FigureValue(
        sample.expectedShortfall(level).mean.exact(if: certainty.hasNoClaims && sample.isConstant)
          .divided(by: 100))
    case .compensation: return FigureValue(estimates.compensation.mean)
    case .unpaid: return FigureValue(estimates.unpaid.mean)
    case .netPresentValue: return (estimates.cost?.netPresentValue.mean).map { FigureValue($0) }
    case .netCost(let name):
      return (estimates.cost?.payers.first { $0.name == name }?.net.mean).map { FigureValue($0) }
    case .rate(let rate): return (estimates.cost?.rate(rate)).map { FigureValue($0) }
    case .stoppedCredit, .filledUp:
      let sample = sample(figure)
      return FigureValue(
        sharpened(figure, sample).exact(if: !hasColumn(figure) && sample.isConstant)
          .divided(by: 100))
    case .year(let figure): return years?.value(figure)
    case .contribution(let part): return value(of: part)
    case .loss(let party):
      let sample = sample(figure)
      let isNobody = !result.parties.contains(party)
      let isFixed = party.role == .bank ? certainty.hasNoDefaults : certainty.hasNoClaims
      return FigureValue(
        sharpened(figure, sample).exact(if: (isNobody || isFixed) && sample.isConstant)
          .divided(by: 100))
    }
  }

  /// The mean of amounts, sharpened by the fund's controls where they allow it.
  private func sharpened(_ figure: StudyFigure, _ sample: LossSample) -> Estimate {
    let columns: [SharpenedMeans.Part] =
      switch figure {
      case .filledUp: [.init(.filledUp)]
      case .stoppedCredit: [.init(.stoppedCredit)]
      case .loss(let party) where party.role == .bank:
        [.init(.loss(party)), .init(.lossOutsideCover)]
      case .loss(let party): [.init(.loss(party))]
      default: []
      }
    guard !columns.isEmpty else { return sample.mean }
    return estimates.means.mean(
      of: columns, plain: sample.mean, deviation: sample.standardDeviation)
  }

  /// What a figure of amounts is computed from, as a sample.
  private func sample(_ figure: StudyFigure) -> LossSample {
    LossSample(amounts(figure), groups: result.groups)
  }

  /// What a figure of amounts is computed from, in fen, in trial order.
  func amounts(_ figure: StudyFigure) -> [Int64] {
    switch figure {
    case .compensation, .quantile, .shortfall: return result.column(.compensation)
    case .unpaid: return result.column(.unpaid)
    case .stoppedCredit, .filledUp:
      let column = result.column(figure == .filledUp ? .filledUp : .stoppedCredit)
      return hasColumn(figure) ? column : Array(repeating: 0, count: result.trialCount)
    case .capital:
      return estimates.certainty.definesCapital ? result.column(.neededCapital) : []
    case .loss(let party) where party.role == .bank:
      return zip(result.column(.loss(party)), result.column(.lossOutsideCover)).map(+)
    case .loss(let party):
      let column = result.column(.loss(party))
      return column.isEmpty ? Array(repeating: 0, count: result.trialCount) : column
    case .netPresentValue: return result.column(.netPresentValue)
    case .netCost(let name): return estimates.cost == nil ? [] : result.cost(of: name)
    case .rate(let rate): return result.linearised(rate)
    case .exhaustion, .breach, .year, .contribution: return []
    }
  }

  /// Whether the fund records the figure, where not every fund does.
  func hasColumn(_ figure: StudyFigure) -> Bool {
    switch figure {
    case .stoppedCredit: result.columns.contains(.stoppedCredit)
    case .filledUp: result.columns.contains(.filledUp)
    default: true
    }
  }

  /// Whether the event of a probability happened, 1 or 0, in trial order; `nil` if there is none.
  func events(_ figure: StudyFigure) -> [Int64]? {
    switch figure {
    case .year(let figure): return years?.events(figure)
    case .exhaustion: return result.column(.exhaustionMonth).map { $0 < 0 ? 0 : 1 }
    case .breach(let threshold, let bank):
      guard let place = result.thresholdNames.firstIndex(of: threshold) else { return nil }
      var slot: Int?
      if let bank {
        guard let position = banks.firstIndex(of: bank),
          let found = result.watchedBanks.firstIndex(of: position)
        else { return nil }
        slot = found
      }
      return result.firstBreaches(threshold: place, slot: slot).map { $0 < 0 ? 0 : 1 }
    default: return nil
    }
  }
}
