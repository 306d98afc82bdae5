import FundCore
import LossStatistics
import Planning
import ReportForm

// What is not known of fund sizes.
extension SizeComposer {
  /// The section; `nil` if it was not asked for.
  var notKnown: ReportSection? {
    guard sizes.requirements.contains(where: { $0.doubts != nil }) else { return nil }
    let longest = sizes.months.last ?? 0
    let composer = DoubtsComposer(
      figures: sizes.requirements.filter { $0.months == longest }.enumerated().compactMap {
        figure($1, place: $0)
      }, money: money, what: .init(en: "smallest initial amount", zh: "最小初始资金"))
    return ReportSection(
      .init(en: "What is not known", zh: "尚不确知之处"),
      parameters + [
        .paragraph(RunDoubts.opening), .table(composer.table), .list(remarks),
      ], charts: composer.charts)
  }

  /// With how much certainty, and for how long: `95 %, through 2026-12`.
  private func name(_ item: SizeStudy.Requirement) -> LocalizedText {
    let time = through(item.months, from: sizes.firstMonth)
    return .init(en: "\(item.level.words), \(time)", zh: "\(item.level.words)，\(time)")
  }

  // MARK: Draws of the parameters

  /// The sizes by draws: as they are, by the best estimate alone, and between which amounts the true
  /// parameters would put them.
  private var parameters: [SectionBlock] {
    guard sizes.drawCount != nil else { return [.paragraph(RunDoubts.withoutDraws)] }
    var table = FigureTable(
      "size-parameters",
      heads: [
        Self.survives, .init(en: "size (\(money.name))", zh: "规模（\(money.name)）"),
        .init(en: "best estimate alone", zh: "只按最佳估计"),
        .init(en: "scenario's own values", zh: "情景自身的取值"),
        .init(en: "over the draws: 5 %", zh: "各抽样的5%"), .init(en: "95 %", zh: "95%"),
        .init(en: "of the width, from parameters", zh: "宽度中源于参数的部分"),
      ])
    for item in sizes.requirements {
      let doubts = item.doubts
      func amount(_ fen: Int64?) -> ReportCell {
        fen.map { .rough(Double($0) / 100, .yuan) } ?? .words(Self.cannotTell)
      }
      table.rows.append([
        .words(name(item)), .figure(Figure(fen: item.size).bare),
        doubts?.bestEstimate.map { .figure(Figure(fen: $0).bare) } ?? .none,
        (doubts?.ownValues ?? doubts?.bestEstimate).map { .figure(Figure(fen: $0).bare) } ?? .none,
        amount(doubts?.overDraws?.low), amount(doubts?.overDraws?.high),
        item.intervalShare.map { .percent($0) } ?? .none,
      ])
    }
    return [.list(sizes.requirements.filter(isSpokenOf).flatMap { sentences($0) }), .table(table)]
  }

  private static let cannotTell = LocalizedText(en: "too few trials", zh: "模拟次数不足")

  /// Sentences speak of the longest time; the table has the others.
  private func isSpokenOf(_ item: SizeStudy.Requirement) -> Bool {
    item.months == sizes.months.last
  }

  /// What a committee asks: how much, how much of it for want of knowledge, and how sure that is.
  private func sentences(_ item: SizeStudy.Requirement) -> [LocalizedText] {
    guard let doubts = item.doubts, let best = doubts.bestEstimate else { return [] }
    let size = Double(item.size.value) / 100
    let (amount, alone) = (money.about(size), money.about(Double(best.value) / 100))
    let apart = money.about(abs(size - Double(best.value) / 100))
    let own = doubts.ownValues.map { value in
      let amount = money.about(Double(value.value) / 100)
      return LocalizedText(
        en: "; the scenario's own values, for \(amount)", zh: "，按情景自身的取值为\(amount)")
    }
    var text =
      item.size.value >= best.value
      ? LocalizedText(
        en: """
          \(name(item)): \(amount), of which \(apart) for want of knowledge of the probabilities: the \
          best estimate alone, taken for the truth, would ask for \(alone)\(own?.english ?? "").
          """,
        zh:
          "\(name(item))：\(amount)，其中\(apart)是因概率未能确知而加；只按最佳估计（视为真实值）为\(alone)\(own?.chinese ?? "")。"
      )
      : LocalizedText(
        en: """
          \(name(item)): \(amount), \(apart) less than by the best estimate alone (\(alone)\(own?.english ?? "")).
          """,
        zh: "\(name(item))：\(amount)，比只按最佳估计的\(alone)少\(apart)\(own?.chinese ?? "")。")
    if let draws = doubts.overDraws, let share = item.intervalShare {
      let (low, high) = (
        money.about(Double(draws.low) / 100), money.about(Double(draws.high) / 100)
      )
      let (history, rest) = (
        NumberFormat.fixed(share * 100, decimals: share > 0.99 ? 1 : 0),
        NumberFormat.fixed(100 - share * 100, decimals: share > 0.99 ? 1 : 0)
      )
      text =
        text
        + .init(
          en: """
             Were the true probabilities known, the size would lie between \(low) and \(high) with 90 % \
            probability. Of the width of its interval (parameters and simulation together, squared widths) \
            \(history) % comes from the short history, \(rest) % from the simulation.
            """,
          zh: """
            假如真实概率已知，规模有90%的可能在\(low)至\(high)之间。其区间宽度（参数与模拟合计，按宽度平方）\
            \(history)%源于历史太短，\(rest)%源于模拟。
            """)
    }
    return [text]
  }

  // MARK: All that is not known

  private func figure(_ item: SizeStudy.Requirement, place: Int) -> DoubtedFigure? {
    guard let doubts = item.doubts else { return nil }
    func range(_ amounts: SizeStudy.AmountRange?) -> Interval? {
      amounts.map { Interval(low: Double($0.low) / 100, high: Double($0.high) / 100) }
    }
    let notLookedAt = LocalizedText(en: "not looked at", zh: "未比较")
    let noDraws: LocalizedText =
      sizes.drawCount != nil ? Self.cannotTell : .init(en: "not told", zh: "未给出")
    return DoubtedFigure(
      name: name(item), place: place, value: Double(item.size.value) / 100, unit: .yuan,
      bestEstimate: doubts.bestEstimate.map { Double($0.value) / 100 },
      doubts: [
        Doubt(
          source: .simulation,
          range: item.size.isReliable
            ? range(.init(low: item.size.low, high: item.size.high)) : nil,
          missing: Self.cannotTell),
        Doubt(source: .parameters, range: range(doubts.overDraws), missing: noDraws),
        Doubt(source: .readings, range: range(doubts.readings), missing: notLookedAt),
        Doubt(source: .dependence, range: range(doubts.dependence), missing: notLookedAt),
      ])
  }

  private var remarks: [LocalizedText] {
    guard let trials = sizes.requirements.compactMap(\.doubts?.trials).max(), trials > 0 else {
      return []
    }
    let count = NumberFormat.whole(trials)
    return [
      .init(
        en: """
          Readings and laws of dependence: one at a time, held against those in use on the first \(count) \
          trials, on the same draws. `fundsim readings` tells which reading is worth what.
          """,
        zh: """
          条文读法和相依结构：逐一与采用的比较，取前\(count)次模拟，随机数相同。各读法的影响见 `fundsim readings`。
          """)
    ]
  }
}
