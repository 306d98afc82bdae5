import ClaimRules
import CompensationKernel
import FundCore
import PolicyLibrary
import Testing

/// What holds for every register under every programme and reading.
@Suite struct `A replay` {
  static let seeds = 0..<6 as Range<UInt64>

  @Test(arguments: FundCase.all)
  func `balances and divides every fen`(item: FundCase) {
    for seed in Self.seeds {
      let result = replayed(item, seed: seed)
      #expect(result.totals.isBalanced, "\(item) \(seed)")
      #expect(result.totals.isDivided, "\(item) \(seed)")
      #expect(result.totals.closing >= .zero)
      #expect((result.totals.unpaid > .zero) ? result.ranDryOn != nil : true, "\(item) \(seed)")
    }
  }

  @Test(arguments: FundCase.all)
  func `writes a ledger in which every line follows from the one before`(item: FundCase) {
    for seed in Self.seeds {
      let result = replayed(item, seed: seed)
      var balance = Money.zero
      var date = item.opening.firstDay
      for (place, entry) in result.entries.enumerated() {
        #expect(entry.date >= date, "\(item) \(seed): \(entry)")
        #expect(entry.date <= result.register.until, "\(item) \(seed): \(entry)")
        // The opening entry states what is there.
        if place == 0 { balance = result.totals.opening }
        #expect(entry.balance == balance + entry.amount, "\(item) \(seed): \(entry)")
        #expect(entry.balance >= .zero)
        balance = entry.balance
        date = entry.date
      }
      #expect(balance == result.totals.closing)
      #expect(result.months.last?.closing == balance)
    }
  }

  @Test(arguments: FundCase.all)
  func `divides each claim into parts that sum to its base`(item: FundCase) {
    var count = 0
    for seed in Self.seeds {
      for entry in replayed(item, seed: seed).entries {
        guard case .claim(let claim) = entry.event else { continue }
        count += 1
        let settlement = claim.settlement
        #expect(settlement.parts.total == settlement.lossBase, "\(item) \(seed)")
        for party in PartyPlace.allCases { #expect(settlement.parts[party] >= .zero, "\(party)") }
        #expect(settlement.lossBase <= claim.total)
        #expect(settlement.paid <= settlement.owed)
        #expect(entry.amount == .zero - settlement.paid)
      }
    }
    #expect(count > 5, "\(item) settles \(count) claims")
  }

  /// The ledger's own sums are those of its totals, kind by kind.
  @Test(arguments: FundCase.all)
  func `counts in its totals what its lines say`(item: FundCase) {
    for seed in Self.seeds {
      let result = replayed(item, seed: seed)
      var sums: [String: Money] = [:]
      for entry in result.entries {
        switch entry.event {
        case .claim, .latePayment: sums["paid", default: .zero] -= entry.amount
        case .recovery: sums["returned", default: .zero] += entry.amount
        case .fee: sums["fees", default: .zero] -= entry.amount
        case .interest: sums["interest", default: .zero] += entry.amount
        case .injection: sums["injected", default: .zero] += entry.amount
        case .fillUp: sums["filledUp", default: .zero] += entry.amount
        case .givenBack: sums["givenBack", default: .zero] -= entry.amount
        default: #expect(entry.amount == .zero)
        }
      }
      #expect(sums["paid", default: .zero] == result.totals.compensation)
      #expect(sums["returned", default: .zero] == result.totals.returned)
      #expect(sums["fees", default: .zero] == result.totals.fees)
      #expect(sums["interest", default: .zero] == result.totals.interest)
      #expect(sums["injected", default: .zero] == result.totals.injected)
      #expect(sums["filledUp", default: .zero] == result.totals.filledUp)
      #expect(sums["givenBack", default: .zero] == result.totals.givenBack)
      #expect(result.months.reduce(.zero) { $0 + $1.paid } == result.totals.compensation)
      #expect(result.months.reduce(.zero) { $0 + $1.returned } == result.totals.returned)
    }
  }

  /// One account: whatever else happens, more money at the start never pays a claim less. Where a
  /// ratio counts what was paid, paying more can end cover, and the law does not hold.
  @Test(arguments: FundCase.all)
  func `of a richer fund never pays a claim less`(item: FundCase) {
    let countsPayments = item.agreement.terms.thresholds.contains {
      $0.value.numerator == .compensationPaid || $0.value.numerator == .compensationNet
    }
    guard item.agreement.accounts == .single, !countsPayments else { return }
    for seed in Self.seeds {
      var before: [Money] = []
      for amount in [0, 1, 300_000, 2_000_000, 50_000_000] as [Int64] {
        let result = replayed(item, seed: seed, initial: .yuan(amount))
        let paid = result.loans.map { $0.settlement?.paid ?? .zero }
        for (less, more) in zip(before, paid) { #expect(less <= more, "\(item) \(seed)") }
        before = paid
      }
    }
  }

  /// A pool: of one claim alone, since a richer pool may have spent more on the claims before.
  @Test func `of a richer pool never pays its only claim less`() throws {
    let pool = try #require(FundCase.all.first { $0.agreement.accounts != .single })
    var generator = RandomRegister(
      seed: 99, pool.agreement.programme, first: pool.opening.firstDay)
    for number in 0..<200 {
      var register = generator.register(loanCount: 1)
      register.loans[0].model = number.isMultiple(of: 2) ? .bank : .guarantor
      var before = Money.zero
      for amount in [0, 1, 50_000, 1_000_000, 50_000_000] as [Int64] {
        let result = replay(register, under: pool.funded(.yuan(amount)), opening: pool.opening)
        let paid = result.loans[0].settlement?.paid ?? .zero
        #expect(paid >= before)
        before = paid
      }
    }
  }

  private func replayed(
    _ item: FundCase, seed: UInt64, initial: Money? = nil
  ) -> Replay {
    var generator = RandomRegister(
      seed: seed, item.agreement.programme, first: item.opening.firstDay)
    let register = generator.register(loanCount: 60)
    return replay(
      register, under: initial.map(item.funded) ?? item.agreement, opening: item.opening)
  }
}
