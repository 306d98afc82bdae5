public import FundCore

/// Who can bear a part of a loss: an id, its names, and the part it plays.
///
/// `shared` are the parties that every programme may name; a programme file adds payers of its own.
/// The kernel knows none of them: it divides among places (`PartyPlace`), and `Parties` says who
/// stands at which.
public struct Party: Sendable, Codable {
  /// The part that a party plays in every division.
  public enum Role: String, Sendable, Codable {
    /// It pays out of the fund's balance.
    case fund
    /// It holds the account of a pool that pays first.
    case partner
    /// It pays its share.
    case payer
    /// It bears what is left.
    case bank
  }
  /// Its name in files and results.
  public let id: String
  /// Its name in reports.
  public let words: LocalizedText
  /// The part it plays.
  public let role: Role
  /// What Chinese files call it besides.
  public let otherWords: [String]

  /// Creates a party.
  public init(id: String, words: LocalizedText, role: Role = .payer, otherWords: [String] = []) {
    (self.id, self.words, self.role, self.otherWords) = (id, words, role, otherWords)
  }

  /// The party's name in programme files and results.
  public var name: String { id }
}

extension Party: Hashable {
  /// Parties of one id are one.
  public static func == (left: Party, right: Party) -> Bool { left.id == right.id }

  /// By the id alone.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Party {
  /// The province's compensation money.
  public static let province = Party(
    id: "province", words: LocalizedText(en: "province", zh: "省级资金"), otherWords: ["省级", "省级资金"])
  /// The city's or district's fund; of a pool, its fiscal account.
  public static let fund = Party(
    id: "fund", words: LocalizedText(en: "fund", zh: "基金"), role: .fund, otherWords: ["基金"])
  /// The partner institution with its social-capital account (合作机构).
  public static let partner = Party(
    id: "partner", words: LocalizedText(en: "partner", zh: "合作机构"), role: .partner)
  /// The guarantor (担保公司).
  public static let guarantor = Party(
    id: "guarantor", words: LocalizedText(en: "guarantor", zh: "担保公司"),
    otherWords: ["担保", "担保公司"])
  /// The insurer (保险公司).
  public static let insurer = Party(
    id: "insurer", words: LocalizedText(en: "insurer", zh: "保险公司"), otherWords: ["保险", "保险公司"])
  /// The lending bank, which bears what is left.
  public static let bank = Party(
    id: "bank", words: LocalizedText(en: "bank", zh: "银行"), role: .bank, otherWords: ["银行"])

  /// The parties that every programme may name, in the order of results.
  public static let shared: [Party] = [.province, .fund, .partner, .guarantor, .insurer, .bank]

  /// Some parties in the order of results: the shared ones as they stand in their list, then others as
  /// they come, the bank last; each once.
  public static func ordered(_ parties: some Sequence<Party>) -> [Party] {
    var own: [Party] = []
    var present: Set<Party> = []
    for party in parties where present.insert(party).inserted && !shared.contains(party) {
      own.append(party)
    }
    let known = shared.filter(present.contains)
    return known.filter { $0.role != .bank } + own + known.filter { $0.role == .bank }
  }
}
