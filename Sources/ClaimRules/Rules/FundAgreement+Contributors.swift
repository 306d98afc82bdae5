public import CompensationKernel
import FundCore

extension FundAgreement {
  /// Who has put in what, in the months of a run and before: the initial amount, new money of one contributor, and
  /// other new money, which all give in proportion. Of a fund with two accounts it is the two sides (Chaoyang,
  /// Art. 9). Empty where nobody is named.
  ///
  /// - Parameter months: How many months of new money count, from the opening.
  public func contributors(through months: Int) -> [Contributor] {
    if case .socialFirst = accounts { return sides(through: months) }
    guard !contributors.isEmpty, initial > .zero else { return [] }
    var list = contributors
    let given = namedInjections.filter { $0.month < months }
    let common =
      injections.prefix(months).reduce(.zero, +) - given.reduce(.zero) { $0 + $1.amount }
    for (place, part) in divided(common, among: contributors).enumerated() {
      list[place].putIn += part
    }
    for item in given {
      if let place = list.firstIndex(where: { $0.name.chinese == item.contributor }) {
        list[place].putIn += item.amount
      }
    }
    return list
  }

  private func sides(through months: Int) -> [Contributor] {
    var purses = openingPurses.map(\.account)
    for amount in injections.prefix(months) where amount > .zero {
      let parts = partition.isEmpty ? [amount] : partitioned(amount, by: partition)
      for place in purses.indices { purses[place].inject(parts[place], under: accounts) }
    }
    return [
      Contributor(
        .init(en: "partner (social account)", zh: "合作机构（社会资本账户）"),
        putIn: purses.reduce(.zero) { $0 + $1.paying }, isRefunding: false),
      Contributor(
        .init(en: "treasury (fiscal account)", zh: "财政（财政资金账户）"),
        putIn: purses.reduce(.zero) { $0 + $1.refunding }, isRefunding: true),
    ]
  }
}
