import DocumentReading
import FundCore
import Testing

@testable import ScenarioInput

private let yaml = """
  tape: t.csv
  columns: {id: 编号, enterprise: 企业, bank: 银行, start: 放款日, term: 期限, principal: 金额}
  constants: {model: bank, size: small, collateral: patent, ipPart: 100%, repayment: bullet, rate: 4%}
  badRows: setAside
  """

private let header = "编号,企业,银行,放款日,期限,金额\n"

extension TapeOutcome {
  fileprivate var notices: [String] { tape?.notices.map(\.english) ?? [] }
  fileprivate var reasons: [String] {
    tape?.setAside.map { "\($0.reason.english): \($0.count)" }.sorted() ?? []
  }
}

/// What was heard wrongly of ledgers, or only half.
struct `A ledger's slips` {
  /// The first row of a recurring id counted, so that sorting a file changed a result.
  @Test func `of a recurring id set all its rows aside, in whatever order`() {
    let rows = [
      "L1,甲,乙,2024-02-01,12,80万", "L1,丙,乙,2024-02-01,12,90万", "L2,丁,乙,2024-02-01,12,70万",
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let read = readTape(
        header + order.map { rows[$0] + "\n" }.joined() + "合计,,,,,240万\n", yaml)
      #expect(read.problems == "")
      #expect(read.tape?.loans.map(\.id) == ["L2"])
      #expect(read.reasons == ["id used more than once: 2"])
      #expect(read.notices.contains("the total in line 5, 2400000 yuan, is the sum of the rows"))
      #expect(read.tape?.keptRows.count == 2)
    }
  }

  /// So did a row that could not be used itself, if it came first.
  @Test func `of a recurring id count a bad row, too`() {
    let rows = [
      "L1,甲,乙,never,12,80万\n", "L1,丙,乙,2024-02-01,12,90万\n", "L2,丁,乙,2024-02-01,12,70万\n",
    ]
    for text in [rows, rows.reversed()] {
      let read = readTape(header + text.joined(), yaml)
      #expect(read.tape?.loans.map(\.id) == ["L2"])
      #expect(read.reasons == ["id used more than once: 1", "unreadable start: 1"])
    }
  }

  /// A mark for no value in one of the two columns was a problem, an empty cell was none.
  @Test(arguments: ["", "-", "/", "无", "NULL", "（无）", "\\N", "不适用"])
  func `of term and maturity take a mark for an empty cell`(mark: String) {
    let both = yaml.replacing("term: 期限,", with: "term: 期限, maturity: 到期日,")
    let head = header.replacing("期限,", with: "期限,到期日,")
    let read = readTape(
      head + "L1,甲,乙,2024-02-01,12,\(mark),80万\nL2,丙,乙,2024-02-01,\(mark),2024-08-01,90万\n", both)
    #expect(read.problems == "")
    #expect(read.reasons == [])
    #expect(read.tape?.loans.map(\.termMonths) == [12, 6])
  }

  /// Only the unit behind the name was heard, and w, as people write 万, was not.
  @Test(arguments: ["万元金额", "金额(w)", "金额‹万元›", "金额（W元）"])
  func `in the head of amounts are heard`(head: String) {
    let mapping = yaml.replacing("principal: 金额", with: "principal: \(head)")
    let read = readTape(header.replacing("金额", with: head) + "L1,甲,乙,2024-02-01,12,150\n", mapping)
    #expect(read.problems == "")
    #expect(read.tape?.loans.map(\.principal) == [.yuan(1_500_000)])
  }

  /// A monthly rate of 3.625‰, written 0.003625 under 利率, was a yearly one of 0.36% without a word; so
  /// were days below 121 as months, and years.
  @Test(arguments: [
    ("0.003625", "12", "rate is 0.3625%"), ("4%", "90", "term is 90 months"),
    ("4%", "1", "term is 1 months"),
  ]) func `of unit are asked about where nobody lends so`(rate: String, term: String, says: String)
  {
    let mapping = yaml.replacing(", rate: 4%", with: "").replacing(
      "principal:", with: "rate: 利率, principal:")
    let read = readTape(
      header.replacing("金额", with: "金额,利率") + "L1,甲,乙,2024-02-01,\(term),80万,\(rate)\n", mapping)
    #expect(
      read.notices.count == 1 && read.notices[0].contains("the median \(says)"), "\(read.notices)")
  }

  /// Numbers cut by a spreadsheet were told of loans, and not of enterprises, which they make one.
  @Test func `of digits are told of enterprises, too`() {
    let read = readTape(header + "L1,912102001234567000,乙,2024-02-01,12,80万\n", yaml)
    #expect(read.notices.count == 1 && read.notices[0].contains("'企业' end in zeros"))
  }

  /// Each column of the mapping was a problem of its own, where the file was simply another one.
  @Test func `of file are one problem`() {
    let read = readTape("a,b,c\n1,2,3\n", yaml)
    #expect(read.problems.hasPrefix("s.yaml:2:"))
    #expect(read.problems.contains("error[unknown-columns]: t.csv has none of the columns"))
    #expect(read.problems.split(separator: "\n").count == 2)
  }

  /// Words of statuses in capitals were unknown.
  @Test(arguments: ["Closed", "PAID", "已提前结清"]) func `of capitals are none`(word: String) {
    let mapping = yaml.replacing("principal:", with: "status: 状态, principal:")
    let read = readTape(
      header.replacing("金额", with: "金额,状态")
        + "L1,甲,乙,2024-02-01,12,80万,\(word)\nL2,甲,乙,2024-02-01,12,80万,Current\n", mapping)
    #expect(read.problems == "")
    #expect(read.reasons == [])
    #expect(read.tape?.leftOut.map(\.reason) == [.settled])
  }
}

/// Rates in scenarios, terms and claims.
struct `A rate in a file of ours` {
  private func rate(_ text: String) -> String {
    let read = readMapping(yaml.replacing("rate: 4%", with: "rate: \(text)"))
    return read.mapping?.constants.rate.map { "\($0)" } ?? read.problems
  }

  /// 3.625‰, which is what banks write of a month, was taken for 0.3625% a year without asking.
  @Test(arguments: ["3.625‰", "1.2‱", "50bp"]) func `in ‰ is asked about`(text: String) {
    #expect(rate(text).contains("error[rate-period-unclear]"))
    #expect(rate(text).contains("3.625‰/月"))
  }

  /// 3.625‰ × 12 = 43.5‰; 1.2‱ × 360 = 4.32%.
  @Test(arguments: [
    ("4.35%", "4.35%"), ("0.0435", "4.35%"), ("3.625‰/月", "4.35%"), ("43.5‰/年", "4.35%"),
    ("0.3625%/月", "4.35%"), ("1.2‱/日", "4.32%"),
  ]) func `that names its period is converted`(text: String, expected: String) {
    #expect(rate(text) == expected)
  }

  @Test func `that is bare and large is asked about as before`() {
    #expect(rate("4.35").contains("write 4.35% or 0.0435"))
    #expect(rate("0.4").contains("unclear-unit"))
  }
}
