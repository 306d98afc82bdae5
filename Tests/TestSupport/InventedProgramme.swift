/// A programme of an invented city, as the file of a draft: the fund bears a share of the principal that is lost, and
/// nothing else is limited.
public struct InventedProgramme {
  /// Its name.
  public var id = "thirty"
  /// The dates in force, both included.
  public var from = "2024-01-01", until = "2026-12-31"
  /// The fund's accounts, and further clauses of `fund:`, each line indented by two.
  public var accounts = "{kind: single, article: 4}", fundClauses = ""
  /// The fund's share, and how a recovery is divided.
  public var share = "30%", basis = "shareBorne"
  /// Further clauses of `coverage:`, each line indented by two, and further sections, as they stand in a file.
  public var coverage = "  sizes: {kinds: [micro, small, medium], article: 5}", sections = ""

  /// The programme that bears 30 % in 2024 to 2026.
  public init() {}

  /// The text of the file.
  public var text: String {
    """
    format: 1
    id: \(id)
    title: {zh: 虚构的办法, en: an invented programme}
    issuer: {zh: 虚构城市, en: an invented city}
    inForce: {from: \(from), until: \(until), article: 20}
    coverPeriod: {rule: startsInForce, article: 20}
    rounding: {rule: halfUp, article: 6}
    fund:
      initial: {rule: scenario, article: 3}
      accounts: \(accounts)
      shortage: {rule: leftWithBank, article: 4}
    \(fundClauses)
    models:
      bank:
        article: 6
        bankShare: {rule: rest, article: 6}
        payers:
          - party: fund
            share: {value: \(share), article: 6}
        lossBase: {value: principal, article: 6}
    claim: {delayMonths: 2, afterOverdueDays: 60, article: 8}
    recovery:
      basis: {value: \(basis), article: 9}
      limitedToPaid: {value: true, article: 9}
      costs: {value: net, article: 9}
      beyondPrincipal: {value: partners, article: 9}
    coverage:
      combinedPledge: {covered: ipPart, article: 5}
    \(coverage)
    \(sections)

    """
  }
}
