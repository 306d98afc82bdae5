/// How the parties of a loan are put together (运作模式).
public enum OperatingModel: String, CaseIterable, Sendable, BitwiseCopyable {
  /// Fund and bank (知银贷).
  case bank
  /// Fund, guarantor and bank (知担贷).
  case guarantor
  /// Fund, insurer and bank (知保贷).
  case insurer
}

/// Who can bear a part of a loss.
@frozen
public enum Party: Int, CaseIterable, Sendable, Codable {
  /// The province's compensation money.
  case province
  /// The city's or district's fund; of a pool, its fiscal account.
  case fund
  /// The partner institution with its social-capital account (合作机构).
  case partner
  /// The guarantor (担保公司).
  case guarantor
  /// The insurer (保险公司).
  case insurer
  /// The lending bank, which bears what is left.
  case bank

  /// The party's name in programme files and results.
  public var name: String { "\(self)" }

  /// The party of that name.
  public init?(name: String) {
    guard let match = Party.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}
