import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary

/// What a fund says of single banks.
extension FundSection {
  /// One account for each bank (I-28): equal shares, or those that the scenario gives.
  func partition(_ section: inout Section, _ programme: PolicyDocument) -> [Ratio]? {
    let terms = programme.terms
    guard case .byBank = terms.fund.accounts.value else {
      if section.has("partition") {
        section.report(
          "key-without-use", .init(en: "the fund has one balance", zh: "该基金只有一个余额"),
          help: partitionAdvice(programme)
        )
      }
      return []
    }
    guard section.has("partition") else {
      let count = Int64(max(1, portfolio.banks.count))
      return portfolio.banks.map { _ in Ratio(millionths: 1_000_000 / count) }
    }
    guard var shares = section.section("partition") else { return nil }
    // Without loans, no bank is known; what is written can be checked all the same.
    if portfolio.loans.isEmpty { for key in shares.keys { _ = shares.ratio(key.value) } }
    let values = portfolio.banks.map { shares.ratio($0)?.value }
    shares.finish()
    guard values.allSatisfy({ $0 != nil }) else { return nil }
    let ratios = values.compactMap(\.self)
    guard ratios.reduce(.zero, +) == .one else {
      shares.report(
        "shares-not-whole",
        .init(
          en: "the banks' shares add up to \(ratios.reduce(.zero, +))",
          zh: "各银行份额合计\(ratios.reduce(.zero, +))"),
        help: .init(en: "make them add up to 100%", zh: "合计应为100%"))
      return nil
    }
    return ratios
  }

  /// What banks do that are suspended or paused (I-46); the key goes before the reading.
  func afterSuspension(
    _ section: inout Section, _ terms: CompensationTerms
  ) -> LendingAfterSuspension? {
    let written = section.choiceIfPresent("afterSuspension", as: LendingAfterSuspension.self)
    if written != nil, terms.thresholds.allSatisfy({ $0.value.effect == .warning }) {
      section.report(
        "key-without-use",
        .init(en: "the programme suspends and pauses no bank", zh: "该办法不中止、不暂停任何银行的业务"),
        help: remove("afterSuspension"))
      return nil
    }
    return written?.value
  }

  /// How a fund comes to have an account for each bank.
  private func partitionAdvice(_ programme: PolicyDocument) -> LocalizedText {
    programme.reading(setting: "fund.accounts.kind", to: "byBank").map {
      .init(en: "choose `\($0)`, or remove it", zh: "选择 `\($0)`，或删去它")
    } ?? .init(en: "remove it", zh: "删去它")
  }

  /// Lower caps that banks were given by their assessment (003 Art. 8(二)).
  func bankCaps(_ section: inout Section, _ terms: CompensationTerms) -> [Int: Money]? {
    guard section.has("bankCaps") else { return [:] }
    guard var caps = section.section("bankCaps") else { return nil }
    let largest = terms.models.values.flatMap(\.payers).flatMap(\.caps).map(\.perClaim)
      .max { $0.value < $1.value }
    var result: [Int: Money] = [:]
    for key in caps.keys {
      guard let amount = caps.money(key.value) else { continue }
      guard let bank = portfolio.banks.firstIndex(of: Scalar.name(key.value)) else {
        if portfolio.banks.isEmpty { continue }
        problems.report(
          "unknown-bank",
          .init(en: "the portfolio has no bank '\(key.value)'", zh: "贷款组合中没有银行“\(key.value)”"),
          help: oneOf(Array(portfolio.banks.prefix(10))),
          at: key.location)
        continue
      }
      if let largest, amount.value <= largest.value {
        result[bank] = amount.value
      } else {
        problems.report(
          "forbidden-cap",
          largest.map {
            .init(
              en: "a cap of \(amount.value) is not allowed by \($0.citation)",
              zh: "\($0.citation)不允许\(amount.value)的上限")
          }
            ?? .init(
              en: "a cap of \(amount.value) is not allowed: the programme has none",
              zh: "不允许\(amount.value)的上限：该办法没有上限"),
          help: largest.map {
            allowed(LocalizedText(en: "at most \($0.value)", zh: "不超过\($0.value)"))
          } ?? remove("bankCaps"),
          at: amount.location)
      }
    }
    caps.finish()
    return result
  }
}

/// The advice to remove a key.
func remove(_ key: String) -> LocalizedText {
  LocalizedText(en: "remove '\(key)'", zh: "删去“\(key)”")
}

/// The advice that names what is allowed.
func allowed(_ words: LocalizedText) -> LocalizedText {
  LocalizedText(en: "allowed: \(words)", zh: "允许：\(words)")
}
