public import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

extension FundAgreement {
  /// The terms of the agreement by which a state names its fund, in a fixed order: two funds under which
  /// the same things happen have the same.
  ///
  /// - Parameter banks: The banks' names, by position.
  public func stateTerms(banks: [String]) -> [FundStanding.Term] {
    var terms: [FundStanding.Term] = []
    func add(_ key: String, _ value: String?) {
      if let value, !value.isEmpty { terms.append(FundStanding.Term(key, value)) }
    }
    add("programme", programme.id)
    add("programmeDigest", SHA256.hexDigest(of: Array(original.tree.digestText.utf8)))
    add("model", model?.id ?? "fromLoan")
    add(
      "readings",
      chosenReadings.map { "\($0.id)=\($0.name)" }.sorted().joined(separator: " "))
    add(
      "overrides",
      overrides.map { "\($0.path.value)=\($0.value.digestText)" }.sorted().joined(separator: " "))
    for model in models {
      add("shares.\(model.id)", sharing[model].map { shares(in: $0) })
    }
    add("initial", "\(initial.fen)")
    add("inForce", "\(dates.from?.description ?? "")/\(dates.until?.description ?? "")")
    add("yearsFrom", dates.yearsFrom.description)
    add("claimDelay", "\(claimDelay)")
    add("interestRate", interestRate.description)
    add("penaltyRate", penaltyRate?.description)
    add("annualFee", "\(annualFee.fen)")
    add("accounts", accountsText)
    add("partition", zip(banks, partition).map { "\($0)=\($1)" }.joined(separator: " "))
    add("injections", injectionsText)
    add(
      "bankCaps",
      bankCaps.keys.sorted().map { place in
        "\(banks.indices.contains(place) ? banks[place] : "")=\(bankCaps[place]?.fen ?? 0)"
      }.joined(separator: " "))
    return terms
  }

  /// The readings that are not the programme file's own.
  private var chosenReadings: [AppliedReading] {
    original.readings(of: Set(original.interpretations.map(\.id)), under: readings)
      .filter { $0.name != "default" }
  }

  private func shares(in sharing: SharingTerms) -> String {
    sharing.payers.map { payer in
      let name = parties.party(at: payer.party)?.id ?? "\(payer.party)"
      return "\(name)=\(payer.share)" + (payer.base == .remaining ? " of the rest" : "")
    }.joined(separator: " ")
  }

  private var accountsText: String {
    switch accounts {
    case .single: "single"
    case .socialFirst(let refundShare, let lagMonths, let newMoney):
      "socialFirst refund=\(refundShare) lag=\(lagMonths) newMoney=\(newMoney)"
    }
  }

  private var injectionsText: String {
    injections.enumerated().filter { $0.element > .zero }
      .map { "\($0.offset)=\($0.element.fen)" }.joined(separator: " ")
  }
}
