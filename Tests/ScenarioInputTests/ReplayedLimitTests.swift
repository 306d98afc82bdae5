import ClaimRules
import FundCore
import ScenarioInput
import Simulation
import Testing

/// Limits on indicators in a replay, by a register worked by hand.
@Suite struct ReplayedLimitTests {
  private func study(_ limits: String?, contributors: String? = nil) throws -> RegisterStudy {
    let folder = `A draft with the clauses of another city`.folder
    var request = ReplayRequest(register: "\(folder)/leverage.csv")
    request.programme = "\(folder)/leverage.yaml"
    request.options = [.model: "bank", .fund: "100万", .start: "2025-01", .facts: "met"]
    request.options[.limits] = limits
    request.options[.contributors] = contributors
    return try readRegister(request)
  }

  /// Covered and outstanding at month ends, in 万, by the balance: 600 of 100 in January and February 2025, 1000 of
  /// 100 from March to May, 400 of 50 from June on, 450 of 50 from January to April 2026, 400 of 45 on 10 May.
  @Test func `are passed in the months in which they are`() throws {
    let study = try study("leverage=8.5，recoveryRate=1%")
    #expect(study.limits.map(\.indicator) == [.leverage, .recoveryRate])
    #expect(study.limits.map(\.millionths) == [8_500_000, 10_000])
    let replay = try #require(study.replays().first)
    let first = try #require(replay.months.first?.month)
    let course = replay.course
    let periods = YearPeriod.all(from: first, horizon: replay.months.count)
    let whole = try #require(periods.first { $0.kind == .run })
    let leverage = study.limits[0]
    #expect(course.monthsPassing(leverage, in: whole) == [2, 3, 4, 12, 13, 14, 15, 16])
    #expect(
      course.monthsPassing(.init(.leverage, millionths: 9_000_000), in: whole) == [2, 3, 4])
    let years = periods.filter { $0.kind == .calendar }
    #expect(years.map { course.passes(leverage, at: $0) } == [false, true])
    // Of recoveries only years' ends count; nothing came back, which is below every limit.
    #expect(course.monthsPassing(study.limits[1], in: whole) == nil)
    #expect(years.map { course.passes(study.limits[1], at: $0) } == [true, true])
  }

  @Test func `that say nothing clear are refused at their option`() throws {
    func codes(_ limits: String) -> [String] {
      let refusal = #expect(throws: Diagnostics.self) { try study(limits) }
      return (refusal?.problems ?? []).map {
        "\($0.code) \($0.location.file.hasPrefix("--limits"))"
      }
    }
    #expect(codes("leverage") == ["malformed-limit true"])
    #expect(codes("leverage=3,leverage=4") == ["malformed-limit true"])
    #expect(codes("gearing=3") == ["unknown-key true"])
    #expect(codes("claimRate=much") == ["not-a-number true"])
    #expect(try study(nil).limits.isEmpty)
  }

  /// 50万 and 5万 are paid of 100万: 45万 are left, by thirds 149,999.85 twice and the rest.
  @Test func `contributors are told by an option, or refused at it`() throws {
    let study = try study(nil, contributors: "甲=33.3333%，乙=33.3333%、丙＝33.3334%")
    let replay = try #require(study.replays().first)
    let holdings = try #require(replay.lastDay).holdings(under: replay.agreement)
    #expect(holdings.map(\.amount.fen) == [14_999_985, 14_999_985, 15_000_030])
    func codes(_ contributors: String) -> [String] {
      let refusal = #expect(throws: Diagnostics.self) {
        try self.study(nil, contributors: contributors)
      }
      return (refusal?.problems ?? []).map {
        "\($0.code) \($0.location.file.hasPrefix("--contributors"))"
      }
    }
    #expect(codes("甲") == ["malformed-contributor true"])
    #expect(codes("甲=50%,甲=50%") == ["malformed-contributor true"])
    #expect(codes("甲=50%,乙=40%") == ["shares-not-whole true"])
    #expect(codes("甲=much,乙=40%").count == 1)
  }
}
