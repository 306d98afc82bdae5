import CompensationKernel
import DocumentReading
import FundCore

/// Shares that differ by the size of the borrower, by year of operation, or by the bank's claim rate.
extension ProgrammeReading {
  /// Reads `otherShares` of a payer.
  func otherShares(_ section: inout Section) -> [OtherShare] {
    (section.sectionsIfPresent("otherShares") ?? []).enumerated().compactMap { place, opened in
      var item = opened
      return clause(&item) { otherShare(&$0, number: place + 1, $1) }
    }
  }

  private func otherShare(
    _ section: inout Section, number: Int, _ citation: Citation
  ) -> OtherShare? {
    let id = section.textIfPresent("id")?.value ?? "\(number)"
    var sizes = Set(SizeClass.allCases)
    if section.has("sizes") {
      sizes = kinds("sizes", of: &section, as: SizeClass.self, citation)?.value ?? sizes
    }
    var year = 1
    if section.has("fromYear") {
      year = count("fromYear", of: &section, in: 1...100, unit: "year", citation) ?? year
    }
    let rate = section.ratioIfPresent("aboveClaimRate")
    if let rate {
      note(section, "aboveClaimRate", rate.value.description, unit: "ratio", citation)
    }
    section.allow("sizes", "fromYear")
    guard let share = section.ratio("value") else { return nil }
    note(section, "value", share.value.description, unit: "share", citation)
    if sizes.count == SizeClass.allCases.count, year == 1, rate == nil {
      section.report(
        "share-without-condition",
        .init(en: "this share says not when it holds", zh: "此份额没有写明适用条件"),
        help: .init(
          en: "add `sizes`, `fromYear` or `aboveClaimRate`, or change `share` itself",
          zh: "加上 `sizes`、`fromYear` 或 `aboveClaimRate`；或直接改 `share`"))
    }
    return OtherShare(
      id: id, sizes: sizes, fromYear: year, aboveClaimRate: rate?.value,
      share: Cited(share.value, citation))
  }

  /// Reports shares that differ by year and do not count years alike.
  func checkShareYears(_ models: [OperatingModel: ModelClauses], at section: Section) {
    let payers = models.values.flatMap(\.payers).filter { payer in
      payer.otherShares.contains { $0.fromYear > 1 }
    }
    guard Set(payers.map(\.capYears)).count > 1 else { return }
    section.report(
      "years-counted-differently",
      .init(
        en: "shares that differ by year count their years in different ways",
        zh: "按年份变化的份额采用了不同的年度计算方法"),
      help: .init(
        en: "give all of these payers the same `capYears`", zh: "各支付方的 `capYears` 应当一致"))
  }

  /// Reports conditions under which the shares of a model come to more than the whole.
  func checkOtherShares(_ model: ModelClauses, of section: Section) {
    guard model.payers.contains(where: { !$0.otherShares.isEmpty }) else { return }
    let broken = model.allConditions.compactMap { conditions -> (ShareConditions, Ratio)? in
      let total = model.payers.filter { $0.base == .wholeLoss }.reduce(Ratio.zero) {
        $0
          + (model.otherShare(of: $1, at: conditions)?.share.value ?? $1.share.value.value)
      }
      return total > .one || (model.bankMustBear.value && total == .one)
        ? (conditions, total) : nil
    }
    guard let (conditions, total) = broken.first else { return }
    let steps = model.claimRateSteps
    let rate: LocalizedText =
      conditions.step == 0
      ? .empty
      : .init(
        en: ", above a claim rate of \(steps[conditions.step - 1])",
        zh: "、代偿率高于\(steps[conditions.step - 1])")
    section.report(
      "shares-above-whole",
      .init(
        en: """
          the shares add up to \(total) for \(conditions.size.words) firms in year \
          \(conditions.year)\(rate)
          """, zh: "\(conditions.size.words)第\(conditions.year)年\(rate)的各方份额合计\(total)"),
      help: model.bankMustBear.value
        ? .init(en: "keep them below 100%", zh: "合计应低于100%")
        : .init(en: "keep them within 100%", zh: "合计不得超过100%"))
  }
}
