public import FundCore

extension TextCheck {
  /// What a report says behind the programme's name.
  public var words: LocalizedText {
    switch self {
    case .on(let day):
      LocalizedText(en: "checked against its text on \(day)", zh: "\(day)与原文核对")
    case .never: LocalizedText(en: "not checked", zh: "未核对")
    case .borrowed(let id):
      LocalizedText(
        en: "not checked (the date in its file is that of \(id))",
        zh: "未核对（其文件中的核对日期是 \(id) 的）")
    }
  }

  /// What to say of a file with another programme's marks, and what to do.
  public func notice(of id: String) -> LocalizedText? {
    guard case .borrowed(let original) = self else { return nil }
    return LocalizedText(
      en: """
        programme '\(id)' has the date of check and other marks of '\(original)' and says something \
        else, so it counts as not checked: give it an id, title and issuer of its own, leave \
        `checkedOn` out until it is held against its own text, or start from `fundsim policy show \
        \(original) --yaml --as NEW-ID`
        """,
      zh: """
        办法“\(id)”沿用了“\(original)”的核对日期和其他标识，内容却不同，因此视为未核对：请改用自己的编号、\
        标题和发布机关，在与自己的原文核对之前去掉 `checkedOn`，或从 `fundsim policy show \(original) \
        --yaml --as 新编号` 开始
        """)
  }
}
