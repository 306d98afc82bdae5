import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore
import PolicyLibrary
import ResultFacts

/// The inputs of one fund: what its scenario agrees within the programme's text, and what it chooses.
struct FundFacts {
  let fund: FundAgreement
  /// Its position in the scenario.
  let position: Int
  /// The calendar month of month 0.
  let start: CivilMonth
  let tape: LoanTape

  /// All of them, in the order of a scenario file.
  var all: [InputFact] { identity + money + sharing + choices + moneyByTime + premiums }

  private func fact(_ key: String, _ value: InputValue) -> InputFact {
    InputFact("funds[]." + key, of: .fund(position), value)
  }

  private var identity: [InputFact] {
    let model =
      fund.model?.words ?? LocalizedText(en: "each loan's own", zh: "各笔贷款自定")
    let dates = fund.dates
    return [
      fact("name", .word(fund.name)),
      fact("programme", .words(.init(same: fund.programme.id))),
      fact("model", .words(model)),
      fact("initial", .money(fund.initial)),
      fact(
        "start",
        dates.lastMonth.map { .range(.month(dates.firstMonth), .month($0)) }
          ?? .month(dates.firstMonth)),
      fact("claimDelay", .months(fund.claimDelay)),
    ]
  }

  private var money: [InputFact] {
    var facts = [fact("interestRate", .ratio(fund.interestRate))]
    if let rate = fund.penaltyRate { facts.append(fact("penaltyRate", .ratio(rate))) }
    if fund.terms.fund.fee != nil { facts.append(fact("fee", .money(fund.annualFee))) }
    if case .socialFirst(let share, _, _) = fund.accounts {
      facts.append(fact("refundShare", .ratio(share)))
    }
    return facts
  }

  private var premiums: [InputFact] {
    guard let premiums = fund.costs?.premiums, !premiums.isEmpty else { return [] }
    let items = premiums.map { premium in
      let (rate, payer) = (premium.rate, premium.paidBy.words)
      let words: LocalizedText =
        premium.subsidy == .zero
        ? .init(en: "\(rate) a year, paid by \(payer)", zh: "年费率\(rate)，由\(payer)支付")
        : .init(
          en: "\(rate) a year, paid by \(payer), of which the fund refunds \(premium.subsidy)",
          zh: "年费率\(rate)，由\(payer)支付，基金补贴其中\(premium.subsidy)")
      return InputItem(premium.party.words, .words(words))
    }
    return [fact("premiums", .items(items))]
  }

  private var sharing: [InputFact] {
    let models = fund.sharing.sorted { $0.key.id < $1.key.id }
    let items = models.flatMap { model, terms in
      let payers = terms.payers.map { (fund.parties.party(at: $0.party), $0.share) }
      return (payers + [(Party.bank as Party?, terms.bankShare)]).compactMap {
        party, share -> InputItem? in
        guard let party else { return nil }
        return InputItem(
          models.count > 1
            ? LocalizedText(
              en: "\(model.words): \(party.words)", zh: "\(model.words)：\(party.words)")
            : party.words, .ratio(share))
      }
    }
    return [fact("shares", .items(items))]
  }

  /// Readings and overrides.
  private var choices: [InputFact] {
    var facts: [InputFact] = []
    if !fund.readings.isEmpty {
      facts.append(
        fact(
          "readings",
          .items(fund.readings.map { InputItem($0.id.value, .word($0.name.value)) })))
    }
    if let lending = fund.afterSuspension {
      facts.append(fact("afterSuspension", .words(lending.words)))
    }
    if !fund.overrides.isEmpty {
      facts.append(
        fact(
          "overrides",
          .items(fund.overrides.map { InputItem($0.path.value, .word($0.value.text ?? "…")) })))
    }
    return facts
  }

  private func fillUp(_ rule: FillUpRule) -> InputFact {
    var items = [
      InputItem(.init(en: "to", zh: "补足至"), .money(rule.amount)),
      InputItem(.init(en: "at", zh: "时点"), .words(rule.time.words)),
    ]
    if let limit = rule.atMostAYear {
      items.append(InputItem(.init(en: "at most a year", zh: "每年上限"), .money(limit)))
    }
    if let limit = rule.inAll {
      items.append(InputItem(.init(en: "at most in all", zh: "累计上限"), .money(limit)))
    }
    return fact("fillUp", .items(items))
  }

  /// What belongs to single banks, and new money by month.
  private var moneyByTime: [InputFact] {
    var facts: [InputFact] = []
    func bank(_ place: Int) -> String {
      tape.banks.indices.contains(place) ? tape.banks[place] : "–"
    }
    if !fund.partition.isEmpty {
      facts.append(
        fact(
          "partition",
          .items(fund.partition.enumerated().map { InputItem(bank($0.offset), .ratio($0.element)) })
        ))
    }
    if !fund.bankCaps.isEmpty {
      facts.append(
        fact(
          "bankCaps",
          .items(
            fund.bankCaps.sorted { $0.key < $1.key }.map {
              InputItem(bank($0.key), .money($0.value))
            })))
    }
    if !fund.contributors.isEmpty {
      facts.append(
        fact(
          "contributors",
          .items(fund.contributors.map { InputItem($0.name, .money($0.putIn)) })))
    }
    if let rule = fund.fillUp, fund.fillUpSource == nil { facts.append(fillUp(rule)) }
    let injections = fund.injections.enumerated().filter { $0.element > .zero }
    if !injections.isEmpty {
      facts.append(
        fact(
          "injections",
          .items(
            injections.map {
              InputItem("\(start.advanced(by: $0.offset))", .money($0.element))
            })))
    }
    if !fund.namedInjections.isEmpty {
      facts.append(
        fact(
          "injections[].by",
          .items(
            fund.namedInjections.map { item in
              InputItem(
                "\(start.advanced(by: item.month)) \(item.contributor)", .money(item.amount))
            })))
    }
    return facts
  }
}
