import Testing

/// A claim on the command line, with lines that were worked by hand from the articles.
struct ExplainCase: Sendable, CustomTestStringConvertible {
  /// The programme and the model.
  let name: String
  let arguments: [String]
  /// Texts that must stand in the explanation, in this order; blanks count as one.
  let lines: [String]
  var testDescription: String { name }

  /// A claim.
  ///
  /// - Parameters:
  ///   - fund: The options of the fund behind `--programme`.
  ///   - changes: Options of the loan and the claim, beside or in place of the common ones.
  ///   - lines: What must stand in the explanation.
  init(_ fund: String, _ changes: String = "", _ lines: String...) {
    name = fund + (changes.isEmpty ? "" : " | " + changes)
    arguments = ["explain", "--programme"] + Self.words(fund) + Self.loan(changes)
    self.lines = lines
  }

  /// A loan of 100万, all of it pledged, lost whole, with some options in place of others.
  static func loan(_ changes: String) -> [String] {
    let common = [
      ("--principal", "100万"), ("--ip-part", "100%"), ("--size", "small"),
      ("--collateral", "patent"), ("--term", "12"), ("--start", "2024-03-01"),
      ("--overdue", "2025-02-10"), ("--loss", "100万"), ("--facts", "met"),
    ]
    let changed = words(changes)
    let kept = common.filter {
      !changed.contains($0.0) && !($0.0 == "--facts" && changed.contains("--not"))
    }
    return kept.flatMap { [$0.0, $0.1] } + changed
  }

  static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  /// Every programme under each model that it allows.
  static let all = [
    // Art. 12 and 15: 30 % of the loss of principal; Art. 14: the bank takes what is left.
    ExplainCase(
      "baotou --model bank --fund-start 2024-01 --interest-rate 0%",
      "--principal 400万 --ip-part 80% --loss 400万 --recovered 100万 --recovered-on 2026-01-05",
      "met collateral patent, one of patent, trademark, otherIP Art. 2, 4, I-49", "→ covered",
      "operating model bank is allowed Art. 12, 14, I-20",
      // 10 February is day 1, 10 April day 60: 19 + 31 + 10 (I-29).
      "settled on 2025-04-10", "Art. 15, I-29",
      "loss base 4,000,000.00 × 3,200,000.00 / 4,000,000.00 = Art. 12 3,200,000.00",
      "share of the fund 30% × 3,200,000.00 = 960,000.00 Art. 12, 15",
      "cap 1,500,000.00 a claim: not reached by 960,000.00 Art. 12, I-22",
      // 1000万 less the manager's 1.5 % at the end of 2024.
      "holds 9,850,000.00, owes 960,000.00: pays 960,000.00",
      "bank: 2,240,000.00 (70%) Art. 14", "bank, outside the covered part: 800,000.00",
      // 80 % of the 100万 recovered concern the covered part; 30 % of that come back.
      "comes back to the fund: 30% × 800,000.00 = 240,000.00 Art. 16, I-7",
      "fund: 720,000.00", "bank: 2,280,000.00",
      "together 3,000,000.00: the loss of 4,000,000.00 less the 1,000,000.00"),
    // 30 % of 1000万 are cut to 150万; the bank bears what the cap cuts: 650万 − 200万 = … 500万.
    ExplainCase(
      "baotou --model guarantor --fund-start 2024-01 --interest-rate 0%",
      "--principal 1000万 --loss 1000万 --recovered 600万 --recovered-on 2026-01-05",
      "share of the fund 30% × 10,000,000.00 = 3,000,000.00",
      "share of the guarantor 35% × 10,000,000.00 = 3,500,000.00 Art. 12, 14, I-15",
      "CUT cap 1,500,000.00 a claim: 3,000,000.00 is cut to 1,500,000.00",
      "guarantor: 3,500,000.00 (35%)", "bank: 5,000,000.00 (50%)",
      // The example of I-7: loss 1000万, paid 150万, recovered 600万: 180万.
      "comes back to the fund: 30% × 6,000,000.00 = 1,800,000.00"),
    ExplainCase(
      "baotou --model guarantor --fund-start 2024-01 --interest-rate 0% "
        + "--reading I-7=limitedToPaid",
      "--principal 1000万 --loss 1000万 --recovered 600万 --recovered-on 2026-01-05",
      "30% × 6,000,000.00, at most the Art. 16, I-7 1,500,000.00 paid = 1,500,000.00",
      "I-7:", "read as 'limitedToPaid'"),
    ExplainCase(
      "baotou --model insurer --fund-start 2024-01 --interest-rate 0%", "",
      "share of the fund 30% × 1,000,000.00 = 300,000.00",
      "share of the insurer 52.5% × 1,000,000.00 = 525,000.00", "bank: 175,000.00 (17.5%)"),
    // 二(二)3: half of principal and interest. 89 days from 10 February to 10 May at 6 % a year of 360 days
    // (I-44): 14,833.33.
    ExplainCase(
      "dalian-2018 --model bank --fund 1600万 --claim-delay 3",
      "--rate 6% --recovered 51万 --recovered-on 2025-09-01",
      "single loan, whole loan: 1,000,000.00, at most 3,000,000.00 Art. 三, I-3, I-35",
      "interest 1,000,000.00 × 89 days × 6% / 360 = 14,833.33",
      "share of the fund 50% × 1,014,833.33 = 507,416.67 Art. 二(二)3, I-21",
      "the programme has no limit per claim",
      "comes back to the fund: 50% × 510,000.00 = 255,000.00"),
    // 二(二)2: 40/30/30 of the principal.
    ExplainCase(
      "dalian-2018 --model guarantor --fund 1600万 --claim-delay 3", "--rate 6%",
      "share of the fund 40% × 1,000,000.00 = 400,000.00",
      "share of the guarantor 30% × 1,000,000.00 = 300,000.00", "bank: 300,000.00 (30%)"),
    // 二(二)1: 20/60/20 of principal and interest.
    ExplainCase(
      "dalian-2018 --model insurer --fund 1600万 --claim-delay 3", "--rate 6%",
      "share of the fund 20% × 1,014,833.33 = 202,966.67",
      "share of the insurer 60% × 1,014,833.33 = 608,900.00", "bank: 202,966.66 (20%)"),
    // Art. 15: 400万 a year, of which 200万 are left: two thirds of the loan are covered.
    ExplainCase(
      "dalian-hitech-2022 --model bank --fund 1000万 --claim-delay 0",
      "--principal 300万 --loss 300万 --earlier-this-year 200万",
      "in part enterprise in the calendar year, IP part: 2,000,000.00 before Art. 15, I-4",
      "→ covered in part", "covered principal within the limits: 2,000,000.00",
      "loss base 3,000,000.00 × 2,000,000.00 / 3,000,000.00 =",
      "share of the fund 40% × 2,000,000.00 = 800,000.00 Art. 7, I-15",
      "bank, outside the covered part: 1,000,000.00", "bank: 2,200,000.00"),
    ExplainCase(
      "dalian-hitech-2022 --model guarantor --fund 1000万 --claim-delay 0", "--applied 2025-02-20",
      // Five days from 10 February.
      "LATE", "done on 2025-02-20, due on 2025-02-15: flagged only",
      "share of the fund 40% × 1,000,000.00 = 400,000.00 Art. 8, I-15",
      "share of the guarantor 30%", "bank: 300,000.00 (30%)"),
    ExplainCase(
      "dalian-hitech-2022 --model insurer --fund 1000万 --claim-delay 0", "",
      "share of the fund 20% × 1,000,000.00 = 200,000.00 Art. 9, I-15",
      "share of the insurer 60%", "bank: 200,000.00 (20%)"),
    // Art. 8(二): the province 40 % first, the city 20 %, at most 150万 from the second year on.
    // Ten working days from Thursday 4 May 2023 are Wednesday 17 May: Saturday the 6th was worked (I-24).
    ExplainCase(
      "weihai-2020 --model bank --fund 1000万 --claim-delay 3",
      "--principal 1000万 --loss 1000万 --start 2022-03-01 --overdue 2023-02-10 --balance 50万 "
        + "--recognised 2023-05-04 --applied 2023-05-30 --recovered 100万 --recovered-on 2024-01-05",
      "settled on 2023-05-30", "due on 2023-05-17",
      "share of the province 40% × 10,000,000.00 = 4,000,000.00 Art. 8(二)",
      "share of the fund 20% × 10,000,000.00 = 2,000,000.00 Art. 8(二), I-5",
      "CUT cap 1,500,000.00 a claim (year 3): 2,000,000.00 is cut to Art. 8(二), I-33 1,500,000.00",
      "SHORT holds only 500,000.00 of the 1,500,000.00 owed", "I-11", "1,000,000.00 goes unpaid",
      "bank: 5,500,000.00 (55%)", "= 400,000.00", "= 50,000.00",
      "province: 3,600,000.00 (36%)", "fund: 450,000.00", "bank: 4,950,000.00"),
    // The city's cap is 100万 in the first business year, which ends on 22 August 2021.
    ExplainCase(
      "weihai-2020 --model bank --fund 1000万 --claim-delay 3",
      "--principal 1000万 --loss 1000万 --start 2020-09-01 --overdue 2021-02-10",
      "CUT cap 1,000,000.00 a claim (year 1): 2,000,000.00 is cut to Art. 8(二), I-33 1,000,000.00"),
    // Art. 9, 10, 15: a pool of 80万, half of it in the account that pays. 300万 × 6 % × 89 / 360 = 4.45万;
    // 20 % of 304.45万.
    ExplainCase(
      "chaoyang --model guarantor --fund-start 2023-01 --fund 80万 --claim-delay 3",
      "--principal 300万 --ip-part 60% --loss 300万 --rate 6% --collateral copyright "
        + "--recovered 50万 --recovered-on 2025-08-01 --recovery-costs 2万",
      "the whole loan counts: 3,000,000.00 Art. 2",
      "share of the fund 20% × 3,044,500.00 = 608,900.00 Art. 10, I-15",
      "SHORT holds only 400,000.00 of the 608,900.00 owed: pays 400,000.00",
      "50% × 400,000.00 =", "refunds it out of 400,000.00",
      "fund (fiscal account): 200,000.00", "partner (social account): 200,000.00",
      "guarantor: 1,217,800.00 (40%)", "bank: 1,426,700.00",
      // Art. 17: net of costs, 20 % of 48万; half of it for each account.
      "of 500,000.00 less costs of 20,000.00 is divided: 480,000.00 Art. 17",
      "comes back to the fund: 20% × 480,000.00 = 96,000.00 Art. 17, I-31",
      "the partner (social account) gets 48,000.00"),
    ExplainCase(
      "chaoyang --model bank --fund-start 2023-01 --fund 1000万 --claim-delay 3", "--rate 0%",
      "share of the fund 20% × 1,000,000.00 = 200,000.00", "bank: 800,000.00 (80%)"),
  ]
}
