public import FundCore

/// By what a fund's cost is reckoned beside its balance: it changes no payment.
///
/// Source: DECISIONS "What it costs, and whom".
public struct CostTerms: Hashable, Sendable, Codable {
  /// Who pays a premium.
  public enum Payer: String, Hashable, Sendable, Codable, CaseIterable {
    /// The borrowers.
    case borrower
    /// The lending banks.
    case bank
    /// The fund, all of it.
    case fund
  }

  /// What a party takes a year for the covered principal outstanding that it stands behind.
  public struct Premium: Hashable, Sendable, Codable {
    /// Who takes it: guarantor, insurer, another payer, or the fund itself.
    public let party: Party
    /// A year, on the covered principal outstanding at the end of each month.
    public let rate: Ratio
    /// Who pays it.
    public let paidBy: Payer
    /// The share of it that the fund refunds to who pays it.
    public let subsidy: Ratio

    /// Creates a premium.
    public init(party: Party, rate: Ratio, paidBy: Payer, subsidy: Ratio = .zero) {
      self.party = party
      self.rate = rate
      self.paidBy = paidBy
      self.subsidy = subsidy
    }
  }

  /// The annual rate by which later money counts for less: month t by (1 + rate)^(−t/12).
  public var discountRate: Ratio
  /// The premiums, at most one a party.
  public var premiums: [Premium]

  /// Creates terms.
  public init(discountRate: Ratio, premiums: [Premium] = []) {
    self.discountRate = discountRate
    self.premiums = premiums
  }

  /// The premium of a party; `nil` if it takes none.
  public func premium(of party: Party) -> Premium? { premiums.first { $0.party == party } }
}

extension CostTerms.Premium {
  /// What the fund has to do with a premium.
  public struct Parts: Hashable, Sendable {
    /// The premium, in fen.
    public let whole: Int64
    /// What of it the fund pays, or refunds, in fen.
    public let ofFund: Int64

    /// What is left to who pays it, in fen.
    public var ofPayer: Int64 { whole - ofFund }
  }

  /// The premium on covered principal, and what of it is the fund's, each half up to the fen.
  ///
  /// - Parameters:
  ///   - months: Covered principal outstanding, summed over month ends, in fen, times `2^fraction`.
  ///   - fraction: How many binary digits of it stand behind the point, at most 40.
  public func parts(on months: Int128, fraction: Int = 0) -> Parts {
    let divisor = Int128(12_000_000) << Int128(fraction)
    let whole = Int64(clamping: halfUp(months * Int128(rate.millionths), over: divisor))
    let share = paidBy == .fund ? .one : subsidy
    let ofFund = halfUp(Int128(whole) * Int128(share.millionths), over: 1_000_000)
    return Parts(whole: whole, ofFund: Int64(clamping: ofFund))
  }
}

/// A quotient, half up to the whole; of a sum below nothing as well.
@usableFromInline
func halfUp(_ sum: Int128, over divisor: Int128) -> Int128 {
  let doubled = 2 * sum + divisor
  let (whole, rest) = doubled.quotientAndRemainder(dividingBy: 2 * divisor)
  return rest < 0 ? whole - 1 : whole
}

/// Principal outstanding at month ends in all as principal-years, half up to the fen.
public func principalYears(_ months: Int128) -> Int64 {
  Int64(clamping: halfUp(months, over: 12))
}

extension CostTerms.Payer {
  /// Its name in reports.
  public var words: LocalizedText {
    switch self {
    case .borrower: .init(en: "the borrowers", zh: "借款企业")
    case .bank: .init(en: "the banks", zh: "银行")
    case .fund: .init(en: "the fund", zh: "基金")
    }
  }
}

extension CostTerms.Payer: SpokenChoice {
  /// Other words for it.
  public var otherWords: [String] {
    switch self {
    case .borrower: ["企业", "借款企业", "借款人"]
    case .bank: ["银行"]
    case .fund: ["基金"]
    }
  }
}
