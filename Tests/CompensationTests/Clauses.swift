import CompensationKernel
import FundCore

/// Clauses of the five programmes, as DIGEST.md gives them, in the form that `settle` reads.
enum Clauses {
  /// Weihai, Art. 8: the province pays 40 % first, then the city 20 % of the whole loss (I-5),
  /// capped a claim.
  static let weihai = SharingTerms(
    payers: [
      PayerTerms(party: .province, share: .percent(40)),
      PayerTerms(party: .fund, share: .percent(20), isCapped: true),
    ], rounding: .halfUp)

  /// Weihai, Art. 8, second reading of I-5: the city's share is of what the province leaves.
  static let weihaiOfRest = SharingTerms(
    payers: [
      PayerTerms(party: .province, share: .percent(40)),
      PayerTerms(party: .fund, share: .percent(20), base: .remaining, isCapped: true),
    ], rounding: .halfUp)

  /// Baotou, Art. 15: 30 % of the loss, at most 150万 a claim.
  static let baotou = SharingTerms(
    payers: [PayerTerms(party: .fund, share: .percent(30), isCapped: true)], rounding: .halfUp)

  /// Dalian, 二(二)2: fund 40 %, guarantor 30 %, bank the rest.
  static let dalianGuarantor = SharingTerms(
    payers: [
      PayerTerms(party: .fund, share: .percent(40)),
      PayerTerms(party: .guarantor, share: .percent(30)),
    ], rounding: .halfUp)

  /// Chaoyang, Art. 10, 15: the pool 20 %, its partner's social account first.
  static let chaoyang = SharingTerms(
    payers: [PayerTerms(party: .fund, share: .percent(20))], rounding: .halfUp)

  /// Half of what the social account paid is refunded at once (I-12).
  static let refundAtOnce = AccountRule.socialFirst(refundShare: .percent(50), lagMonths: 0)

  /// Baotou, Art. 16: 30 % of what is recovered, no ceiling in the text (I-7, literal).
  static let baotouRecovery = RecoveryTerms(
    basis: .nominalShare, isLimitedToPaid: false, isNetOfCosts: false, stopsAtLossBase: false)
}

/// No cap, written as an amount that no claim reaches.
let noCap = Money(fen: .max)

extension Money {
  /// 1万 = 10 000 yuan.
  static func wan(_ count: Int64) -> Money { .yuan(count * 10_000) }
}

extension FundPurse {
  /// A purse of one account.
  static func holding(_ amount: Money) -> FundPurse {
    FundPurse(FundAccount(paying: amount), rule: .single)
  }

  /// A pool with a social and a fiscal account.
  static func pool(
    social: Money, fiscal: Money, rule: AccountRule = Clauses.refundAtOnce
  ) -> FundPurse {
    FundPurse(FundAccount(paying: social, refunding: fiscal), rule: rule)
  }

  /// Settles a claim without a log.
  mutating func settle(
    _ loss: Money, under terms: SharingTerms, cap: Money = noCap
  ) -> Settlement {
    var log = NoLog()
    return CompensationKernel.settle(loss: loss, under: terms, cap: cap, from: &self, log: &log)
  }
}

/// Divides a recovery without a log.
func divided(
  _ recovered: Money, costs: Money = .zero, of claim: Settlement, _ sharing: SharingTerms,
  _ recovery: RecoveryTerms, accounts: AccountRule = .single,
  before: RecoveredBefore = RecoveredBefore()
) -> RecoveryDivision {
  var log = NoLog()
  return divideRecovery(
    recovered, costs: costs, of: claim,
    under: ClaimRulesInForce(sharing: sharing, recovery: recovery, accounts: accounts),
    before: before, log: &log)
}

/// The rows of a table of whole numbers: headings first, `//` begins a remark.
func rows(_ table: String) -> [[Int64]] {
  table.split(separator: "\n").dropFirst().map { line in
    let text = line.prefix(upTo: line.firstRange(of: "//")?.lowerBound ?? line.endIndex)
    return text.split(separator: " ").compactMap { Int64($0) }
  }
}
