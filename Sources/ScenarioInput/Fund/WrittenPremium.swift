import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

/// A premium as a file states it, before it is known which party of a fund its name means.
struct WrittenPremium {
  /// The party's name.
  let party: Written<String>
  let rate: Ratio
  let paidBy: CostTerms.Payer
  let subsidy: Ratio

  /// Reads `premiums:`, of a scenario or of a fund: what each party takes, who pays it, and what of it the fund refunds.
  ///
  /// - Returns: `nil` if something is wrong with one of them.
  static func all(_ top: inout Section) -> [WrittenPremium]? {
    guard top.has("premiums") else { return [] }
    guard var section = top.section("premiums") else { return nil }
    let keys = section.keys
    let premiums = keys.map { key in section.section(key.value).flatMap { one(key, $0) } }
    section.finish()
    let read = premiums.compactMap { $0 }
    return read.count == keys.count ? read : nil
  }

  private static func one(_ party: Written<String>, _ opened: Section) -> WrittenPremium? {
    var section = opened
    let rate = section.interestRate("rate")
    let paidBy = section.choice("paidBy", as: CostTerms.Payer.self)
    let subsidy = section.ratioIfPresent("subsidy")
    if paidBy?.value == .fund, subsidy != nil {
      section.report(
        "key-without-use",
        .init(
          en: "the fund pays this premium, and has nothing to refund", zh: "该费用由基金承担，没有可补贴的部分"),
        help: .init(
          en: "leave 'subsidy' out, or write who pays: `paidBy: borrower`",
          zh: "删去 `subsidy`，或写明由谁支付：`paidBy: borrower`"))
      return nil
    }
    section.finish()
    guard let rate, let paidBy else { return nil }
    return WrittenPremium(
      party: party, rate: rate.value, paidBy: paidBy.value, subsidy: subsidy?.value ?? .zero)
  }

  /// The party of a fund that its name means; `nil` if the fund has none of that name.
  private func party(of fund: FundAgreement) -> Party? {
    fund.premiumTakers.first {
      $0.name == party.value || $0.otherWords.contains(Scalar.normalised(party.value))
    }
  }

  /// Whether a fund's programme has a party of that name, though it may bear no share.
  func isKnown(to fund: FundAgreement) -> Bool {
    fund.parties.listed.contains {
      [.fund, .payer].contains($0.role)
        && ($0.name == party.value || $0.otherWords.contains(Scalar.normalised(party.value)))
    }
  }

  /// The premium of a fund; `nil` if it has no such party.
  func premium(of fund: FundAgreement) -> CostTerms.Premium? {
    party(of: fund).map {
      CostTerms.Premium(party: $0, rate: rate, paidBy: paidBy, subsidy: subsidy)
    }
  }
}

extension FundAgreement {
  /// Who can take a premium: the fund, and the payers that bear a share under a model that is used.
  var premiumTakers: [Party] {
    let paying = sharing.values.flatMap(\.payers).filter { $0.share > .zero }
      .compactMap { parties.party(at: $0.party) }
    return Party.ordered([.fund] + paying.filter { $0.role == .payer })
  }
}

/// By what the costs of a scenario's funds are reckoned, as its file says it.
struct WrittenCosts {
  /// The annual rate; `nil` if none is given.
  let discountRate: Ratio?
  /// The premiums that hold for every fund that has the party.
  let shared: [WrittenPremium]
  let problems: ProblemCollector

  /// Reads `discountRate` and `premiums` at the top of a file.
  init(_ top: inout Section, problems: ProblemCollector) {
    discountRate = top.interestRateIfPresent("discountRate")?.value
    shared = WrittenPremium.all(&top) ?? []
    self.problems = problems
  }

  /// The funds with their terms.
  func given(to funds: [FundAgreement]) -> [FundAgreement] {
    var given = funds
    give(to: &given)
    return given
  }

  /// Gives every fund its terms, if the scenario asks for any: a fund's own premium goes before a shared one.
  ///
  /// - Parameter funds: The funds, each with its own premiums.
  private func give(to funds: inout [FundAgreement]) {
    // A party that bears no share in any of these funds may bear one in others of the scenario, or under another model.
    for premium in shared
    where !funds.isEmpty && !funds.contains(where: { premium.isKnown(to: $0) }) {
      problems.refuse(premium, among: funds.flatMap(\.premiumTakers))
    }
    let isAsked = discountRate != nil || !shared.isEmpty || funds.contains { $0.costs != nil }
    guard isAsked else { return }
    for index in funds.indices {
      var premiums = funds[index].costs?.premiums ?? []
      let own = Set(premiums.map(\.party))
      premiums += shared.compactMap { $0.premium(of: funds[index]) }.filter {
        !own.contains($0.party)
      }
      funds[index].costs = CostTerms(discountRate: discountRate ?? .zero, premiums: premiums)
    }
  }
}

extension ProblemCollector {
  /// Reports a premium of a party that bears no share.
  func refuse(_ premium: WrittenPremium, among takers: [Party]) {
    report(
      "no-such-party",
      .init(
        en: "'\(premium.party.value)' bears no share of a loss, and takes no premium",
        zh: "“\(premium.party.value)”不分担损失，不收取保费或担保费"),
      help: oneOf(Party.ordered(takers).map(\.name)), at: premium.party.location)
  }
}
