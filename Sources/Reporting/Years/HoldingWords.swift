import FundCore

/// What is said of whose a fund's money is, alike for runs and replays.
enum HoldingWords {
  /// How what is left belongs to whom.
  ///
  /// - Parameters:
  ///   - hasNames: Whether contributors are named, or are the sides of two accounts.
  ///   - hasSides: Whether two sides have an account each.
  static func rule(hasNames: Bool, hasSides: Bool) -> LocalizedText {
    if hasSides {
      return .init(
        en: "Each account belongs to the side that has put it in.", zh: "各账户归其出资人所有。")
    }
    return hasNames
      ? .init(
        en: """
          A contributor's row is its part of the balance, and of what went back before, in proportion to what it has \
          put in, as Art. 21 of Baotou has it; other texts are silent. Parts are rounded down to the fen, and the last \
          contributor has the rest. What filling up gave counts as given by all in proportion.
          """,
        zh: """
          出资人各行为其在余额及已返还金额中按出资比例所占的部分（包头第二十一条；其他办法未作规定）。各份额向下取整到分，\
          余数归最后一位出资人。补足的资金视为各方按比例投入。
          """)
      : .init(
        en: "Name who has put the money in under `contributors`, and each one's part is told.",
        zh: "在 `contributors` 中写明出资人，即可得到各方应得部分。")
  }

  /// What an account is called.
  ///
  /// - Parameters:
  ///   - place: Its position; that of the first is 0.
  ///   - bank: Whose it is, if banks have accounts of their own: a name, or nothing where that is not known.
  ///   - isRefunding: Whether it is the fiscal account of two; `nil` where there are no two sides.
  static func account(_ place: Int, bank: String?, isRefunding: Bool?) -> LocalizedText {
    let side: LocalizedText? = isRefunding.map {
      $0
        ? .init(en: "fiscal account", zh: "财政资金账户")
        : .init(en: "social account", zh: "社会资本账户")
    }
    guard let bank else {
      return side ?? .init(en: "account \(place + 1)", zh: "专户\(place + 1)")
    }
    return side?.named(bank) ?? .init(en: "account of \(bank)", zh: "\(bank)专户")
  }
}
