import ClaimRules
import CompensationKernel
import FundCore

extension Replay {
  /// What an entry of the ledger tells, with its articles; `nil` for interest, which the table of
  /// months holds.
  func story(of entry: LedgerEntry) -> LocalizedText? {
    let articles = entry.citations.articleWords
    let source: LocalizedText =
      articles.isEmpty ? .empty : .init(en: " [\(articles)]", zh: "［\(articles)］")
    guard let words = words(of: entry) else { return nil }
    let loan: LocalizedText =
      entry.loan.map { .init(en: "\(register.loans[$0].id), ", zh: "\(register.loans[$0].id)，") }
      ?? .empty
    let bank: LocalizedText =
      entry.bank.map { .init(en: "\(register.banks[$0]): ", zh: "\(register.banks[$0])：") }
      ?? .empty
    return loan + bank + words + source
  }

  /// Money that leaves the fund and is no compensation.
  private func outflow(_ entry: LedgerEntry) -> LocalizedText {
    let amount = (Money.zero - entry.amount).text
    guard case .givenBack = entry.event else {
      return .init(en: "management fee \(amount)", zh: "管理费\(amount)")
    }
    return .init(
      en: "the balance goes back to the contributors: \(amount)", zh: "存量余额\(amount)返还出资人")
  }

  private func words(of entry: LedgerEntry) -> LocalizedText? {
    let balance = entry.balance.text
    switch entry.event {
    case .interest: return nil
    case .opening:
      return .init(
        en: "the fund opens with \(totals.opening.text)", zh: "基金启动，期初余额\(totals.opening.text)")
    case .injection:
      return .init(en: "new money \(entry.amount.text)", zh: "追加资金\(entry.amount.text)")
    case .fee, .givenBack: return outflow(entry)
    case .claim(let claim): return words(of: claim, balance)
    case .latePayment:
      let paid = (Money.zero - entry.amount).text
      return .init(
        en: "paid \(paid) of what had waited; balance \(balance)",
        zh: "补付此前未付的\(paid)；余额\(balance)")
    case .refund(let amount):
      return .init(en: "the fiscal account refunds \(amount.text)", zh: "财政资金账户补偿\(amount.text)")
    case .recovery(let recovery):
      return .init(
        en: """
          recovered \(recovery.recovered.text): \(listed(recovery.division.parts)); balance \
          \(balance)
          """,
        zh: "追偿所得\(recovery.recovered.text)：\(listed(recovery.division.parts))；余额\(balance)")
    case .unpaid(let amount):
      return .init(en: "NOT PAID for lack of balance: \(amount.text)", zh: "余额不足，未付\(amount.text)")
    case .uncoveredLoss(let amount):
      return .init(
        en: "a loss of \(amount.text) without cover", zh: "不予补偿的损失\(amount.text)")
    case .repayment(let amount, let left):
      return .init(
        en: "\(amount.text) came in before the claim; \(left.text) of principal is unpaid",
        zh: "补偿申请前收回\(amount.text)；未还本金\(left.text)")
    case .uncoveredRecovery(let net):
      return .init(
        en: "recovered \(net.text) without cover: the bank's",
        zh: "不予补偿的贷款追回\(net.text)，归银行")
    case .refusal(let reasons): return words(of: reasons)
    case .threshold(let crossing): return words(of: crossing)
    case .resumption(let threshold):
      return .init(en: "'\(threshold)' ends", zh: "“\(threshold)”解除")
    case .late(let duty):
      return .init(
        en: "late: \(duty.id) due \(duty.dueOn), done \(duty.doneOn)",
        zh: "逾时：\(duty.id)应于\(duty.dueOn)完成，实于\(duty.doneOn)完成")
    }
  }

  private func words(of claim: ClaimSettled, _ balance: String) -> LocalizedText {
    let outside = claim.total - claim.settlement.lossBase
    let rest: LocalizedText =
      outside > .zero
      ? .init(en: ", \(outside.text) outside cover", zh: "，其中补偿范围之外\(outside.text)") : .empty
    return .init(
      en: """
        claim for a loss of \(claim.total.text)\(rest): \(listed(claim.settlement.parts)); \
        balance \(balance)
        """,
      zh: """
        补偿申请，损失\(claim.total.text)\(rest)：\(listed(claim.settlement.parts))；\
        余额\(balance)
        """)
  }

  private func words(of crossing: ThresholdCrossing) -> LocalizedText {
    .init(
      en: """
        reaches \(crossing.level) (\(crossing.effect.words)): \(crossing.part.text) ÷ \
        \(crossing.whole.text)
        """,
      zh: """
        达到\(crossing.level)（\(crossing.effect.words)）：\(crossing.part.text) ÷ \
        \(crossing.whole.text)
        """)
  }

  private func words(of reasons: [CoverageRefusal]) -> LocalizedText {
    let words = reasons.map { agreement.terms.coverage.words($0) }
      .joined(with: .init(en: "; ", zh: "；"))
    return reasons.allSatisfy(\.isPartial)
      ? .init(en: "covered in part: \(words)", zh: "部分纳入：\(words)")
      : .init(en: "not covered: \(words)", zh: "不予补偿：\(words)")
  }
}

extension Replay {
  /// The parties with a part of a division, and their parts.
  func listed(_ amounts: PartyAmounts) -> LocalizedText {
    let parts = agreement.parties.all.compactMap { party -> LocalizedText? in
      let part = agreement.parties.amount(of: party, in: amounts)
      guard part != .zero else { return nil }
      return LocalizedText(en: "\(party.name) \(part.text)", zh: "\(party.words) \(part.text)")
    }
    return parts.isEmpty ? .init(en: "nobody anything", zh: "各方均无") : parts.joined()
  }
}

extension [Citation] {
  /// The sources, each once, in words.
  var articleWords: LocalizedText {
    var seen: Set<Citation> = []
    return filter { seen.insert($0).inserted }.map(\.words).joined(with: .init(en: "; ", zh: "；"))
  }
}
