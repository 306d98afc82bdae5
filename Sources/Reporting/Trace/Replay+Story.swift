import ClaimRules
import CompensationKernel
import FundCore
import ReportForm

extension Replay {
  /// What an entry of the ledger tells, with its articles; `nil` for interest, which the table of
  /// months holds.
  ///
  /// - Parameter naming: Writes the names of loans and banks.
  func story(
    of entry: LedgerEntry, naming: (String) -> String = isolated
  ) -> LocalizedText? {
    let articles = entry.citations.articleWords
    let source: LocalizedText =
      articles.isEmpty ? .empty : .init(en: " [\(articles)]", zh: "［\(articles)］")
    guard let words = words(of: entry) else { return nil }
    let loan: LocalizedText =
      entry.loan.map { naming(register.loans[$0].id) }.map { .init(en: "\($0), ", zh: "\($0)，") }
      ?? .empty
    let bank: LocalizedText =
      entry.bank.map { naming(register.banks[$0]) }.map { .init(en: "\($0): ", zh: "\($0)：") }
      ?? .empty
    return loan + bank + words + source
  }

  /// Money that leaves the fund and is no compensation.
  private func outflow(_ entry: LedgerEntry) -> LocalizedText {
    let amount = (Money.zero - entry.amount).ledgerWords
    guard case .givenBack = entry.event else {
      return .init(en: "management fee \(amount)", zh: "管理费\(amount)")
    }
    return .init(
      en: "the balance goes back to the contributors: \(amount)", zh: "存量余额\(amount)返还出资人")
  }

  private func words(of entry: LedgerEntry) -> LocalizedText? {
    let amount = entry.amount.ledgerWords
    switch entry.event {
    case .interest: return nil
    case .opening:
      let opening = totals.opening.ledgerWords
      return .init(en: "the fund opens with \(opening)", zh: "基金启动，期初余额\(opening)")
    case .injection: return .init(en: "new money \(amount)", zh: "追加资金\(amount)")
    case .fillUp: return .init(en: "filled up with \(amount)", zh: "补足\(amount)")
    case .fee, .givenBack: return outflow(entry)
    case .claim(let claim): return words(of: claim, entry.balance.ledgerWords)
    case .latePayment, .refund, .unpaid: return payment(entry)
    case .recovery, .uncoveredLoss, .repayment, .uncoveredRecovery: return loss(entry)
    case .refusal(let reasons): return words(of: reasons)
    case .threshold(let crossing): return words(of: crossing)
    case .resumption(let threshold):
      let name = Names.threshold(threshold)
      return .init(en: "'\(name)' ends", zh: "“\(name)”解除")
    case .late(let duty):
      let name = name(ofDuty: duty.id)
      return .init(
        en: "late: \(name) due \(duty.dueOn), done \(duty.doneOn)",
        zh: "逾时：“\(name)”应于\(duty.dueOn)完成，实于\(duty.doneOn)完成")
    }
  }

  /// What was paid later, between accounts, or not at all.
  private func payment(_ entry: LedgerEntry) -> LocalizedText? {
    switch entry.event {
    case .latePayment:
      let (paid, balance) = (
        (Money.zero - entry.amount).ledgerWords, entry.balance.ledgerWords
      )
      return .init(
        en: "paid \(paid) of what had waited; balance \(balance)",
        zh: "补付此前未付的\(paid)；余额\(balance)")
    case .refund(let amount):
      let amount = amount.ledgerWords
      return .init(en: "the fiscal account refunds \(amount)", zh: "财政资金账户补偿\(amount)")
    case .unpaid(let amount):
      let amount = amount.ledgerWords
      return .init(en: "NOT PAID for lack of balance: \(amount)", zh: "余额不足，未付\(amount)")
    default: return nil
    }
  }

  /// What was lost outside cover, or came back.
  private func loss(_ entry: LedgerEntry) -> LocalizedText? {
    switch entry.event {
    case .recovery(let recovery):
      let (recovered, parts) = (
        recovery.recovered.ledgerWords, listed(recovery.division.parts)
      )
      let balance = entry.balance.ledgerWords
      return .init(
        en: "recovered \(recovered): \(parts); balance \(balance)",
        zh: "追偿所得\(recovered)：\(parts)；余额\(balance)")
    case .uncoveredLoss(let amount):
      let amount = amount.ledgerWords
      return .init(en: "a loss of \(amount) without cover", zh: "不予补偿的损失\(amount)")
    case .repayment(let amount, let left):
      let (amount, left) = (amount.ledgerWords, left.ledgerWords)
      return .init(
        en: "\(amount) came in before the claim; \(left) of principal is unpaid",
        zh: "补偿申请前收回\(amount)；未还本金\(left)")
    case .uncoveredRecovery(let net):
      let net = net.ledgerWords
      return .init(
        en: "recovered \(net) without cover: the bank's", zh: "不予补偿的贷款追回\(net)，归银行")
    default: return nil
    }
  }

  private func words(of claim: ClaimSettled, _ balance: LocalizedText) -> LocalizedText {
    let outside = claim.total - claim.settlement.lossBase
    let rest: LocalizedText =
      outside > .zero
      ? .init(
        en: ", \(outside.ledgerWords) outside cover", zh: "，其中补偿范围之外\(outside.ledgerWords)")
      : .empty
    let (total, parts) = (claim.total.ledgerWords, listed(claim.settlement.parts))
    return .init(
      en: "claim for a loss of \(total)\(rest): \(parts); balance \(balance)",
      zh: "补偿申请，损失\(total)\(rest)：\(parts)；余额\(balance)")
  }

  private func words(of crossing: ThresholdCrossing) -> LocalizedText {
    let (part, whole) = (crossing.part.ledgerWords, crossing.whole.ledgerWords)
    let effect = Names.effect(crossing.effect.rawValue)
    return .init(
      en: "reaches \(crossing.level) (\(effect)): \(part) ÷ \(whole)",
      zh: "达到\(crossing.level)（\(effect)）：\(part)÷\(whole)")
  }

  private func words(of reasons: [CoverageRefusal]) -> LocalizedText {
    let words = reasons.map { agreement.terms.coverage.words($0) }
      .joined(with: .init(en: "; ", zh: "；"))
    return reasons.allSatisfy(\.isPartial)
      ? .init(en: "covered in part: \(words)", zh: "部分纳入：\(words)")
      : .init(en: "not covered: \(words)", zh: "不予补偿：\(words)")
  }
}

extension Money {
  /// The amount within the story of a ledger, all of which is in yuan.
  fileprivate var ledgerWords: LocalizedText { .init(en: "\(inYuan)", zh: "\(inYuan)元") }
}

extension Replay {
  /// The parties with a part of a division, and their parts.
  func listed(_ amounts: PartyAmounts) -> LocalizedText {
    let parts = agreement.parties.all.compactMap { party -> LocalizedText? in
      let part = agreement.parties.amount(of: party, in: amounts)
      guard part != .zero else { return nil }
      let (name, amount) = (Names.party(party), part.ledgerWords)
      return LocalizedText(en: "\(name) \(amount)", zh: "\(name)\(amount)")
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
