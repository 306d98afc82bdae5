import ClaimRules
import CompensationKernel
import FundCore
import Testing

/// What holds of the explanation of every loan of every register.
@Suite struct `An explanation` {
  static let seeds = 0..<3 as Range<UInt64>

  @Test(arguments: FundCase.all)
  func `tells losses that sum to those of the replay, party by party`(item: FundCase) throws {
    for seed in Self.seeds {
      let result = replayed(item, seed: seed)
      var sum = PartyAmounts()
      for index in result.loans.indices {
        sum += try #require(Explanation(of: index, in: result)).finalParts
      }
      var expected: PartyAmounts = result.totals.losses
      expected[.bank] += result.totals.outsideCover
      #expect(sum == expected, "\(item) \(seed)")
    }
  }

  @Test(arguments: FundCase.all)
  func `tells every reason against cover, and no other`(item: FundCase) throws {
    for seed in Self.seeds {
      let result = replayed(item, seed: seed)
      for index in result.loans.indices {
        let told = try #require(Explanation(of: index, in: result))
        let cover = try #require(result.loans[index].cover)
        let against = told.steps.filter {
          $0.stage == .coverage && $0.verdict != .met
        }.compactMap { step -> CoverageRefusal.Condition? in
          guard case .condition(let condition) = step.kind else { return nil }
          return condition
        }
        #expect(Set(against) == Set(cover.refusals.map(\.condition)), "\(item) \(seed) \(index)")
        #expect(told.cover.isCovered == cover.isCovered)
      }
    }
  }

  /// The amounts of the steps follow from the numbers that stand beside them.
  @Test(arguments: FundCase.all)
  func `shows the numbers that its amounts follow from`(item: FundCase) throws {
    for seed in Self.seeds {
      let result = replayed(item, seed: seed)
      for index in result.loans.indices {
        let told = try #require(Explanation(of: index, in: result))
        for step in told.steps {
          guard let expected = Self.expected(step) else { continue }
          #expect(step.result == .money(expected), "\(item) \(seed) \(index): \(step.kind)")
        }
        let order = told.steps.compactMap {
          ExplanationStep.Stage.allCases.firstIndex(of: $0.stage)
        }
        #expect(order == order.sorted())
      }
    }
  }

  @Test func `a loan that the register does not have is not explained`() throws {
    let item = try #require(FundCase.all.first)
    let result = replayed(item, seed: 0)
    #expect(Explanation(of: -1, in: result) == nil)
    #expect(Explanation(of: result.loans.count, in: result) == nil)
  }

  private func replayed(_ item: FundCase, seed: UInt64) -> Replay {
    var generator = RandomRegister(
      seed: seed, item.agreement.programme, first: item.opening.firstDay)
    return replay(
      generator.register(loanCount: 60), under: item.agreement, opening: item.opening)
  }

  /// An amount worked out of the inputs of a step, in the words of the digest.
  private static func expected(_ step: ExplanationStep) -> Money? {
    switch step.kind {
    case .share:
      guard case .ratio(let share) = step[.share], case .money(let base) = step[.base] else {
        return nil
      }
      // Thirds may not fit into what is left; that is the only other case.
      let part = base.multiplied(by: share, rounding: .halfUp)
      let down = base.multiplied(by: share, rounding: .down)
      return step.result == .money(down) ? down : part
    case .cap: return smaller(step[.amount], step[.cap])
    case .payment: return smaller(step[.owed], step[.balance])
    case .lossBase:
      guard case .money(let total) = step[.total], case .money(let covered) = step[.covered],
        case .money(let principal) = step[.principal]
      else { return nil }
      return total.multiplied(by: covered.fen, over: principal.fen, rounding: .halfUp)
    default: return nil
    }
  }

  private static func smaller(
    _ left: ExplanationStep.Quantity?, _ right: ExplanationStep.Quantity?
  ) -> Money? {
    guard case .money(let left) = left, case .money(let right) = right else { return nil }
    return min(left, right)
  }
}
