import Foundation
import TestSupport
import Testing

/// The indicators of a replayed register, worked by hand.
@Suite struct ReplayIndicatorTests {
  /// The fund bears 30 % of lost principal; no threshold, no cap, no interest, no fee.
  private static let programme = InventedProgramme().text

  private static let register = """
    id,enterprise,bank,size,collateral,ipPart,repayment,rate,start,term,principal,overdueDate,lossPrincipal,appliedDate,recovered,recoveredDate
    L1,甲公司,A银行,small,patent,100%,bullet,4%,2024-01-15,12,310万,,,,,
    L2,乙公司,A银行,small,patent,100%,bullet,4%,2024-02-05,12,170万,2024-06-10,170万,2024-08-20,50万,2025-03-10
    L3,丙公司,B银行,small,patent,100%,bullet,4%,2024-07-01,24,130万,,,,,
    L4,丁公司,B银行,small,patent,100%,bullet,4%,2024-01-20,6,90万,,,,,

    """

  /// Definitions of DECISIONS §2. In 万, 1,000 put in at the start, all principal covered:
  ///
  /// 2024. L4 is repaid in July. L2 fails in June and is claimed in August: 30 % of 170 = 51 is paid, the balance is 949.
  /// Outstanding and covered at the year's end: L1 310 + L3 130 = 440. Lent so far 310 + 170 + 130 + 90 = 700,
  /// so released 700 − 440 = 260.
  ///
  /// - leverage 440 ÷ 949 = 0.463646…
  /// - claim rate 51 ÷ 260 = 0.196153…
  /// - recovery rate 0 ÷ 51 = 0
  /// - loss rate (51 − 0) ÷ 260 = 0.196153…
  /// - non-performing 170 ÷ (440 + 170) = 0.278688…
  /// - use of the money 51 ÷ 1,000 = 0.051
  /// - lending multiple 700 ÷ 1,000 = 0.7
  ///
  /// 2025. L1 matures in January. In March 50 comes back of L2, the fund's part is 30 % = 15, the balance 964.
  /// Outstanding: L3 130; released 700 − 130 = 570. Of L2 170 − 50 = 120 is overdue still.
  ///
  /// - leverage 130 ÷ 964 = 0.134854…
  /// - claim rate 51 ÷ 570 = 0.089473…
  /// - recovery rate 15 ÷ 51 = 0.294117…
  /// - loss rate (51 − 15) ÷ 570 = 0.063157…
  /// - non-performing 120 ÷ (130 + 120) = 0.48
  /// - use of the money 0 ÷ 1,000 = 0
  private static let worked: [(year: Int, figure: String, value: Double)] = [
    (2024, "leverage", 0.463646), (2024, "claimRate", 0.196154), (2024, "recoveryRate", 0),
    (2024, "lossRate", 0.196154), (2024, "nonPerforming", 0.278689), (2024, "useOfMoney", 0.051),
    (2024, "lendingMultiple", 0.7), (2025, "leverage", 0.134855), (2025, "claimRate", 0.089474),
    (2025, "recoveryRate", 0.294118), (2025, "lossRate", 0.063158), (2025, "nonPerforming", 0.48),
    (2025, "useOfMoney", 0), (2025, "lendingMultiple", 0.7),
  ]

  private func replay(_ further: [String]) async throws -> [String: Any] {
    let folder = try TemporaryFolder()
    try folder.write("r.csv", Self.register)
    try folder.write("thirty.yaml", Self.programme)
    let outcome = try await Command.run(
      [
        "replay", "r.csv", "--programme", "thirty.yaml", "--model", "bank", "--fund", "1000万",
        "--start", "2024-01", "--facts", "met", "--until", "2025-12", "--contributors",
        "市=60%，区=40%",
      ] + further, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    if further.isEmpty {
      // As the terminal prints them: shares in per cent with four decimals, multiples with six.
      for text in ["0.463646", "19.6154 %", "27.8689 %", "5.1000 %", "29.4118 %", "6.3158 %"] {
        #expect(outcome.output.contains(text), "\(text)")
      }
      #expect(outcome.output.contains("Whose the money is, by account and contributor (yuan)"))
      #expect(outcome.output.contains("5,784,000.00") && outcome.output.contains("3,856,000.00"))
      return [:]
    }
    return try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  @Test func `each ratio to six digits`() async throws {
    _ = try await replay([])
    let object = try await replay(["--json"])
    let funds = try #require(object["funds"] as? [[String: Any]])
    // 964万 by 60 : 40; the programme ends after the last day.
    let parts = try #require(funds[0]["contributors"] as? [[String: Any]])
    #expect(parts.map { $0["name"] as? String } == ["市", "区"])
    #expect(parts.map { $0["putIn"] as? Double } == [6_000_000, 4_000_000])
    #expect(parts.map { $0["atEnd"] as? Double } == [5_784_000, 3_856_000])
    #expect(
      parts.allSatisfy { $0["atProgrammeEnd"] is NSNull } && funds[0]["programmeEnd"] is NSNull)
    let years = try #require(funds[0]["moneyAndIndicators"] as? [[String: Any]])
    for item in Self.worked {
      let year = try #require(years.first { $0["year"] as? Int == item.year })
      let ratios = try #require(year["indicators"] as? [String: Any])
      let value = try #require(ratios[item.figure] as? Double, "\(item.year) \(item.figure)")
      #expect(abs(value - item.value) < 5e-7, "\(item.year) \(item.figure): \(value)")
    }
  }
}
