import Foundation
import TestSupport
import Testing

/// Agreed figures that are no shares of a loss, on each side of the bound that the text sets.
@Suite struct ExplainedBoundTests {
  private func explained(_ fund: String) async throws -> Command.Outcome {
    let folder = try TemporaryFolder()
    let line =
      "explain --programme \(fund) --principal 100万 --ip-part 100% --size small --collateral patent --term 12 "
      + "--start 2024-03-01 --rate 0% --facts met --overdue 2025-03-02 --loss 100万 --width 300"
    return try await Command.run(line.split(separator: " ").map(String.init), in: folder.path)
  }

  /// Chaoyang, Art. 9 and 10: both accounts bear a part of the 20万 that the pool pays.
  @Test(arguments: [
    ("0%", nil), ("0.0001%", "0.20"), ("50%", "100,000.00"), ("99.9999%", "199,999.80"),
    ("100%", nil),
  ])
  func `the fiscal account refunds a part, not nothing and not all`(
    part: String, refund: String?
  ) async throws {
    let outcome = try await explained(
      "chaoyang --model bank --fund 1000万 --fund-start 2024-01 --interest-rate 0% --penalty-rate 0% "
        + "--claim-delay 2 --refund-share \(part)")
    if let refund {
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("200,000.00"))
      #expect(outcome.output.contains(refund), "\(outcome.output)")
    } else {
      #expect(outcome.status == 65)
      for words in ["--refund-share", "Art. 9, 10", "more than 0% and less than 100%"] {
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
      }
    }
  }

  /// Baotou, Art. 8(二)7: the manager takes at most 1.5 % a year.
  @Test(arguments: [("1.4999%", true), ("1.5%", true), ("1.5001%", false)])
  func `the manager's fee has a bound`(rate: String, isAllowed: Bool) async throws {
    let outcome = try await explained(
      "baotou --model bank --fund-start 2024-01 --interest-rate 0% --fee \(rate)")
    #expect(outcome.status == (isAllowed ? 0 : 65), "\(outcome.errors)")
    for words in ["--fee", "Art. 8(二)7", "at most 1.5%"] {
      #expect(outcome.errors.contains(words) != isAllowed, "\(outcome.errors)")
    }
  }
}
