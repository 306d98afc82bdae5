import ArgumentParser
import FundCore
import Reporting
import ScenarioInput

/// `explain`: one loan and its claim, step by step.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell what a fund pays on one loan, step by step with the article of every step.",
    discussion: """
      The loan stands in a file (fund:, loan: and, for what was before it, before:), or in options:
        fundsim explain claim.yaml
        fundsim explain --programme baotou --model bank --fund-start 2024-01 --interest-rate 0% \\
          --principal 400万 --ip-part 80% --size small --collateral patent --term 12 \\
          --start 2024-03-01 --facts met --overdue 2025-02-10 --loss 400万 \\
          --recovered 100万 --recovered-on 2026-01-05
      What if the enterprise had had 300万 this year, had defaulted before, or the bank was \
      suspended? --earlier-this-year, --earlier-default and --suspended-on tell; --balance says what \
      the fund holds at the claim.
      """)

  @Argument(
    help: "The claim file; leave it out to give the loan in options.",
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?
  @Flag(help: "Print one JSON object instead of the text.")
  var json = false
  @OptionGroup(title: "The fund") var fund: ExplainFundArguments
  @OptionGroup(title: "The loan") var loan: ExplainLoanArguments
  @OptionGroup(title: "The claim") var claim: ExplainClaimArguments
  @OptionGroup(title: "What was before") var before: ExplainBeforeArguments

  func validate() throws {
    let given = options
    if file != nil {
      guard let option = given.keys.map(\.rawValue).min() else { return }
      throw ValidationError("--\(option) stands in the claim file; give a file or options.")
    }
    if given.isEmpty {
      throw ValidationError("Give a claim file, or the loan in options (--programme, …).")
    }
    for option in [ClaimOption.share, .reading] {
      for text in given[option] ?? [] where !text.dropFirst().dropLast().contains("=") {
        throw ValidationError("--\(option.rawValue) takes name=value, and got '\(text)'.")
      }
    }
    if given[.facts] != nil, given[.notMet] != nil {
      throw ValidationError("--facts met and --not contradict each other; give one of them.")
    }
    let count = given[.recovered]?.count ?? 0
    for option in [ClaimOption.recoveredOn, .recoveryCosts, .returnedOn] {
      let others = given[option]?.count ?? 0
      if others != count, others > 0 || option == .recoveredOn {
        throw ValidationError(
          "There are \(count) --recovered and \(others) --\(option.rawValue); give one for each.")
      }
    }
  }

  func run() throws {
    let claim: ClaimCase
    do throws(Diagnostics) {
      claim = try readInput()
    } catch {
      throw RefusedInput(diagnostics: error, consequence: "Nothing was explained.")
    }
    guard let explanation = claim.explanation() else { return }
    let report = ExplanationReport(explanation)
    try printOutput(json ? report.json(version: ProgramVersion.current) : report.terminalText())
  }

  private func readInput() throws(Diagnostics) -> ClaimCase {
    guard let file else { return try readClaim(options: options) }
    return try readClaim(path: file)
  }

  private var options: [ClaimOption: [String]] {
    var all = fund.values.merging(loan.values) { $1 }
    all.merge(claim.values) { $1 }
    all.merge(before.values) { $1 }
    return all.filter { !$0.value.isEmpty }
  }
}

/// The fund from which the loan is claimed.
struct ExplainFundArguments: ParsableArguments {
  @Option(help: "The programme: an id of `policy list`, or a programme file.")
  var programme: String?
  @Option(help: "The operating model: bank, guarantor or insurer.")
  var model: String?
  @Option(help: "The initial amount, such as 1000万, where the programme leaves it open.")
  var fund: String?
  @Option(
    name: .customLong("fund-start"), help: "The programme's first month, where its text has none.")
  var fundStart: String?
  @Option(
    name: .customLong("claim-delay"), help: "Months to the claim, where the programme has none.")
  var claimDelay: String?
  @Option(
    name: .customLong("interest-rate"), help: "The annual interest on the balance, such as 1.5%.")
  var interestRate: String?
  @Option(
    name: .customLong("penalty-rate"), help: "The annual interest on what is overdue.")
  var penaltyRate: String?
  @Option(help: "The manager's fee, where the programme has one.")
  var fee: String?
  @Option(
    name: .customLong("refund-share"), help: "The part that a pool's fiscal account refunds.")
  var refundShare: String?
  @Option(help: "An agreed share, such as guarantor=40%; can be repeated.")
  var share: [String] = []
  @Option(help: "A reading in place of the default, such as I-7=limitedToPaid; can be repeated.")
  var reading: [String] = []

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .programme: programme, .model: model, .fund: fund, .fundStart: fundStart,
      .claimDelay: claimDelay, .interestRate: interestRate, .penaltyRate: penaltyRate, .fee: fee,
      .refundShare: refundShare,
    ]
    return given.compactMapValues { $0.map { [$0] } }
      .merging([.share: share, .reading: reading]) { $1 }
  }
}

/// The loan.
struct ExplainLoanArguments: ParsableArguments {
  @Option(help: "The principal, such as 400万.") var principal: String?
  @Option(
    name: .customLong("ip-part"), help: "The part pledged on intellectual property, such as 80%.")
  var ipPart: String?
  @Option(help: "The borrower's size: micro, small, medium or large.") var size: String?
  @Option(help: "The collateral: patent, trademark, copyright or other.") var collateral: String?
  @Option(help: "The term in months.") var term: String?
  @Option(help: "The day on which it was made.") var start: String?
  @Option(help: "Its annual interest rate.") var rate: String?
  @Option(help: "'met': every fact that coverage asks for holds.") var facts: String?
  @Option(name: .customLong("not"), help: "A fact that does not hold; can be repeated.")
  var notMet: [String] = []
  @Option(help: "The day on which it was filed with the fund.") var filed: String?

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .principal: principal, .ipPart: ipPart, .size: size, .collateral: collateral, .term: term,
      .start: start, .rate: rate, .facts: facts, .filed: filed,
    ]
    return given.compactMapValues { $0.map { [$0] } }.merging([.notMet: notMet]) { $1 }
  }
}

/// The claim and what was recovered.
struct ExplainClaimArguments: ParsableArguments {
  @Option(help: "The first day overdue.") var overdue: String?
  @Option(help: "The principal that was lost.") var loss: String?
  @Option(
    name: .customLong("loss-interest"),
    help: "The interest that was lost, in place of the rate's.")
  var lossInterest: String?
  @Option(help: "The day on which the loss was recognised.") var recognised: String?
  @Option(help: "The day on which the bank applied.") var applied: String?
  @Option(help: "An amount recovered; can be repeated, each with its day.")
  var recovered: [String] = []
  @Option(name: .customLong("recovered-on"), help: "The day on which it was recovered.")
  var recoveredOn: [String] = []
  @Option(name: .customLong("recovery-costs"), help: "What recovering it cost.")
  var recoveryCosts: [String] = []
  @Option(name: .customLong("returned-on"), help: "The day on which the fund got its part.")
  var returnedOn: [String] = []

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .overdue: overdue, .loss: loss, .lossInterest: lossInterest, .recognised: recognised,
      .applied: applied,
    ]
    let lists: [ClaimOption: [String]] = [
      .recovered: recovered, .recoveredOn: recoveredOn, .recoveryCosts: recoveryCosts,
      .returnedOn: returnedOn,
    ]
    return given.compactMapValues { $0.map { [$0] } }.merging(lists) { $1 }
  }
}

/// What happened before the loan was made, or before it was claimed.
struct ExplainBeforeArguments: ParsableArguments {
  @Option(
    name: .customLong("earlier-this-year"),
    help: "What counted before towards the enterprise's limit of the year.")
  var earlierThisYear: String?
  @Option(
    name: .customLong("earlier-default"),
    help: "The day on which another loan of the enterprise first was overdue.")
  var earlierDefault: String?
  @Option(
    name: .customLong("suspended-on"),
    help: "The day on which the bank was told that its cover is suspended or paused.")
  var suspendedOn: String?
  @Option(
    name: .customLong("customer-since"),
    help: "The day of an earlier loan of this bank to the enterprise.")
  var customerSince: String?
  @Option(
    name: .customLong("customer-until"),
    help: "The day on which that loan matures, where only running loans count (I-18).")
  var customerUntil: String?
  @Option(help: "What the fund holds at the claim.") var balance: String?

  /// What was given, by option.
  var values: [ClaimOption: [String]] {
    let given: [ClaimOption: String?] = [
      .earlierThisYear: earlierThisYear, .earlierDefault: earlierDefault,
      .suspendedOn: suspendedOn, .customerSince: customerSince, .customerUntil: customerUntil,
      .balance: balance,
    ]
    return given.compactMapValues { $0.map { [$0] } }
  }
}
