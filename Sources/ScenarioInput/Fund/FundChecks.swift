import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import Simulation

/// What the funds of one file need of each other, and of the loans.
struct FundChecks {
  let funds: [FundAgreement]
  let problems: ProblemCollector
  /// Where the file starts.
  let location: SourceLocation

  /// Reports all that a scenario's funds lack, but for the growth of their balances.
  ///
  /// - Parameters:
  ///   - mapping: How the tape is read; `nil` for generated loans, whose facts all count as met.
  ///   - count: How many loans have no rate.
  func check(_ mapping: TapeMapping?, countWithout count: Int) {
    checkNames()
    checkModels()
    checkRules()
    guard let mapping else { return }
    checkRates(mapping, countWithout: count)
    checkFacts(mapping)
  }

  /// Reports two funds of one name.
  func checkNames() {
    for (index, fund) in funds.enumerated()
    where funds[..<index].contains(where: { $0.name == fund.name }) {
      problems.report(
        "name-twice", .init(en: "two funds are called '\(fund.name)'", zh: "有两只基金都叫“\(fund.name)”"),
        help: .init(en: "give each fund a `name` of its own", zh: "用 `name` 给每只基金取不同的名称"),
        at: location)
    }
  }

  /// Reports more operating models than a run can have.
  func checkModels() {
    let count = KnownModels(of: funds).all.count
    guard count > SimulationPlan.mostModels else { return }
    problems.report(
      "too-many-models",
      .init(
        en: "the funds' programmes have \(count) operating models in all",
        zh: "各基金的办法合计有\(count)种运作模式"),
      help: .init(
        en: "keep within \(SimulationPlan.mostModels), or run the funds apart",
        zh: "不超过\(SimulationPlan.mostModels)种，或分开运行"), at: location)
  }

  /// Reports a fund whose claims could stand under more sets of rules than can be told apart.
  func checkRules() {
    let models = max(1, KnownModels(of: funds).all.count)
    for fund in funds {
      let versions = [fund.terms] + fund.terms.amendments.map(\.terms)
      let clauses = versions.flatMap { terms in fund.models.compactMap { terms.models[$0] } }
      let sizes = clauses.contains(where: \.differsBySize) ? SizeClass.allCases.count : 1
      let years = Set(clauses.flatMap(\.shareYears)).count + 1
      let count = models * versions.count * sizes * years * 16
      guard count > Int(Int16.max) else { continue }
      problems.report(
        "too-many-rules",
        .init(
          en:
            "the shares of '\(fund.name)' differ in too many ways (models × changes × sizes × years)",
          zh: "“\(fund.name)”的份额种类过多（模式×修订×规模×年份）"),
        help: .init(
          en: "give fewer changes or years, or fewer models", zh: "减少修订、年份或模式"),
        at: location)
    }
  }

  /// Reports a fund whose balance could grow, with interest alone, to amounts that cannot be counted.
  func checkGrowth(overMonths months: Int) {
    for fund in funds {
      let most = max(fund.initial.yuan, fund.fillUp?.amount.yuan ?? 0)
      var amount = fund.injections.reduce(most) { $0 + $1.yuan }
      for _ in 0..<max(0, min(months, longestHorizon)) {
        amount *= 1 + fund.interestRate.value / 12
      }
      guard amount > 1e15 else { continue }
      problems.report(
        "balance-too-large",
        .init(
          en: "the balance of '\(fund.name)' could grow beyond 1,000 trillion yuan",
          zh: "“\(fund.name)”的余额可能超过1000万亿元"),
        help: .init(en: "check its amounts and the interest rate", zh: "核对其金额和利率"), at: location)
    }
  }

  /// A fact that a programme asks for and the tape is silent about is not assumed silently.
  func checkFacts(_ mapping: TapeMapping) {
    for fund in funds {
      let asked = fund.programme.terms.coverage.facts.map(\.id)
      let unknown = mapping.unknownFacts(among: asked)
      guard !unknown.isEmpty else { continue }
      problems.report(
        "unknown-facts",
        .init(
          en: """
            '\(fund.programme.id)' asks for facts of which the tape says nothing: \
            \(unknown.joined(separator: ", "))
            """,
          zh: "“\(fund.programme.id)”要求的条件，台账没有写明：\(unknown.joined(separator: "、"))"),
        help: mapping.isFromHeader
          ? .init(en: "add columns of these names, or say --facts met", zh: "加上这些列，或用 --facts met")
          : .init(
            en: "name their columns under `facts: {columns: {…}}`, or write `facts: {others: met}`",
            zh: "在 `facts: {columns: {…}}` 下写明各列，或写 `facts: {others: met}`"),
        at: location)
    }
  }

  /// Where interest is part of a loss, loans without a rate would lose none silently. A rate of
  /// 0 % that the tape states is a rate.
  ///
  /// - Parameters:
  ///   - mapping: How the loans are read.
  ///   - count: How many loans that can lose interest state neither a rate nor the interest.
  func checkRates(_ mapping: TapeMapping, countWithout count: Int) {
    guard !mapping.hasRate, count > 0 else { return }
    let isRegister = mapping.kind == .register
    let items: LocalizedText =
      isRegister ? .init(en: "losses", zh: "笔损失") : .init(en: "loans", zh: "笔贷款")
    for fund in funds where fund.countsInterest && fund.penaltyRate == nil {
      problems.report(
        "missing-rate",
        .init(
          en: """
            '\(fund.programme.id)' compensates interest, and \(count) \(items) have no interest \
            rate
            """,
          zh: "“\(fund.programme.id)”补偿利息，而\(count) \(items)没有利率"),
        help: isRegister
          ? .init(
            en: "give the register a `rate` or a `lossInterest`, or the fund a `penaltyRate`",
            zh: "给登记簿加上 `rate` 或 `lossInterest`，或给基金加上 `penaltyRate`")
          : .init(
            en: "give the portfolio a `rate`, or the fund a `penaltyRate`",
            zh: "给贷款组合加上 `rate`，或给基金加上 `penaltyRate`"), at: location)
    }
  }
}
