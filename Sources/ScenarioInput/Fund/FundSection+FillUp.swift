import CompensationKernel
import DocumentReading
import FundCore

/// How a fund is filled up.
extension FundSection {
  /// A rule, and where it comes from; the source is `nil` where the scenario says so itself.
  typealias SourcedFillUp = (rule: FillUpRule, source: Citation?)

  /// The rule of the key, which goes before that of the programme; `nil` if the fund is not filled up.
  func fillUp(
    _ section: inout Section, _ terms: CompensationTerms, initial: Money
  ) -> SourcedFillUp? {
    if section.has("fillUp") { return writtenFillUp(&section).map { ($0, nil) } }
    guard let clause = terms.fund.fillUp,
      let rule = clause.value.rule(of: terms.fund.initial.value, initial: initial)
    else { return nil }
    return (rule, clause.citation)
  }

  /// The rule as the scenario writes it.
  func writtenFillUp(_ section: inout Section) -> FillUpRule? {
    guard var item = section.sectionIfPresent("fillUp") else { return nil }
    let amount = item.largeMoney("to", from: Section.leastFundAmount)
    let time = item.choice("at", as: FillUpTime.self)
    let aYear = item.largeMoneyIfPresent("atMostAYear", from: Section.leastLoanAmount)
    let inAll = item.largeMoneyIfPresent("inAll", from: Section.leastLoanAmount)
    item.finish()
    for (key, limit) in [("atMostAYear", aYear), ("inAll", inAll)] {
      guard let limit, limit.value <= .zero else { continue }
      problems.report(
        "limit-of-nothing",
        .init(en: "'\(key)' leaves nothing to fill up with", zh: "“\(key)”为零，无从补足"),
        help: .init(
          en: "give an amount above 0, or leave 'fillUp' out", zh: "写大于零的金额，或不写“fillUp”"),
        at: limit.location)
    }
    guard let amount, let time else { return nil }
    return FillUpRule(
      to: amount.value, at: time.value, atMostAYear: aYear?.value, inAll: inAll?.value)
  }
}
