public import FundCore

/// A part of a claim's loss that is divided by shares of its own.
public struct LossLayer: Hashable, Sendable {
  /// Why it is.
  public enum Kind: Hashable, Sendable {
    /// It lies within the first loss of this place among the programme's, which the bank bears.
    case firstLoss(Int)
    /// It lies on this step of the claim rate, from 0.
    case step(Int)
    /// It lies beyond the stop-loss of this place, and the fund pays it.
    case stopLoss(Int)
  }
  /// The part of the loss base.
  public let amount: Money
  /// Why it is.
  public let kind: Kind

  /// Creates a layer.
  public init(amount: Money, kind: Kind) { (self.amount, self.kind) = (amount, kind) }
}

/// How a claim's loss lies in layers, and the most that the fund owes on it.
public struct LayeredLoss: Hashable, Sendable {
  /// The layers, from the first fen of the loss to the last; one at least.
  public let layers: [LossLayer]
  /// What may still be owed; the largest amount where nothing limits it.
  public let left: Money
  /// The place of the limit that leaves the least; `nil` where there is none.
  public let limit: Int?
}

extension AggregateBook {
  /// Lays a claim's loss in layers.
  ///
  /// - Parameters:
  ///   - loss: The loss base.
  ///   - bank: The position of the bank.
  ///   - steps: The claim rates at which the shares of the claim's model change, ascending.
  ///   - shares: The fund's share on each step, one more than there are steps.
  public func layered(
    _ loss: Money, bank: Int, steps: [Ratio], shares: [Ratio]
  ) -> LayeredLoss {
    let first = rules.firstLosses.indices.map { index in
      (index, rest(of: rules.firstLosses[index], bank: bank, within: loss))
    }.max { $0.1 < $1.1 }
    let stop = rules.stopLosses.indices.map { index in
      (index, rest(of: rules.stopLosses[index], bank: bank, within: loss))
    }.min { $0.1 < $1.1 }
    let low = first?.1 ?? .zero
    let high = max(low, stop?.1 ?? loss)
    var layers: [LossLayer] = []
    func add(_ kind: LossLayer.Kind, to end: Money, from start: Money) {
      if end > start { layers.append(LossLayer(amount: end - start, kind: kind)) }
    }
    if let first { add(.firstLoss(first.0), to: low, from: .zero) }
    var from = low
    for (step, end) in ends(of: steps, shares, in: loss, bank: bank).enumerated() {
      let to = min(max(end, from), high)
      add(.step(step), to: to, from: from)
      from = to
    }
    if let stop { add(.stopLoss(stop.0), to: loss, from: high) }
    if layers.isEmpty { layers.append(LossLayer(amount: loss, kind: .step(0))) }
    let limit = rules.limits.indices.map { index in
      let terms = rules.limits[index]
      return (index, max(.zero, level(of: terms, bank: bank) - owed(under: terms, bank: bank)))
    }.min { $0.1 < $1.1 }
    return LayeredLoss(layers: layers, left: limit?.1 ?? Money(fen: .max), limit: limit?.0)
  }

  /// The part of a loss that still lies below a level.
  private func rest(of terms: AggregateTerms, bank: Int, within loss: Money) -> Money {
    min(loss, max(.zero, level(of: terms, bank: bank) - losses(under: terms, bank: bank)))
  }

  /// Where each step of the claim rate ends in a loss, the last at the loss itself.
  private func ends(
    of steps: [Ratio], _ shares: [Ratio], in loss: Money, bank: Int
  ) -> [Money] {
    guard let terms = rules.claimRate, let rate = claimRate(bank: bank), !steps.isEmpty else {
      return [loss]
    }
    let levels = steps.map { rate.lending.multiplied(by: $0, rounding: .down) }
    var counted = rate.counted
    if terms.beyond == .laterClaims {
      return levels.map { counted > $0 ? .zero : loss } + [loss]
    }
    var end = Money.zero
    var ends: [Money] = []
    for (level, share) in zip(levels, shares) {
      let room = max(.zero, level - counted)
      var taken = room
      if terms.numerator == .compensation {
        // Where the whole loss fits, so does any part of it.
        taken =
          loss.multiplied(by: share, rounding: .down) <= room && room > .zero
          ? loss : room.multiplied(by: 1_000_000, over: max(1, share.millionths), rounding: .down)
      }
      end = min(loss, end + min(taken, loss))
      ends.append(end)
      counted = max(counted, level)
    }
    return ends + [loss]
  }
}

/// A layer with the shares by which it is divided.
public struct SharedLayer: Hashable, Sendable {
  /// The part of the loss base.
  public let amount: Money
  /// Who pays which share of it. All layers of a claim have the same payers in the same order.
  public let sharing: SharingTerms

  /// Creates a layer.
  public init(amount: Money, sharing: SharingTerms) {
    (self.amount, self.sharing) = (amount, sharing)
  }
}

extension SharingTerms {
  /// The shares of a layer.
  ///
  /// - Parameter steps: The shares on each step of the claim rate.
  public static func of(_ kind: LossLayer.Kind, steps: [SharingTerms]) -> SharingTerms {
    switch kind {
    case .step(let step): return steps[min(step, steps.count - 1)]
    case .firstLoss: return steps[0].without(Set(PartyPlace.allCases))
    case .stopLoss:
      return SharingTerms(
        payers: steps[0].payers.map { payer in
          var changed = payer
          changed.share = payer.party == .fund ? .one : .zero
          changed.base = .wholeLoss
          return changed
        }, rounding: steps[0].rounding, sharesCapCut: steps[0].sharesCapCut)
    }
  }
}

/// Settles one claim whose loss lies in layers: each payer's share is the sum of its shares of the layers, each
/// rounded for itself; then caps and balances, as in `settle` for a loss in one piece.
///
/// - Parameters:
///   - layers: The layers of the loss base, one at least.
///   - cap: The limit of the claim, for the payers that it limits.
///   - fund: The fund's money.
///   - log: Hears each step.
public func settle(
  layers: [SharedLayer], cap: Money, from fund: inout FundPurse, log: inout some SettlementLog
) -> Settlement {
  let terms = layers[0].sharing
  if layers.count == 1 {
    return settle(loss: layers[0].amount, under: terms, cap: cap, from: &fund, log: &log)
  }
  let loss = layers.reduce(Money.zero) { $0 + $1.amount }
  log.record(.lossBase, loss)
  var settlement = Settlement(lossBase: loss)
  var left = layers.map(\.amount)
  var borne = loss
  for index in 0..<terms.payerCount {
    let payer = terms[index]
    var share = Money.zero
    for (place, layer) in layers.enumerated() {
      let own = layer.sharing[index]
      let base = own.base == .wholeLoss ? layer.amount : left[place]
      let part = min(base.multiplied(by: own.share, rounding: terms.rounding), left[place])
      left[place] -= part
      share += part
    }
    log.record(.share(payer.party), share)
    var part = share
    if payer.isCapped {
      part = min(share, cap)
      log.record(.afterCap(payer.party), part)
    }
    if payer.party == .fund {
      settlement.owed = part
      log.record(.owed, part)
      fund.pay(part, into: &settlement, log: &log)
    } else {
      settlement.parts[payer.party] += part
    }
    borne -= part
  }
  settlement.parts[.bank] = borne + (settlement.owed - settlement.paid)
  log.record(.borneByBank, settlement.parts[.bank])
  return settlement
}
