import ClaimRules
import CompensationKernel
import DocumentReading
import FundCore

/// Who has put the fund's money in.
extension FundSection {
  /// A contributor's part of the initial amount as it is written: a share, or an amount.
  private enum Part {
    case share(Ratio)
    case amount(Money)
  }

  /// A contributor as it is written.
  private struct WrittenContributor {
    let name: String
    let part: Part
  }

  /// The contributors with their parts of the initial amount; none where the scenario names none.
  ///
  /// - Parameters:
  ///   - initial: The initial amount; `nil` where it is not known.
  ///   - accounts: How the accounts work together; `nil` where that is not known.
  func contributors(
    _ section: inout Section, initial: Money?, accounts: AccountRule?
  ) -> [Contributor]? {
    guard section.has("contributors") else { return [] }
    guard var written = section.section("contributors") else { return nil }
    var parts: [WrittenContributor] = []
    for key in written.keys {
      let part = written.value(key.value, example: "60%") { text -> Result<Part, ScalarProblem> in
        Self.isShare(text)
          ? Scalar.ratio(text).map { .share($0) } : Scalar.money(text).map { .amount($0) }
      }
      if let part { parts.append(WrittenContributor(name: key.value, part: part.value)) }
    }
    let count = written.keys.count
    written.finish()
    guard parts.count == count, count > 0, let initial, let accounts else { return nil }
    if case .socialFirst = accounts {
      section.report(
        "key-without-use",
        .init(
          en: "the fund's two accounts say who has put in what", zh: "两个账户已说明由谁出资"),
        help: remove("contributors"))
      return nil
    }
    return contributors(parts, of: initial, in: written)
  }

  /// Whether a text is a share: it says so, or is a number up to 1, which no amount is.
  private static func isShare(_ text: String) -> Bool {
    text.contains { "%％‰".contains($0) } || text.contains("百分之")
      || Double(text).map { $0 <= 1 } ?? false
  }

  /// Tells a fund who has put its money in, and who puts in more.
  func enter(
    _ contributors: [Contributor], _ injections: WrittenInjections, in fund: inout FundAgreement
  ) {
    fund.contributors = contributors
    fund.namedInjections = injections.named.map(\.injection)
    check(injections.named, among: contributors)
  }

  private func contributors(
    _ parts: [WrittenContributor], of initial: Money, in section: Section
  ) -> [Contributor]? {
    let shares = parts.compactMap { if case .share(let share) = $0.part { share } else { nil } }
    let amounts = parts.compactMap { if case .amount(let amount) = $0.part { amount } else { nil } }
    guard shares.isEmpty || amounts.isEmpty else {
      section.report(
        "shares-not-whole",
        .init(en: "some contributors have shares, others amounts", zh: "有的出资人写份额，有的写金额"),
        help: .init(en: "give all of them shares, or all amounts", zh: "请一律写份额或一律写金额"))
      return nil
    }
    let whole =
      amounts.isEmpty ? shares.reduce(.zero, +) == .one : amounts.reduce(.zero, +) == initial
    guard whole else {
      let sum =
        amounts.isEmpty ? "\(shares.reduce(.zero, +))" : "\(amounts.reduce(.zero, +))"
      section.report(
        "shares-not-whole",
        .init(
          en: "what the contributors have put in comes to \(sum)", zh: "各出资人合计\(sum)"),
        help: .init(
          en: "shares add up to 100%, amounts to the initial \(initial)",
          zh: "份额合计应为100%，金额合计应为初始资金\(initial)"))
      return nil
    }
    let putIn = amounts.isEmpty ? partitioned(initial, by: shares) : amounts
    return zip(parts, putIn).map { Contributor(.init(same: $0.name), putIn: $1) }
  }

  /// New money of one contributor, and where that is written.
  struct NamedInjectionPlace {
    let injection: FundAgreement.NamedInjection
    let location: SourceLocation
  }

  /// New money that one contributor gives, held against their names.
  func check(
    _ injections: [NamedInjectionPlace], among contributors: [Contributor]
  ) {
    let names = contributors.map(\.name.chinese)
    for place in injections where !names.contains(place.injection.contributor) {
      let name = place.injection.contributor
      problems.report(
        "unknown-name",
        .init(
          en: "no contributor is called '\(name)'",
          zh: "没有名为“\(name)”的出资人"),
        help: names.isEmpty
          ? .init(en: "name them under 'contributors'", zh: "请在“contributors”下列出出资人")
          : oneOf(names), at: place.location)
    }
  }
}
