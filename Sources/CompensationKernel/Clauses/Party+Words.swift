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

/// The words of ledgers for the same kinds.
extension OperatingModel: SpokenChoice {
  /// 知银贷, 知担贷 and 知保贷 are the names of the products.
  public var otherWords: [String] {
    switch self {
    case .bank: ["银行", "银行模式", "知银贷"]
    case .guarantor: ["担保", "担保模式", "知担贷"]
    case .insurer: ["保险", "保险模式", "知保贷"]
    }
  }
}

extension SizeClass: SpokenChoice {
  /// With 企业 behind them or without.
  public var otherWords: [String] {
    switch self {
    case .micro: ["微型", "微型企业"]
    case .small: ["小型", "小型企业"]
    case .medium: ["中型", "中型企业"]
    case .large: ["大型", "大型企业"]
    }
  }
}

extension CollateralKind: SpokenChoice {
  /// The rights, and the kinds of patents.
  public var otherWords: [String] {
    switch self {
    case .patent:
      [
        "专利", "专利权", "发明专利", "实用新型", "实用新型专利", "外观设计", "外观设计专利", "发明专利权",
        "实用新型专利权", "外观设计专利权",
      ]
    case .trademark: ["商标", "商标权", "注册商标", "注册商标专用权", "商标专用权"]
    case .copyright: ["著作权", "版权", "软件著作权", "计算机软件著作权"]
    case .otherIP: ["其他知识产权", "其它知识产权", "集成电路布图设计", "集成电路布图设计专有权"]
    case .other: ["其他", "其它"]
    }
  }
}
