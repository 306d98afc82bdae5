public import FundCore

/// What a payer's share is taken of.
@frozen
public enum ShareBase: String, CaseIterable, Sendable {
  /// The whole loss base.
  case wholeLoss
  /// What the payers before it left (interpretation I-5).
  case remaining
}

/// One payer of a loss: who, which share, of what.
@frozen
public struct PayerTerms: Hashable, Sendable {
  /// Who pays, by its place.
  public var party: PartyPlace
  /// The share.
  public var share: Ratio
  /// What the share is taken of.
  public var base: ShareBase
  /// Whether the claim's cap limits this payer.
  public var isCapped: Bool

  /// Creates a payer.
  @inlinable
  public init(party: PartyPlace, share: Ratio, base: ShareBase = .wholeLoss, isCapped: Bool = false)
  {
    self.party = party
    self.share = share
    self.base = base
    self.isCapped = isCapped
  }
}

/// Who pays which share of a loss, in the order of payment; the bank bears what is left.
///
/// Flat (no heap), because the simulation reads it for every claim. At most four payers.
@frozen
public struct SharingTerms: Hashable, Sendable {
  /// The most payers that a programme can name beside the bank.
  public static var largestPayerCount: Int { 4 }

  @usableFromInline let first: PayerTerms
  @usableFromInline let second: PayerTerms
  @usableFromInline let third: PayerTerms
  @usableFromInline let fourth: PayerTerms
  /// The number of payers.
  public let payerCount: Int
  /// What becomes of fractions of a fen (I-1).
  public let rounding: RoundingRule
  /// Whether the payers that come after a capped one bear their part of what its cap cuts, and not
  /// the bank all of it (I-22).
  public let sharesCapCut: Bool

  /// Creates the sharing of one operating model.
  ///
  /// - Precondition: At most four payers, each named once, and none of them the bank.
  public init(payers: [PayerTerms], rounding: RoundingRule, sharesCapCut: Bool = false) {
    precondition(payers.count <= Self.largestPayerCount, "a loss has at most four payers")
    precondition(!payers.contains { $0.party == .bank }, "the bank bears what is left")
    let nobody = PayerTerms(party: .fund, share: .zero)
    let slots = payers + Array(repeating: nobody, count: Self.largestPayerCount - payers.count)
    (first, second, third, fourth) = (slots[0], slots[1], slots[2], slots[3])
    payerCount = payers.count
    self.rounding = rounding
    self.sharesCapCut = sharesCapCut
  }

  /// The same sharing with nothing for some payers to pay.
  public func without(_ parties: Set<PartyPlace>) -> SharingTerms {
    SharingTerms(
      payers: payers.map { payer in
        guard parties.contains(payer.party) else { return payer }
        var idle = payer
        idle.share = .zero
        return idle
      }, rounding: rounding, sharesCapCut: sharesCapCut)
  }

  /// The same sharing with one payer limited by the cap of a claim.
  public func capped(_ party: PartyPlace) -> SharingTerms {
    SharingTerms(
      payers: payers.map { payer in
        var limited = payer
        if payer.party == party { limited.isCapped = true }
        return limited
      }, rounding: rounding, sharesCapCut: sharesCapCut)
  }

  /// A payer's part of what the cap of another cut: as its share to the shares of all whom the cap
  /// leaves to pay, the bank among them.
  ///
  /// - Parameters:
  ///   - cut: What the cap cut.
  ///   - capped: The share of the payer whose cap cut it.
  ///   - share: The share of the payer that is asked about.
  @inlinable
  func part(ofCut cut: Money, under capped: Ratio, for share: Ratio) -> Money {
    let others = Ratio.one.millionths - capped.millionths
    guard others > 0 else { return .zero }
    return cut.multiplied(by: share.millionths, over: others, rounding: rounding)
  }

  /// The payer at a place in the order of payment.
  @inlinable
  public subscript(index: Int) -> PayerTerms {
    @inline(__always)
    get {
      switch index {
      case 0: first
      case 1: second
      case 2: third
      default: fourth
      }
    }
  }

  /// The payers in order.
  public var payers: [PayerTerms] { (0..<payerCount).map { self[$0] } }
}
