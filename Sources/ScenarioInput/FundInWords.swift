import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Simulation

/// Says in words what a fund is, for the report of a run or of a replay.
struct FundInWords {
  let fund: FundAgreement
  /// Whether time is counted in days, as in a register, and not in months.
  var isByDay = false

  /// The fund for a report.
  func description(coverage: CoverageSummary) -> FundDescription {
    var described = FundDescription(
      name: fund.name, programme: (fund.programme.id, fund.programme.title.english),
      operatingModel: fund.model?.rawValue ?? "fromLoan",
      money: (fund.initial, shares), claimDelayMonths: fund.claimDelay)
    described.terms = terms
    described.thresholds = fund.programme.terms.thresholds.map { threshold($0) }
    described.coverage = coverage
    return described
  }

  private var shares: [ShareDescription] {
    let models = fund.sharing.keys.sorted { $0.rawValue < $1.rawValue }
    return models.flatMap { model -> [ShareDescription] in
      guard let sharing = fund.sharing[model], let clauses = fund.programme.terms.models[model]
      else { return [] }
      let prefix = models.count > 1 ? "\(model.rawValue): " : ""
      var shares = zip(sharing.payers, clauses.payers).map { payer, clause in
        let cap = capInWords(clause.caps)
        return ShareDescription(
          party: prefix + payer.party.name, share: payer.share.description + cap,
          citation: clause.share.citation.description)
      }
      shares.append(
        ShareDescription(
          party: prefix + "bank", share: "the rest (\(sharing.bankShare) of the loss base)",
          citation: clauses.bankMustBear.citation.description))
      return shares
    }
  }

  /// The limits per claim, each with the years of operation in which it holds.
  private func capInWords(_ caps: [CapClause]) -> String {
    guard caps.count > 1 else {
      return caps.first.map { ", at most \($0.perClaim.value) a claim" } ?? ""
    }
    let texts = caps.map { "\($0.perClaim.value) a claim from year \($0.fromYear) on" }
    return ", at most " + texts.joined(separator: ", ")
  }

  /// The time in force: a register's by the day, a simulation's by the month of its events.
  private var inForce: String {
    guard isByDay else {
      return "\(fund.dates.firstMonth)" + (fund.dates.lastMonth.map { " to \($0)" } ?? ", no end")
    }
    return "\(fund.dates.firstDay)" + (fund.dates.until.map { " to \($0)" } ?? ", no end")
  }

  private var terms: [LabelledText] {
    let terms = fund.programme.terms
    var lines: [LabelledText] = []
    lines.append(LabelledText("in force", "\(inForce) (\(terms.inForce.citation))"))
    for model in fund.sharing.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let base = terms.models[model]?.lossBase else { continue }
      lines.append(
        LabelledText(
          fund.sharing.count > 1 ? "loss base, \(model.rawValue)" : "loss base",
          "\(base.value == .principal ? "principal" : "principal and interest") (\(base.citation))"
        ))
    }
    if case .socialFirst(let share, let lag) = fund.accounts {
      lines.append(
        LabelledText(
          "accounts",
          "social account pays first, fiscal account refunds \(share)"
            + (lag > 0 ? " after \(lag) months" : " at once")
            + " (\(terms.fund.accounts.citation))"))
    }
    if !fund.partition.isEmpty {
      lines.append(
        LabelledText("accounts", "one for each bank (\(terms.fund.accounts.citation))"))
    }
    if fund.interestRate > .zero {
      lines.append(LabelledText("interest on the balance", "\(fund.interestRate) a year"))
    }
    if let fee = terms.fund.fee {
      lines.append(LabelledText("management fee", "\(fund.annualFee) a year (\(fee.citation))"))
    }
    return lines
  }

  private func threshold(_ cited: Cited<ThresholdTerms>) -> ThresholdDescription {
    let terms = cited.value
    let time =
      switch terms.watched {
      case .claims:
        terms.numerator.countsCompensation
          ? "at every claim"
          : isByDay ? "on every day with a loan overdue anew" : "every month after the last claim"
      case .monthEnds: "at month ends"
      case .quarterEnds: "at calendar quarter ends"
      case .yearEnds: "at calendar year ends"
      }
    let volume =
      terms.minimumDisbursed > .zero
      ? "once \(terms.minimumDisbursed) are disbursed" : "from the first loan on"
    let numerator =
      switch terms.numerator {
      case .compensationOwed: "compensation owed"
      case .compensationPaid: "compensation paid"
      case .compensationNet: "compensation net of returns"
      case .overdueOutstanding: "overdue principal"
      case .overdueEver: "all principal ever overdue"
      }
    let denominator =
      switch terms.denominator {
      case .disbursed: "disbursed"
      case .covered: "covered disbursements"
      case .outstanding: "outstanding"
      }
    let measure = terms.measure == .ipPart ? "IP part" : "whole loans"
    return ThresholdDescription(
      id: terms.id,
      rule: (
        terms.level.description, terms.effect.rawValue, cited.citation.description
      ), ratio: "\(numerator) ÷ \(denominator) (\(measure))",
      reading: "I-16: \(time), \(volume)")
  }

  // MARK: Departures from the text

  /// The parameters that were set against the text.
  var overrides: [ParameterOverride] { fund.overrides.map { override($0) } }

  /// The readings that were chosen.
  var readings: [ChosenReading] { fund.readings.compactMap { reading($0) } }

  private func override(_ item: OverrideRequest) -> ParameterOverride {
    let original = fund.original.tree.node(at: item.path.value)?.text
    return ParameterOverride(
      scope: fund.name, parameter: item.path.value, original: original ?? "",
      value: item.value.text ?? "…", reason: item.reason)
  }

  private func reading(_ choice: ReadingChoice) -> ChosenReading? {
    let interpretation = fund.programme.interpretations.first { $0.id == choice.id.value }
    let reading = interpretation?.others.first { $0.name == choice.name.value }
    return ChosenReading(
      scope: fund.name, interpretation: choice.id.value, name: choice.name.value,
      text: reading?.text.english ?? interpretation?.reading.english ?? "")
  }
}

/// The programmes of some funds, each once.
func programmeReferences(of funds: [FundAgreement]) -> [ProgrammeReference] {
  var seen: Set<String> = []
  return funds.filter { seen.insert($0.programme.id).inserted }.map { fund in
    ProgrammeReference(
      id: fund.programme.id, title: fund.programme.title.chinese,
      checkedOn: fund.programme.checkedOn)
  }
}
