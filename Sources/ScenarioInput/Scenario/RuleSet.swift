import ClaimRules
import CompensationKernel
import FundCore

/// What of a loan decides by which rules its claim is settled, apart from its operating model and the day of
/// the claim.
struct RuleSet: Hashable {
  /// The payers that owe nothing (I-43).
  let idle: Set<Party>
  /// The version of the terms.
  let version: Int
  /// The size of the borrower, where shares differ by it; the same for all where they do not.
  let size: SizeClass

  /// The set of a loan.
  init(_ fund: FundAgreement, idle: Set<Party>, size: SizeClass, madeOn date: CivilDate) {
    self.idle = idle
    version = fund.terms.version(ofLoanMadeOn: date)
    let models = fund.terms.models(inVersion: version)
    let differs = fund.sharing.keys.contains { models[$0]?.differsBySize ?? false }
    self.size = differs ? size : .small
  }

  /// The set of what was said at first, with nobody left out.
  static let first = RuleSet(idle: [], version: 0, size: .small)

  private init(idle: Set<Party>, version: Int, size: SizeClass) {
    (self.idle, self.version, self.size) = (idle, version, size)
  }
}

/// The sets of rules while loans are added.
struct RuleSets {
  private let count: Int
  private(set) var all: [RuleSet] = [.first]
  /// The place of each loan's set; empty if all have the first.
  private(set) var places: [UInt16] = []

  init(count: Int) { self.count = count }

  /// Notes the set of a loan.
  mutating func note(_ set: RuleSet, at index: Int) {
    let place = add(set)
    guard place > 0 || !places.isEmpty else { return }
    if places.isEmpty { places = Array(repeating: 0, count: count) }
    // Fewer than the places of a plan's rules, which `FundChecks` counts.
    places[index] = UInt16(place)
  }

  /// The place of a set, which has one from then on.
  @discardableResult
  mutating func add(_ set: RuleSet) -> Int {
    let place = all.firstIndex(of: set) ?? all.count
    if place == all.count { all.append(set) }
    return place
  }
}
