import CompensationKernel
import DocumentReading
import FundCore

// Agreed shares beside those that a programme has for other sizes, years and claim rates, and after its
// amendments.
extension FundSection {
  /// Reports shares of parties that a model does not have.
  func checkParties(
    _ model: OperatingModel, _ clauses: ModelClauses, _ agreed: [Party: Written<Ratio>],
    _ programme: String
  ) {
    for (party, share) in agreed
    where party.role != .bank && !clauses.payers.contains(where: { $0.party == party }) {
      problems.report(
        "no-such-party",
        .init(
          en: "the \(model.id) model of '\(programme)' has no \(party.name)",
          zh: "“\(programme)”的\(model.id)模式中没有 \(party.name)"),
        help: oneOf(clauses.payers.map(\.party.name)),
        at: share.location)
    }
  }

  /// Reports what an agreement breaks where other than the ordinary shares of the first version hold.
  func checkOthers(
    _ model: OperatingModel, of terms: CompensationTerms, agreed: [Party: Written<Ratio>],
    at location: SourceLocation, _ programme: String
  ) {
    guard !agreed.isEmpty else { return }
    for number in 0...terms.amendments.count {
      let version = terms.version(number)
      guard let clauses = version.models[model] else { continue }
      let broken = clauses.allConditions.lazy.compactMap { conditions -> ShareProblem? in
        let found = clauses.sharing(
          agreed: agreed.mapValues(\.value), rounding: version.rounding.value,
          among: terms.parties, at: conditions)
        guard case .failure(let problems) = found else { return nil }
        return problems.problems.first
      }.first
      guard let broken else { continue }
      let since: LocalizedText =
        number == 0
        ? .empty
        : .init(
          en: " for loans made from \(terms.amendments[number - 1].from)",
          zh: "（适用于\(terms.amendments[number - 1].from)起发放的贷款）")
      problems.report(
        "forbidden-share",
        .init(
          en: """
            with the agreed shares the \(broken.party.name) would have \(broken.share) in the \
            \(model.id) model of '\(programme)'\(since)
            """,
          zh: """
            按约定份额，“\(programme)”\(model.id)模式下 \(broken.party.name) 将承担\(broken.share)\(since)
            """),
        help: .init(
          en: "allowed: \(broken.allowed) (\(broken.citation))",
          zh: "允许的份额：\(broken.allowed)（\(broken.citation)）"),
        at: agreed[broken.party]?.location ?? location)
      return
    }
  }
}
