import Foundation
import FundCore
import ScenarioInput
import TestSupport
import Testing

/// Whatever a file says, reading ends in a history or in problems at places, never in a trap.
@Suite(.timeLimit(.minutes(5))) struct `Any history` {
  private static let seeds = [
    """
    年份,评级,在险笔数,违约笔数,在险金额（万元）,损失（万元）,追偿（万元）
    2020,A,120,1,900,10,3
    2021,A,130,0,990,0,0
    2020,B,60,4,500,"1,200",2.5
    2021,B,70,2,500,80,
    合计,,380,7,,1290,5.5

    """,
    """
    id,放款日期,期限（月）,首个逾期日,评级,本金损失（万元）,追偿金额,追偿日期,核销日期
    1,2020-01-15,12,,A,,,,
    2,2020-06-01,24,2021-02-20,B,50,100000,2021-10-05,2021-12-31
    3,2021-01-31,12个月,,A,,,,

    """,
  ]

  private static let terms = """
    title: t
    opening: 2020-01
    register:
      columns: {id: id, start: 放款日期, term: 期限（月）, principal: 追偿金额, overdueDate: 首个逾期日,
        lossPrincipal: 本金损失（万元）}
      constants: {model: bank, bank: a, size: small, collateral: patent, ipPart: 100%,
        repayment: bullet, rate: 4%}
      facts: {others: met}
      badRows: setAside
    """

  private static let pieces = [
    ",", "\n", "\"", "年", "2020", "9999", "-1", "1e9", "99999999999999999999", "NaN", "%", "万元",
    "A", "合计", "0", "2020-02-30", "year", "defaults", ";", "\u{FEFF}", "\u{0}",
  ]

  @Test(arguments: [0, 1], [false, true]) func `ends in a history or in problems`(
    seed: Int, hasTerms: Bool
  ) throws {
    let folder = try TemporaryFolder()
    let terms = try folder.write("t.yaml", Self.terms)
    var words = SeededWords(seed: UInt64(seed + 90))
    var (read, refused) = (0, 0)
    for _ in 0..<75 {
      var text = Array(Self.seeds[seed])
      for _ in 0..<Int.random(in: 0...6, using: &words) {
        let place = Int.random(in: 0...text.count, using: &words)
        if Bool.random(using: &words), place < text.count {
          let end = min(text.count, place + Int.random(in: 1...4, using: &words))
          text.removeSubrange(place..<end)
        } else {
          text.insert(
            contentsOf: Self.pieces.randomElement(using: &words) ?? "", at: place)
        }
      }
      var request = HistoryRequest(file: try folder.write("h.csv", String(text)))
      if hasTerms { request.terms = terms }
      do throws(Diagnostics) {
        _ = try readHistory(request).notices
        read += 1
      } catch {
        #expect(!error.problems.isEmpty)
        refused += 1
      }
    }
    #expect(read + refused == 75 && refused > 0)
  }
}
