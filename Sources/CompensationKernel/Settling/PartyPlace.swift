/// A place in a division. Fund, partner and bank have parts of their own to play; the others pay
/// their shares, whoever they are.
@frozen
public enum PartyPlace: Int, CaseIterable, Sendable, BitwiseCopyable {
  /// The first payer beside the fund.
  case first
  /// The fund; of a pool, its fiscal account.
  case fund
  /// The pool's partner with its social account.
  case partner
  /// The second payer beside the fund.
  case second
  /// The third payer beside the fund.
  case third
  /// The bank, which bears what is left.
  case bank
}
