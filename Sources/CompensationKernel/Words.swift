public import FundCore

/// The words for the kinds that programmes and loans name. In English they are the names that files
/// use.
extension OperatingModel {
  /// The operating model in words.
  public var words: LocalizedText {
    switch self {
    case .bank: LocalizedText(en: "bank", zh: "银行模式")
    case .guarantor: LocalizedText(en: "guarantor", zh: "担保模式")
    case .insurer: LocalizedText(en: "insurer", zh: "保险模式")
    }
  }
}

extension Party {
  /// The party in words.
  public var words: LocalizedText {
    switch self {
    case .province: LocalizedText(en: "province", zh: "省级资金")
    case .fund: LocalizedText(en: "fund", zh: "基金")
    case .partner: LocalizedText(en: "partner", zh: "合作机构")
    case .guarantor: LocalizedText(en: "guarantor", zh: "担保公司")
    case .insurer: LocalizedText(en: "insurer", zh: "保险公司")
    case .bank: LocalizedText(en: "bank", zh: "银行")
    }
  }
}

extension ThresholdEffect {
  /// What the threshold does, in words.
  public var words: LocalizedText {
    switch self {
    case .warning: LocalizedText(en: "warning", zh: "预警")
    case .suspendNewCustomers: LocalizedText(en: "suspendNewCustomers", zh: "中止发放")
    case .pause: LocalizedText(en: "pause", zh: "暂停新业务")
    }
  }
}

extension SizeClass {
  /// The size in words.
  public var words: LocalizedText {
    switch self {
    case .micro: LocalizedText(en: "micro", zh: "微型企业")
    case .small: LocalizedText(en: "small", zh: "小型企业")
    case .medium: LocalizedText(en: "medium", zh: "中型企业")
    case .large: LocalizedText(en: "large", zh: "大型企业")
    }
  }
}

extension CollateralKind {
  /// What is pledged, in words.
  public var words: LocalizedText {
    switch self {
    case .patent: LocalizedText(en: "patent", zh: "专利权")
    case .trademark: LocalizedText(en: "trademark", zh: "商标权")
    case .copyright: LocalizedText(en: "copyright", zh: "著作权")
    case .otherIP: LocalizedText(en: "otherIP", zh: "其他知识产权")
    case .other: LocalizedText(en: "other", zh: "其他")
    }
  }
}
