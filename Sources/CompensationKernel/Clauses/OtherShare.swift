public import FundCore

/// On what of a claim a payer's share can hang.
public struct ShareConditions: Hashable, Sendable {
  /// The size of the borrower.
  public var size: SizeClass
  /// The year of operation in which the claim is paid, from 1.
  public var year: Int
  /// The step of the bank's claim rate, from 0: how many of the model's steps it has passed.
  public var step: Int

  /// Creates conditions.
  public init(size: SizeClass, year: Int = 1, step: Int = 0) {
    (self.size, self.year, self.step) = (size, year, step)
  }
}

/// A share that takes the place of a payer's ordinary one where all that it names holds.
public struct OtherShare: Sendable {
  /// Its name in the programme file.
  public let id: String
  /// The sizes of borrower that it is for.
  public let sizes: Set<SizeClass>
  /// The first year of operation for which it holds, from 1.
  public let fromYear: Int
  /// The bank's claim rate above which it holds; `nil` for any.
  public let aboveClaimRate: Ratio?
  /// The share.
  public let share: Cited<Ratio>

  /// Creates a share.
  public init(
    id: String, sizes: Set<SizeClass> = Set(SizeClass.allCases), fromYear: Int = 1,
    aboveClaimRate: Ratio? = nil, share: Cited<Ratio>
  ) {
    (self.id, self.sizes, self.fromYear) = (id, sizes, fromYear)
    (self.aboveClaimRate, self.share) = (aboveClaimRate, share)
  }

  /// Whether it holds for a claim.
  ///
  /// - Parameter steps: The claim rates at which shares change, ascending.
  func holds(at conditions: ShareConditions, steps: [Ratio]) -> Bool {
    guard sizes.contains(conditions.size), conditions.year >= fromYear else { return false }
    guard let rate = aboveClaimRate else { return true }
    return conditions.step > 0 && steps[conditions.step - 1] >= rate
  }
}

extension ModelClauses {
  /// The claim rates of a bank at which shares of the model change, ascending.
  public var claimRateSteps: [Ratio] {
    Set(payers.flatMap(\.otherShares).compactMap(\.aboveClaimRate)).sorted()
  }

  /// Whether shares differ by the size of the borrower.
  public var differsBySize: Bool {
    payers.flatMap(\.otherShares).contains { $0.sizes.count < SizeClass.allCases.count }
  }

  /// The years of operation from which shares change, ascending; the first year is not among them.
  public var shareYears: [Int] {
    Set(payers.flatMap(\.otherShares).map(\.fromYear)).subtracting([1]).sorted()
  }

  /// One of all the conditions under which shares differ from each other, for each of them.
  public var allConditions: [ShareConditions] {
    let sizes = differsBySize ? SizeClass.allCases : [.small]
    return sizes.flatMap { size in
      ([1] + shareYears).flatMap { year in
        (0...claimRateSteps.count).map { ShareConditions(size: size, year: year, step: $0) }
      }
    }
  }

  /// The share of a payer that takes the place of its ordinary one: the last one that holds, in the order
  /// of the file; `nil` if the ordinary one does.
  public func otherShare(of payer: PayerClause, at conditions: ShareConditions) -> OtherShare? {
    guard !payer.otherShares.isEmpty else { return nil }
    let steps = claimRateSteps
    return payer.otherShares.last { $0.holds(at: conditions, steps: steps) }
  }

  /// Whose years of operation shares and caps count.
  public var shareYearsCounted: CapYears {
    payers.first { payer in payer.otherShares.contains { $0.fromYear > 1 } }?.capYears
      ?? .programme
  }
}
