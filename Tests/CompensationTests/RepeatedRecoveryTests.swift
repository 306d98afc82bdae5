import CompensationKernel
import FundCore
import Testing

/// Money that comes back on one claim in several instalments.
@Suite struct RepeatedRecoveryTests {
  /// Divides one recovery after another and returns the fund's parts in 万.
  private func fundParts(
    _ recoveries: [(recovered: Int64, costs: Int64)], terms: RecoveryTerms
  ) -> [Int64] {
    var purse = FundPurse.holding(.wan(1_000))
    let claim = purse.settle(.wan(1_000), under: Clauses.baotou, cap: .wan(150))
    var before = RecoveredBefore()
    return recoveries.map { recovered, costs in
      let division = divided(
        .wan(recovered), costs: .wan(costs), of: claim, Clauses.baotou, terms, before: before)
      before.add(division)
      return division.parts[.fund].fen / Money.wan(1).fen
    }
  }

  @Test func `the literal reading gives back the share of every instalment`() {
    #expect(
      fundParts([(300, 0), (300, 0), (300, 0)], terms: Clauses.baotouRecovery) == [90, 90, 90])
  }

  @Test func `limited to what was paid, the last instalment gives back the rest`() {
    var terms = Clauses.baotouRecovery
    terms.isLimitedToPaid = true
    #expect(fundParts([(300, 0), (300, 0), (300, 0)], terms: terms) == [90, 60, 0])
  }

  @Test func `the loss base stops the sum of the instalments`() {
    var terms = Clauses.baotouRecovery
    terms.stopsAtLossBase = true
    #expect(fundParts([(600, 0), (600, 0), (100, 0)], terms: terms) == [180, 120, 0])
  }

  /// The text counts what is recovered; who bears the costs of recovering it changes nothing
  /// (I-32). `RecoveredBefore` once added up what was left after costs.
  @Test func `costs that the bank bears do not stretch the loss base`() {
    var terms = Clauses.baotouRecovery
    terms.stopsAtLossBase = true
    #expect(fundParts([(600, 100), (600, 100), (100, 0)], terms: terms) == [180, 120, 0])
  }

  @Test func `net of costs the loss base is filled by what is left after them`() {
    var terms = Clauses.baotouRecovery
    terms.stopsAtLossBase = true
    terms.isNetOfCosts = true
    #expect(fundParts([(600, 100), (600, 0), (100, 0)], terms: terms) == [150, 150, 0])
  }

  @Test func `a pool's accounts together never get back more than they paid`() {
    var pool = FundPurse.pool(social: .yuan(100), fiscal: .yuan(10))
    let claim = pool.settle(.yuan(200), under: Clauses.chaoyang)
    var terms = Clauses.baotouRecovery
    terms.isLimitedToPaid = true
    terms.basis = .fixedRate(.percent(50))
    var before = RecoveredBefore()
    for expected in [(fiscal: 10, partner: 20), (fiscal: 0, partner: 10), (fiscal: 0, partner: 0)] {
      let division = divided(
        .yuan(60), of: claim, Clauses.chaoyang, terms, accounts: Clauses.refundAtOnce,
        before: before)
      before.add(division)
      #expect(division.parts[.fund] == .yuan(Int64(expected.fiscal)))
      #expect(division.parts[.partner] == .yuan(Int64(expected.partner)))
    }
  }
}
