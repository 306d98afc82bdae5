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
    let figures = try report.figures.map { try face.piece($0, money: money) }.joined()
    let charts = try report.charts.map {
      try face.piece($0, money: money, width: wish.width, hasTable: stage == .fine)
    }.joined()
    let differences = try report.differences.map { try face.piece($0, money: money) }.joined()
    return line([
      .init("stage", .text(stage.rawValue)), .init("state", .text(state[language])),
      .init("figures", .text(figures)), .init("charts", .text(charts)),
      .init("differences", .text(differences)), .init("pinned", .flag(isPinned)),
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
