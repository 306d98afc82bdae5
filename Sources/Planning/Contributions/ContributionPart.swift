import FundCore
import LossStatistics
public import Simulation

/// A group's part of a figure, as variants are compared in it: `contributions.grade.B.compensationMean`.
public struct ContributionPart: Hashable, Sendable {
  /// The trait that tells the group's loans from others.
  public let by: LoanTrait
  /// The group's name in English, as the JSON summary has it.
  public let group: String
  /// The figure that is divided.
  public let figure: ContributionFigure

  /// Names a part.
  public init(by trait: LoanTrait, group: String, figure: ContributionFigure) {
    (by, self.group, self.figure) = (trait, group, figure)
  }

  /// The part of a name; `nil` if it is none.
  public init?(word: String) {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, parts[0] == "contributions", let trait = LoanTrait(rawValue: parts[1]),
      let figure = ContributionFigure(rawValue: parts[parts.count - 1])
    else { return nil }
    // A group's own name may hold points.
    self.init(by: trait, group: parts[2..<parts.count - 1].joined(separator: "."), figure: figure)
  }

  /// Its name.
  public var word: String { "contributions.\(by.rawValue).\(group).\(figure.rawValue)" }
}

extension StudyRow {
  /// Where a part stands in this row; `nil` if no group has the name.
  private func place(of part: ContributionPart) -> DividedFund.PartPlace? {
    divided?.contributions.divisions.first { $0.by == part.by }.flatMap { division in
      division.parts.firstIndex { $0.group.name.english == part.group }.map {
        DividedFund.PartPlace(by: part.by, group: $0, figure: part.figure)
      }
    }
  }

  /// A group's part of a figure; `nil` if there is none, or if it rests on too few trials.
  func value(of part: ContributionPart) -> FigureValue? {
    guard let place = place(of: part), let found = divided?.contributions,
      let figure = found.place(of: part.figure), !found.figures[figure].isTooFew,
      let division = found.divisions.first(where: { $0.by == part.by })
    else { return nil }
    let value = division.parts[place.group].values[figure]
    return FigureValue(
      value.value, standardError: value.standardError,
      interval95: value.standardError.map {
        Interval(low: value.value - 1.959_964 * $0, high: value.value + 1.959_964 * $0)
      }, isReliable: value.standardError != nil, trialsNeeded: value.trialsNeeded,
      isExact: value.standardError == 0)
  }

  /// How a group's part differs from that of the group of the same name in another row.
  func partDifference(_ part: ContributionPart, from reference: StudyRow) -> FigureDifference? {
    guard let own = place(of: part), let theirs = reference.place(of: part),
      let other = reference.divided, let found = divided?.difference(own, from: other, theirs)
    else { return nil }
    return FigureDifference(
      .contribution(part), found.estimate, isIdentical: found.isIdentical,
      chance: normalChance(found.estimate))
  }
}
