import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

/// Holds a state against the scenario that goes on from it, and turns the scenario into what follows the
/// state's day.
struct ResumedReading {
  let source: StateSource
  let problems: ProblemCollector

  var state: RegisterState { source.state }
  var place: SourceLocation { SourceLocation(file: source.file) }

  // MARK: Time

  /// Whether a scenario begins where the state does and reaches beyond its day.
  func fits(start: CivilMonth, horizon: Int) -> Bool {
    start == state.opening.month && horizon > state.monthsGone
  }

  /// Reports a scenario that does not.
  func check(start: Written<CivilMonth>, horizon: Written<Int>) {
    let opening = state.opening.month
    guard start.value == opening else {
      problems.report(
        "other-opening",
        .init(
          en:
            "the scenario starts in \(start.value), and the state's funds opened on \(state.opening)",
          zh: "情景从\(start.value)开始，而状态文件中的基金于\(state.opening)启动"),
        help: .init(
          en: """
            write `start: \(opening)`, the month of the opening: years count from it, and the run goes on \
            after \(state.day)
            """,
          zh: "写 `start: \(opening)`（基金启动的月份）：年度从此起算，模拟自\(state.day)之后接续"),
        at: start.location)
      return
    }
    let gone = state.monthsGone
    guard horizon.value > gone else {
      problems.report(
        "horizon-before-state",
        .init(
          en: """
            the horizon of \(horizon.value) months ends in \
            \(opening.advanced(by: horizon.value - 1)), and the state is of \(state.day)
            """,
          zh: """
            期限\(horizon.value)个月，止于\(opening.advanced(by: horizon.value - 1))，而起算状态为\(state.day)
            """),
        help: .init(
          en: "months count from the opening: give a horizon above \(gone) months",
          zh: "月数从启动起算：期限应超过\(gone)个月"), at: horizon.location)
      return
    }
  }

  // MARK: Loans

  /// The loans of the state, and the scenario's lending after its day; `nil` where the latter cannot be read.
  func portfolio(
    _ own: ScenarioReading.ReadPortfolio?, in tree: DocumentNode
  ) -> ScenarioReading.ReadPortfolio? {
    guard let own else { return nil }
    let tape = joined(own)
    check(
      tape, lending: own, hasOneProbability: tree.node(at: "defaults.pd") != nil, in: tree)
    return ScenarioReading.ReadPortfolio(tape: tape, source: own.source)
  }

  private func joined(_ own: ScenarioReading.ReadPortfolio) -> LoanTape {
    var isGenerated = false
    if case .generated = own.source { isGenerated = true }
    return StateLoans(state: state, areGenerated: isGenerated).joined(own.tape)
  }

  /// Reports loans of the state that have no risk, and banks of the scenario that look like a slip.
  ///
  /// - Parameters:
  ///   - joined: The loans of the state and the scenario's lending after it.
  ///   - lending: The scenario's own portfolio.
  private func check(
    _ joined: LoanTape, lending own: ScenarioReading.ReadPortfolio, hasOneProbability: Bool,
    in tree: DocumentNode
  ) {
    let lending = own.tape
    let ids = Set(state.loans.map(\.loan.id))
    let twice = lending.loans.first { $0.start >= state.nextMonth && ids.contains($0.id) }
    if let twice, joined.loans.count(where: { $0.id == twice.id }) > 1 {
      problems.report(
        "loan-twice",
        .init(
          en: """
            the portfolio starts loan \(quoted(twice.id)) in \(twice.start), and the state has it since \
            before \(state.day)
            """,
          zh: "组合中贷款\(quoted(twice.id))于\(twice.start)发放，而状态文件中截至\(state.day)已有此笔"),
        help: .init(
          en: "correct its date, or give the new loan another id", zh: "更正日期，或为新贷款另编号"),
        at: own.place(in: tree))
    }
    let without = joined.loans.filter { $0.annualPD.isNaN && $0.grade < 0 && ids.contains($0.id) }
    if let first = without.first, !hasOneProbability {
      problems.report(
        "state-without-grades",
        .init(
          en: """
            \(without.count) loans of the state have neither a grade nor a probability of default, \
            \(quoted(first.id)) for one, and the scenario has no `pd` for all
            """,
          zh: """
            状态文件中\(without.count)笔贷款既无评级也无违约概率（如\(quoted(first.id))），情景也没有统一的 `pd`
            """),
        help: .init(
          en: """
            give the register a `grade` or `pd` column and replay it again, name the loans in the \
            scenario's tape, or write `pd:` under `defaults`
            """,
          zh: "在登记簿中加 `grade` 或 `pd` 列后重新回放，或在情景台账中列出这些贷款，或在 `defaults` 中写 `pd:`"),
        at: place)
    }
    checkBanks(own, in: tree)
  }

  /// A scenario none of whose banks is known to the state is one of another portfolio.
  private func checkBanks(_ own: ScenarioReading.ReadPortfolio, in tree: DocumentNode) {
    let lending = own.tape
    let banks = Set(
      lending.loans.filter { $0.start >= state.nextMonth }.map { lending.banks[Int($0.bank)] })
    let unknown = banks.subtracting(state.banks).sorted()
    guard !state.banks.isEmpty,
      let name = unknown.first(where: { closestMatch(to: $0, among: state.banks) != nil })
        ?? (unknown.count == banks.count ? unknown.first : nil)
    else { return }
    problems.report(
      "unknown-bank",
      .init(
        en: "the scenario lends by bank \(quoted(name)), which the state does not know",
        zh: "情景由银行\(quoted(name))放款，而状态文件中没有这家银行"),
      help: .init(
        en: "write the banks as the register does: \(state.banks.joined(separator: ", "))",
        zh: "银行名称须与登记簿一致：\(state.banks.joined(separator: "、"))"),
      at: own.place(ofBank: name, in: tree))
  }

  // MARK: Funds

  /// The terms that a fund may change from the state's day on: money to come, and what is agreed anew.
  private static let free: Set<String> = [
    "injections", "interestRate", "penaltyRate", "annualFee", "claimDelay", "bankCaps", "inForce",
  ]

  /// Whether each fund is one of the state's; what differs is reported, with both values.
  ///
  /// - Parameter trees: The funds as the scenario has them.
  func fits(
    _ funds: [FundAgreement], banks: [String], in trees: [DocumentNode], at tree: SourceLocation
  ) -> [Int?] {
    funds.enumerated().map { index, fund in
      let node = trees.indices.contains(index) ? trees[index] : nil
      let terms = fixedTerms(fund.stateTerms(banks: banks))
      let all = state.funds.map { differences(terms, fixedTerms($0.terms)) }
      if let same = all.firstIndex(where: \.isEmpty) { return same }
      guard let nearest = all.indices.min(by: { all[$0].count < all[$1].count }) else {
        problems.report(
          "no-funds", .init(en: "the state has no fund", zh: "状态文件中没有基金"),
          help: .init(en: "replay the register again", zh: "请重新回放登记簿"), at: place)
        return nil
      }
      for item in all[nearest] {
        report(
          item, of: fund, from: state.funds[nearest],
          at: node?.node(at: item.key)?.location ?? node?.location ?? tree)
      }
      return nil
    }
  }

  private struct Difference {
    let key: String
    let own: String
    let other: String
  }

  private func fixedTerms(_ terms: [FundStanding.Term]) -> [String: String] {
    Dictionary(
      terms.filter { isFixed($0.key) }.map { term in
        // Banks may come in another order.
        let isList = term.key == "partition"
        return (
          term.key,
          isList ? term.value.split(separator: " ").sorted().joined(separator: " ") : term.value
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  private func isFixed(_ key: String) -> Bool {
    guard source.takesOtherReadings else { return !Self.free.contains(key) }
    return ["programme", "programmeDigest", "model", "initial"].contains(key)
  }

  private func differences(_ own: [String: String], _ other: [String: String]) -> [Difference] {
    Set(own.keys).union(other.keys).sorted().compactMap { key in
      own[key] == other[key]
        ? nil : Difference(key: key, own: own[key] ?? "–", other: other[key] ?? "–")
    }
  }

  private func report(
    _ item: Difference, of fund: FundAgreement, from standing: FundStanding,
    at place: SourceLocation
  ) {
    problems.report(
      "other-fund",
      .init(
        en: """
          '\(fund.name)' is not the fund \(quoted(standing.name)) of the state: \(item.key) is \
          \(quoted(item.own)) here and \(quoted(item.other)) there
          """,
        zh: """
          “\(fund.name)”不是状态文件中的基金\(quoted(standing.name))：\(item.key)此处为\(quoted(item.own))，\
          彼处为\(quoted(item.other))
          """),
      help: .init(
        en: """
          a run goes on under the terms of the replay: write them in the scenario, or replay the register \
          under those of the scenario; what may change from the day on is `injections`, rates, fee, delay
          """,
        zh: "接续模拟须与回放的条款一致：在情景中照写，或按情景的条款重新回放；此后可变的只有追加资金、利率、管理费和补偿时滞"),
      at: place)
  }
}

extension ScenarioReading.ReadPortfolio {
  /// Where a scenario says what it lends.
  fileprivate func place(in tree: DocumentNode) -> SourceLocation {
    (tree.node(at: "portfolio.tape") ?? tree.node(at: "portfolio"))?.location ?? tree.location
  }

  /// Where it names a bank: in the description of generated loans, else the tape in which it stands.
  fileprivate func place(ofBank name: String, in tree: DocumentNode) -> SourceLocation {
    let banks = tree.node(at: "portfolio.generate.banks")
    return banks?.entries?.first { Scalar.name($0.key.value) == name }?.key.location
      ?? place(in: tree)
  }
}
