public import FundCore

/// The words for the kinds that programmes and loans name. In English they are the names that files
/// use.
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
