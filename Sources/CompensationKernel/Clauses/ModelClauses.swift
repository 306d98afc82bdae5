public import FundCore

/// What is lost when a covered loan defaults.
public enum LossBase: String, CaseIterable, Sendable {
  /// The principal.
  case principal
  /// The principal with the interest that is unpaid at the claim (I-2).
  case principalAndInterest
}

/// Who bears what a cap cuts off a payer's share (I-22).
public enum CapCutRule: String, CaseIterable, Sendable {
  /// The bank.
  case bank
  /// The bank and the payers that come after the capped one, in proportion to their shares.
  case inProportion
}

/// Which years a cap counts (I-33).
public enum CapYears: String, CaseIterable, Sendable {
  /// Twelve-month years from the programme's first month.
  case programme
  /// Calendar years, the first being that of the programme's first month.
  case calendar
  /// Twelve-month years from the bank's first loan.
  case bank
}

/// A limit per claim from a year of operation on.
public struct CapClause: Sendable {
  /// The first year for which it holds, from 1.
  public let fromYear: Int
  /// The limit.
  public let perClaim: Cited<Money>

  /// Creates a limit.
  public init(fromYear: Int, perClaim: Cited<Money>) {
    self.fromYear = fromYear
    self.perClaim = perClaim
  }
}

/// One payer of a model.
public struct PayerClause: Sendable {
  /// Who pays.
  public let party: Party
  /// The share with its bounds.
  public let share: Cited<NegotiableShare>
  /// What the share is taken of.
  public let base: ShareBase
  /// The limits per claim, by year, ascending; empty if there is none.
  public let caps: [CapClause]
  /// Which years the caps count, and shares that differ by year.
  public let capYears: CapYears
  /// The shares that take the place of `share` where what they name holds; the last one that does counts.
  public var otherShares: [OtherShare] = []

  /// Creates a payer.
  public init(
    party: Party, share: Cited<NegotiableShare>, base: ShareBase = .wholeLoss,
    caps: [CapClause] = [], capYears: CapYears = .programme
  ) {
    self.party = party
    self.share = share
    self.base = base
    self.caps = caps
    self.capYears = capYears
  }
}

/// One operating model of a programme.
public struct ModelClauses: Sendable {
  /// The payers beside the bank, in the order in which they pay.
  public let payers: [PayerClause]
  /// Whether the bank must keep a part above zero.
  public let bankMustBear: Cited<Bool>
  /// What a loss is.
  public let lossBase: Cited<LossBase>
  /// Who bears what a cap cuts; `nil` where no payer has a cap: the bank then bears what is left.
  public let capCut: Cited<CapCutRule>?
  /// The article that sets the model up.
  public let citation: Citation

  /// Creates a model.
  public init(
    payers: [PayerClause], bankMustBear: Cited<Bool>, lossBase: Cited<LossBase>,
    capCut: Cited<CapCutRule>? = nil, citation: Citation
  ) {
    self.payers = payers
    self.bankMustBear = bankMustBear
    self.lossBase = lossBase
    self.capCut = capCut
    self.citation = citation
  }
}

/// Why a programme does not allow an operating model.
public struct RefusedModel: Sendable {
  /// The reason.
  public let reason: LocalizedText
  /// The article.
  public let citation: Citation

  /// Creates a refusal.
  public init(reason: LocalizedText, citation: Citation) {
    self.reason = reason
    self.citation = citation
  }
}

/// A breach of the bounds that a programme sets to negotiated shares.
public struct ShareProblem: Hashable, Sendable {
  /// The party whose share is not allowed.
  public let party: Party
  /// The share that was asked for.
  public let share: Ratio
  /// What is allowed, in words.
  public let allowed: LocalizedText
  /// The article that says so.
  public let citation: Citation
}

extension ModelClauses {
  /// The shares of the payers, with what a scenario agreed in place of the programme's values, or
  /// every bound that the agreement breaks.
  ///
  /// - Parameters:
  ///   - agreed: The shares that a scenario agreed on.
  ///   - rounding: What becomes of fractions of a fen.
  ///   - parties: Who stands at which place; each payer of the model has one.
  ///   - conditions: On what of a claim shares hang; `nil` for the ordinary ones.
  public func sharing(
    agreed: [Party: Ratio], rounding: RoundingRule, among parties: Parties = .shared,
    at conditions: ShareConditions? = nil
  ) -> Result<SharingTerms, ShareProblems> {
    var problems: [ShareProblem] = []
    var nominalLeft: Ratio = .one
    var terms: [PayerTerms] = []
    for payer in payers {
      let ordinary = agreed[payer.party] ?? payer.share.value.value
      let other = conditions.flatMap { otherShare(of: payer, at: $0) }
      let share = other?.share.value ?? ordinary
      if other == nil, !payer.share.value.allows(share) {
        problems.append(
          ShareProblem(
            party: payer.party, share: share, allowed: payer.share.value.allowedInWords,
            citation: payer.share.citation))
      }
      nominalLeft = payer.base == .remaining ? nominalLeft.less(share) : nominalLeft - share
      guard let place = parties.place(of: payer.party) else {
        preconditionFailure("each payer has a place")
      }
      terms.append(
        PayerTerms(party: place, share: share, base: payer.base, isCapped: !payer.caps.isEmpty))
    }
    if nominalLeft < .zero || (bankMustBear.value && nominalLeft == .zero) {
      problems.append(
        ShareProblem(
          party: .bank, share: nominalLeft,
          allowed: bankMustBear.value
            ? LocalizedText(en: "more than 0%", zh: "大于0%")
            : LocalizedText(en: "0% or more", zh: "0%以上"),
          citation: bankMustBear.citation))
    }
    guard problems.isEmpty else { return .failure(ShareProblems(problems)) }
    return .success(
      SharingTerms(
        payers: terms, rounding: rounding, sharesCapCut: capCut?.value == .inProportion))
  }
}

extension Ratio {
  /// What a share of this proportion leaves of it, in whole millionths.
  fileprivate func less(_ share: Ratio) -> Ratio {
    Ratio(millionths: millionths - millionths * share.millionths / 1_000_000)
  }
}

extension SharingTerms {
  /// What the payers leave to the bank, before caps.
  public var bankShare: Ratio {
    payers.reduce(Ratio.one) { left, payer in
      payer.base == .remaining ? left.less(payer.share) : left - payer.share
    }
  }
}

/// Every bound that an agreement breaks.
public struct ShareProblems: Error, Sendable {
  /// The bounds.
  public let problems: [ShareProblem]

  init(_ problems: [ShareProblem]) { self.problems = problems }
}

extension NegotiableShare {
  /// The shares that can be agreed, in words.
  public var allowedInWords: LocalizedText {
    if atLeast == atMost { return LocalizedText(en: "exactly \(value)", zh: "等于\(value)") }
    // A bound that is itself not allowed lies one millionth outside.
    let isAbove: LocalizedText? =
      atLeast.millionths == 1 ? .init(en: "more than 0%", zh: "大于0%") : nil
    let isBelow: LocalizedText? =
      atMost.millionths == 999_999 ? .init(en: "less than 100%", zh: "小于100%") : nil
    switch (isAbove, isBelow) {
    case (let above?, let below?):
      return .init(en: "\(above) and \(below)", zh: "\(above)且\(below)")
    case (let above?, nil) where atMost == .one: return above
    case (nil, let below?) where atLeast == .zero: return below
    default: break
    }
    if atLeast == .zero { return LocalizedText(en: "at most \(atMost)", zh: "不超过\(atMost)") }
    return LocalizedText(en: "\(atLeast) to \(atMost)", zh: "\(atLeast)至\(atMost)")
  }
}
