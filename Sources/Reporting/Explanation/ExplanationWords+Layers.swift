import ClaimRules
import CompensationKernel
import FundCore

// What a claim owes to those before it, and on what of its time and its borrower it hangs, in words.
extension ExplanationWords {
  /// What a clause on many claims comes to.
  var ofMany: LocalizedText {
    switch step.kind {
    case .firstLoss(let id): firstLoss(id)
    case .stopLoss(let id): stopLoss(id)
    case .limit(let id): limit(id)
    default: claimRate
    }
  }

  private func firstLoss(_ id: String) -> LocalizedText {
    .init(
      en: """
        first loss '\(id)', \(sums): the bank bears the first \(level), of which \(text(.counted)) had been lost \
        before; of this loss \(result)
        """,
      zh: "先行承担“\(id)”（\(sums)）：银行先承担\(level)，此前已损失\(text(.counted))；本笔由银行先承担\(result)")
  }

  private func stopLoss(_ id: String) -> LocalizedText {
    .init(
      en: """
        stop-loss '\(id)', \(sums): beyond losses of \(level) the fund bears all; \(text(.counted)) had been lost \
        before; of this loss \(result) lie beyond
        """,
      zh: "止损“\(id)”（\(sums)）：损失累计超过\(level)的部分全部由基金承担，此前已损失\(text(.counted))；本笔超出\(result)")
  }

  private var claimRate: LocalizedText {
    let from: LocalizedText =
      step[.above] == nil ? .empty : .init(en: " above \(text(.above))", zh: "\(text(.above))以上")
    let to: LocalizedText =
      step[.limit] == nil ? .empty : .init(en: " up to \(text(.limit))", zh: "至\(text(.limit))")
    return .init(
      en: """
        the part of the loss at a claim rate\(from)\(to) (\(sums)): \(result), with \(text(.lending)) lent and \
        \(text(.counted)) claimed before
        """,
      zh: """
        损失中代偿率\(from)\(to)的部分（\(sums)）：\(result)（已放款\(text(.lending))，此前已计代偿\(text(.counted))）
        """)
  }

  private func limit(_ id: String) -> LocalizedText {
    let head = LocalizedText(
      en: "limit '\(id)', \(sums): \(level), of which \(text(.counted)) had been used before",
      zh: "限额“\(id)”（\(sums)）：\(level)，此前已用\(text(.counted))")
    return step.verdict == .reached
      ? .init(
        en: "\(head); \(text(.amount)) is cut to \(result)",
        zh: "\(head)；\(text(.amount))减为\(result)")
      : .init(
        en: "\(head); not reached by \(text(.amount))", zh: "\(head)；\(text(.amount))未达到")
  }

  // MARK: Of whom and when

  /// Whose claims are added up over which time.
  private var sums: LocalizedText {
    let who: LocalizedText =
      word(.scope) == AggregateScope.fund.rawValue
      ? .init(en: "all banks", zh: "各银行合计") : .init(en: "this bank", zh: "本银行")
    let year = word(.year)
    let time: LocalizedText =
      switch AggregatePeriod(rawValue: word(.period)) {
      case .calendarYear: .init(en: "in \(year)", zh: "\(year)年")
      case .programmeYear: .init(en: "in year \(year) of the programme", zh: "办法第\(year)年")
      case .programme, nil: .init(en: "over the programme", zh: "全期")
      }
    return .init(en: "\(who) \(time)", zh: "\(who)，\(time)")
  }

  /// The amount of a clause, with what it is a part of.
  private var level: LocalizedText {
    guard step[.measure] != nil else { return text(.limit) }
    let name = word(.measure)
    let measure =
      LendingMeasure(rawValue: name)?.words ?? FundMoney.Measure(rawValue: name)?.words
      ?? .init(same: name)
    return .init(
      en: "\(text(.share)) of \(measure), \(text(.base)), = \(text(.limit))",
      zh: "\(measure)\(text(.base)) × \(text(.share)) = \(text(.limit))")
  }

  /// On which year of operation and which size a share or a cap hangs; nothing where it hangs on none.
  var hangs: LocalizedText {
    var parts: [LocalizedText] = []
    if step[.year] != nil {
      parts.append(.init(en: "year \(text(.year))", zh: "第\(text(.year))年"))
    }
    if step[.size] != nil { parts.append(text(.size)) }
    guard !parts.isEmpty else { return .empty }
    let list = parts.joined(with: .init(en: ", ", zh: "，"))
    return .init(en: " (\(list))", zh: "（\(list)）")
  }

  /// Whether an amendment holds for the loan.
  func amendment(_ id: String) -> LocalizedText {
    isBefore(.startedOn, .timeFrom)
      ? .init(
        en: "amendment '\(id)' is for loans made from \(text(.timeFrom)) on: not for this one",
        zh: "修订“\(id)”适用于\(text(.timeFrom))起发放的贷款：本笔不适用")
      : .init(
        en: "amendment '\(id)' is for loans made from \(text(.timeFrom)) on: for this one too",
        zh: "修订“\(id)”适用于\(text(.timeFrom))起发放的贷款：本笔适用")
  }

  private func isBefore(
    _ one: ExplanationStep.Input, _ other: ExplanationStep.Input
  ) -> Bool {
    guard case .date(let first) = step[one], case .date(let second) = step[other] else {
      return false
    }
    return first < second
  }
}
