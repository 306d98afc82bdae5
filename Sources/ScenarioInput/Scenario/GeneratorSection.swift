import CompensationKernel
import DocumentReading
import FundCore

/// What `portfolio: generate:` describes: loans a month, and mixes of everything.
struct GeneratorDescription: Sendable {
  /// A mix: values with weights that sum to one.
  struct Mix<Value: Sendable>: Sendable {
    let values: [Value]
    /// Cumulated weights in millionths; the last is 1,000,000.
    let cumulated: [Int64]
  }

  var seed: UInt64
  var from: CivilMonth
  var months: Int
  var loansPerMonth: Double
  var growth: Double
  var banks: Mix<String>
  var sizes: Mix<SizeClass>
  var amounts: [SizeClass: ClosedRange<Money>]
  var roundTo: Money
  var terms: Mix<Int>
  var grades: Mix<String>?
  var sectors: Mix<String>
  var models: Mix<OperatingModel>
  var collateral: Mix<CollateralKind>
  var ipParts: Mix<Ratio>
  var repayment: Mix<Repayment>
  var rate: Ratio
  var renewals: Double
}

/// Reads `generate:`.
struct GeneratorSection {
  let problems: ProblemCollector
  let scenarioStart: CivilMonth
  var known: KnownModels = .shared

  func read(_ opened: Section) -> GeneratorDescription? {
    var section = opened
    let seed = section.integer("seed", in: 0...Int.max)
    let from = section.monthIfPresent("from")
    let months = section.monthCount("months", in: 1...1200)
    let count = section.number("loansPerMonth", in: 0.001...1_000_000)
    let growth = section.numberOrRatio("growth")
    let banks = mix("banks", of: &section) { Scalar.text($0).map(Scalar.name) }
    let sizes = mix("sizes", of: &section) { Scalar.choice($0, as: SizeClass.self) }
    let amounts = amounts(&section, sizes: sizes?.values ?? [])
    let roundTo = roundingStep(&section, of: amounts ?? [:])
    let terms = mix("terms", of: &section) { text in
      Scalar.unclearMonths(text, above: 120).map { .failure($0) }
        ?? Scalar.monthCount(text, in: 1...600)
    }
    let grades =
      section.has("grades") ? mix("grades", of: &section) { Scalar.text($0).map(Scalar.name) } : nil
    let sectors = mix("sectors", of: &section, single: "all") { Scalar.text($0).map(Scalar.name) }
    let models = mix("models", of: &section, single: .bank) { known.model($0) }
    let collateral = mix("collateral", of: &section) {
      Scalar.choice($0, as: CollateralKind.self)
    }
    let ipParts = mix("ipPart", of: &section) { Scalar.ratio($0, in: .zero ... .one) }
    let repayment = mix("repayment", of: &section) { Scalar.choice($0, as: Repayment.self) }
    let rate = section.interestRate("rate")
    let renewals = section.probability("renewals", in: .belowOne)
    section.finish()
    guard let seed, let months, let count, let banks, let sizes, let amounts, let terms,
      let sectors, let models, let collateral, let ipParts, let repayment, let rate, let renewals
    else { return nil }
    let description = GeneratorDescription(
      seed: UInt64(seed.value), from: from?.value ?? scenarioStart, months: months.value,
      loansPerMonth: count.value, growth: growth ?? 0, banks: banks, sizes: sizes,
      amounts: amounts, roundTo: roundTo, terms: terms, grades: grades,
      sectors: sectors, models: models, collateral: collateral, ipParts: ipParts,
      repayment: repayment, rate: rate.value, renewals: renewals.value)
    return checked(description, at: section.location)
  }

  /// A portfolio that would be too large is refused before anything is made.
  private func checked(
    _ description: GeneratorDescription, at location: SourceLocation
  ) -> GeneratorDescription? {
    let largest = description.amounts.values.map(\.upperBound).max() ?? .zero
    let count = description.expectedCount
    guard count <= 5_000_000, count * largest.yuan <= Money.largestInput.yuan else {
      problems.report(
        "portfolio-too-large",
        .init(
          en: "about \(Int(min(count, 1e15))) loans of up to \(largest) would be generated",
          zh: "将生成约\(Int(min(count, 1e15)))笔贷款，单笔最高\(largest)"),
        help: .init(
          en: "keep within 5,000,000 loans and 1,000,000,000,000 yuan in all",
          zh: "总计不超过5,000,000笔和1万亿元"), at: location)
      return nil
    }
    return description
  }

  /// The step of the amounts. Zero is no step: a fuzzer divided by it. One that is longer than a range
  /// would make all its amounts the smallest.
  private func roundingStep(
    _ section: inout Section, of amounts: [SizeClass: ClosedRange<Money>]
  ) -> Money {
    let smallest = Money(fen: 1)
    guard let written = section.moneyIfPresent("roundTo") else { return smallest }
    let step = written.value
    let tooNarrow = SizeClass.allCases.compactMap { amounts[$0] }.first { range in
      range.lowerBound < range.upperBound && range.lowerBound + step > range.upperBound
    }
    let (problem, help): (LocalizedText, LocalizedText)
    if step <= .zero {
      problem = .init(en: "amounts cannot be in steps of \(step)", zh: "金额不能以\(step)为单位取整")
      help = .init(
        en: "write an amount above 0, such as 1万, or leave 'roundTo' out",
        zh: "请填大于0的金额，如1万；或删去“roundTo”")
    } else if let range = tooNarrow {
      let (from, end) = (range.lowerBound, range.upperBound)
      problem = .init(
        en: "in steps of \(step) the only amount from \(from) to \(end) is \(from)",
        zh: "以\(step)为单位取整时，\(from)至\(end)之间只有\(from)一个金额")
      help = .init(
        en:
          "write a step of \(end - from) at most, such as 1万, or the same amount in 'from' and 'to'",
        zh: "请填不超过\(end - from)的单位，如1万；或让“from”与“to”相同")
    } else {
      return step
    }
    problems.report("out-of-range", problem, help: help, at: written.location)
    return smallest
  }

  private func amounts(
    _ section: inout Section, sizes: [SizeClass]
  ) -> [SizeClass: ClosedRange<Money>]? {
    guard var bySize = section.section("amounts") else { return nil }
    var ranges: [SizeClass: ClosedRange<Money>] = [:]
    for size in sizes {
      let key = bySize.keys.first { SizeClass(spoken: Scalar.normalised($0.value)) == size }
      guard var range = bySize.section(key?.value ?? size.rawValue) else { continue }
      let from = range.largeMoney("from", from: Section.leastLoanAmount)
      let upTo = range.largeMoney("to", from: Section.leastLoanAmount)
      range.finish()
      guard let from, let upTo else { continue }
      guard from.value <= upTo.value else {
        problems.report(
          "amounts-in-wrong-order",
          .init(
            en: "the amounts go from \(from.value) down to \(upTo.value)",
            zh: "金额从\(from.value)倒到\(upTo.value)"),
          help: .init(en: "give the smaller amount in 'from'", zh: "“from”写较小的金额"),
          at: upTo.location)
        continue
      }
      ranges[size] = from.value...upTo.value
    }
    bySize.allow("micro", "small", "medium", "large")
    for key in bySize.keys where SizeClass(spoken: Scalar.normalised(key.value)) != nil {
      bySize.allow(key.value)
    }
    bySize.finish()
    return ranges.count == sizes.count ? ranges : nil
  }

  /// A mix: one value, or a mapping of values to shares that sum to 100 %.
  private func mix<Value: Sendable>(
    _ key: String, of section: inout Section, single: Value? = nil,
    parse: (String) -> Result<Value, ScalarProblem>
  ) -> GeneratorDescription.Mix<Value>? {
    if let single, !section.has(key) {
      return GeneratorDescription.Mix(values: [single], cumulated: [1_000_000])
    }
    guard let node = section.node(key, example: "{ … : 60%, … : 40% }") else { return nil }
    let path = section.path(of: key)
    guard let entries = node.entries else {
      return readScalar(
        node, name: path, example: "…", problems: problems, parse: parse
      ).map { GeneratorDescription.Mix(values: [$0.value], cumulated: [1_000_000]) }
    }
    var values: [Value] = []
    var cumulated: [Int64] = []
    var total: Int64 = 0
    for entry in entries {
      let share = readScalar(
        entry.value, name: "\(path).\(entry.key.value)", example: "40%", problems: problems,
        parse: { Scalar.ratio($0, in: .zero ... .one) })
      switch parse(entry.key.value) {
      case .success(let value): values.append(value)
      case .failure(let problem):
        problems.report(
          problem.code, problem.message.named(path), help: problem.advice,
          at: entry.key.location)
      }
      total += share?.value.millionths ?? 0
      cumulated.append(total)
    }
    guard values.count == entries.count, !values.isEmpty else { return nil }
    guard total == 1_000_000 else {
      problems.report(
        "shares-not-whole",
        .init(
          en: "the shares of '\(path)' add up to \(Ratio(millionths: total))",
          zh: "“\(path)”的份额合计\(Ratio(millionths: total))"),
        help: .init(en: "make them add up to 100%", zh: "合计应为100%"), at: node.location)
      return nil
    }
    return GeneratorDescription.Mix(values: values, cumulated: cumulated)
  }
}

extension Section {
  /// A yearly growth, as a percentage that may be negative or above 100 %.
  fileprivate mutating func numberOrRatio(_ key: String) -> Double? {
    ratioIfPresent(key, in: Ratio.percent(-90)...Ratio.percent(1000))?.value.value
  }
}

extension GeneratorDescription {
  /// How many loans will start, about, with the renewals that fall due within the months of lending.
  var expectedCount: Double {
    let weights = terms.values.enumerated().map { index, term in
      (term: Int(term), weight: terms.share(at: index))
    }
    var started: [Double] = []
    for month in 0..<months {
      let renewed = weights.reduce(0) { sum, item in
        item.term <= month ? sum + item.weight * started[month - item.term] : sum
      }
      started.append(loans(inMonth: month) + renewals * renewed)
    }
    return started.reduce(0, +)
  }

  /// New customers' loans of a month, with yearly growth.
  func loans(inMonth month: Int) -> Double {
    var factor = 1.0
    for _ in 0..<(month / 12) { factor *= 1 + growth }
    return loansPerMonth * factor
  }
}
