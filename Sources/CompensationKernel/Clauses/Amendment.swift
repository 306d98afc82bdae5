public import FundCore

/// A change of a programme's terms for loans that are made from a day on.
public struct Amendment: Sendable {
  /// Its name in the programme file.
  public let id: String
  /// The first day: loans made on it or later stand under the changed terms until they have run off.
  public let from: CivilDate
  /// The terms as changed, with all amendments before.
  public let terms: CompensationTerms
  /// Where it comes from.
  public let citation: Citation

  /// Creates an amendment.
  public init(id: String, from: CivilDate, terms: CompensationTerms, citation: Citation) {
    (self.id, self.from, self.terms, self.citation) = (id, from, terms, citation)
  }
}

extension CompensationTerms {
  /// Under which version of the terms a loan stands: 0 as they were at first, else the number of
  /// amendments by its day.
  public func version(ofLoanMadeOn date: CivilDate) -> Int {
    amendments.count { $0.from <= date }
  }

  /// The terms in a version.
  public func version(_ number: Int) -> CompensationTerms {
    number == 0 ? self : amendments[number - 1].terms
  }

  /// The terms under which a loan stands.
  public func forLoan(madeOn date: CivilDate) -> CompensationTerms {
    version(version(ofLoanMadeOn: date))
  }
}
