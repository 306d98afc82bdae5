import ClaimRules
import DocumentReading
import FundCore
import PolicyLibrary

extension Scenario {
  /// The digest of everything that was read, the programmes as they are used among it, in hexadecimal
  /// digits.
  public var digest: String { inputsDigest(digestInput, funds) }
}

/// The digest of what was read and of the programmes of funds as they are used.
func inputsDigest(_ bytes: [UInt8], _ funds: [FundAgreement]) -> String {
  var bytes = bytes
  for fund in funds { bytes += Array(fund.programme.tree.digestText.utf8) }
  return SHA256.hexDigest(of: bytes)
}

extension DocumentNode {
  /// The content of a tree without its places, for a digest.
  var digestText: String {
    switch content {
    case .scalar(let text, _): "'\(text)'"
    case .null: "~"
    case .sequence(let items): "[" + items.map(\.digestText).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key.value):\($0.value.digestText)" }.joined(separator: ",") + "}"
    }
  }
}
