import DocumentReading
import FundCore
import Planning
import ReportForm
import Reporting

/// What the page is told: an answer, or why there is none. One line of JSON.
struct PlanAnswer {
  /// How far an answer has come.
  enum Stage: String {
    /// On few trials, at once.
    case first
    /// On all trials.
    case fine
    /// With more trials for the years, and the tables below the charts.
    case whole
  }

  let wish: PlanWish
  let wished: WishedScenario

  private var language: Language { wish.language }

  /// Why nothing can be simulated.
  var refusal: [UInt8] {
    let state = LocalizedText(
      en:
        "The text does not allow this, or it cannot be: see beside the control. Below stands the last answer.",
      zh: "条文不允许，或无法如此设定：见对应控件旁的说明。下方仍是上一次的结果。")
    return line([.init("refused", .flag(true)), .init("state", .text(state[language]))])
  }

  /// What a run comes to.
  ///
  /// - Parameters:
  ///   - report: What is shown.
  ///   - stage: How far it has come.
  ///   - words: What is said of it.
  ///   - isPinned: Whether it stands beside a pinned variant.
  func answer(
    _ report: PlanReport, _ stage: Stage, state: LocalizedText, isPinned: Bool
  ) throws -> [UInt8] {
    let face = PageFace(language: language)
    let money = report.money
    func drawn(_ charts: [ReportChart]) throws -> [String] {
      try charts.map {
        try face.piece($0, money: money, width: wish.width, hasTable: stage == .whole)
      }
    }
    func said(_ blocks: [SectionBlock]) throws -> String {
      try blocks.map { try face.piece($0, money: money) }.joined()
    }
    let years = try report.years.filter { !$0.charts.isEmpty }.map {
      face.part($0.fund, try drawn($0.charts))
    }
    return line([
      .init("stage", .text(stage.rawValue)), .init("state", .text(state[language])),
      .init("first", .text(try drawn([report.survival]).joined())),
      .init("figures", .text(try said(report.figures))),
      .init("charts", .text((try drawn(report.charts) + years).joined())),
      .init("differences", .text(try said(report.differences))), .init("pinned", .flag(isPinned)),
    ])
  }

  private func line(_ members: [JSONNode.Member]) -> [UInt8] {
    func texts(_ words: [String: LocalizedText]) -> JSONNode {
      .object(
        words.sorted { $0.key < $1.key }.map {
          .init($0.key, .text(visibleText($0.value[language])))
        })
    }
    var all: [JSONNode.Member] = [
      .init("number", .integer(wish.number)), .init("problems", texts(wished.problems)),
      .init("notes", texts(wished.notes)),
    ]
    let signature = wished.controls.signature
    if signature != wish.signature,
      let controls = try? PlanFace(language: language).controls(wished.controls.sheet)
    {
      all += [.init("controls", .text(controls)), .init("signature", .text(signature))]
    }
    return JSONNode.object(all + members).bytes + [10]
  }
}
