import Foundation
import Spreadsheets
import TestSupport

/// Scenarios that between them have every key, and a change of each key.
enum InputBases {
  static let names = [
    "gaussian", "sectors", "studentT", "gamma", "monthly", "one", "tape", "workbook", "ledger",
    "plain",
    "graded",
    "chaoyang",
    "baotou", "weihai", "own", "ranged", "drawn", "calibrated", "counted",
  ]

  /// Writes a base scenario, and its tape, and gives its path.
  static func write(_ name: String, into folder: TemporaryFolder) throws -> String {
    try folder.write("loans.csv", tape)
    try folder.write("loans.xlsx", bytes: workbook)
    try folder.write("posterior.csv", "draw,pd,assetCorrelation\n0,2%,0.1\n1,3%,0.2\n2,1%,0.05\n")
    try folder.write("other-posterior.csv", "draw,pd\n0,2%\n1,3%\n2,1%\n")
    for (name, defaults) in [("history.csv", 5), ("other-history.csv", 6)] {
      try folder.write(
        name, "year,atRisk,defaults\n2019,200,4\n2020,200,7\n2021,200,\(defaults)\n")
    }
    try folder.write("other.csv", tape)
    try folder.write("draft.yaml", String(contentsOf: draft, encoding: .utf8))
    return try folder.write("scenario.yaml", text(of: name))
  }

  /// A workbook that has the tape on each of two sheets.
  private static var workbook: [UInt8] {
    var sheet = SheetContents(name: "one")
    sheet.rows = tape.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map { .text(String($0), .text) }
    }
    var second = sheet
    second.name = "two"
    return WorkbookWriter.bytes(of: [sheet, second])
  }

  /// A programme with a model and parties of its own.
  private static let draft = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "CommandTests/Drafts/re-guarantee.yaml")

  private static func text(of name: String) -> String {
    switch name {
    case "sectors":
      gaussian.replacing(
        "assetCorrelation: 0.12",
        with: "assetCorrelation: {x: 10%, y: 20%}\n  sectorCorrelation: 0.5")
    case "studentT":
      gaussian.replacing(
        "dependence: gaussian", with: "dependence: studentT\n  degreesOfFreedom: 4")
    case "gamma":
      gaussian.replacing(
        "dependence: gaussian\n  assetCorrelation: 0.12",
        with: "dependence: gamma\n  variance: 0.5"
      ).replacing("persistence: 0.3", with: "persistence: 0")
        .replacing("  loading: 0.2\n", with: "")
    case "monthly":
      gaussian.replacing(
        "timing: maturity",
        with: "timing: monthly\n  ageCurve: [{from: 1, until: 12, factor: 0.5}]")
    case "one":
      gaussian.replacing("grades: {good: 2%, weak: 8%}\n  stress", with: "pd: 2%\n  stress")
        .replacing("assetCorrelation: 0.12", with: "factorLoading: 0.3")
    case "tape": head + tapeColumns + model(pd: "\n  grades: {good: 2%, weak: 8%}") + hitech
    case "workbook":
      text(of: "tape").replacing("tape: loans.csv", with: "tape: loans.xlsx\n  sheet: one")
    case "ledger": head + ledgerColumns + model(pd: "") + hitech
    case "plain": head + plainColumns + model(pd: "") + hitech
    case "graded":
      (head + plainColumns + model(pd: "\n  grades: {good: 2%, weak: 8%}") + hitech).replacing(
        "pd: 2%}", with: "grade: good}")
    case "ranged": gaussian.replacing("funds:", with: ranged + "funds:")
    case "drawn": gaussian.replacing("funds:", with: "uncertainty: {draws: posterior.csv}\nfunds:")
    case "calibrated":
      gaussian.replacing("funds:", with: "uncertainty: {history: history.csv, count: 16}\nfunds:")
    case "counted":
      gaussian.replacing(
        "funds:",
        with:
          "uncertainty: {history: history.csv, count: 16, counted: atStart, remaining: 6.5}\nfunds:"
      )
    case "chaoyang": gaussian.replacing(hitech, with: chaoyang)
    case "baotou": gaussian.replacing(hitech, with: baotou)
    case "own": gaussian.replacing(hitech, with: own)
    case "weihai": gaussian.replacing(hitech, with: weihai)
    default: gaussian
    }
  }

  private static let ranged = """
    uncertainty:
      pd: {value: 3%, low: 2%, high: 6%}
      pd.weak: {value: 8%, low: 6%, high: 12%}
      assetCorrelation: {value: 10%, low: 5%, high: 20%}
      persistence: {value: 30%, low: 10%, high: 50%}
      recovery.mean: {value: 40%, low: 30%, high: 50%}
      recovery.standardDeviation: {value: 20%, low: 15%, high: 25%}
      count: 64

    """

  private static let head = """
    title: test
    start: 2024-01
    horizon: 36 months
    trials: 200
    seed: 1
    levels: [97.5%]
    budget: {floor: 10万, confidence: 90%}
    limits: {leverage: 10, claimRate: 5%, recoveryRate: 20%, lossRate: 3%, nonPerforming: 4%, useOfMoney: 2%}

    """

  private static let gaussian =
    head + """
      portfolio:
        generate:
          seed: 1
          from: 2024-01
          months: 24
          loansPerMonth: 5
          growth: 10%
          banks: {A: 60%, B: 40%}
          sizes: {small: 80%, micro: 20%}
          amounts: {small: {from: 50万, to: 200万}, micro: {from: 10万, to: 50万}}
          roundTo: 1万
          terms: {12 months: 50%, 6 months: 50%}
          grades: {good: 70%, weak: 30%}
          sectors: {x: 50%, y: 50%}
          models: {bank: 100%}
          collateral: {patent: 90%, trademark: 10%}
          ipPart: {100%: 50%, 50%: 50%}
          repayment: {bullet: 90%, equalPrincipal: 10%}
          rate: 4%
          renewals: 20%
        facts: met

      """ + model(pd: "\n  grades: {good: 2%, weak: 8%}") + hitech

  private static func model(pd: String) -> String {
    """
    defaults:
      timing: maturity
      dependence: gaussian
      assetCorrelation: 0.12
      factor: {period: year, persistence: 0.3}\(pd)
      stress:
        - {from: 2024-03, until: 2024-06, factor: 2}
        - {from: 2024-06, until: 2024-06, factor: 3}
    recovery:
      mean: 40%
      standardDeviation: 20%
      loading: 0.2
      costs: 5%
      lag: {from: 6, to: 12}
      writeOffMonths: 24

    """
  }

  private static let hitech = """
    funds:
      - name: F
        programme: dalian-hitech-2022
        model: bank
        initial: 1000万
        claimDelay: 0 months
        interestRate: 1%
        injections: [{month: 2025-01, amount: 100万}]
        overrides:
          - {parameter: coverage.term.atMostMonths, value: 30, reason: a draft}

    """

  private static let chaoyang = """
    funds:
      - {name: F, programme: chaoyang, model: bank, initial: 2000万, start: 2024-01, \
    claimDelay: 3 months, penaltyRate: 6%, refundShare: 50%}

    """

  private static let baotou = """
    funds:
      - {name: F, programme: baotou, model: bank, start: 2024-01, interestRate: 1%, fee: 1%, \
    readings: {I-28: byBank}, partition: {A: 60%, B: 40%}, \
    fillUp: {to: 1000万, at: yearStart, atMostAYear: 50万, inAll: 100万}}

    """

  private static let weihai = """
    funds:
      - {name: F, programme: weihai-2020, model: bank, initial: 1200万, claimDelay: 6 months, \
    bankCaps: {A: 80万}}

    """

  private static let own = """
    funds:
      - {name: F, programme: draft.yaml, model: re-guarantee, initial: 1000万}

    """

  private static let tapeColumns = """
    portfolio:
      tape: loans.csv
      columns:
        id: id
        start: start
        term: term
        principal: principal
        outstanding: outstanding
        bank: bank
        enterprise: firm
        model: model
        size: size
        collateral: collateral
        repayment: repayment
        sector: sector
        grade: grade
        ipPart: part
        rate: rate
        status: status
      values: {size: {xiao: small}}
      window: {from: 2020-01, until: 2026-12}
      facts: {columns: {registeredInArea: fact}, others: met}

    """

  private static let ledgerColumns = """
    portfolio:
      tape: loans.csv
      columns:
        start: start
        maturity: maturity
        principal: principal
        ipAmount: ipamount
        pd: pd
        employees: people
        chargeOffDate: off
      sizeByEmployees: {micro: 9, small: 99, medium: 299}
      constants: {bank: A, model: bank, collateral: patent, repayment: bullet, rate: 4%}
      facts: {others: met}

    """

  private static let plainColumns = """
    portfolio:
      tape: loans.csv
      columns: {start: start, term: term, principal: principal}
      constants: {bank: A, model: bank, size: small, collateral: patent, repayment: bullet, \
    sector: x, ipPart: 100%, rate: 4%, pd: 2%}
      facts: {others: met}

    """

  /// Every column twice, the second with other contents.
  private static let tape: String = {
    let heads = [
      "id", "start", "term", "maturity", "principal", "outstanding", "bank", "firm", "model",
      "size",
      "collateral", "repayment", "sector", "grade", "pd", "part", "ipamount", "rate", "people",
      "status", "off", "fact",
    ]
    let first = [
      "L", "2024-02-01", "12", "2025-02-01", "1000000", "", "A", "E", "bank", "xiao", "patent",
      "bullet", "x", "good", "0.02", "0.5", "500000", "0.04", "20", "正常", "", "yes",
    ]
    let second = [
      "M", "2024-03-01", "10", "2025-01-01", "900000", "", "B", "F", "bank", "xiao", "trademark",
      "bullet", "y", "weak", "0.03", "0.4", "400000", "0.05", "5", "正常", "", "yes",
    ]
    let rows = (1...3).map { number in
      zip(first, second).enumerated().map { place, cells in
        let suffix = place == 0 || place == 7 ? "\(number)" : ""
        return "\(cells.0)\(suffix),\(cells.1)\(suffix)"
      }.joined(separator: ",")
    }
    let head = heads.map { "\($0),\($0)2" }.joined(separator: ",")
    return ([head] + rows).joined(separator: "\n") + "\n"
  }()
}
