import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Testing

@testable import Verification

/// Cases stand on each side of every threshold, cap and limit of the built-in programmes.
@Suite struct `The cases of a programme` {
  @Test func `are of every kind, and there for every programme`() throws {
    let cases = try WorkedCases.outcome.get()
    #expect(Set(cases.heads.map(\.programme)) == Set(PolicyDocument.builtInIDs))
    let counts = [
      cases.claims.count, cases.recoveries.count, cases.coverages.count, cases.thresholds.count,
      cases.fees.count, cases.interests.count, cases.shares.count,
    ]
    #expect(counts.allSatisfy { $0 > 0 })
    #expect(counts.reduce(0, +) == cases.heads.count)
  }

  @Test func `have parts that are the whole`() {
    for worked in WorkedCases.all.claims {
      #expect(worked.matter.lossBase == worked.matter.parts.total, "\(worked.head.location)")
    }
    for worked in WorkedCases.all.recoveries {
      let matter = worked.matter
      #expect(matter.recovered - matter.costs == matter.parts.total, "\(worked.head.location)")
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `stand on each side of every threshold, one fen apart`(id: String) throws {
    let cases = WorkedCases.all.thresholds.filter {
      $0.head.programme == id && $0.head.readings.isEmpty
    }
    for threshold in try PolicyDocument.named(
      Written(id, at: SourceLocation(file: "cases")), in: ""
    ).terms.thresholds.map(\.value) {
      let own = cases.map(\.matter).filter { $0.id == threshold.id }
      let exact = own.filter { $0.numerator == threshold.exactly(of: $0.denominator) }
      #expect(exact.contains { $0.isReached }, "\(threshold.id)")
      for neighbour in [-1, 1] as [Int64] {
        let isThere = own.contains { other in
          exact.contains {
            $0.denominator == other.denominator
              && other.numerator == $0.numerator + Money(fen: neighbour)
          }
        }
        #expect(isThere, "\(threshold.id): no case \(neighbour) fen from the level")
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `stand below, at and above every cap of every model`(id: String) throws {
    for (model, clauses) in try PolicyDocument.named(
      Written(id, at: SourceLocation(file: "cases")), in: ""
    ).terms.models {
      for payer in clauses.payers {
        let share = payer.share.value.value
        for cap in payer.caps {
          let owed = claims(id, model).filter { $0.cap(of: payer) == cap.perClaim.value }
            .map { $0.lossBase.multiplied(by: share, rounding: .halfUp) }
          let limit = cap.perClaim.value
          #expect(owed.contains { $0 < limit && $0 + .yuan(1) > limit }, "\(model): below \(limit)")
          #expect(owed.contains(limit), "\(model): at \(limit)")
          #expect(owed.contains { $0 > limit }, "\(model): above \(limit)")
        }
      }
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `stand on each side of every limit of coverage`(id: String) throws {
    let coverage = try builtIn(id)
      .terms.coverage
    let loans = WorkedCases.all.coverages.filter {
      $0.head.programme == id && $0.head.readings.isEmpty
    }.map(\.matter.loan)
    for limit in coverage.singleLoan {
      let amounts = loans.filter { limit.sizes.contains($0.size) }.map { $0.amount(limit.measure) }
      #expect(amounts.contains(limit.atMost.value), "at \(limit.atMost.value)")
      #expect(amounts.contains(limit.atMost.value + .yuan(1)), "above \(limit.atMost.value)")
    }
    if let limit = coverage.perEnterpriseYear {
      let sums = loans.filter { $0.earlierThisYear > .zero }
        .map { $0.earlierThisYear + $0.amount(limit.measure) }
      #expect(sums.contains(limit.atMost.value), "at \(limit.atMost.value) a year")
      #expect(sums.contains { $0 > limit.atMost.value }, "above \(limit.atMost.value) a year")
    }
    if let longest = coverage.longestTerm?.value {
      #expect(loans.contains { $0.termMonths == longest })
      #expect(loans.contains { $0.termMonths == longest + 1 })
    }
  }

  @Test(arguments: PolicyDocument.builtInIDs)
  func `stand on each side of every bound of an agreement`(id: String) throws {
    let agreements = WorkedCases.all.shares.filter {
      $0.head.programme == id && $0.head.readings.isEmpty
    }.map(\.matter)
    for (model, clauses) in try PolicyDocument.named(
      Written(id, at: SourceLocation(file: "cases")), in: ""
    ).terms.models {
      let own = agreements.filter { $0.model == model }
      for payer in clauses.payers where payer.share.value.atMost < .one {
        let shares = own.compactMap { $0.agreed[payer.party] }
        #expect(
          shares.contains { payer.share.value.allows($0) },
          "\(model): no allowed share of the \(payer.party)")
        #expect(
          shares.contains { !payer.share.value.allows($0) },
          "\(model): no forbidden share of the \(payer.party)")
      }
      if clauses.bankMustBear.value, clauses.payers.count > 1 {
        let bankParts = own.map { $0.agreed.values.reduce(Ratio.one, -) }
        #expect(bankParts.contains(.zero), "\(model): no case without a part of the bank")
      }
    }
  }

  private func claims(_ id: String, _ model: OperatingModel) -> [WorkedClaim] {
    WorkedCases.all.claims
      .filter { $0.head.programme == id && $0.head.readings.isEmpty }.map(\.matter)
      .filter { $0.facts.model == model && $0.facts.agreed.isEmpty }
  }
}

extension WorkedClaim {
  /// The limit on a payer in the year of the case.
  fileprivate func cap(of payer: PayerClause) -> Money? {
    payer.caps.last { $0.fromYear <= facts.yearOfOperation }?.perClaim.value
  }
}

extension ThresholdTerms {
  /// The level of a denominator, in whole fen.
  fileprivate func exactly(of whole: Money) -> Money {
    whole.multiplied(by: level, rounding: .down)
  }
}

/// A built-in programme.
private func builtIn(_ id: String) throws -> PolicyDocument {
  let place = FundCore.SourceLocation(file: "cases")
  return try PolicyDocument.named(Written(id, at: place), in: "")
}
