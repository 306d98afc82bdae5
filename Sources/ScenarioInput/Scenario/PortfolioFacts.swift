import CompensationKernel
import FundCore
import ResultFacts

/// The inputs that make the loans: how they are generated, or how a tape is read, and what is lent.
struct PortfolioFacts {
  let tape: LoanTape
  let source: PortfolioSource

  /// All of them.
  var all: [InputFact] {
    switch source {
    case .generated(let described): generated(described) + [lending]
    case .tape(let mapping): MappingFacts(tape: tape, mapping: mapping).all + [lending] + mixes
    }
  }

  private func fact(_ key: String, _ value: InputValue) -> InputFact {
    InputFact("portfolio." + key, of: .portfolio, value)
  }

  // MARK: Generated loans

  private func generated(_ described: GeneratorDescription) -> [InputFact] {
    var facts: [InputFact] = []
    func add(_ key: String, _ value: InputValue) { facts.append(fact("generate." + key, value)) }
    add("seed", .word("\(described.seed)"))
    add("from", .month(described.from))
    add("months", .months(described.months))
    add("loansPerMonth", .number(described.loansPerMonth))
    add("growth", .proportion(described.growth))
    add("banks", described.banks.items { LocalizedText(same: $0) })
    add("sizes", described.sizes.items(\.words))
    let amounts = described.amounts.sorted { $0.value.lowerBound < $1.value.lowerBound }
    add(
      "amounts",
      .items(
        amounts.map {
          InputItem($0.key.words, .range(.money($0.value.lowerBound), .money($0.value.upperBound)))
        }))
    add("roundTo", .money(described.roundTo))
    add(
      "terms",
      described.terms.items { .init(en: "\($0) months", zh: "\($0)个月") })
    if let grades = described.grades {
      add("grades", grades.items { LocalizedText(same: $0) })
    }
    add("sectors", described.sectors.items { LocalizedText(same: $0) })
    add("models", described.models.items(\.words))
    add("collateral", described.collateral.items(\.words))
    add("ipPart", described.ipParts.items { LocalizedText(same: "\($0)") })
    add("repayment", described.repayment.items(\.words))
    add("rate", .ratio(described.rate))
    add("renewals", .proportion(described.renewals))
    return facts
  }

  // MARK: The loans themselves

  /// What is lent in each calendar year.
  private var lending: InputFact {
    var years: [Int: (count: Int, amount: Money)] = [:]
    for loan in tape.loans {
      let before = years[loan.start.year] ?? (0, .zero)
      years[loan.start.year] = (before.count + 1, before.amount + loan.principal)
    }
    return fact(
      "loans.byYear",
      .items(
        years.sorted { $0.key < $1.key }.map {
          InputItem("\($0.key)", .money($0.value.amount), loans: $0.value.count)
        }))
  }

  /// How the loans of a tape are spread, by their principal.
  private var mixes: [InputFact] {
    let loans = tape.loans
    func name(_ names: [String], _ place: Int) -> LocalizedText {
      LocalizedText(same: names.indices.contains(place) ? names[place] : "–")
    }
    return [
      fact("loans.banks", mix { name(tape.banks, Int($0.bank)) }),
      fact("loans.sizes", mix(\.size.words)),
      fact("loans.models", mix(\.model.words)),
      fact("loans.collateral", mix(\.collateral.words)),
      fact("loans.repayment", mix(\.repayment.words)),
      fact("loans.sectors", mix { name(tape.sectors, Int($0.sector)) }),
      fact("loans.terms", spread(loans.map { Double($0.termMonths) }) { .number($0) }),
      fact("loans.rate", spread(loans.map(\.rate.value)) { .proportion($0) }),
      fact("loans.ipPart", spread(loans.map(\.ipPart.value)) { .proportion($0) }),
    ]
  }

  /// The shares of the principal, the largest first: eight at most, and the rest.
  private func mix(_ name: (LoanRecord) -> LocalizedText) -> InputValue {
    var parts: [LocalizedText: (loans: Int, yuan: Double)] = [:]
    for loan in tape.loans {
      let key = name(loan)
      let before = parts[key] ?? (0, 0)
      parts[key] = (before.loans + 1, before.yuan + loan.principal.yuan)
    }
    let whole = max(1, parts.values.reduce(0) { $0 + $1.yuan })
    let sorted = parts.sorted {
      ($1.value.yuan, $0.key.english) < ($0.value.yuan, $1.key.english)
    }
    var items = sorted.prefix(8).map {
      InputItem($0.key, .proportion($0.value.yuan / whole), loans: $0.value.loans)
    }
    let rest = sorted.dropFirst(8)
    if !rest.isEmpty {
      items.append(
        InputItem(
          .init(en: "\(rest.count) others", zh: "其他\(rest.count)项"),
          .proportion(rest.reduce(0) { $0 + $1.value.yuan } / whole),
          loans: rest.reduce(0) { $0 + $1.value.loans }))
    }
    return .items(items)
  }

  /// The lowest, the mean weighted by principal, and the highest.
  private func spread(_ values: [Double], _ value: (Double) -> InputValue) -> InputValue {
    let weights = tape.loans.map(\.principal.yuan)
    let whole = max(1, weights.reduce(0, +))
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / whole
    return .items([
      InputItem(.init(en: "lowest", zh: "最低"), value(values.min() ?? 0)),
      InputItem(.init(en: "mean by amount", zh: "按金额平均"), value(mean)),
      InputItem(.init(en: "highest", zh: "最高"), value(values.max() ?? 0)),
    ])
  }
}

extension GeneratorDescription.Mix {
  /// The values with their shares.
  func items(_ name: (Value) -> LocalizedText) -> InputValue {
    var before: Int64 = 0
    return .items(
      zip(values, cumulated).map { value, upTo in
        defer { before = upTo }
        return InputItem(name(value), .ratio(Ratio(millionths: upTo - before)))
      })
  }
}
