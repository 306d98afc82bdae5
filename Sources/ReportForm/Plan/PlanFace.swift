public import FundCore

/// A planning page: its frame, and its controls. What it shows of a run are pieces of a report's page.
public struct PlanFace: Sendable {
  /// What stands on the page whatever is moved.
  public struct Frame: Sendable {
    /// What the scenario calls itself.
    public var title: String
    /// The program with its version.
    public var generator: String
    /// What was read, in a few facts.
    public var facts: [LocalizedText]
    /// Where a saved scenario goes.
    public var folder: String
    /// The name that a saved scenario has unless another is given.
    public var file: String

    /// Creates a frame.
    public init(
      title: String, generator: String, facts: [LocalizedText], folder: String, file: String
    ) {
      (self.title, self.generator, self.facts) = (title, generator, facts)
      (self.folder, self.file) = (folder, file)
    }
  }

  /// The language.
  public let language: Language

  /// A face in a language.
  public init(language: Language) { self.language = language }

  private func text(_ english: EnglishHalf, _ chinese: ChineseHalf) -> String {
    LocalizedText(en: english, zh: chinese)[language]
  }

  private var page: PageFace { PageFace(language: language) }

  /// The page.
  ///
  /// - Parameters:
  ///   - frame: What stands on it whatever is moved.
  ///   - sheet: Its controls, as the scenario has them.
  /// - Throws: Nothing, unless the template itself is broken; a test renders it.
  public func page(_ frame: Frame, _ sheet: PlanSheet) throws -> String {
    let other = language == .english ? Language.chinese : .english
    var contents: PageFace.Contents = [
      "lang": page.languageCode, "language": language.rawValue, "other": other.rawValue,
      "otherName": other == .chinese ? "中文" : "English", "generator": frame.generator,
      "title": visibleText(frame.title), "patterns": PageFace.patterns,
      "facts": frame.facts.map { visibleText($0[language]) }, "folder": visibleText(frame.folder),
      "file": frame.file,
    ]
    for (key, words) in words { contents[key] = words[language] }
    contents["groups"] = groups(of: sheet)
    return try PageTemplate.rendered(contents, by: "plan")
  }

  /// The controls alone.
  ///
  /// - Throws: As above.
  public func controls(_ sheet: PlanSheet) throws -> String {
    try PageTemplate.rendered(
      ["lang": page.languageCode, "groups": groups(of: sheet)], by: "controls")
  }

  /// The groups, of which the first and the last are unfolded.
  private func groups(of sheet: PlanSheet) -> [PageFace.Contents] {
    sheet.groups.enumerated().map { place, group in
      var contents = contents(of: group)
      contents["isOpen"] = place == 0 || place == sheet.groups.count - 1
      return contents
    }
  }

  private func contents(of group: PlanSheet.Group) -> PageFace.Contents {
    [
      "id": group.id, "heading": visibleText(group.heading[language]),
      "controls": group.controls.map(contents(of:)), "hasFurther": !group.further.isEmpty,
      "furtherTitle": group.furtherTitle[language], "further": group.further.map(contents(of:)),
    ]
  }

  private func contents(of control: PlanSheet.Control) -> PageFace.Contents {
    var contents: PageFace.Contents = [
      "id": control.id, "name": visibleText(control.name[language]), "value": control.value,
      "source": visibleText(control.source[language]),
    ]
    switch control.kind {
    case .number(let range):
      contents["number"] = [
        "id": control.id, "value": control.value, "name": visibleText(control.name[language]),
        "low": Self.number(range.low), "high": Self.number(range.high),
        "step": Self.number(range.step), "unit": range.unit.words[language],
      ]
    case .choice(let choices):
      contents["choice"] = [
        "id": control.id,
        "choices": choices.map { choice in
          [
            "value": choice.value, "label": visibleText(choice.label[language]),
            "isChosen": choice.value == control.value,
          ] as PageFace.Contents
        },
      ]
    }
    return contents
  }

  /// A number as a control takes it: digits and a point, whatever the language.
  public static func number(_ value: Double) -> String {
    NumberFormat.trimmed(value, decimals: 6).replacing(",", with: "")
  }

  /// The style of the page, with that of reports.
  public static var style: String { PageFace.style + TextResources.plan_css }

  /// The page's script.
  public static var script: String { TextResources.plan_js }
}

/// The page's own words, by their names in the template.
private let words: [String: LocalizedText] = [
  "kind": .init(en: "Planning page", zh: "测算页"),
  "controlsTitle": .init(en: "What can be moved", zh: "可调整的内容"),
  "answersTitle": .init(en: "What comes of it", zh: "结果"),
  "pin": .init(en: "Pin this variant", zh: "固定此方案"),
  "unpin": .init(en: "Take the pin off", zh: "取消固定"),
  "reset": .init(en: "Back to the file", zh: "恢复为文件内容"),
  "save": .init(en: "Save as a scenario file", zh: "存为情景文件"),
  "saveName": .init(en: "file name", zh: "文件名"),
  "report": .init(en: "Write the report", zh: "生成报告"),
  "waiting": .init(en: "Simulating…", zh: "正在模拟……"),
  "overtaken": .init(
    en: "Another page asked meanwhile, and the program answers one at a time: asked again.",
    zh: "其他页面同时提出了请求，程序一次只答一个：正在重新请求。"),
  "none": .init(
    en: "This is no number: the last one counts.", zh: "这不是数字：仍按上一次的数值。"),
  "lost": .init(
    en:
      "The program does not answer: is it still running? Nothing is lost; start `fundsim serve` again.",
    zh: "程序没有应答：是否仍在运行？数据没有丢失，请重新运行 `fundsim serve`。"),
  "writing": .init(en: "Writing the report…", zh: "正在生成报告……"),
  "openReport": .init(en: "open the report", zh: "打开报告"),
  "needsScript": .init(
    en: "This page needs scripts: its own, from this machine.", zh: "本页需要运行脚本（来自本机）。"),
  "differencesTitle": .init(en: "Against the pinned variant", zh: "与固定方案相比"),
  "skip": .init(en: "to the results", zh: "跳到结果"),
]
