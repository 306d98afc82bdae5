import ClaimRules
import CompensationKernel
import FundCore
import ScenarioInput
import Testing

/// The registers of `scenarios/other-cities`, worked by hand from the drafts; nothing here was computed by the
/// program.
struct `A register under a draft of another city` {
  /// What the parties bear of a claim, in fen, and what comes back to the fund.
  struct Worked {
    let loan: String
    var parts: [String: Int64]
    var returned: Int64 = 0
  }

  private static func worked(_ loan: String, _ fund: Int64, _ bank: Int64, back: Int64 = 0)
    -> Worked
  {
    Worked(loan: loan, parts: ["fund": fund, "bank": bank], returned: back)
  }

  /// One 万 in fen.
  private static let wan: Int64 = 1_000_000

  static let ledgers: [(name: String, claims: [Worked])] = [
    // 54 : 26 : 16 : 4. F2, loss 333,333.33: 54 % is 179,999.9982, 16 % 53,333.3328, 4 % 13,333.3332;
    // the bank has the other 86,666.67. Of 10万 recovered the fund has 54 %.
    (
      "four-parties",
      [
        Worked(
          loan: "F1",
          parts: [
            "fund": 54 * wan, "insurer": 16 * wan, "asset-appraiser": 4 * wan, "bank": 26 * wan,
          ]),
        Worked(
          loan: "F2",
          parts: [
            "fund": 18_000_000, "insurer": 5_333_333, "asset-appraiser": 1_333_333,
            "bank": 8_666_667,
          ], returned: 5_400_000),
      ]
    ),
    // A lends 400万 + 600万 under cover in 2025: at most 100万. Y1: 50 % of 150万 is 75万. Y2: 50万, of which
    // 25万 are left. B lends 200万 (Y4 was made before the start): Y3's 20万 are just the limit. In 2026 A has
    // lent 300万 by then: 30万 of 50万.
    (
      "bank-year-limit",
      [
        worked("Y1", 75 * wan, 75 * wan), worked("Y2", 25 * wan, 75 * wan),
        worked("Y3", 20 * wan, 20 * wan), worked("Y5", 30 * wan, 70 * wan),
      ]
    ),
    // A has lent 2000.01万: 3 % are 60.0003万. R1: 40 % of 50万. R2: 10.0003万 at 40 %, 19.9997万 at 20 %: 40,001.2
    // + 39,999.4; of 9万 recovered as it bore, 80,000.60 / 300,000: 24,000.18. R3: 20 %. B: 3 % exactly, all at
    // 40 %.
    (
      "claim-rate-steps",
      [
        worked("R1", 20 * wan, 30 * wan), worked("R2", 8_000_060, 21_999_940, back: 2_400_018),
        worked("R3", 2_000, 8_000), worked("R4", 1_200_000, 1_800_000),
      ]
    ),
    // Made on the last day of 2025: 50 %, at most 120万; on the first of 2026: 45 %, at most 100万. Of 30万
    // recovered on A4 the fund has 45 %.
    (
      "amended-share",
      [
        worked("A1", 50 * wan, 50 * wan), worked("A2", 45 * wan, 55 * wan),
        worked("A3", 120 * wan, 180 * wan), worked("A4", 100 * wan, 200 * wan, back: 13_500_000),
      ]
    ),
    // S1: the bank's first 20万, then 30 % of 30万. S2 takes the year to 210万: 30 % of 150万, and all of 10万.
    // S3: all; so all that comes back. A new year: S4 is just the first loss, S5 lies beyond it. B's S6 lies
    // a fen within.
    (
      "stop-loss",
      [
        worked("S1", 9 * wan, 41 * wan), worked("S2", 55 * wan, 105 * wan),
        worked("S3", 40 * wan, 0, back: 10 * wan), worked("S4", 0, 20 * wan),
        worked("S5", 3_000, 7_000), worked("S6", 0, 19_999_999),
      ]
    ),
    // 100万 carry 1000万. L1 takes 600万, L2 would make 1100万, with L3 it is 1000万. The claim on L1 leaves 50万, which
    // carry 500万: nothing for L4. L1 has run off in January 2026: with L5 450万 are covered, L6 would make 510万.
    ("leverage", [worked("L1", 50 * wan, 50 * wan), worked("L5", 5 * wan, 5 * wan)]),
    // 500万. T1: 30万, 6 % of what was put in. T2: 50万, in all 80万 of the year's 100万; A stands at 16 %, and pauses.
    // In 2026 the year begins with 420万: at most 84万. T6: 30万. T3: 54万 of 100万 are left.
    (
      "fund-thresholds",
      [
        worked("T1", 30 * wan, 30 * wan), worked("T2", 50 * wan, 50 * wan),
        worked("T3", 54 * wan, 146 * wan), worked("T6", 30 * wan, 30 * wan),
      ]
    ),
    // Micro 50 %; medium 40 % in the first year, 30 % in the second; 800万 in all, of which 50 + 40 + 30 are gone:
    // of Z4's 750万 680万 are left, of Z5's 5万 nothing.
    (
      "size-and-year",
      [
        worked("Z1", 50 * wan, 50 * wan), worked("Z2", 40 * wan, 60 * wan),
        worked("Z3", 30 * wan, 70 * wan), worked("Z4", 680 * wan, 820 * wan),
        worked("Z5", 0, 10 * wan),
      ]
    ),
  ]

  /// The initial amounts, where they are others than 2000万.
  private static let funds = ["leverage": "100万", "fund-thresholds": "500万"]

  /// Against the fund's money. Outstanding at month ends, in 万, of what the fund holds: 2200 of 500 in March 2025,
  /// 2210 of 420 on 31 August (5.26 times): all pause. 2260 of 420 in November; T1 has run off in January: 1460 of
  /// 420, and B lends under cover again; A does not, by its own 80 of 500. With T3 B's claims come to 84 of 500.
  @Test func `pauses banks by what the fund holds`() throws {
    let folder = `A draft with the clauses of another city`.folder
    var request = ReplayRequest(register: "\(folder)/fund-thresholds.csv")
    request.programme = "\(folder)/fund-thresholds.yaml"
    request.options = [.model: "bank", .fund: "500万", .start: "2025-01", .facts: "met"]
    let study = try readRegister(request)
    let replay = try #require(study.replays().first)
    let crossings = replay.crossings.map {
      "\($0.id) \(study.register.banks[$0.bank]) \($0.date) \($0.part.fen) \($0.whole.fen)"
    }
    #expect(
      crossings == [
        "claims A银行 2025-08-10 80000000 500000000",
        "lending A银行 2025-08-31 2210000000 420000000",
        "lending B银行 2025-08-31 2210000000 420000000",
        "claims B银行 2026-07-10 84000000 500000000",
      ])
    func reasons(_ id: String) throws -> [CoverageRefusal.Condition] {
      let index = try #require(study.register.loans.firstIndex { $0.id == id })
      return replay.loans[index].cover?.refusals.map(\.condition) ?? []
    }
    #expect(try reasons("T4").isEmpty)
    #expect(try reasons("T5") == [.pause("lending")])
    #expect(try reasons("T6").isEmpty)
    #expect(try reasons("T7") == [.pause("claims")])
    #expect(try reasons("T8") == [.pause("claims")])
  }

  @Test func `is there for every draft`() {
    #expect(
      Set(Self.ledgers.map(\.name)) == Set(`A draft with the clauses of another city`.names))
  }

  @Test(arguments: ledgers.map(\.name))
  func `is settled as by hand, to the fen`(name: String) throws {
    let ledger = try #require(Self.ledgers.first { $0.name == name })
    let folder = `A draft with the clauses of another city`.folder
    var request = ReplayRequest(register: "\(folder)/\(name).csv")
    request.programme = "\(folder)/\(name).yaml"
    request.options = [
      .model: `A draft with the clauses of another city`.model(of: name),
      .fund: Self.funds[name] ?? "2000万",
      .start: "2025-01", .facts: "met",
    ]
    let study = try readRegister(request)
    let replay = try #require(study.replays().first)
    let parties = replay.agreement.parties
    for claim in ledger.claims {
      let index = try #require(study.register.loans.firstIndex { $0.id == claim.loan })
      let settlement = try #require(replay.loans[index].settlement, "\(claim.loan)")
      for party in parties.all {
        #expect(
          parties.amount(of: party, in: settlement.parts).fen == claim.parts[party.id] ?? 0,
          "\(claim.loan), \(party.id)")
      }
      #expect(replay.loans[index].returned.fen == claim.returned, "\(claim.loan)")
    }
    #expect(replay.loans.count { $0.settlement != nil } == ledger.claims.count)
    #expect(replay.totals.isBalanced && replay.totals.isDivided)
    let paid = ledger.claims.reduce(Int64(0)) { $0 + (($1.parts["fund"] ?? 0) - $1.returned) }
    let initial = replay.totals.opening
    #expect(replay.totals.closing == initial - Money(fen: paid))
  }

  /// Each claim names the article of the clause that decided it.
  @Test func `cites the clause that decided a claim`() throws {
    let folder = `A draft with the clauses of another city`.folder
    func articles(_ name: String, _ loan: String) throws -> Set<String> {
      var request = ReplayRequest(register: "\(folder)/\(name).csv")
      request.programme = "\(folder)/\(name).yaml"
      request.options = [
        .model: "bank", .fund: "2000万", .start: "2025-01", .facts: "met",
      ]
      let study = try readRegister(request)
      let replay = try #require(study.replays().first)
      let index = try #require(study.register.loans.firstIndex { $0.id == loan })
      return Set(
        replay.entries.filter { $0.loan == index }.flatMap(\.citations).compactMap(\.article))
    }
    #expect(try articles("amended-share", "A2").contains("21"))
    #expect(try !articles("amended-share", "A1").contains("21"))
    #expect(try articles("bank-year-limit", "Y2").contains("7"))
    #expect(try !articles("bank-year-limit", "Y1").contains("7"))
    #expect(try articles("stop-loss", "S3").contains("7"))
  }
}
